import { timeSpan } from '../../../time/span.ts'
import { readDate } from '../dates.ts'
import type { ParticipationInput } from '../document.ts'
import type { Meeting } from '../remarks/sentence.ts'
import type { Journey } from './journeys.ts'
import { isPlace, NAME, SEVERAL } from './places.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DATE = new RegExp(`\\b(${MONTHS.join('|')}) (\\d{1,2})(?:[–-](\\d{1,2}))?(?!\\d)(?:, (\\d{4}))?`, 'g')

/**
 * The date of a meeting: the days that the remark gives directly after it ("Met with President Carter January 2"), if they are
 * within the journey. Otherwise an unknown day of the journey.
 */
export function meetingDay(journey: Journey, meeting: Meeting, all: readonly Meeting[]): string {
  const { when } = journey
  const span = timeSpan(when)
  const { beginOfTheBegin: from, endOfTheEnd: to } = span
  if (from === null || to === null)
    return when === 'XXXX' || from === to ? 'XXXX' : from === null ? `[..${to}]` : `[${from}..]`
  const written = dayAfter(journey.remark.text, meeting, all, from)
  if (written) {
    const days = timeSpan(written)
    if ((days.beginOfTheBegin ?? '') >= from && (days.endOfTheEnd ?? '9') <= to) return written
  }
  return from === to ? from : when.includes('/') ? `[${from}..${to}]` : when
}

/**
 * The date in the sentence of a meeting: directly after its people, otherwise after a list of people, otherwise between the verb
 * and the people ("Met May 11 with").
 */
function dayAfter(
  remark: string,
  { start, end, people }: Meeting,
  all: readonly Meeting[],
  from: string,
): string | undefined {
  const named = Math.min(people.at(0)?.end ?? end, end)
  const list = all.filter((other) => other.start === start).flatMap((other) => other.people)
  const following = Math.min(...list.map((person) => person.start).filter((other) => other >= named), end)
  const own = datesIn(remark.slice(named, following), from)
  if (own.length > 0) return own.length === 1 ? own[0]?.day : undefined
  const stop = /[;]|\.(?=\s|$)|,? and (?=[a-z])/.exec(remark.slice(end))
  const next = Math.min(...all.map((other) => other.start).filter((other) => other > start))
  const after = remark.slice(named, Math.min(end + (stop?.index ?? remark.length), next))
  const dates = datesIn(after, from)
  const [date] = dates
  if (date) {
    const between = remark.slice(end, named + date.index)
    return dates.length > 1 || OTHER_EVENT.test(between) ? undefined : date.day
  }
  const before = remark.slice(start, Math.min(...list.map((person) => person.start), end))
  const earlier = datesIn(before, from)
  if (earlier.length > 0) return earlier.length === 1 && !OTHER_EVENT.test(before) ? earlier[0]?.day : undefined
  // "On December 15, attended a meeting with"
  const [, opening = ''] = /(?:^|[.;]\s*)On ([^.;]{5,20}),\s*$/.exec(remark.slice(0, start)) ?? []
  return datesIn(opening, from)[0]?.day
}

/** Words for something else on a date. */
const OTHER_EVENT = /\b(in U\.S\.|arrived|departed|left|visited|addressed)\b/i

/** The days that a text gives, each with its place. The year is that of the journey unless it is written. */
function datesIn(text: string, from: string): { readonly index: number; readonly day: string | undefined }[] {
  return Array.from(
    text.matchAll(DATE),
    ({ index, 1: month = '', 2: first = '', 3: last, 4: year = from.slice(0, 4) }) => {
      const day = (number: string) =>
        `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${number.padStart(2, '0')}`
      const [on, through] = [readDate(day(first)), readDate(day(last ?? first))]
      return { index, day: on && through && on <= through ? (on === through ? on : `${on}/${through}`) : undefined }
    },
  )
}

const DAYS = `(?:,? (?:on )?(?:${MONTHS.join('|')}) \\d{1,2}(?:[–-]\\d{1,2})?(?:, \\d{4})?,?)?`
const PLACE_AFTER = new RegExp(`^${DAYS},? (?:at|in) ${NAME}`, 'u')
const PLACE_BEFORE = new RegExp(`^(?:\\p{L}+ ){1,2}(?:at|in) ${NAME}(?: \\([^)]*\\))?,? with `, 'u')

/**
 * The place of a meeting, if the words beside its verb or after its people name it: “met in Boston with President X”, “met with
 * President X at Camp David”. On a trip it must be one of the row's places. `end` is the end of the words for it, or of the meeting.
 */
export function meetingPlace(
  { kind, places, remark }: Journey,
  { start, end }: Meeting,
): { readonly place?: string; readonly end: number } {
  const after = remark.text.slice(end)
  const following = PLACE_AFTER.exec(after)
  const [found = '', place = ''] = following ?? PLACE_BEFORE.exec(remark.text.slice(start, end)) ?? []
  const isKnown =
    kind === 'trip'
      ? places.includes(place)
      : isPlace(place) && !SEVERAL.test(after.slice(following ? found.length : 0))
  if (isKnown) return { place, end: following ? end + found.length : end }
  const [only] = kind === 'trip' && places.length === 1 ? places : []
  return { ...(only && { place: only }), end }
}

/** The kind of a meeting, from its words and the participating countries. */
export function meetingKind(
  participations: readonly ParticipationInput[],
  words: string,
): 'BILATERAL' | 'SUMMIT' | 'MULTILATERAL' | 'OTHER' {
  const countries = new Set(participations.map(({ representing }) => representing))
  if (/\bsummit\b(?:\s+(?:meeting|conference|talks))?(?:\s*\([^)]*\))?\s+with\b/i.test(words)) return 'SUMMIT'
  if (countries.has(undefined)) return 'OTHER'
  if (countries.size === 2) return 'BILATERAL'
  return countries.size > 2 ? 'MULTILATERAL' : 'OTHER'
}
