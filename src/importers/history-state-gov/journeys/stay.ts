import { countryAt } from '../../../countries/in-words.ts'
import { label } from '../../../time/label.ts'
import { timeSpan } from '../../../time/span.ts'
import type { Anomalies } from '../anomalies.ts'
import { readDate } from '../dates.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** "April 24", "April24", "Sept. 27", "December 30, 1961". */
const DATE = `((?:${MONTHS.map((month) => month.slice(0, 3)).join('|')})[a-z]*)\\.? ?(\\d{1,2})(?!\\d)(?:, (\\d{4}))?`

const US = '(?:the )?U\\. ?S\\.'

/** "In U.S. January 16–23", "In the U.S. March 30–April 4", "In U.S. December 30, 1961–January 3, 1962". */
const STAY = new RegExp(`\\b[Ii]n ${US} (?:from )?${DATE} ?[–—-] ?(?:${DATE}|(\\d{1,2})(?!\\d))`)

/** "Arrived in U.S. October 9", "In U.S. October 1". */
const ARRIVED = new RegExp(`\\b(?:[Aa]rrived in|[Ii]n) ${US} (?:on )?${DATE}`, 'g')

/** "Departed U.S. April 24", "Left the U.S. May 30", "Departed for Canada October 14", "Departed May 6". */
const DEPARTED = new RegExp(`\\b(?:[Dd]eparted|[Ll]eft)(?: ${US}| for (\\p{Lu}[\\p{L} ]*?))? (?:on )?${DATE}`, 'gu')

/** Words by which the other stops came after the visit, so that the stay began with it. */
const AFTERWARDS = /\b(?:afterwards?|later)\b/i

/** A trip abroad in the middle of a stay: "After visiting Canada (October 15–18)", "Also traveled to Canada". */
const ELSEWHERE = /\b(?:[Vv]isit(?:ed|ing)|[Tt]ravell?ed to) (\p{Lu}\p{L}*)/gu

/** The longest time between a day of the visit and the arrival or departure, if the remark gives no year. */
const HALF_A_YEAR = 183 * 24 * 3_600_000

/**
 * The days of stay in EDTF, if the remark on a visit gives them and the row dates the visit itself: "In U.S. January 16–23",
 * "Arrived in U.S. October 9", "Departed U.S. April 24". They must include the days of the visit. If only the arrival or the departure
 * is known, the other side is that of the visit, marked as uncertain. Undefined if there are none, or if they are the same.
 */
export function stayOf(remark: string, official: string, anomalies: Anomalies): string | undefined {
  const { beginOfTheBegin: first, endOfTheEnd: last } = timeSpan(official)
  if (!first || !last) return undefined
  const found = STAY.exec(remark)
  const said = found ? rangeOf(found, first, last) : endsOf(remark, first, last)
  if (!said) return undefined
  const { words, begin, end } = said
  if (said.interrupted) {
    anomalies.dropPart('other-days', `says “${words}” after a trip to another country; these days are left out`)
    return undefined
  }
  if (begin && end && begin <= first && end >= last) {
    if (begin === first && end === last) return undefined
    return `${begin}${said.begins ? '' : '?'}/${end}${said.ends ? '' : '?'}`
  }
  anomalies.dropPart(
    'other-days',
    `says “${words}”, which does not include the days of the visit (${label(official)}); these days are left out`,
  )
  return undefined
}

interface Said {
  readonly words: string
  readonly begin: string | undefined
  readonly end: string | undefined
  /** True if the words give the day, and not only the visit's own days. */
  readonly begins: boolean
  readonly ends: boolean
  /** True if the visitor left for another country in between. */
  readonly interrupted?: boolean
}

function rangeOf(found: RegExpExecArray, first: string, last: string): Said {
  const [words, month = '', day = '', year, toMonth = month, toDay = found[7] ?? '', toYear] = found
  const begin = dateOf(year ?? first.slice(0, 4), month, day)
  const end = dateOf(toYear ?? year ?? last.slice(0, 4), toMonth, toDay)
  return { words, begin, end, begins: true, ends: true }
}

/** The arrival and the departure, of which the remark must give one, and neither twice. */
function endsOf(remark: string, first: string, last: string): Said | undefined {
  const arrivals = [...remark.matchAll(ARRIVED)]
  const departures = [...remark.matchAll(DEPARTED)].filter(([, to]) => !to || isCountry(to))
  const [arrived, departed] = [arrivals[0], departures[0]]
  if ((!arrived && !departed) || arrivals.length > 1 || departures.length > 1) return undefined
  const before = remark.slice(0, departed?.index ?? remark.length)
  const interrupted = [...before.matchAll(ELSEWHERE)].some(([, place = '']) => isCountry(place))
  const begin = arrived ? near(arrived.slice(1), first, -1) : first
  const end = departed ? near(departed.slice(2), last, 1) : last
  const words = [arrived?.[0], departed?.[0]].filter(Boolean).join('” and “')
  const follows = AFTERWARDS.test(before) && !isDatedBefore(before, first)
  return { words, begin, end, begins: arrived !== undefined || follows, ends: departed !== undefined, interrupted }
}

const isCountry = (name: string) => {
  const words = name.split(' ')
  const country = countryAt(words, 0)
  return country?.noun === true && country.length === words.length
}

const isDatedBefore = (text: string, day: string) =>
  [...text.matchAll(new RegExp(DATE, 'g'))].some(
    ([, month = '', on = '', year = day.slice(0, 4)]) => (dateOf(year, month, on) ?? day) < day,
  )

/** A date without a year is of the year of a day, or of the one before or after if that is nearer than half a year. */
function near([month = '', on = '', year]: readonly string[], day: string, step: -1 | 1): string | undefined {
  const own = dateOf(year ?? day.slice(0, 4), month, on)
  if (!own || year || (step < 0 ? own <= day : own >= day)) return own
  const other = dateOf(String(Number(day.slice(0, 4)) + step), month, on)
  return other && Math.abs(Date.parse(other) - Date.parse(day)) < HALF_A_YEAR ? other : own
}

function dateOf(year: string, name: string, day: string): string | undefined {
  const month = MONTHS.findIndex((month) => month.startsWith(name)) + 1
  return readDate(`${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`)
}
