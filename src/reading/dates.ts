import type { Span } from './span.ts'

/** A date in words, as EDTF: as precise as the words, and no more. */
export interface DateInWords extends Span {
  readonly edtf: string
  /** `day` is one day, `days` several or one of several, `longer` a month or a year. */
  readonly kind: 'day' | 'days' | 'longer'
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
export const MONTH =
  '(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)'
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const NUMBERS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, six: 6 }
const DAY_MS = 86_400_000

export const monthOf = (word: string): number => MONTHS.indexOf(word.toLowerCase().slice(0, 3)) + 1
export const isoDay = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
const pad = (number: number) => String(number).padStart(2, '0')
const iso = (date: Date) => date.toISOString().slice(0, 10)
const later = (date: Date, days: number) => new Date(date.getTime() + days * DAY_MS)
export const exists = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && iso(date) === day
}
export const weekdayOf = (day: string): string => WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] as string

/** The dates in a text that was published on a day, in order. Words such as "in recent years" are no date. */
export function datesIn(text: string, published: string): DateInWords[] {
  const found = new DateFinder(text, published).find()
  found.sort((one, other) => one.start - other.start || other.end - one.end)
  let end = -1
  return found.filter((date) => {
    if (date.start < end) return false
    end = date.end
    return true
  })
}

class DateFinder {
  readonly #text: string
  readonly #published: string
  readonly #day: Date
  readonly #year: number
  readonly #found: DateInWords[] = []

  constructor(text: string, published: string) {
    this.#text = text
    this.#published = published
    this.#day = new Date(`${published}T00:00:00Z`)
    this.#year = this.#day.getUTCFullYear()
  }

  find(): DateInWords[] {
    this.#findIntervals()
    this.#findDays()
    this.#findMonths()
    this.#findWeekdays()
    this.#findRelative()
    return this.#found
  }

