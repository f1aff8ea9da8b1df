import { dateOf, dayOf, type Frame } from './span.ts'

/** An axis of whole years. */
export interface Axis extends Frame {
  readonly first: number
  readonly last: number
}

/** A shorter axis would make one day as wide as a year. */
const FEWEST_YEARS = 10

/** An axis around days, with room at both sides for ends that nobody knows. Null if there are no days. */
export function axisAround(days: readonly number[]): Axis | null {
  if (days.length === 0) return null
  const from = dateOf(Math.min(...days)).getUTCFullYear()
  const to = dateOf(Math.max(...days)).getUTCFullYear()
  const room = Math.max(1, Math.round((to - from) * 0.06))
  const last = to + room
  const first = Math.min(from - room, last - FEWEST_YEARS + 1)
  return { first, last, from: startOf(first), to: startOf(last + 1) - 1 }
}

/** The day on which a year starts. */
const startOf = (year: number): number => dayOf(`${String(year).padStart(4, '0')}-01-01`)

/** How far along the axis a day starts, as a percentage of its length. */
export const along = (day: number, { from, to }: Frame): number =>
  Math.min(100, Math.max(0, ((day - from) / (to - from + 1)) * 100))

export const percent = (value: number): string => `${Math.round(value * 1000) / 1000}%`

/** Years at which the axis has a line, at most a dozen, and how far along each is. */
export function ticksOf(axis: Axis): readonly { readonly year: number; readonly at: number }[] {
  const { first, last } = axis
  const step = [1, 2, 5, 10, 20, 50].find((years) => (last - first + 1) / years <= 12) ?? 100
  const start = Math.ceil(first / step) * step
  return Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, i) => {
    const year = start + i * step
    return { year, at: along(startOf(year), axis) }
  })
}
