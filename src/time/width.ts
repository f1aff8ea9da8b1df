import { daysIn } from './day.ts'

/**
 * The days that an approximate date is taken to mean. No source says how far from the written date it may be, so the width is
 * ours: 10 days on either side of a day, a month on either side of a month, a year on either side of a year, and likewise a decade
 * or a century. What counts is the last part that the mark is written at: the month in `2004-~06-11` and in `2004-06~-11`.
 */
export function widened(parts: readonly string[], marked: number, earliest: string, latest: string) {
  const [year = '', month = 'XX', day = 'XX'] = parts
  if (marked === 2 && day !== 'XX') return { earliest: addDays(earliest, -10), latest: addDays(latest, 10) }
  const months = marked > 0 && month !== 'XX' ? 1 : 12 * 10 ** (year.split('X').length - 1)
  return { earliest: addMonths(earliest, -months, false), latest: addMonths(latest, months, day === 'XX') }
}

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

/** The same day of another month, or its last day if the month is shorter or `toEnd`. */
function addMonths(day: string, months: number, toEnd: boolean): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const sum = year * 12 + month - 1 + months
  const [newYear, newMonth] = [Math.floor(sum / 12), (((sum % 12) + 12) % 12) + 1]
  const last = daysIn(newYear, newMonth)
  return dayOf(newYear, newMonth, toEnd ? last : Math.min(date, last))
}

/** Days are within the years that a date can have. */
function dayOf(year: number, month: number, day: number): string {
  if (year < 1) return '0001-01-01'
  if (year > 9999) return '9999-12-31'
  return [String(year).padStart(4, '0'), ...[month, day].map((n) => String(n).padStart(2, '0'))].join('-')
}
