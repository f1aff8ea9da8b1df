import type { FC } from 'hono/jsx'
import type { FactFragment } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { FactEntry, pathOf, toneOf, visitOf } from './fact-entry.tsx'
import { framesFor } from './span.ts'

interface TimelineProps {
  /** The facts in the order of the page. */
  readonly facts: readonly FactFragment[]
  /** The codes of the two states that the page is about, by alphabet. */
  readonly states?: readonly string[]
}

/** Facts by year. Meetings and statements of a visit stand under it. Facts of the same days share the scale of days. */
export const Timeline: FC<TimelineProps> = ({ facts, states = [] }) => {
  const clusters = clustersOf(facts)
  const frames = framesFor(clusters.flatMap(({ fact, during }) => [fact, ...during]).map(({ when }) => when))
  const years: { year: string; clusters: Cluster[] }[] = []
  for (const cluster of clusters) {
    const year = yearOf(cluster.fact)
    const last = years.at(-1)
    if (last?.year === year) last.clusters.push(cluster)
    else years.push({ year, clusters: [cluster] })
  }
  let i = -1
  const entry = (fact: FactFragment, isFirst: boolean) => {
    i++
    const frame = frames[i] ?? null
    const hasScale = isFirst || frame !== frames[i - 1]
    return (
      <FactEntry
        fact={fact}
        states={states}
        frame={frame}
        hasScale={hasScale && frame !== null}
        isJoined={!hasScale && frame !== null}
        level={4}
      />
    )
  }
  return (
    <div class="timeline">
      {years.map(({ year, clusters }) => (
        <div class="year">
          <h3 id={`year-${year.replaceAll(' ', '-')}`}>{year}</h3>
          <div>
            {clusters.map(({ fact, during }, n) =>
              during.length === 0 ? (
                entry(fact, n === 0)
              ) : (
                <div class="cluster">
                  {entry(fact, n === 0)}
                  <div class={`during tone-${toneOf(fact, states)}`}>
                    <p class="during-head">
                      <span>During this visit</span>
                    </p>
                    {during.map((one) => entry(one, false))}
                  </div>
                </div>
              ),
            )}
          </div>
        </div>
      ))}
    </div>
  )
}

/** A fact, and if it is a visit, what happened during it. */
interface Cluster {
  readonly fact: FactFragment
  readonly during: FactFragment[]
}

/** Facts in their order, but those of a visit follow it if it is among them. */
function clustersOf(facts: readonly FactFragment[]): readonly Cluster[] {
  const clusters = new Map<string, Cluster>()
  const visits = new Map(facts.flatMap((fact) => (fact.__typename === 'Visit' ? [[fact.slug, fact] as const] : [])))
  const open = (fact: FactFragment) => {
    const cluster = clusters.get(fact.id) ?? { fact, during: [] }
    clusters.set(fact.id, cluster)
    return cluster
  }
  for (const fact of facts) {
    const visit = visits.get(visitOf(fact) ?? '')
    if (visit) open(visit).during.push(fact)
    else open(fact)
  }
  return [...clusters.values()]
}

/** The year in which a fact may have started at the earliest. Facts without such a year are the last of a timeline. */
function yearOf({ when }: FactFragment): string {
  const day = when.beginOfTheBegin ?? when.likely?.from
  return day ? String(Number(day.slice(0, 4))) : 'Start not known'
}

/** Facts as rows, with all words of statements. `site` is the URL to which paths of pages are added. */
export const factTable = (facts: readonly FactFragment[], site: string): Table => ({
  columns: [
    'type',
    'kind of quotation',
    'title or words',
    'speakers',
    'people',
    'date',
    'date in words',
    'from',
    'to',
    'address',
    'evidence',
    'sources',
  ],
  rows: facts.map((fact) => {
    const { __typename, when, citations } = fact
    return [
      __typename,
      __typename === 'Statement' ? fact.quotation : null,
      __typename === 'Statement' ? (fact.text ?? fact.quoted ?? fact.title) : fact.title,
      __typename === 'Statement' ? namesOf(fact.speakers) || (fact.attribution ?? null) : null,
      __typename === 'Visit' || __typename === 'Meeting'
        ? namesOf(fact.participations.map(({ person }) => person))
        : null,
      when.edtf,
      when.label,
      when.beginOfTheBegin ?? null,
      when.endOfTheEnd ?? null,
      new URL(pathOf(fact), site).href,
      citations.map(({ reference }) => reference).join('\n'),
      [...new Set(citations.map(({ source }) => source.slug))]
        .map((slug) => new URL(`sources/${slug}`, site).href)
        .join('\n'),
    ]
  }),
})

const namesOf = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join('; ') || null
