import { daysIn } from './day.ts'
import { widened } from './width.ts'

/** A day of the proleptic Gregorian calendar as `YYYY-MM-DD`. Days compare as text. */
export type Day = string

/** A date as written: a day, month, year, decade or century, which may be approximate or uncertain. */
export interface WrittenDate {
  /** The digits as written, `X` for an unspecified one: `['1881', '05', 'XX']`, `['188X']`. */
  readonly parts: readonly string[]
  readonly approximate: boolean
  readonly uncertain: boolean
  /** The first and the last day that it can mean; those of an approximate date are ours (`width.ts`). Null if no digit of the year is written. */
  readonly earliest: Day | null
  readonly latest: Day | null
}

/** Whether a date is marked as approximate or uncertain, so that its first and last day settle nothing. */
export const isDoubtful = ({ approximate, uncertain }: WrittenDate) => approximate || uncertain

/** `unknown`: no source gives it. `open`: it was still in the future when the source was published (`..`). */
export type End = WrittenDate | 'unknown' | 'open'

/** The meaning of an EDTF text. */
export type Written =
  | { readonly kind: 'date'; readonly date: WrittenDate }
  | { readonly kind: 'interval'; readonly begin: End; readonly end: End }
  /** One of several days or spans. `earlier` in `[..1984]`: or any earlier day; `later` in `[1984..]`: or any later day. */
  | { readonly kind: 'oneOf'; readonly choices: readonly Choice[]; readonly earlier: boolean; readonly later: boolean }

/** Any day of a range. For a single date, `from` and `to` are the same object. */
export interface Choice {
  readonly from: WrittenDate
  readonly to: WrittenDate
}

/** A text that is not a supported date. The message says what was expected. */
export class InvalidEdtf extends Error {
  override name = 'InvalidEdtf'
  constructor(text: string, why: string) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
    super(`${JSON.stringify(shown)} is not a supported EDTF date: ${why}`)
  }
}

const EXAMPLES =
  'expected for example 2026-02-05, 2026-02, 2026-02-02/2026-02-04, [2026-02-02..2026-02-04], 2017-11-25/ or 1993-01-20/..'

/** EDTF texts and their meanings: the dates of a file repeat. */
const cache = new Map<string, Written>()
const MOST_CACHED = 10_000

/**
 * Reads EDTF (ISO 8601-2, level 2): dates of the common era with unspecified digits and qualifiers, intervals, and one-of-a-set.
 * Throws InvalidEdtf for anything else.
 */
export function readEdtf(text: string): Written {
  const known = cache.get(text)
  if (known) return known
  if (cache.size >= MOST_CACHED) cache.clear()
  const written = read(text)
  cache.set(text, written)
  return written
}

function read(text: string): Written {
  if (text.length > 200) throw new InvalidEdtf(text, 'expected at most 200 characters')
  const [, choices] = /^\[(.*)\]$/.exec(text) ?? []
  if (choices !== undefined) return readChoices(text, choices)
  const [first = '', second, ...more] = text.split('/')
  if (second === undefined) return { kind: 'date', date: readDate(text, first) }
  if (more.length > 0) throw new InvalidEdtf(text, EXAMPLES)
  const [begin, end] = [readEnd(text, first), readEnd(text, second)]
  if (isDate(begin) && isDate(end)) expectInOrder(text, begin, end)
  return { kind: 'interval', begin, end }
}

/** Reads the inside of `[…]`: dates and ranges. Dots before the first or after the last mean any earlier or later day. */
function readChoices(text: string, inside: string): Written {
  const [, earlier, list = '', later] = /^(\.\.)?(.*?)(\.\.)?$/.exec(inside) ?? []
  const choices = list.split(/, */).map((choice) => {
    const [first = '', last = first, ...more] = choice.split('..')
    const from = readDate(text, first)
    const to = last === first ? from : readDate(text, last)
    if (more.length > 0 || from.parts.length !== to.parts.length) throw new InvalidEdtf(text, EXAMPLES)
    expectInOrder(text, from, to)
    return { from, to }
  })
  return { kind: 'oneOf', choices, earlier: earlier !== undefined, later: later !== undefined }
}

