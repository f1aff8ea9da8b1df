import type { FC } from 'hono/jsx'
import type { FactFragment } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import { FactEntry, pathOf } from './fact-entry.tsx'
import { framesFor } from './span.ts'

interface TimelineProps {
  /** The facts in the order of the page. */
  readonly facts: readonly FactFragment[]
  /** The codes of the two states that the page is about, by alphabet. */
  readonly states?: readonly string[]
}

/** Facts by year. Facts of the same days share the scale of days. */
export const Timeline: FC<TimelineProps> = ({ facts, states = [] }) => {
  const frames = framesFor(facts.map(({ when }) => when))
  const years: { year: string; first: number; facts: FactFragment[] }[] = []
  facts.forEach((fact, i) => {
    const year = yearOf(fact)
    const last = years.at(-1)
    if (last?.year === year) last.facts.push(fact)
    else years.push({ year, first: i, facts: [fact] })
  })
  return (
    <div class="timeline">
      {years.map(({ year, first, facts }) => (
        <div class="year">
          <h3 id={`year-${year.replaceAll(' ', '-')}`}>{year}</h3>
          <div>
            {facts.map((fact, i) => {
              const frame = frames[first + i] ?? null
              const hasScale = i === 0 || frame !== frames[first + i - 1]
              return (
                <FactEntry
                  fact={fact}
                  states={states}
                  frame={frame}
                  hasScale={hasScale && frame !== null}
                  isJoined={i > 0 && !hasScale && frame !== null}
                  level={4}
                />
              )
            })}
          </div>
        </div>
      ))}
    </div>
  )
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
    const path = pathOf(fact)
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
      path ? new URL(path, site).href : null,
      citations.map(({ reference }) => reference).join('\n'),
      [...new Set(citations.map(({ source }) => source.slug))]
        .map((slug) => new URL(`sources/${slug}`, site).href)
        .join('\n'),
    ]
  }),
})

const namesOf = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join('; ') || null
