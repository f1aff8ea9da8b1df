import type { FC } from 'hono/jsx'
import { graphql } from '../../generated/pages/gql.ts'
import type { RelationRowFragment } from '../../generated/pages/graphql.ts'
import type { Table } from '../page.ts'
import type { ChartRow } from './chart-file.tsx'
import { DataTable } from './data-table.tsx'
import { A, relationPath } from './links.tsx'
import { grouped } from './words.ts'

graphql(`
  fragment RelationRow on Relation {
    countries { code name }
    coverage { visits meetings statements agreements relationEvents first last }
    activity(by: $by, during: $years) { period visits meetings statements agreementEvents relationEvents }
  }
`)

/** The bars of earlier years would be too thin, and the cost of the query counts each year. */
const FIRST_YEAR = 1900

/** The first day and the last one that the bars show. */
export const barYears = () => ({ from: `${FIRST_YEAR}-01-01`, to: `${new Date().getUTCFullYear()}-12-31` })

/** Number of years that the bars show at least. */
const FEW_YEARS = 20

const HEIGHT = 30
const MOST_TICKS = 5

interface Period {
  /** Its first year. */
  readonly year: number
  /** Number of years. */
  readonly length: number
  /** Visits and meetings. */
  readonly acts: number
  /** Statements, and events of agreements and of the relation. */
  readonly others: number
}

