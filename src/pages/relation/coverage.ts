import type { RelationPageQuery } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { type Axis, hasFacts, type Period, runsOf } from '../parts/axis.ts'
import { dayOf, type Frame, yearOf } from '../parts/span.ts'

type SourceCount = NonNullable<RelationPageQuery['relation']>['coverage']['sources'][number]

/** Sources of one publisher whose titles start alike, such as the files of one series. */
export interface Series {
  readonly name: string
  readonly facts: number
  readonly sources: readonly SourceCount[]
  /** Days from the first to the last fact of a source, in order. Those less than a year apart are one. */
  readonly runs: readonly Frame[]
}

/** The sources by series, the one with most facts first. */
export function seriesOf(sources: readonly SourceCount[]): readonly Series[] {
  const groups = new Map<string, SourceCount[]>()
  for (const source of sources) {
    const name = seriesName(source.source.title)
    groups.set(name, [...(groups.get(name) ?? []), source])
  }
  return [...groups].map(([name, members]) => ({
    name,
    facts: members.reduce((sum, { count }) => sum + count, 0),
    sources: members,
    runs: coveredDays(members),
  }))
}

/** `Travels Abroad: travels/…` belongs to the series `Travels Abroad`. */
const seriesName = (title: string) => title.replace(/^\[(.*)\]$/, '$1').split(': ')[0] ?? title

const DAYS_OF_YEAR = 365

function coveredDays(sources: readonly SourceCount[]): readonly Frame[] {
  const spans = sources.flatMap(({ first, last }) => {
    const [from, to] = [first ?? last, last ?? first]
    return from && to ? [{ from: dayOf(from), to: dayOf(to) }] : []
  })
  const runs: { from: number; to: number }[] = []
  for (const span of spans.sort((one, other) => one.from - other.from)) {
    const run = runs.at(-1)
    if (run && span.from - run.to < DAYS_OF_YEAR) run.to = Math.max(run.to, span.to)
    else runs.push(span)
  }
  return runs
}

/** Runs of years in which nothing is recorded and that no source spans. None if not all sources are known. */
export function gapsOf(
  sources: readonly SourceCount[],
  { first, last }: Pick<Axis, 'first' | 'last'>,
  activity: readonly Period[],
) {
  if (sources.length >= MOST_SOURCES) return []
  const recorded = activity.filter(hasFacts).map(({ label }) => Number(label))
  const covered = coveredDays(sources).map(({ from, to }) => [yearOf(from), yearOf(to)] as const)
  const isCovered = (year: number) =>
    recorded.includes(year) || covered.some(([from, to]) => from <= year && year <= to)
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return runsOf(years.filter((year) => !isCovered(year)))
}

/** The query asks for this many sources of a relation. With more, nobody knows the gaps. */
const MOST_SOURCES = 100

export const seriesTable = (series: readonly Series[]): Table => ({
  columns: ['sources', 'number', 'facts', 'years'],
  rows: series.map(({ name, sources, facts, runs }) => [
    name,
    sources.length,
    facts,
    runs
      .map(({ from, to }) => [yearOf(from), yearOf(to)])
      .map(([first, last]) => (first === last ? first : `${first}–${last}`))
      .join(', '),
  ]),
})