export const isDate = (end: End): end is WrittenDate => typeof end === 'object'

function readEnd(text: string, end: string): End {
  if (end === '') return 'unknown'
  return end === '..' ? 'open' : readDate(text, end)
}

/** A year, month or day. A mark after it also applies to what is before it. */
const part = (digits: string) => `[?~%]?${digits}[?~%]?`
const DATE = new RegExp(`^${part('[\\dX]{4}')}(?:-${part('[\\dX]{2}')}){0,2}$`)

/** Reads a date in a text. Throws InvalidEdtf, with the whole text, if it is none. */
function readDate(text: string, date: string): WrittenDate {
  if (!DATE.test(date)) throw new InvalidEdtf(text, whyNot(date))
  const marked = date.split('-')
  const parts = marked.map((part) => part.replaceAll(/[?~%]/g, ''))
  const [year = '', month = ''] = parts
  if (year === '0000') throw new InvalidEdtf(text, WRONG_YEAR)
  if (month > '20' && month < '42') throw new InvalidEdtf(text, SEASON)
  const earliest = firstMatch(parts, 'up')
  const latest = firstMatch(parts, 'down')
  if (earliest === undefined || latest === undefined) throw new InvalidEdtf(text, 'there is no such day')
  const approximate = marked.findLastIndex((part) => /[~%]/.test(part))
  const doubts = { approximate: approximate >= 0, uncertain: /[?%]/.test(date) }
  if (year === 'XXXX') return { parts, ...doubts, earliest: null, latest: null }
  return {
    parts,
    ...doubts,
    ...(doubts.approximate ? widened(parts, approximate, earliest, latest) : { earliest, latest }),
  }
}

const WRONG_YEAR = 'expected a year from 0001 to 9999'
const SEASON = 'seasons differ by country; write the months'

/** Why a text is not a date that we support. */
function whyNot(date: string): string {
  if (date.startsWith('{')) return 'a list {…} means several dates; write [… , …] for one of them'
  if (/^\d\d\d?$/.test(date)) return 'write a decade as 188X and a century as 18XX'
  if (/^\d{4}-\d\d-\d\dT/.test(date)) return 'expected a day without a time'
  if (/^(-\d|Y-?\d|-?\d+S\d)/.test(date)) return WRONG_YEAR
  return EXAMPLES
}

/** The first day, counted up or down, that a pattern such as `['188X', '02', '29']` can mean. */
function firstMatch([years = '', months = 'XX', days = 'XX']: string[], way: 'up' | 'down'): Day | undefined {
  const ordered = (numbers: number[]) => (way === 'up' ? numbers : numbers.reverse())
  for (const year of ordered(matches(years, 1, 9999))) {
    for (const month of ordered(matches(months, 1, 12))) {
      const [day] = ordered(matches(days, 1, daysIn(year, month)))
      if (day !== undefined) return [pad(year, 4), pad(month, 2), pad(day, 2)].join('-')
    }
  }
  return undefined
}

/** The numbers from `min` to `max`, rising, whose digits fit a pattern such as `1X`. */
function matches(pattern: string, min: number, max: number): number[] {
  const fitting = [...pattern].reduce(
    (heads, digit) => heads.flatMap((head) => (digit === 'X' ? DIGITS.map((one) => head + one) : head + digit)),
    [''],
  )
  return fitting.map(Number).filter((n) => n >= min && n <= max)
}

const DIGITS = [...'0123456789']

const pad = (n: number, width: number) => String(n).padStart(width, '0')

function expectInOrder(text: string, begin: WrittenDate, end: WrittenDate): void {
  if (begin.earliest !== null && end.latest !== null && begin.earliest > end.latest) {
    throw new InvalidEdtf(text, 'it ends before it begins')
  }
}
