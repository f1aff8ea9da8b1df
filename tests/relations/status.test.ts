import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DecidingKind, type StatusEvent, statusOn } from '../../src/relations/status.ts'
import type { Certainty } from '../../src/time/certainty.ts'
import { timeSpan } from '../../src/time/span.ts'

const BEGAN = 'RELATIONS_ESTABLISHED'
const RESUMED = 'RELATIONS_RESUMED'
const SEVERED = 'RELATIONS_SEVERED'
const EMBASSY = 'EMBASSY_OPENED'

function event(kind: DecidingKind, edtf: string): StatusEvent {
  return { slug: `${kind}-${edtf}`, kind, edtf }
}

describe('relations on a day', () => {
  it.each<[sentence: string, events: [DecidingKind, string][], days: Record<string, Certainty>]>([
    ['are unknown without any event', [], { '1990-01-01': 'UNKNOWN' }],
    [
      'are unknown before the first event and after the last',
      [[BEGAN, '1947-08-15']],
      { '1947-08-14': 'UNKNOWN', '1947-08-15': 'CERTAIN', '1947-08-16': 'UNKNOWN', '1990-01-01': 'UNKNOWN' },
    ],
    [
      'are unknown long after they were severed, as nobody says that they were not resumed',
      [[SEVERED, '1967-06-07']],
      { '1967-06-06': 'UNKNOWN', '1967-06-07': 'CERTAIN', '1967-06-08': 'UNKNOWN' },
    ],
    [
      'last from their beginning to their end, on both days too',
      [
        [BEGAN, '1947-08-15'],
        [SEVERED, '1967-06-07'],
        [RESUMED, '1984-11-26'],
        [EMBASSY, '1990-01-01'],
      ],
      {
        '1947-08-15': 'CERTAIN',
        '1955-01-01': 'CERTAIN',
        '1967-06-07': 'CERTAIN',
        '1967-06-08': 'NO',
        '1984-11-25': 'NO',
        '1984-11-26': 'CERTAIN',
        '1989-01-01': 'CERTAIN',
        '1990-01-02': 'UNKNOWN',
      },
    ],
    [
      'are certain up to the last day on which a mission is known to be there',
      [
        [BEGAN, '1947'],
        ['RAISED_TO_EMBASSY', '1955'],
      ],
      { '1946-12-31': 'UNKNOWN', '1947-06-01': 'POSSIBLE', '1950-01-01': 'CERTAIN', '1955-06-01': 'UNKNOWN' },
    ],
    [
      'are possible within the bounds of an imprecise date',
      [
        [BEGAN, '1947-08-15'],
        [SEVERED, '1967-06'],
        [RESUMED, '[1984-11-20..1984-11-26]'],
      ],
      {
        '1967-05-31': 'CERTAIN',
        '1967-06-01': 'POSSIBLE',
        '1967-06-30': 'POSSIBLE',
        '1967-07-01': 'NO',
        '1984-11-19': 'NO',
        '1984-11-20': 'POSSIBLE',
        '1984-11-27': 'UNKNOWN',
      },
    ],
    [
      'are not doubtful because an embassy was opened on some day of the year in which they were resumed',
      [
        [SEVERED, '1967-06-07'],
        [EMBASSY, '1984'],
        [RESUMED, '1984-11-26'],
        [EMBASSY, '1985-01-01'],
      ],
      { '1970-01-01': 'NO', '1984-06-01': 'NO', '1984-12-01': 'CERTAIN' },
    ],
    [
      'may have been resumed if a mission is opened after they were severed',
      [
        [SEVERED, '1967-06-07'],
        [EMBASSY, '1972-05-01'],
      ],
      { '1970-01-01': 'POSSIBLE', '1972-05-01': 'CERTAIN', '1972-05-02': 'UNKNOWN' },
    ],
    [
      'may have ended if they were established twice',
      [
        [BEGAN, '1947-08-15'],
        [BEGAN, '1950-01-01'],
        [SEVERED, '1960-01-01'],
      ],
      { '1948-01-01': 'POSSIBLE', '1955-01-01': 'CERTAIN' },
    ],
    [
      'may have been resumed if they were severed twice',
      [
        [BEGAN, '1947-08-15'],
        [SEVERED, '1960-01-01'],
        [SEVERED, '1967-06-07'],
      ],
      { '1955-01-01': 'CERTAIN', '1963-01-01': 'POSSIBLE', '1970-01-01': 'UNKNOWN' },
    ],
    [
      'are possible if it is not known which of two events was the last',
      [
        [BEGAN, '1947'],
        [SEVERED, '1947-06-07'],
        [RESUMED, '1950-01-01'],
      ],
      { '1947-06-07': 'CERTAIN', '1947-12-31': 'POSSIBLE', '1948-01-01': 'POSSIBLE', '1950-01-01': 'CERTAIN' },
    ],
    [
      'are unknown wherever a change may have happened that has no date',
      [
        [BEGAN, '1947-08-15'],
        [SEVERED, '/'],
        [EMBASSY, '1955-01-01'],
      ],
      { '1947-08-15': 'CERTAIN', '1950-01-01': 'UNKNOWN', '1955-01-01': 'CERTAIN' },
    ],
    [
      'are certain before an end that has only an earliest day',
      [
        [BEGAN, '1947-08-15'],
        [SEVERED, '1967-06-07/'],
      ],
      { '1967-06-06': 'CERTAIN', '1967-06-07': 'UNKNOWN', '1990-01-01': 'UNKNOWN' },
    ],
    [
      'are never certain, and never certainly none, because of an approximate or uncertain date',
      [
        [BEGAN, '1947-08-15'],
        [SEVERED, '1967~'],
        [RESUMED, '1984-11-26?'],
        [EMBASSY, '1985-01-01?'],
        [SEVERED, '1990-01-01'],
      ],
      {
        '1947-08-15': 'CERTAIN',
        '1955-01-01': 'POSSIBLE',
        '1968-12-31': 'POSSIBLE',
        '1970-01-01': 'UNKNOWN',
        '1984-11-26': 'POSSIBLE',
        '1985-01-01': 'POSSIBLE',
        '1990-01-01': 'CERTAIN',
      },
    ],
    [
      'are certain from an exact date on, even if another source gives about the same one',
      [
        [BEGAN, '1947-08-15'],
        [BEGAN, '1947~'],
        [SEVERED, '1967-06-07'],
      ],
      { '1947-08-15': 'CERTAIN', '1948-12-31': 'POSSIBLE', '1950-01-01': 'CERTAIN' },
    ],
    [
      'may have ended when a mission was closed, until an event shows them again',
      [
        [BEGAN, '1903-12-27'],
        ['MISSION_CLOSED', '1937-05'],
        [EMBASSY, '1943-09-01'],
        [SEVERED, '1960-01-01'],
      ],
      {
        '1937-04-30': 'CERTAIN',
        '1937-05-01': 'POSSIBLE',
        '1938-01-01': 'POSSIBLE',
        '1943-09-01': 'CERTAIN',
        '1950-01-01': 'CERTAIN',
      },
    ],
    [
      'are still none after they were severed and the mission was closed',
      [
        [SEVERED, '1967-06-07'],
        ['MISSION_CLOSED', '1967-06-09'],
        [RESUMED, '1984-11-26'],
      ],
      { '1970-01-01': 'NO' },
    ],
    [
      'do not depend on a mission that was opened on an unknown day',
      [
        [BEGAN, '1947-08-15'],
        [EMBASSY, 'XXXX'],
        [SEVERED, '1967-06-07'],
      ],
      { '1950-01-01': 'CERTAIN', '1990-01-01': 'UNKNOWN' },
    ],
  ])('%s', (_sentence, events, days) => {
    const all = events.map(([kind, edtf]) => event(kind, edtf))
    expect(Object.fromEntries(Object.keys(days).map((day) => [day, statusOn(day, all).certainty]))).toEqual(days)
  })
})

