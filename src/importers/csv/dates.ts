import { fold } from '../../search/fold.ts'
import { InvalidEdtf } from '../../time/edtf.ts'
import { timeSpan } from '../../time/span.ts'
import { monthNames, weekdayNames } from './date-words.ts'
import { clean, show } from './text.ts'
import { Unreadable } from './unreadable.ts'

/** How to read dates that can be read in several ways. */
export type DateOrder = 'EDTF' | 'DMY' | 'MDY' | 'EXCEL'

/** A day, a month or a year. The parts may be missing until they are taken from the other end of a span. */
interface Parts {
  readonly year?: number | undefined
  readonly month?: number | undefined
  readonly day?: number | undefined
}

/** Cells that say that there is no date. */
const NO_DATE =
  /^(-+|\?+|n\/?a|n\.a\.?|tb[acd]|unknown|undated|none|not (known|available)|to be (confirmed|announced))$/
/** How the query service of Wikidata writes that a value exists and is not known. */
const UNKNOWN_VALUE = /^t\d{5,}$|^(_:)?[0-9a-f]{32}$|^https?:\/\/www\.wikidata\.org\/\.well-known\/genid\//
/** Ends that say that something goes on. */
const OPEN = /^(present|now|current|currently|incumbent|ongoing|to date|today|in office|\.\.)$/
const TIME =
  /[ t,]+(\d{1,2}[:.h]\d{2}(:\d{2}([.,]\d+)?)?|\d{1,2}(?= ?[ap]\.?m))(\s*([ap]\.?m\.?))?(\s*(z|utc|gmt|[+-]\d{2}:?(\d{2})?))?$/
/** `05-May-31`, `May 5, 31` and `May-31`. */
const TWO_DIGITS = /^\d{1,2}[\s./-]\D+[\s./-]\d{2}$|^\D+\d{1,2}, ?\d{2}$|^\D+-\d{2}$/
const CIRCA = /^(~|c\.?|ca\.?|circa|about|approx\.?|around)\s*(?=\S)/
/** Later years are more likely to be something else, such as a day number of a spreadsheet. */
const LAST_YEAR = 2200

/** Several months in one cell: `Apr/Jun`, `Jan/Feb/Mar`, `May–July`. */
const MONTHS_APART = /\s*[/–-]\s*/

/** Reads the dates of a sheet, and caches them. */
export class DateReader {
  readonly #order: DateOrder
  readonly #century: number | undefined
  readonly #months: ReadonlyMap<string, number>
  readonly #weekdays: ReadonlySet<string>
  readonly #read = new Map<string, string | undefined>()

  /** `century`: the first year of the century of years with two digits, such as 2000. */
  constructor(order: DateOrder, language = 'en', century?: number) {
    this.#order = order
    this.#century = century
    this.#months = monthNames(language)
    this.#weekdays = weekdayNames(language)
  }

