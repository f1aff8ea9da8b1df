import type { RelationEventKind } from '../generated/prisma/enums.ts'
import type { Certainty } from '../time/certainty.ts'
import type { Day } from '../time/edtf.ts'
import { label } from '../time/label.ts'
import { timeSpan } from '../time/span.ts'

/** What an event says of diplomatic relations: that they began, that they ended, only that there were some, or that there may be none. */
type Effect = 'began' | 'ended' | 'shown' | 'doubted'

/** The kinds of events that say something of diplomatic relations, with their words. The other kinds do not. */
const EFFECTS = {
  RELATIONS_ESTABLISHED: { effect: 'began', words: 'relations established' },
  RELATIONS_RESUMED: { effect: 'began', words: 'relations resumed' },
  RELATIONS_INTERRUPTED: { effect: 'ended', words: 'relations interrupted' },
  RELATIONS_SEVERED: { effect: 'ended', words: 'relations severed' },
  RELATIONS_ENDED: { effect: 'ended', words: 'relations ended' },
  LEGATION_OPENED: { effect: 'shown', words: 'legation opened' },
  EMBASSY_OPENED: { effect: 'shown', words: 'embassy opened' },
  RAISED_TO_EMBASSY: { effect: 'shown', words: 'legation raised to embassy' },
  MISSION_CLOSED: { effect: 'doubted', words: 'mission closed' },
} as const satisfies Partial<Record<RelationEventKind, { effect: Effect; words: string }>>

export type DecidingKind = keyof typeof EFFECTS
export const decidingKinds = Object.keys(EFFECTS) as readonly DecidingKind[]

/** An event that happened on one day. */
export interface StatusEvent {
  readonly slug: string
  readonly kind: DecidingKind
  readonly edtf: string
}

export interface Status {
  readonly certainty: Certainty
  /** Why, in English. */
  readonly reason: string
  /** Slugs of the events that decide: at most two before the day, two after it, and a mission closed. */
  readonly events: readonly string[]
}

/** An event with its earliest and its latest day as numbers. If its date is approximate or uncertain, these are a guess. */
interface Placed {
  readonly event: StatusEvent
  readonly from: number
  readonly to: number
  readonly isDoubtful: boolean
}

/**
 * Whether two countries had diplomatic relations on a day, according to the events that are recorded. The rules are in
 * docs/concepts.md. Every answer but POSSIBLE and UNKNOWN is right however the dates are read, as long as the events fit
 * together at all.
 */
export function statusOn(day: Day, events: readonly StatusEvent[]): Status {
  const now = numberOf(day)
  const all = events.map(place)
  const closures = all.filter((one) => effectOf(one) === 'doubted')
  // A mission that was opened on a doubtful date shows nothing of any day.
  const placed = all.filter((one) => !closures.includes(one) && (isChange(one) || !one.isDoubtful))

  const today = oneOfEach(placed.filter(({ from, to, isDoubtful }) => from === now && to === now && !isDoubtful))
  if (today.length > 0) return status('CERTAIN', `${phrase(today)}, the same day.`, today)

  // A mission that was opened before or after the day changes nothing, so only changes leave the day open.
  const open = placed.filter((one) => isChange(one) && one.from <= now && now <= one.to)
  if (open.length > 0) {
    const unbounded = open.filter(({ from, to }) => !Number.isFinite(from) || !Number.isFinite(to))
    const deciding = oneOfEach(unbounded.length > 0 ? unbounded : open)
    const reason = `${phrase(deciding)}. No source says whether that was before or after this day.`
    return status(unbounded.length > 0 ? 'UNKNOWN' : 'POSSIBLE', reason, deciding)
  }

  const last = nearest(placed.filter(({ to }) => to < now))
  const next = nearest(placed.filter(({ from }) => from > now).map(mirrored)).map(mirrored)
  if (last.length === 0 && next.length === 0) {
    return status('UNKNOWN', 'No event before or after this day says whether there were relations.', [])
  }
  if (next.length === 0) return status('UNKNOWN', `${phrase(last)}; no later event is recorded.`, last)
  if (last.length === 0) return status('UNKNOWN', `${phrase(next)}; no earlier event is recorded.`, next)
  const closed = closures.filter(({ from, to }) => from <= now && to >= greatest(last.map(({ from }) => from)))
  return between(last, next, oneOfEach(closed))
}

