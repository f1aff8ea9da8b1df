import { dateOf, type Frame, monthStart, yearOf } from './span.ts'

/** What happened in a decade, a year or a month. */
export interface Period extends Frame {
  /** `1990s`, `1994` or `1994-05`. */
  readonly label: string
  readonly visitsToFirst: number
  readonly visitsToSecond: number
  readonly meetings: number
  readonly statements: number
  readonly agreementEvents: number
  readonly relationEvents: number
}

export type Measure = Exclude<keyof Period, 'from' | 'to' | 'label'>

const MEASURES: readonly Measure[] = [
  'visitsToFirst',
  'visitsToSecond',
  'meetings',
  'statements',
  'agreementEvents',
  'relationEvents',
]

/** `Activity` as the page asks for it. */
interface ActivityCounts extends Record<Measure, number> {
  readonly period: string
}

/** Above this number of years, a chart shows decades. */
const MOST_YEARS = 160
/** A shorter axis would make one year as wide as a chapter. */
const FEWEST_YEARS = 24
/** A shorter axis around days would make one day as wide as a year. */
const FEWEST_YEARS_AROUND = 10

/** Years or months from the first to the last one with a fact. */
export const periodsOf = (activity: readonly ActivityCounts[]): readonly Period[] =>
  activity.slice(activity.findIndex(hasFacts), activity.findLastIndex(hasFacts) + 1).map(({ period, ...counts }) => {
    const [year = 0, month] = period.split('-').map(Number)
    return {
      ...counts,
      label: period,
      from: month ? monthStart(year, month) : startOf(year),
      to: (month ? monthStart(year, month + 1) : startOf(year + 1)) - 1,
    }
  })

export const hasFacts = (counts: Readonly<Record<Measure, number>>): boolean =>
  MEASURES.some((measure) => counts[measure] > 0)

/** Adds years up to decades. */
export function decadesOf(years: readonly Period[]): readonly Period[] {
  const decades = new Map<string, Period>()
  for (const year of years) {
    const label = `${year.label.slice(0, -1)}0s`
    const sofar = decades.get(label)
    const start = Number(year.label.slice(0, -1)) * 10
    const sums = MEASURES.map((measure) => [measure, (sofar?.[measure] ?? 0) + year[measure]])
    decades.set(label, {
      label,
      from: startOf(start),
      to: startOf(start + 10) - 1,
      ...(Object.fromEntries(sums) as Record<Measure, number>),
    })
  }
  return [...decades.values()]
}

/** The day on which a year starts. */
export const startOf = (year: number): number => monthStart(year, 1)

/** An axis of whole years, or of whole months. */
export interface Axis extends Frame {
  readonly first: number
  readonly last: number
  readonly unit: 'decade' | 'year' | 'month'
}

/** The axis for the years from `first` to `last`, or a longer one around them if they are few. It ends this year if it can. */
export function axisOf(first: number, last: number, thisYear: number): Axis {
  const missing = Math.max(0, FEWEST_YEARS - (last - first + 1))
  const to = Math.max(last, Math.min(last + Math.ceil(missing / 2), thisYear))
  const from = first - (missing - (to - last))
  return to - from + 1 > MOST_YEARS
    ? exactAxis(Math.floor(from / 10) * 10, Math.floor(to / 10) * 10 + 9, 'decade')
    : exactAxis(from, to, 'year')
}

export const exactAxis = (first: number, last: number, unit: Axis['unit']): Axis => ({
  first,
  last,
  unit,
  from: startOf(first),
  to: startOf(last + 1) - 1,
})

/** Above this number of days, an axis of days is as long as whole months. */
const FEW_DAYS = 14

/** An axis of months: as long as the whole months of some days, or a little longer than a few days. */
export function monthAxis({ from, to }: Frame): Axis {
  const [first, last] = [dateOf(from), dateOf(to)]
  const years = { first: first.getUTCFullYear(), last: last.getUTCFullYear(), unit: 'month' } as const
  if (to - from < FEW_DAYS) {
    const room = Math.max(2, Math.ceil((FEW_DAYS - (to - from)) / 2))
    return { ...years, from: from - room, to: to + room }
  }
  return {
    ...years,
    from: monthStart(years.first, first.getUTCMonth() + 1),
    to: monthStart(years.last, last.getUTCMonth() + 2) - 1,
  }
}

/** An axis around days, with room at both sides for ends that are not known. Null if there are no days. */
export function axisAround(days: readonly number[]): Axis | null {
  if (days.length === 0) return null
  const from = yearOf(Math.min(...days))
  const to = yearOf(Math.max(...days))
  const room = Math.max(1, Math.round((to - from) * 0.06))
  const last = to + room
  return exactAxis(Math.min(from - room, last - FEWEST_YEARS_AROUND + 1), last, 'year')
}

/** How far along the axis a day starts, as a percentage of its length. */
export const along = (day: number, { from, to }: Frame): number =>
  Math.min(100, Math.max(0, ((day - from) / (to - from + 1)) * 100))

export const percent = (value: number): string => `${Math.round(value * 1000) / 1000}%`

/** Years at which the axis has a line: at most a dozen. */
export function ticksOf({ first, last }: Axis): readonly number[] {
  const step = [1, 2, 5, 10, 20, 50].find((years) => (last - first + 1) / years <= 12) ?? 100
  const start = Math.ceil(first / step) * step
  return Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, i) => start + i * step)
}

/** Joins neighbouring years to runs. */
export function runsOf(years: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = []
  for (const year of years) {
    const run = runs.at(-1)
    if (run && run[1] === year - 1) run[1] = year
    else runs.push([year, year])
  }
  return runs
}