  /**
   * Converts a cell to EDTF of the same precision. Undefined if the cell says that there is no date. Throws Unreadable for text
   * that is not a date and for ambiguous dates: two-digit years, and day and month in an order that the mapping does not give.
   */
  read(cell: string): string | undefined {
    if (!this.#read.has(cell)) this.#read.set(cell, this.#date(cell))
    return this.#read.get(cell)
  }

  /** Converts a year, a month and a day from different cells. */
  join(year: string, month: string | undefined, day: string | undefined): string | undefined {
    const several = month?.split(MONTHS_APART) ?? []
    if (several.length > 1 && day === undefined && !several.some((part) => /\d/.test(part))) {
      const [first, last] = [this.join(year, several[0], undefined), this.join(year, several.at(-1), undefined)]
      return this.#expectEdtf(`[${first}..${last}]`, `${month} ${year}`)
    }
    const number = Number(month)
    const name = Number.isInteger(number) ? [...this.#months].find(([, value]) => value === number)?.[0] : month
    const isMonth = name === undefined || this.#months.has(fold(name).replace(/\.$/, ''))
    const isYear = /^\d{4}$/.test(clean(year)) || (this.#century !== undefined && /^\d{2}$/.test(clean(year)))
    const whole = clean(year).length === 2 ? this.#withCentury(clean(year), year) : year
    const text = [day, name ?? month, whole].filter(Boolean).join(' ')
    if (!isYear || !isMonth || (day && !month)) {
      throw new Unreadable(
        'invalid-date',
        `found the date ${show(text)}; expected a year of four digits, a month and a day`,
      )
    }
    return this.read(text)
  }

  /** Converts a first and a last day from two cells. */
  span(begin: string | undefined, end: string | undefined): string | undefined {
    const isOpen = end !== undefined && OPEN.test(fold(end))
    const [from, to] = [begin && this.read(begin), end && !isOpen ? this.read(end) : undefined]
    for (const [cell, edtf] of [
      [begin, from],
      [end, to],
    ] as const) {
      if (edtf && /[/[{]/.test(edtf)) {
        throw new Unreadable(
          'invalid-date',
          `found ${show(cell as string)}; expected one date, because another column has the other end`,
        )
      }
    }
    if (from === undefined && to === undefined) return undefined
    if (from === to) return from
    return this.#expectEdtf(`${from ?? ''}/${isOpen ? '..' : (to ?? '')}`, `${begin ?? ''} to ${end ?? ''}`)
  }

  #date(cell: string): string | undefined {
    const written = clean(cell)
    const text = fold(written).replace(/^[\s,;]+|[\s,;.]+$/g, '')
    if (NO_DATE.test(text) || UNKNOWN_VALUE.test(text)) return undefined
    const about = CIRCA.exec(text)?.[0]
    if (about) return this.#expectEdtf(`${this.#plain(text.slice(about.length), cell)}~`, cell)
    return this.#plain(text, cell)
  }

  #plain(text: string, cell: string): string {
    const edtf = this.#single(text, cell) ?? this.#spanIn(text, cell)
    if (edtf !== undefined) return this.#expectEdtf(edtf, cell)
    const upper = clean(cell).replace(/^[~]/, '').toUpperCase()
    const [, year = '', next = ''] = /^(\d{4})-(\d{2})$/.exec(upper) ?? []
    if (next !== '' && Number(next) > 12) {
      const hint =
        Number(next) === (Number(year) + 1) % 100
          ? `; if it means the years ${year} and ${Number(year) + 1}, write ${year}/${Number(year) + 1}`
          : ''
      throw new Unreadable('invalid-date', `found the date ${show(cell)}, which has no month ${next}${hint}`)
    }
    if (/^\d+(\.\d+)?$/.test(upper) && (upper.length !== 4 || Number(upper) > LAST_YEAR)) {
      throw new Unreadable(
        'number',
        `found the number ${show(cell)}; expected a date. If the numbers of the column are days as Excel counts them, set "dates" in the mapping to EXCEL`,
      )
    }
    if (/\p{L}{2}/u.test(upper) && !/^[\dX/.~?%-]+$/.test(upper)) {
      throw new Unreadable(
        'invalid-date',
        `found the date ${show(cell)}; expected for example 2026-05-05, 5 May 2026, May 2026 or 4–5 May 2026`,
      )
    }
    return this.#expectEdtf(upper, cell)
  }

  /** A day, a month, a year or a decade. Undefined for all other text. */
  #single(text: string, cell: string): string | undefined {
    if (this.#order === 'EXCEL' && /^\d{2,6}(\.\d+)?$/.test(text)) return excelDay(Number(text), cell)
    if (/^1?\d\d\ds$|^20\ds$/.test(text)) return `${text.slice(0, 3)}X`
    const day = text.replace(TIME, '').replace(/^\+(?=\d{4}-)/, '')
    const [, y, , m, d] =
      /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(day) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(day) ?? []
    // In exports, a month or a day of 00 is not known.
    if (y && m && d) return edtfOf({ year: Number(y), month: Number(m) || undefined, day: Number(d) || undefined })
    const [, first, , second, year] = /^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})$/.exec(day) ?? []
    if (first && second && year) return this.#ordered(Number(first), Number(second), year, cell)
    const [, month, inYear] = /^(\d{1,2})\s*[-/.]\s*(\d{4})$/.exec(day) ?? []
    if (month && inYear) return edtfOf({ year: Number(inYear), month: Number(month) })
    const [, ofYear, its] = /^(\d{4})[/.](\d{1,2})$/.exec(day) ?? []
    if (ofYear && its) return edtfOf({ year: Number(ofYear), month: Number(its) })
    const parts = this.#words(day, cell)
    return parts?.year === undefined ? undefined : edtfOf(parts)
  }

  #ordered(first: number, second: number, year: string, cell: string): string {
    const whole = this.#withCentury(year, cell)
    const isClear = first === second || first > 12 !== second > 12
    if (this.#order !== 'DMY' && this.#order !== 'MDY' && !isClear) {
      throw new Unreadable(
        'order-of-date',
        `found the date ${show(cell)}; expected a date that can be read in one way. Set "dates" in the mapping to DMY or MDY`,
      )
    }
    const isMonthFirst = this.#order === 'MDY' || (this.#order !== 'DMY' && second > 12)
    const [day, month] = isMonthFirst ? [second, first] : [first, second]
    return edtfOf({ year: whole, month, day })
  }

  #withCentury(year: string, cell: string): number {
    if (year.length > 2) return Number(year)
    if (this.#century !== undefined) return this.#century + Number(year)
    throw new Unreadable(
      'two-digit-year',
      `found the date ${show(cell)}; expected a year with four digits, or "century" in the mapping, such as 2000`,
    )
  }