/** Days of January 2000. Dates name days 2 to 6; what is not written down may lie on a day around them. */
const FIRST = 1
const LAST = 7
const dayOf = (n: number) => `2000-01-0${n}`

/** An event on a day, in one reading of the dates. */
interface Read {
  readonly kind: DecidingKind
  readonly day: number
}

const number = (day: string | null, unknown: number) => (day === null ? unknown : Number(day.slice(-1)))

/** All ways to read the dates of events, each with all orders of the events of one day. */
function readingsOf(events: readonly StatusEvent[]): Read[][] {
  const [event, ...others] = events
  if (!event) return [[]]
  const { beginOfTheBegin, endOfTheEnd } = timeSpan(event.edtf)
  const [from, to] = [number(beginOfTheBegin, FIRST), number(endOfTheEnd, LAST)]
  const days = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  return readingsOf(others).flatMap((rest) =>
    days.flatMap((day) =>
      Array.from({ length: rest.length + 1 }, (_, i) => i)
        .filter((i) => (rest[i - 1]?.day ?? FIRST) <= day && day <= (rest[i]?.day ?? LAST))
        .map((i) => rest.toSpliced(i, 0, { kind: event.kind, day })),
    ),
  )
}

/** Whether there were relations at some time of each day. Undefined if the events contradict each other. */
function byDay(reading: readonly Read[], initially: boolean): Map<number, boolean> | undefined {
  let held = initially
  const days = new Map<number, boolean>()
  for (let day = FIRST; day <= LAST; day++) {
    let atSomeTime = held
    for (const { kind } of reading.filter((event) => event.day === day)) {
      const begins = kind === BEGAN || kind === RESUMED
      if (held === begins) return undefined
      if (kind !== EMBASSY) held = begins
      atSomeTime ||= held
    }
    days.set(day, atSomeTime)
  }
  return days
}

