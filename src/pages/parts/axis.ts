import { type Axis, exactAxis } from '../relation/axis.ts'
import { dateOf } from './span.ts'

/** A shorter axis would make one day as wide as a year. */
const FEWEST_YEARS = 10

/** An axis around days, with room at both sides for ends that nobody knows. Null if there are no days. */
export function axisAround(days: readonly number[]): Axis | null {
  if (days.length === 0) return null
  const from = dateOf(Math.min(...days)).getUTCFullYear()
  const to = dateOf(Math.max(...days)).getUTCFullYear()
  const room = Math.max(1, Math.round((to - from) * 0.06))
  const last = to + room
  return exactAxis(Math.min(from - room, last - FEWEST_YEARS + 1), last, 'year')
}
