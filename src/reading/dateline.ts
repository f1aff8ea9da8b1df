import { countryOfCapital } from '../countries/capitals.ts'
import { standardNames } from '../countries/names.ts'
import { exists, isoDay, MONTH, monthOf, weekdayOf } from './dates.ts'
import type { Span } from './span.ts'

/** The day of an article, and how it is known. */
export interface Published {
  readonly day: string
  /** The doubt about it, if the text does not say the year. */
  readonly doubt?: string
}

const DATE = `(?:\\d{4}-\\d{2}-\\d{2}|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:${MONTH} \\d{1,2}(?:, \\d{4})?|\\d{1,2} ${MONTH}(?:,? \\d{4})?))`
const PLACE = "\\p{Lu}[\\p{L}.'’-]*(?:[ ,/]{1,2}\\p{Lu}[\\p{L}.'’-]*){0,4}"
const DATELINE = new RegExp(
  `^(${PLACE})?(,? ?\\(?${DATE}\\)?)?,?( ?[(/][\\p{Lu}][\\p{L} .]*[)/])?( ?${DATE})?\\s*(—|–|--+|-|:)\\s+`,
  'u',
)

/** How much of a text to search for its day. */
const HEAD = 600

/** Earliest year that a day without a year may be in. */
const FIRST_YEAR = 1950

/** The offset after the dateline with which a paragraph begins: "WASHINGTON, Feb. 5 (AP) — ". Its own offset if there is none. */
export function endOfDateline(text: string, { start, end }: Span): number {
  const match = DATELINE.exec(text.slice(start, Math.min(end, start + 120)))
  if (!match) return start
  const [whole, place = '', date, agency, other] = match
  const isPlace =
    isCapitals(place) || place.split(/[,/] ?/).some((name) => countryOfCapital(name) ?? standardNames().find(name))
  return date || agency || other || isPlace ? start + whole.length : start
}

const isCapitals = (place: string) => /^[\p{Lu} .,'’/-]{3,}$/u.test(place)

/** The day of an article: as given, or as its head writes it. Undefined if it has none. */
export function publishedOn(text: string, given: string | undefined, today: string): Published | undefined {
  if (given) return { day: given }
  const head = text.slice(0, HEAD)
  const [iso] = /\b\d{4}-\d{2}-\d{2}\b/.exec(head) ?? []
  if (iso && exists(iso)) return { day: iso }
  const match = new RegExp(`(?:(${MONTH})\\s+(\\d{1,2})|(\\d{1,2})\\s+(${MONTH}))\\b(?:,?\\s+(\\d{4}))?`).exec(head)
  if (!match) return undefined
  const month = monthOf(match[1] ?? match[4] ?? '')
  const day = Number(match[2] ?? match[3])
  if (match[5]) {
    const written = isoDay(Number(match[5]), month, day)
    return exists(written) ? { day: written } : undefined
  }
  const [, weekday] =
    /\b(?:on )?(Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)\b/.exec(
      text.slice(match.index, match.index + 2 * HEAD),
    ) ?? []
  for (let year = Number(today.slice(0, 4)); year >= FIRST_YEAR; year--) {
    const written = isoDay(year, month, day)
    if (!exists(written) || written > today || (weekday && weekdayOf(written) !== weekday)) continue
    const why = weekday ? `the latest in which that day was a ${weekday}` : 'the latest that is past'
    return { day: written, doubt: `the text has no year; ${year} is ${why}` }
  }
  return undefined
}
