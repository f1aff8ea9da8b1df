import type { Bundle, BundleRecord } from '../../src/bundle/format.ts'
import { type Bounds, type TimeSpan, tighten, timeSpan } from '../../src/time/span.ts'

/** What the reference model says of days: section 1 of the design in plain functions. */

export type Certainty = 'CERTAIN' | 'POSSIBLE' | 'NO' | 'UNKNOWN'

export interface Range {
  from?: string | null
  to?: string | null
  match?: 'POSSIBLE' | 'CERTAIN' | null
}

const spans = new Map<string, TimeSpan>()

/** What an EDTF text says; it is asked so often that it is read but once. */
export function spanOf(edtf: string): TimeSpan {
  const span = spans.get(edtf) ?? timeSpan(edtf)
  spans.set(edtf, span)
  return span
}

/** Whether it was so on a day. */
export function certaintyOn(day: string, tenure: Bounds): Certainty {
  const beginIsSettled = tenure.endOfTheBegin !== null && day >= tenure.endOfTheBegin
  const endIsSettled = tenure.beginOfTheEnd !== null && day <= tenure.beginOfTheEnd
  if (beginIsSettled && endIsSettled) return 'CERTAIN'
  if (tenure.beginOfTheBegin !== null && day < tenure.beginOfTheBegin) return tenure.beginIsDoubtful ? 'UNKNOWN' : 'NO'
  if (tenure.endOfTheEnd !== null && day > tenure.endOfTheEnd) return tenure.endIsDoubtful ? 'UNKNOWN' : 'NO'
  if (!beginIsSettled && tenure.beginOfTheBegin === null) return 'UNKNOWN'
  if (!endIsSettled && tenure.endOfTheEnd === null) return 'UNKNOWN'
  return 'POSSIBLE'
}

/** Whether it was so at an occasion, on whichever days that was: what is the same on all of them, else how far it is open. */
export function certaintyAt(occasion: Bounds, tenure: Bounds): Certainty {
  const { beginOfTheBegin, endOfTheEnd, beginIsDoubtful, endIsDoubtful } = occasion
  const verdicts = new Set(daysToTry(beginOfTheBegin, endOfTheEnd, tenure).map((day) => certaintyOn(day, tenure)))
  if (verdicts.size === 1 && verdicts.has('NO')) return 'NO'
  if (beginOfTheBegin === null || endOfTheEnd === null) return 'UNKNOWN'
  if (verdicts.has('CERTAIN') && (beginIsDoubtful || endIsDoubtful)) verdicts.add('POSSIBLE')
  if (verdicts.size === 1) return [...verdicts][0] as Certainty
  return verdicts.has('UNKNOWN') ? 'UNKNOWN' : 'POSSIBLE'
}

/** Days of which every verdict has one: the outermost, and all around a bound. */
function daysToTry(first: string | null, last: string | null, tenure: Bounds): string[] {
  const [from, to] = [first ?? '0001-01-01', last ?? '9999-12-31']
  const bounds = [tenure.beginOfTheBegin, tenure.endOfTheBegin, tenure.beginOfTheEnd, tenure.endOfTheEnd]
  const around = bounds.flatMap((day) => (day === null ? [] : [shift(day, -1), day, shift(day, 1)]))
  return [from, ...around.filter((day) => from <= day && day <= to), to]
}

export function shift(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** `POSSIBLE`: some begin and end within the bounds overlap the range. `CERTAIN`: each does. */
export function isDuring(bounds: Bounds, { from, to, match }: Range): boolean {
  const latestBegin = bounds.endOfTheBegin ?? '9999-12-31'
  const earliestEnd = bounds.beginOfTheEnd ?? '0001-01-01'
  const earliestBegin = bounds.beginOfTheBegin ?? '0001-01-01'
  const latestEnd = bounds.endOfTheEnd ?? '9999-12-31'
  if (match === 'CERTAIN') return (!to || latestBegin <= to) && (!from || earliestEnd >= from)
  return (!to || earliestBegin <= to) && (!from || latestEnd >= from)
}

/** Somebody who was appointed before may have had the office since. */
function since(tenure: TimeSpan, appointed: string | undefined): Bounds {
  if (appointed === undefined) return tenure
  const { beginOfTheBegin, beginIsDoubtful } = spanOf(appointed)
  const ends = [tenure.beginOfTheEnd, beginIsDoubtful ? null : beginOfTheBegin].filter((day) => day !== null)
  return { ...tenure, beginOfTheBegin, beginIsDoubtful, beginOfTheEnd: ends.toSorted().at(-1) ?? null }
}

/**
 * What is known of a tenure: what is said of its begin and end, the appointment, the days on which it is attested, and, where it
 * had not ended when its source was published, that day.
 */
export function tenureOf(bundle: Bundle, position: BundleRecord<'positions'>): Bounds {
  const published = bundle.sources
    .filter(({ slug }) => position.tenure.endsWith('/..') && position.citations.some(({ source }) => source === slug))
    .map((source) => ({ endOfTheBegin: null, beginOfTheEnd: spanOf(source.published).beginOfTheBegin }))
  const attested = position.attested.map(({ when }) => spanOf(when))
  return tighten(since(spanOf(position.tenure), position.appointed), [...attested, ...published])
}
