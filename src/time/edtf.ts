import { type DateNode, parse } from 'edtf'

/** A day of the proleptic Gregorian calendar as `YYYY-MM-DD`. Days compare as text. */
export type Day = string

/** A date as written: a day, month, year or decade, which may be approximate or uncertain. */
export interface WrittenDate {
  /** The digits as written, `X` for an unspecified one: `['1881', '05', 'XX']`, `['188X']`. */
  readonly parts: readonly string[]
  readonly approximate: boolean
  readonly uncertain: boolean
  /** The first and the last day that it can mean. Null if not even the century is written. */
  readonly earliest: Day | null
  readonly latest: Day | null
}

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

/** EDTF texts and their meanings. The parser is slow, and the dates of a file repeat. */
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
  const plain = readPlain(text)
  if (plain) return plain
  const node = parseOrExplain(text)
  if (node.type === 'Interval') {
    const [begin, end] = node.values.map((end) => readEnd(text, end)) as [End, End]
    if (isDate(begin) && isDate(end)) expectInOrder(text, begin, end)
    return { kind: 'interval', begin, end }
  }
  if (node.type === 'Set') {
    const choices = node.values.map((value) => {
      if (!Array.isArray(value)) {
        const date = readDate(text, value)
        return { from: date, to: date }
      }
      const [from, to] = [readDate(text, value[0]), readDate(text, value[1])]
      expectInOrder(text, from, to)
      return { from, to }
    })
    return { kind: 'oneOf', choices, earlier: node.earlier === true, later: node.later === true }
  }
  if (node.type === 'List') throw new InvalidEdtf(text, 'a list {…} means several dates; write [… , …] for one of them')
  if (node.type === 'Season') throw new InvalidEdtf(text, 'seasons differ by country; write the months')
  if (node.type === 'Decade' || node.type === 'Century') {
    throw new InvalidEdtf(text, 'write a decade as 188X and a century as 18XX')
  }
  if (node.type === 'Year') throw new InvalidEdtf(text, 'expected a year from 0001 to 9999')
  return { kind: 'date', date: readDate(text, node) }
}

const PLAIN = '(\\d{4}(?:-\\d\\d){0,2})'
const PLAIN_DATE = new RegExp(`^${PLAIN}$`)
const PLAIN_INTERVAL = new RegExp(`^(?:${PLAIN}/(?:${PLAIN}|\\.\\.)?|/${PLAIN})$`)
const PLAIN_CHOICE = new RegExp(`^\\[${PLAIN}\\.\\.${PLAIN}\\]$`)

/**
 * Reads plain days, months and years, and intervals of two of them, which are by far the most common dates, without the parser,
 * which takes a hundred times as long. Undefined for all other dates, including invalid ones.
 */
function readPlain(text: string): Written | undefined {
  const [, date] = PLAIN_DATE.exec(text) ?? []
  if (date) {
    const read = readPlainDate(date)
    return read && { kind: 'date', date: read }
  }
  const [interval, begin, end, endAlone] = PLAIN_INTERVAL.exec(text) ?? []
  if (interval) {
    const from = begin ? readPlainDate(begin) : 'unknown'
    const to = end || endAlone ? readPlainDate((end ?? endAlone) as string) : text.endsWith('..') ? 'open' : 'unknown'
    return from && to && inOrder(from, to) ? { kind: 'interval', begin: from, end: to } : undefined
  }
  const [choice, first = '', last = ''] = PLAIN_CHOICE.exec(text) ?? []
  if (!choice) return undefined
  const [from, to] = [readPlainDate(first), readPlainDate(last)]
  if (!from || !to || from.parts.length !== to.parts.length || !inOrder(from, to)) return undefined
  return { kind: 'oneOf', choices: [{ from, to }], earlier: false, later: false }
}

function readPlainDate(text: string): WrittenDate | undefined {
  const parts = text.split('-')
  const earliest = firstMatch(parts, 'up')
  const latest = firstMatch(parts, 'down')
  return earliest && latest ? { parts, approximate: false, uncertain: false, earliest, latest } : undefined
}

const inOrder = (begin: End, end: End) =>
  !isDate(begin) || !isDate(end) || begin.earliest === null || end.latest === null || begin.earliest <= end.latest

export const isDate = (end: End): end is WrittenDate => typeof end === 'object'

function parseOrExplain(text: string) {
  try {
    return parse(text, { level: 2 })
  } catch {
    throw new InvalidEdtf(text, EXAMPLES)
  }
}

function readEnd(text: string, end: DateNode | number | null): End {
  if (end === null) return 'unknown'
  return typeof end === 'number' ? 'open' : readDate(text, end)
}

const WIDTHS = [4, 2, 2]
/** The lowest bit of each part in the mask of unspecified digits. */
const OFFSETS = [0, 4, 6]

function readDate(text: string, node: DateNode): WrittenDate {
  if (node.type !== undefined && node.type !== 'Date') throw new InvalidEdtf(text, EXAMPLES)
  if (node.values.length > 3) throw new InvalidEdtf(text, 'expected a day without a time')
  const [year = 0] = node.values
  const unspecified = node.unspecified ?? 0
  if (year < 0 || (year === 0 && unspecified === 0)) throw new InvalidEdtf(text, 'expected a year from 0001 to 9999')

  const parts = node.values.map((value, i) => {
    const digits = String(i === 1 ? value + 1 : value).padStart(WIDTHS[i] as number, '0')
    return [...digits].map((digit, at) => (unspecified & (1 << ((OFFSETS[i] as number) + at)) ? 'X' : digit)).join('')
  })
  const doubts = { approximate: Boolean(node.approximate), uncertain: Boolean(node.uncertain) }
  if (parts[0] === 'XXXX') return { parts, ...doubts, earliest: null, latest: null }
  const earliest = firstMatch(parts, 'up')
  const latest = firstMatch(parts, 'down')
  if (earliest === undefined || latest === undefined) throw new InvalidEdtf(text, 'there is no such day')
  return { parts, ...doubts, earliest, latest }
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
  const low = Math.max(min, Number(pattern.replaceAll('X', '0')))
  const high = Math.min(max, Number(pattern.replaceAll('X', '9')))
  const found: number[] = []
  for (let n = low; n <= high; n++) {
    if ([...pad(n, pattern.length)].every((digit, i) => pattern[i] === 'X' || pattern[i] === digit)) found.push(n)
  }
  return found
}

const pad = (n: number, width: number) => String(n).padStart(width, '0')

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function expectInOrder(text: string, begin: WrittenDate, end: WrittenDate): void {
  if (!inOrder(begin, end)) throw new InvalidEdtf(text, 'it ends before it begins')
}