  #each(
    pattern: RegExp,
    read: (match: RegExpExecArray) => (Omit<DateInWords, 'start' | 'end'> & { readonly skip?: number }) | undefined,
  ): void {
    for (const match of this.#text.matchAll(pattern)) {
      const date = read(match)
      if (!date) continue
      const { skip = 0, edtf, kind } = date
      this.#found.push({ start: match.index + skip, end: match.index + match[0].length, edtf, kind })
    }
  }

  /** The year of a day without one: that in which the day is nearest to the day of publication. */
  #yearOf(written: string | undefined, month: number, day = 15): number {
    if (written) return Number(written)
    const distance = (year: number) => Math.abs(Date.UTC(year, month - 1, day) - this.#day.getTime())
    return [this.#year - 1, this.#year, this.#year + 1].reduce((best, year) =>
      distance(year) < distance(best) ? year : best,
    )
  }

  #interval(
    begin: readonly [month: number, day: number],
    end: readonly [month: number, day: number],
    year: string | undefined,
  ) {
    const last = this.#yearOf(year, end[0], end[1])
    const first = end[0] < begin[0] ? last - 1 : last
    const days = [isoDay(first, ...begin), isoDay(last, ...end)] as const
    return days.every(exists) && days[0] <= days[1] ? ({ edtf: days.join('/'), kind: 'days' } as const) : undefined
  }

  #findIntervals(): void {
    const to = '\\s*(?:–|-|—|to|through|until|and)\\s*'
    const year = '(?:,?\\s+(\\d{4}))?'
    this.#each(
      new RegExp(`\\b(?:from\\s+)?(${MONTH})\\s+(\\d{1,2})${to}(?:(${MONTH})\\s+)?(\\d{1,2})\\b(?!:)${year}`, 'g'),
      ([, month = '', first, other, last, year]) =>
        this.#interval([monthOf(month), Number(first)], [monthOf(other ?? month), Number(last)], year),
    )
    this.#each(
      new RegExp(`\\b(?:from\\s+)?(\\d{1,2})(?:\\s+(${MONTH}))?${to}(\\d{1,2})\\s+(${MONTH})\\b${year}`, 'g'),
      ([, first, month, last, other = '', year]) =>
        this.#interval([monthOf(month ?? other), Number(first)], [monthOf(other), Number(last)], year),
    )
  }

  #dayOf(month: number, day: number, year: string | undefined) {
    const edtf = isoDay(this.#yearOf(year, month, day), month, day)
    return exists(edtf) ? ({ edtf, kind: 'day' } as const) : undefined
  }

  #findDays(): void {
    const year = '(?:,?\\s+(\\d{4}))?'
    this.#each(
      new RegExp(`\\b(${MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)${year}`, 'g'),
      ([, month = '', day, year]) => this.#dayOf(monthOf(month), Number(day), year),
    )
    this.#each(
      new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${MONTH})(?![\\p{L}])${year}`, 'gu'),
      ([, day, month = '', year]) => this.#dayOf(monthOf(month), Number(day), year),
    )
    this.#each(/\b(\d{4})-(\d{2})-(\d{2})\b/g, ([edtf]) => (exists(edtf) ? { edtf, kind: 'day' } : undefined))
  }

  #findMonths(): void {
    const before = '(?:in|since|last|next|this|by|until|of|early|late|mid-?|during the)'
    this.#each(
      new RegExp(`\\b(${before})\\s+(${MONTH})(?![\\p{L}])(?!\\s+\\d{1,2}\\b)(?:,?\\s+(\\d{4}))?`, 'gu'),
      ([, lead = '', month = '', year]) => {
        if (/^may$/i.test(month) && !year && !/^(?:in|last|next|since)$/.test(lead)) return undefined
        const edtf = `${this.#yearOf(year, monthOf(month))}-${pad(monthOf(month))}`
        return { edtf, kind: 'longer' }
      },
    )
    this.#each(
      /\b(in|since|of|by|until|before|after|the)\s+((?:19|20)\d{2})\b(?!\s*(?:people|million|billion|percent))/g,
      ([, lead = '', year = '']) => ({
        edtf: year,
        kind: 'longer',
        skip: lead.length + 1,
      }),
    )
  }

  #findWeekdays(): void {
    this.#each(
      /\b(?:(last|next|this|on|late|early|since|until|by)\s+)?(Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)\b/g,
      (match) => {
        const [whole, lead, name = ''] = match
        const after = this.#text.slice(match.index + whole.length, match.index + whole.length + 24)
        if (new RegExp(`^,? (?:the )?(?:${MONTH}\\b|\\d{1,2} ${MONTH})`).test(after)) return undefined
        const before = this.#text.slice(Math.max(0, match.index - 90), match.index)
        const clause = before.slice(before.search(/[^.;”"]*$/))
        const isFuture =
          lead === 'next' ||
          /\b(?:will|would|is to|are to|due to|set to|scheduled|expected to|plans to|later this week)\b/.test(clause)
        let days = -((this.#day.getUTCDay() - WEEKDAYS.indexOf(name) + 7) % 7)
        if (isFuture && (days < 0 || lead === 'next')) days += 7
        if (lead === 'last' && days === 0) days = -7
        return { edtf: iso(later(this.#day, days)), kind: 'day', skip: lead ? 0 : whole.length - name.length }
      },
    )
  }

  #findRelative(): void {
    const day = (days: number) => ({ edtf: iso(later(this.#day, days)), kind: 'day' }) as const
    this.#each(/\b(two|three|four|five|six|\d{1,2}) days ago\b/gi, ([, number = '']) =>
      day(-(NUMBERS[number.toLowerCase()] ?? Number(number))),
    )
    this.#each(/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/gi, () => day(0))
    this.#each(/\b(?:yesterday|last night)\b/gi, () => day(-1))
    this.#each(/\btomorrow\b/gi, () => day(1))
    // A week may begin on Sunday or on Monday.
    const sunday = -this.#day.getUTCDay()
    const days = (first: number, last: number) =>
      ({ edtf: `[${iso(later(this.#day, first))}..${iso(later(this.#day, last))}]`, kind: 'days' }) as const
    this.#each(/\b(earlier|later )?\s?this week\b/gi, ([, which = '']) =>
      days(/later/i.test(which) ? 0 : sunday, /earlier/i.test(which) ? 0 : sunday + 7),
    )
    this.#each(/\blast week\b/gi, () => days(sunday - 7, sunday))
    this.#each(/\bnext week\b/gi, () => days(sunday + 7, sunday + 14))
    const month = this.#published.slice(0, 7)
    const until = (begin: string) => ({ edtf: `[${begin}..${this.#published}]`, kind: 'longer' }) as const
    this.#each(/\b(earlier )?this month\b/gi, ([, earlier]) =>
      earlier ? until(`${month}-01`) : { edtf: month, kind: 'longer' },
    )
    this.#each(/\b(earlier )?this year\b/gi, ([, earlier]) =>
      earlier ? until(`${this.#year}-01-01`) : { edtf: String(this.#year), kind: 'longer' },
    )
    this.#each(/\blast month\b/gi, () => ({
      edtf: iso(later(new Date(`${month}-01T00:00:00Z`), -1)).slice(0, 7),
      kind: 'longer',
    }))
    this.#each(/\blast year\b/gi, () => ({ edtf: String(this.#year - 1), kind: 'longer' }))
  }
}
