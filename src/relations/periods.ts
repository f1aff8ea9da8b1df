import type { Day } from '../time/edtf.ts'

export type Granularity = 'MONTH' | 'YEAR' | 'DECADE'

/** A calendar period. */
export interface Period {
  /** In EDTF: `2026-02`, `2026`, `202X`. */
  readonly period: string
  /** Its first and its last day. */
  readonly from: Day
  readonly to: Day
}

/** How many months a period has. Periods are numbered from the year 0. */
export const monthsOf: Readonly<Record<Granularity, number>> = { MONTH: 1, YEAR: 12, DECADE: 120 }

/** The number of the period that a day is in, counted from the year 0. */
export function periodNumber(day: Day, by: Granularity): number {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  return Math.floor(months / monthsOf[by])
}

/** The period of a number. */
export function periodOf(number: number, by: Granularity): Period {
  const first = number * monthsOf[by]
  const from = `${month(first)}-01`
  const last = month(first + monthsOf[by] - 1)
  const to = `${last}-${daysIn(last)}`
  const year = from.slice(0, 4)
  // There is no year 0.
  const begin = year === '0000' ? '0001-01-01' : from
  if (by === 'MONTH') return { period: from.slice(0, 7), from: begin, to }
  return { period: by === 'YEAR' ? year : `${year.slice(0, 3)}X`, from: begin, to }
}

const month = (number: number) =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`

function daysIn(month: string): number {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const next = new Date(0)
  next.setUTCFullYear(year, number, 0)
  return next.getUTCDate()
}
