import type { Random } from './random.ts'

const FIRST_YEAR = 1950
export const LAST_YEAR = 2026

const two = (number: number) => String(number).padStart(2, '0')

/** A day of a year; of the last one, of its first half. */
export function dayIn(random: Random, year: number): string {
  return `${year}-${two(random.between(1, year === LAST_YEAR ? 6 : 12))}-${two(random.between(1, 28))}`
}

/** A year; later ones are written about more. */
export const someYear = (random: Random): number =>
  FIRST_YEAR + Math.floor((LAST_YEAR - FIRST_YEAR + 1) * random.next() ** 0.7)

/** A day as EDTF; now and then only its month is known, or it is the first of some days, or one of some. */
export function dated(random: Random, day: string): string {
  const chance = random.next()
  if (chance < 0.88) return day
  if (chance < 0.93) return day.slice(0, 7)
  const later = `${day.slice(0, 8)}${two(Math.min(Number(day.slice(8)) + random.between(1, 3), 30))}`
  // February has fewer days.
  if (day.slice(5, 7) === '02') return day
  return chance < 0.98 ? `${day}/${later}` : `[${day}..${later}]`
}
