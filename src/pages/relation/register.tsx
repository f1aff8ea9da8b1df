import type { FC } from 'hono/jsx'
import type { Table } from '../page.ts'
import { type Axis, along, percent, startOf } from '../parts/axis.ts'
import { AxisLabels, WIDEST_BAR } from '../parts/lanes.tsx'
import { Listed, PersonLink } from '../parts/links.tsx'
import { counted, withArticle } from '../parts/words.ts'
import type { Relation } from './score.tsx'
import type { View } from './view.ts'

type Participant = Relation['people'][number]

/** People by presence, or by the year in which they first appear. */
export const inOrder = (people: Relation['people'], { peopleOrder }: View): readonly Participant[] =>
  peopleOrder === 'presence'
    ? people
    : [...people].sort((one, other) => (one.first ?? '9999').localeCompare(other.first ?? '9999'))

interface RegisterProps {
  readonly people: readonly Participant[]
  /** Null if all is in a few months: there are no years to show then. */
  readonly axis: Axis | null
  /** The codes of the two states, by alphabet. */
  readonly states: readonly string[]
}

/** Number of people that are shown at once. */
const SHOWN = 12

/** Who took part, for whom, in which office, and in which years. Not a network: being in one list is not a tie. */
export const Register: FC<RegisterProps> = ({ people, axis, states }) => (
  <>
    {axis && (
      <div class="register-axis">
        <svg class="plot" width="100%" height="22" aria-hidden="true" focusable="false">
          <AxisLabels axis={axis} />
        </svg>
      </div>
    )}
    <Rows people={people.slice(0, SHOWN)} axis={axis} states={states} />
    {people.length > SHOWN && (
      <details class="behind">
        <summary>{counted(people.length - SHOWN, 'more person', 'more people')}</summary>
        <Rows people={people.slice(SHOWN)} axis={axis} states={states} />
      </details>
    )}
  </>
)

const Rows: FC<RegisterProps> = ({ people, axis, states }) => (
  <ol class="register">
    {people.map((participant) => {
      const { person, titles, countries, count, years } = participant
      const tone = (['a', 'b'] as const)[states.indexOf(countries[0]?.code ?? '')] ?? 'n'
      const most = Math.max(1, ...years.map((year) => year.count))
      return (
        <li>
          <p class="register-who">
            <svg class={`tone-${tone}`} width="9" height="9" aria-hidden="true" focusable="false">
              <rect width="9" height="9" class="fill-own" />
            </svg>
            <PersonLink person={person} />
          </p>
          <p class="register-office">
            {titles[0] ? <bdi>{titles[0]}</bdi> : 'office not known'}
            {titles.length > 1 && `, ${counted(titles.length - 1, 'other office')}`}
            {countries.length > 0 && !countries.some(({ name }) => titles[0]?.includes(name)) && (
              <>
                , for <Listed items={countries.map(({ name }) => <bdi>{withArticle(name)}</bdi>)} />
              </>
            )}
          </p>
          {axis && (
            <svg class="plot" width="100%" height="20" aria-hidden="true" focusable="false">
              <line x2="100%" y1="19.5" y2="19.5" class="cells" />
              {years
                .filter(({ year }) => year >= axis.first && year <= axis.last)
                .map((year) => {
                  const x = along(startOf(year.year), axis)
                  const height = Math.max(4, (year.count / most) * 17)
                  const width = along(startOf(year.year + 1), axis) - x
                  return (
                    <rect
                      x={percent(x)}
                      width={percent(Math.min(Math.max(width * 0.8, 0.4), WIDEST_BAR / 2))}
                      y={19 - height}
                      height={height}
                      class={`fill-${tone}`}
                    />
                  )
                })}
            </svg>
          )}
          <p class="register-count">
            <strong>{count}</strong> {count === 1 ? 'entry' : 'entries'},{' '}
            <span class="soft">{yearsOf(participant)}</span>
          </p>
        </li>
      )
    })}
  </ol>
)

function yearsOf({ first, last }: Participant): string {
  const [start, end] = [first, last].map((day) => day?.slice(0, 4))
  return start && end ? (start === end ? start : `${start}–${end}`) : 'no date'
}

export const registerTable = (people: readonly Participant[]): Table => ({
  columns: ['person', 'offices', 'for', 'visits', 'meetings', 'statements', 'first', 'last'],
  rows: people.map(({ person, titles, countries, visits, meetings, statements, first, last }) => [
    person.name,
    titles.join('; '),
    countries.map(({ name }) => name).join('; '),
    visits,
    meetings,
    statements,
    first ?? null,
    last ?? null,
  ]),
})
