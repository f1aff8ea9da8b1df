import type { Day } from '../time/edtf.ts'

export type Granularity = 'MONTH' | 'YEAR' | 'DECADE'

/** Length of a period in months. Periods are numbered from the year 0. */
const monthsOf: Readonly<Record<Granularity, number>> = { MONTH: 1, YEAR: 12, DECADE: 120 }

/** The number of the period of a day. */
export function periodNumber(day: Day, by: Granularity): number {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return Math.floor(months / monthsOf[by])
}

/** The period with a number, in EDTF: `2026-02`, `2026`, `202X`. */
export function periodOf(number: number, by: Granularity): string {
  if (by === 'MONTH') return month(number)
  return by === 'YEAR' ? String(number).padStart(4, '0') : `${String(number).padStart(3, '0')}X`
}

/** The first day of a period. There is no year 0. */
export function firstDayOf(number: number, by: Granularity): Day {
  const first = month(number * monthsOf[by])
  return first.startsWith('0000') ? '0001-01-01' : `${first}-01`
}

/** The last day of a period. */
export function lastDayOf(number: number, by: Granularity): Day {
  const last = month((number + 1) * monthsOf[by] - 1)
  return `${last}-${daysIn(last)}`
}

const month = (number: number) =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`

function daysIn(month: string): number {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const next = new Date(0)
  next.setUTCFullYear(year, number, 0)
  return next.getUTCDate()
}
