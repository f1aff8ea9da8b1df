import { label } from '../../time/label.ts'
import { timeSpan } from '../../time/span.ts'
import type { Anomalies } from './anomalies.ts'
import { readDate } from './dates.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

const DATE = `(${MONTHS.join('|')}) ?(\\d{1,2})(?:, (\\d{4}))?`

/** "In U.S. January 16–23", "In the U.S. March 30–April 4", "In U.S. December 30, 1961–January 3, 1962". */
const STAY = new RegExp(`\\b[Ii]n (?:the )?U\\. ?S\\. (?:from )?${DATE} ?[–—-] ?(?:${DATE}|(\\d{1,2})(?!\\d))`)

/**
 * The days of stay in EDTF, if the remark on a visit gives them and the row dates the visit itself: "In U.S. January 16–23". They must
 * include the days of the visit. Undefined if there are none, or if they are the same.
 */
export function stayOf(remark: string, official: string, anomalies: Anomalies): string | undefined {
  const found = STAY.exec(remark)
  const { beginOfTheBegin: first, endOfTheEnd: last } = timeSpan(official)
  if (!found || !first || !last) return undefined
  const [words, month = '', day = '', year, toMonth = month, toDay = found[7] ?? '', toYear] = found
  const begin = dateOf(year ?? first.slice(0, 4), month, day)
  const end = dateOf(toYear ?? year ?? last.slice(0, 4), toMonth, toDay)
  if (begin && end && begin <= first && end >= last) {
    const stay = `${begin}/${end}`
    return begin === first && end === last ? undefined : stay
  }
  anomalies.dropPart(
    'other-days',
    `says “${words}”, which does not include the days of the visit (${label(official)}); these days are left out`,
  )
  return undefined
}

const dateOf = (year: string, month: string, day: string) =>
  readDate(`${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`)