const consistent = (events: readonly StatusEvent[]) =>
  readingsOf(events).flatMap((reading) => [true, false].flatMap((initially) => byDay(reading, initially) ?? []))

const written = fc.constantFrom(2, 3, 4, 5, 6)
const exact = written.map((day) => dayOf(day))
const imprecise = fc.oneof(
  fc.tuple(written, written).map(([a, b]) => `[${dayOf(Math.min(a, b))}..${dayOf(Math.max(a, b))}]`),
  written.map((day) => `[${dayOf(day)}..]`),
  written.map((day) => `[..${dayOf(day)}]`),
  fc.constant('/'),
)
const eventsOf = (edtf: fc.Arbitrary<string>, ...kinds: DecidingKind[]) =>
  fc.array(
    fc.tuple(fc.constantFrom<DecidingKind>(...kinds), edtf).map(([kind, edtf]) => event(kind, edtf)),
    { maxLength: 4 },
  )

describe('compared with all readings of the dates, day by day', () => {
  it('whatever is certain is so in every reading that has no contradiction', () => {
    fc.assert(
      fc.property(eventsOf(fc.oneof(exact, imprecise), BEGAN, RESUMED, SEVERED, EMBASSY), (events) => {
        const readings = consistent(events)
        for (let day = FIRST; readings.length > 0 && day <= LAST; day++) {
          const held = new Set(readings.map((days) => days.get(day)))
          const { certainty } = statusOn(dayOf(day), events)
          if (certainty === 'CERTAIN') expect([...held]).toEqual([true])
          if (certainty === 'NO') expect([...held]).toEqual([false])
        }
      }),
      { numRuns: 1_000, seed: 2026 },
    )
  })

  it('from the first to the last event, exact dates leave nothing open, except two changes on one day', () => {
    fc.assert(
      fc.property(eventsOf(exact, BEGAN, RESUMED, SEVERED, EMBASSY), (events) => {
        const changes = events.filter(({ kind }) => kind !== EMBASSY)
        fc.pre(new Set(changes.map(({ edtf }) => edtf)).size === changes.length)
        const readings = consistent(events)
        const days = events.map(({ edtf }) => number(edtf, FIRST))
        for (let day = Math.min(...days); readings.length > 0 && day <= Math.max(...days); day++) {
          const held = new Set(readings.map((days) => days.get(day)))
          expect(held.size).toBe(1)
          expect(statusOn(dayOf(day), events).certainty).toBe(held.has(true) ? 'CERTAIN' : 'NO')
        }
      }),
      { numRuns: 1_000, seed: 2026 },
    )
  })
})