/**
 * The status between the events nearest to a day: certain if those on both sides say the same. Where a mission may have been
 * `closed` since, nobody knows whether relations went on.
 */
function between(last: readonly Placed[], next: readonly Placed[], closed: readonly Placed[]): Status {
  const after = new Set(last.map((one) => effectOf(one) !== 'ended'))
  const before = new Set(next.map((one) => effectOf(one) !== 'began'))
  const both = [...last, ...next]
  const reason = `${phrase(last)}; the next recorded event: ${phrase(next).replace(/^./, (first) => first.toLowerCase())}.`
  const [first, ...others] = new Set([...after, ...before])
  if (others.length === 0 && both.some(({ isDoubtful }) => isDoubtful)) {
    return status(first ? 'POSSIBLE' : 'UNKNOWN', `${reason} A date is approximate or uncertain.`, both)
  }
  if (others.length === 0 && first && closed.length > 0) {
    return status('POSSIBLE', `${reason} ${phrase(closed)}; no record says whether relations went on.`, [
      ...both,
      ...closed,
    ])
  }
  if (others.length === 0) return status(first ? 'CERTAIN' : 'NO', reason, both)
  if (after.size > 1 || before.size > 1) {
    return status('POSSIBLE', `${reason} The dates leave the order of these events open.`, both)
  }
  return status('POSSIBLE', `${reason} No record says when relations ${first ? 'ended' : 'began'} in between.`, both)
}

/**
 * Of events before a day, those that may have been the last one, one of each effect. Missions opened count only if they are later
 * than every change that may have been the last: otherwise they belong to the relations that the change began or ended.
 */
function nearest(places: readonly Placed[]): Placed[] {
  const changes = places.filter(isChange)
  const latestStart = greatest(changes.map(({ from }) => from))
  const candidates = changes.filter(({ to }) => to >= latestStart)
  const latestEnd = greatest(candidates.map(({ to }) => to))
  const later = places.filter((one) => !isChange(one) && (candidates.length === 0 || one.from > latestEnd))
  return oneOfEach(later.length > 0 ? later : candidates)
}

/** The latest event of each effect, if possible one whose date is not doubtful. */
function oneOfEach(places: readonly Placed[]): Placed[] {
  const best = new Map<Effect, Placed>()
  for (const one of places) {
    const other = best.get(effectOf(one))
    if (!other || (one.isDoubtful === other.isDoubtful ? one.to > other.to : other.isDoubtful)) {
      best.set(effectOf(one), one)
    }
  }
  return [...best.values()]
}

/** Not `Math.max`, whose number of arguments is limited. */
const greatest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)

function place(event: StatusEvent): Placed {
  const { beginOfTheBegin, endOfTheEnd, beginIsDoubtful, endIsDoubtful } = timeSpan(event.edtf)
  return {
    event,
    from: beginOfTheBegin === null ? Number.NEGATIVE_INFINITY : numberOf(beginOfTheBegin),
    to: endOfTheEnd === null ? Number.POSITIVE_INFINITY : numberOf(endOfTheEnd),
    isDoubtful: beginIsDoubtful || endIsDoubtful,
  }
}

/** An event as seen from the other end of time. */
const mirrored = (one: Placed): Placed => ({ ...one, from: -one.to, to: -one.from })

const numberOf = (day: Day) => Date.parse(day) / 86_400_000

const effectOf = ({ event }: Placed): Effect => EFFECTS[event.kind].effect

const isChange = (one: Placed) => ['began', 'ended'].includes(effectOf(one))

const status = (certainty: Certainty, reason: string, deciding: readonly Placed[]): Status => ({
  certainty,
  reason,
  events: deciding.map(({ event }) => event.slug),
})

/** Events in English: `Relations severed on 6 June 1967`. */
const phrase = (places: readonly Placed[]): string =>
  places
    .map(({ event: { kind, edtf } }) => `${EFFECTS[kind].words} ${dated(edtf)}`)
    .join(' and ')
    .replace(/^./, (first) => first.toUpperCase())

function dated(edtf: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(edtf)) return `on ${label(edtf)}`
  return /^\d{4}(-\d\d)?$/.test(edtf) ? `in ${label(edtf)}` : `(${label(edtf)})`
}