  /** The parts of a date with the name of a month, or of a year or a day alone. Undefined if any word is something else. */
  #words(text: string, cell: string): Parts | undefined {
    const words = text
      .split(/[\s,./-]+/)
      .map((word) => word.replace(/^(\d{1,2})(st|nd|rd|th)$/, '$1'))
      .filter((word) => word !== '' && word !== 'of' && word !== 'the' && !this.#weekdays.has(word))
    let parts: Parts = {}
    const numbers: string[] = []
    for (const word of words) {
      const month = this.#months.get(word)
      const part = month !== undefined ? { month } : /^\d{4}$/.test(word) ? { year: Number(word) } : undefined
      if (!part && !/^\d{1,2}$/.test(word)) return undefined
      if (!part) numbers.push(word)
      else if (Object.keys(part).some((key) => key in parts)) return undefined
      parts = { ...parts, ...part }
    }
    const isTwoDigits = parts.month !== undefined && parts.year === undefined && TWO_DIGITS.test(text)
    if (isTwoDigits) parts = { ...parts, year: this.#withCentury(numbers.pop() as string, cell) }
    if (numbers.length > 1 || words.length === 0) return undefined
    const [day] = numbers
    if (parts.year !== undefined && parts.month === undefined && day === undefined && parts.year > LAST_YEAR)
      return undefined
    if (day !== undefined && parts.month === undefined && parts.year !== undefined) return undefined
    return day === undefined ? parts : { ...parts, day: Number(day) }
  }

  /** A span such as `15–18 December 2025`, `28 Feb – 1 March 2026` and `2010–2012`, in the one way in which it can be read. */
  #spanIn(text: string, cell: string): string | undefined {
    for (const { 0: separator, index } of text.matchAll(/\s*(-|–|\bto\b|\buntil\b|\band\b|&)\s*/g)) {
      const [before, after] = [text.slice(0, index), text.slice(index + separator.length)]
      const span = this.#between(before, after, cell)
      if (!span) continue
      const [begin, end] = span
      if (/and|&/.test(separator) && nextDay(begin) !== end) {
        throw new Unreadable('several-dates', `found several dates in ${show(cell)}; expected one date or one span`)
      }
      if (begin > end) {
        throw new Unreadable(
          'invalid-date',
          `found ${show(cell)}, which ends before it begins; write the year of both dates`,
        )
      }
      return begin === end ? begin : `${begin}/${end}`
    }
    return undefined
  }

  /** The two ends of a span. What one of them lacks is taken from the other. */
  #between(before: string, after: string, cell: string): readonly [begin: string, end: string] | undefined {
    const [first, last] = [this.#partsOf(before, cell), this.#partsOf(after, cell)]
    if (!first || !last || last.year === undefined) return undefined
    const year = first.year ?? last.year
    const begin = { ...first, year, month: first.month ?? (first.day === undefined ? undefined : last.month) }
    const end = { ...last, month: last.month ?? (last.day === undefined ? undefined : first.month) }
    if ((begin.day === undefined) !== (end.day === undefined)) return undefined
    if ((begin.month === undefined) !== (end.month === undefined)) return undefined
    if (begin.day !== undefined && begin.month === undefined) return undefined
    return [edtfOf(begin), edtfOf(end)]
  }

  #partsOf(text: string, cell: string): Parts | undefined {
    // The end of `December 15–18, 2025`.
    const [, day, year] = /^(\d{1,2}),? (\d{4})$/.exec(text) ?? []
    if (day && year) return { day: Number(day), year: Number(year) }
    const words = this.#words(text, cell)
    if (words) return words
    const single = this.#single(text, cell)
    if (single === undefined || !/^[\d-]+$/.test(single)) return undefined
    const [y, m, d] = single.split('-').map(Number)
    return { year: y, month: m, day: d }
  }

  #expectEdtf(edtf: string, cell: string): string {
    try {
      return timeSpan(edtf).edtf
    } catch (error) {
      if (!(error instanceof InvalidEdtf)) throw error
      const read = edtf === cell || edtf === clean(cell).toUpperCase() ? '' : `, read as ${edtf}`
      throw new Unreadable(
        'invalid-date',
        `found the date ${show(cell)}${read}: ${error.message.replace(/^.* date: /s, '')}`,
      )
    }
  }
}

function edtfOf({ year = 0, month, day }: Parts): string {
  const parts = [
    String(year).padStart(4, '0'),
    ...[month, month && day].flatMap((part) => (part ? [String(part).padStart(2, '0')] : [])),
  ]
  return parts.join('-')
}

function nextDay(edtf: string): string {
  const day = new Date(`${edtf}T00:00:00Z`)
  return Number.isNaN(day.getTime()) ? '' : new Date(day.getTime() + 86_400_000).toISOString().slice(0, 10)
}

/** Excel counts days from 1900. Its first 60 days are off by one, as it has a 29 February 1900. */
function excelDay(number: number, cell: string): string {
  if (number <= 60)
    throw new Unreadable(
      'number',
      `found the number ${show(cell)}; expected a day after 29 February 1900, as Excel counts them`,
    )
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(number) * 86_400_000).toISOString().slice(0, 10)
}
