import type { RelationPageQuery } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { type Axis, hasFacts, type Period, runsOf } from '../parts/axis.ts'

type SourceCount = NonNullable<RelationPageQuery['relation']>['coverage']['sources'][number]

/** Sources of one publisher whose titles start alike, such as the files of one series. */
export interface Series {
  readonly name: string
  readonly facts: number
  readonly sources: readonly SourceCount[]
  /** Years from the first to the last fact of one of the sources. */
  readonly runs: readonly (readonly [first: number, last: number])[]
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
    runs: runsOf(coveredYears(members)),
  }))
}

/** `Travels Abroad: travels/…` belongs to the series `Travels Abroad`. */
const seriesName = (title: string) => title.replace(/^\[(.*)\]$/, '$1').split(': ')[0] ?? title

/** Years from the first to the last fact of a source, in order. */
function coveredYears(sources: readonly SourceCount[]): readonly number[] {
  const years = new Set<number>()
  for (const { first, last } of sources) {
    const start = Number((first ?? last)?.slice(0, 4))
    const end = Number((last ?? first)?.slice(0, 4))
    for (let year = start; year <= end; year++) years.add(year)
  }
  return [...years].sort((one, other) => one - other)
}

/** Runs of years in which nothing is recorded and that no source spans. None if not all sources are known. */
export function gapsOf(
  sources: readonly SourceCount[],
  { first, last }: Pick<Axis, 'first' | 'last'>,
  activity: readonly Period[],
) {
  if (sources.length >= MOST_SOURCES) return []
  const recorded = activity.filter(hasFacts).map(({ label }) => Number(label))
  const covered = new Set([...coveredYears(sources), ...recorded])
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return runsOf(years.filter((year) => !covered.has(year)))
}

/** The query asks for this many sources of a relation. With more, nobody knows the gaps. */
const MOST_SOURCES = 100

export const seriesTable = (series: readonly Series[]): Table => ({
  columns: ['sources', 'number', 'facts', 'years'],
  rows: series.map(({ name, sources, facts, runs }) => [
    name,
    sources.length,
    facts,
    runs.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', '),
  ]),
})
