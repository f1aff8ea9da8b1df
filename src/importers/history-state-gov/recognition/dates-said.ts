import { readDate } from '../dates.ts'

/** A date in a text. */
export interface SaidDate {
  /** Range of UTF-16 units of the words for it, with words such as “about”. */
  readonly start: number
  readonly end: number
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, `YYYX` for a decade. Undefined if no such day exists. */
  readonly date: string | undefined
  /** The date with its qualifier, as EDTF. */
  readonly edtf: string
  /** The last year of words such as “1838–40”. */
  readonly last?: string
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const MONTH = `(?:${MONTHS.map((month) => (month === 'May' ? month : `${month.slice(0, 3)}(?:t|${month.slice(3)})?`)).join('|')})\\.?`
const YEAR = '(?:1[5-9]|20)\\d\\d'

const WRITTEN = new RegExp(
  [
    `\\b(?<month>${MONTH}),?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s*(?<year>${YEAR}))?(?![\\d–-]*\\d)`,
    `\\b(?<day2>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?<month2>${MONTH}),?\\s+(?<year2>${YEAR})\\b`,
    `\\b(?<month3>${MONTH}),?\\s+(?:of\\s+)?(?<year3>${YEAR})\\b`,
    `\\b(?<first>${YEAR})\\s?[–-]\\s?(?<last>${YEAR}|\\d\\d)(?!\\d)`,
    `\\b(?<decade>${YEAR})s\\b`,
    `\\b(?<year4>${YEAR})\\b`,
    '\\b(?<same>(?:the|that|this|on)\\s+(?:very\\s+)?same\\s+(?:day|date)|(?:this|that|the)\\s+latter\\s+date|on\\s+that\\s+(?:day|date)|that\\s+day)\\b',
    '\\b(?<next>the\\s+(?:following|next)\\s+day|the\\s+day\\s+after)\\b',
  ].join('|'),
  'giu',
)

/** Words before a date, and what they make of it. */
const QUALIFIERS: readonly (readonly [RegExp, (date: string) => string])[] = [
  [
    /\b(?:on or (?:about|around)|on or shortly (?:before|after)|shortly (?:before|after)|about|around|circa|ca?\.|approximately|roughly|probably)\s+$/i,
    (date) => (date.includes('X') ? date : `${date}~`),
  ],
  [
    /\b(?:no later than|not later than|by(?: the (?:end|close|beginning|start) of)?|prior to|before)\s+$/i,
    (date) => (date.includes('X') ? date : `[..${date}]`),
  ],
  [
    /\b(?:no earlier than|not earlier than|sometime after|after)\s+$/i,
    (date) => (date.includes('X') ? date : `[${date}..]`),
  ],
]

/**
 * The dates in a text. A day without a year has the year of the date before it, otherwise of the date after it, otherwise
 * `year`. “The same day” and “the next day” refer to the last day that was written.
 */
export function datesSaid(text: string, year?: string): SaidDate[] {
  const found = Array.from(text.matchAll(WRITTEN), ({ index, 0: words, groups = {} }) => ({ index, words, groups }))
  const yearOf = ({ groups: g }: (typeof found)[number]) =>
    g['year'] ?? g['year2'] ?? g['year3'] ?? g['year4'] ?? g['first']
  const firstYear = found.map(yearOf).find(Boolean)
  let lastDay: string | undefined
  let lastYear: string | undefined
  return found.flatMap((one): SaidDate[] => {
    const { index, words, groups: g } = one
    const relative = g['same'] ?? g['next']
    if (relative && !lastDay) return []
    const inYear = yearOf(one) ?? lastYear ?? firstYear ?? year
    const month = g['month'] ?? g['month2'] ?? g['month3']
    const day = g['day'] ?? g['day2']
    let written: string
    if (relative) written = g['next'] ? dayAfter(lastDay as string) : (lastDay as string)
    else if (g['decade']) written = `${g['decade'].slice(0, 3)}X`
    else if (!inYear) return []
    else written = [inYear, month && monthNumber(month), day?.padStart(2, '0')].filter(Boolean).join('-')
    const date = g['decade'] ? written : readDate(written)
    lastYear = yearOf(one) ?? lastYear
    if (date?.length === 10) lastDay = date
    const end = g['last'] && date ? `${date.slice(0, 4 - g['last'].length)}${g['last']}` : undefined
    const last = end && date && end > date ? end : undefined
    const before = text.slice(Math.max(0, index - 40), index)
    const [qualifier, qualify] = QUALIFIERS.find(([words]) => words.test(before)) ?? []
    const qualified = qualifier?.exec(before)?.[0] ?? ''
    return [
      {
        start: index - qualified.length,
        end: index + words.length,
        date,
        edtf: date ? (last ? `[${date}..${last}]` : (qualify?.(date) ?? date)) : 'XXXX',
        ...(last && { last }),
      },
    ]
  })
}

const monthNumber = (written: string) =>
  String(MONTHS.findIndex((month) => month.toLowerCase().startsWith(written.slice(0, 3).toLowerCase())) + 1).padStart(
    2,
    '0',
  )

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

/** The date at the end of a head: one date, a span, or several dates of several events. */
export interface HeadDate {
  /** Where the words for it start, with the comma before them. */
  readonly start: number
  /** One entry for each event. `to` differs from `from` for a span. */
  readonly spans: readonly { readonly from: string; readonly to: string }[]
}

/** “, 1918–19”, “1824 & 1853”, “, 1880 until 1915”, “March 17, 1856”, also before words such as “(with interruptions)”. */
export function headDate(head: string): HeadDate | undefined {
  const dates = datesSaid(head).filter(({ date }) => date && !date.includes('X'))
  const last = dates.at(-1)
  if (!last?.date) return undefined
  const range = dates.findLast((date) => date.last)
  if (range?.date && range.last)
    return { start: startOf(head, range.start), spans: [{ from: range.date, to: range.last }] }
  const rest = head.slice(last.end)
  const previous = dates.at(-2)
  const between = previous ? head.slice(previous.end, last.start).trim() : undefined
  if (previous?.date && between !== undefined) {
    const start = startOf(head, previous.start)
    if (/^(?:[–-]|to|until|through)$/i.test(between) && previous.date < last.date)
      return { start, spans: [{ from: previous.date, to: last.date }] }
    if (/^(?:&|and|,? and|,? &)$/i.test(between))
      return { start, spans: [previous.date, last.date].map((date) => ({ from: date, to: date })) }
  }
  // Words after the date are a part of the head: "was opened on July 13, 1832 in Baden-Baden."
  const isEnd = /^[\s.,;)”"]*(?:\(?with interruptions\)?)?[\s.]*$/i.test(rest)
  return { start: isEnd ? startOf(head, last.start) : head.length, spans: [{ from: last.date, to: last.date }] }
}

const startOf = (head: string, start: number) =>
  head.slice(0, start).replace(/[\s,(]*(?:\b(?:in|on|from))?[\s,(]*$/i, '').length