/** Relations with what happened in each year or decade as bars, and in numbers. */
export const RelationTable: FC<{ relations: readonly RelationRowFragment[] }> = ({ relations }) => {
  const { activity, first, last, xOf } = barsOf(relations)
  return (
    <div class="relations">
      <table>
        <thead>
          <tr>
            <th scope="col">Between</th>
            <th scope="col" class="bars">
              <svg height="16" aria-hidden="true">
                {ticksOf(first, last).map((year) => (
                  <text x={xOf(year)} y="12">
                    {year}
                  </text>
                ))}
              </svg>
              <span class="visually-hidden">Over time</span>
            </th>
            <th scope="col" class="number">
              Visits
            </th>
            <th scope="col" class="number">
              Meetings
            </th>
            <th scope="col" class="number is-minor">
              Statements
            </th>
            <th scope="col" class="number is-minor">
              Years
            </th>
          </tr>
        </thead>
        <tbody>
          {relations.map((relation, i) => {
            const { countries, coverage } = relation
            return (
              <tr>
                <th scope="row">
                  <A to={relationPath(countries.map(({ code }) => code))}>{namesOf(relation)}</A>
                </th>
                <td class="bars">
                  <Bars periods={activity[i] ?? []} first={first} last={last} />
                </td>
                <td class="number">{shown(coverage.visits)}</td>
                <td class="number">{shown(coverage.meetings)}</td>
                <td class="number is-minor">{shown(coverage.statements)}</td>
                <td class="number is-minor">{range(coverage.first, coverage.last)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <DataTable table={barTable(relations)} caption="Facts over time" summary="Data table: facts over time" />
    </div>
  )
}

/** The periods of each relation, and the years of the bars. */
function barsOf(relations: readonly RelationRowFragment[]) {
  const activity = relations.map(periodsOf)
  const starts = activity.flat().map(({ year }) => year)
  const ends = activity.flat().map(({ year, length }) => year + length - 1)
  const last = Math.max(new Date().getUTCFullYear(), ...ends)
  const first = Math.min(last - FEW_YEARS + 1, ...starts)
  return { activity, first, last, xOf: (year: number) => `${((year - first) / (last - first + 1)) * 100}%` }
}

/** The numbers behind the bars: a row for each year or decade, a column for each relation. */
function barTable(relations: readonly RelationRowFragment[]): Table {
  const { activity } = barsOf(relations)
  const names = new Map(
    activity.flat().map(({ year, length }) => [year, length > 1 ? `${year}s` : String(year)] as const),
  )
  return {
    columns: ['period', ...relations.map(namesOf)],
    rows: [...names]
      .sort(([one], [other]) => one - other)
      .map(([year, name]) => [
        name,
        ...activity.map((periods) => {
          const period = periods.find((one) => one.year === year)
          return period ? period.acts + period.others : 0
        }),
      ]),
  }
}

/** The bars as rows of an SVG file. */
export function relationBars(relations: readonly RelationRowFragment[]): readonly ChartRow[] {
  const { activity, first, last, xOf } = barsOf(relations)
  return [
    ...relations.map((relation, i) => ({
      name: namesOf(relation),
      height: HEIGHT,
      above: 4,
      content: <Bars periods={activity[i] ?? []} first={first} last={last} />,
    })),
    {
      name: '',
      height: 24,
      content: ticksOf(first, last).map((year) => (
        <text x={xOf(year)} y="16">
          {year}
        </text>
      )),
    },
  ]
}

const Bars: FC<{ periods: readonly Period[]; first: number; last: number }> = ({ periods, first, last }) => {
  const most = Math.max(1, ...periods.map(({ acts, others }) => acts + others))
  const busiest = periods.find(({ acts, others }) => acts + others === most)
  const heightOf = (count: number) => Math.round((count / most) * (HEIGHT - 2) * 10) / 10
  const bar = ({ year, length }: Period, bottom: number, height: number) =>
    `M${year - first} ${bottom}v-${height}h${length * 0.8}v${height}z`
  const acts = periods.filter((one) => one.acts > 0).map((one) => bar(one, HEIGHT, Math.max(1, heightOf(one.acts))))
  const others = periods
    .filter((one) => one.others > 0)
    .map((one) => bar(one, HEIGHT - heightOf(one.acts), Math.max(1, heightOf(one.others))))
  const label = busiest
    ? `Most in ${busiest.year}${busiest.length > 1 ? 's' : ''}: ${most}`
    : 'No dated facts since 1900'
  return (
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 ${last - first + 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path class="base" d={`M0 ${HEIGHT}h${last - first + 1}`} />
      <path class="fill-n" d={acts.join('')} />
      <path class="fill-faint" d={others.join('')} />
    </svg>
  )
}

function periodsOf({ activity }: RelationRowFragment): Period[] {
  return activity
    .map(({ period, visits, meetings, statements, agreementEvents, relationEvents }) => ({
      // A decade is written `197X`.
      year: Number(period.replace('X', '0')),
      length: period.endsWith('X') ? 10 : 1,
      acts: visits + meetings,
      others: statements + agreementEvents + relationEvents,
    }))
    .filter(({ acts, others }) => acts + others > 0)
}

function ticksOf(first: number, last: number): number[] {
  const step = [5, 10, 25, 50].find((step) => (last - first) / step <= MOST_TICKS) ?? 100
  const ticks: number[] = []
  // The last ones would run out of the column.
  for (let year = Math.ceil(first / step) * step; year < last - (last - first) * 0.08; year += step) ticks.push(year)
  return ticks
}

const shown = (count: number) => (count === 0 ? <span class="soft">·</span> : grouped(count))

function range(first: string | null | undefined, last: string | null | undefined): string {
  const [from, to] = [first, last].map((day) => (day ? String(Number(day.slice(0, 4))) : '?'))
  return first || last ? (from === to ? String(from) : `${from}–${to}`) : '·'
}

const namesOf = ({ countries }: RelationRowFragment) =>
  [...countries]
    .sort((one, other) => (one.code < other.code ? -1 : 1))
    .map(({ name }) => name)
    .join(' – ')

/** The same as rows. */
export const relationRows = (relations: readonly RelationRowFragment[]): Table => ({
  columns: ['countries', 'codes', 'visits', 'meetings', 'statements', 'agreements', 'relation events', 'from', 'to'],
  rows: relations.map((relation) => {
    const { visits, meetings, statements, agreements, relationEvents, first, last } = relation.coverage
    const codes = relation.countries.map(({ code }) => code).sort()
    return [
      namesOf(relation),
      codes.join('-'),
      visits,
      meetings,
      statements,
      agreements,
      relationEvents,
      first ?? null,
      last ?? null,
    ]
  }),
})
