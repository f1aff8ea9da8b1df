import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Certainty, certaintyOn } from '../../src/time/certainty.ts'
import { type Bounds, contradict, tighten, timeSpan } from '../../src/time/span.ts'

describe('the certainty that something lasted on a day', () => {
  it.each<[edtf: string, certainties: Record<string, Certainty>]>([
    ['2026-02-05', { '2026-02-04': 'NO', '2026-02-05': 'CERTAIN', '2026-02-06': 'NO' }],
    [
      '2026-02-02/2026-02-04',
      { '2026-02-01': 'NO', '2026-02-02': 'CERTAIN', '2026-02-04': 'CERTAIN', '2026-02-05': 'NO' },
    ],
    [
      '[2026-02-02..2026-02-04]',
      { '2026-02-01': 'NO', '2026-02-02': 'POSSIBLE', '2026-02-04': 'POSSIBLE', '2026-02-05': 'NO' },
    ],
    ['1881-05', { '1881-04-30': 'NO', '1881-05-01': 'POSSIBLE', '1881-05-31': 'POSSIBLE', '1881-06-01': 'NO' }],
    ['2017-11-25/', { '2017-11-24': 'NO', '2017-11-25': 'CERTAIN', '2017-11-26': 'UNKNOWN' }],
    ['1993-01-20/..', { '1993-01-19': 'NO', '1993-01-20': 'CERTAIN', '1993-01-21': 'UNKNOWN' }],
    ['/2004-05-06', { '2004-05-05': 'UNKNOWN', '2004-05-06': 'CERTAIN', '2004-05-07': 'NO' }],
    [
      '1990/1999',
      {
        '1989-12-31': 'NO',
        '1990-06-01': 'POSSIBLE',
        '1991-01-01': 'CERTAIN',
        '1999-06-01': 'POSSIBLE',
        '2000-01-01': 'NO',
      },
    ],
    ['/', { '2026-02-05': 'UNKNOWN' }],
  ])('of %s', (edtf, certainties) => {
    const days = Object.keys(certainties)
    expect(Object.fromEntries(days.map((day) => [day, certaintyOn(day, timeSpan(edtf))]))).toEqual(certainties)
  })

  it('of an office known only from an article of 5 February 2026', () => {
    const tenure = tighten(timeSpan('/'), [timeSpan('2026-02-05')])
    const days = ['2025-02-05', '2026-02-04', '2026-02-05', '2026-02-06', '2027-02-05']
    expect(days.map((day) => certaintyOn(day, tenure))).toEqual(['UNKNOWN', 'UNKNOWN', 'CERTAIN', 'UNKNOWN', 'UNKNOWN'])
  })
})

/** Days are counted from 1 January 2026. Texts name days of February; what is not written down may lie days around it. */
const ALWAYS = { from: 25, to: 64 }
const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
const numberOf = (day: string) => (Date.parse(day) - Date.UTC(2026, 0, 1)) / 86_400_000

/** One way in which it may have been. */
interface World {
  readonly begin: number
  readonly end: number
}

function worldsOf(bounds: Bounds): World[] {
  const among = (first: string | null, last: string | null): number[] => {
    const from = first === null ? ALWAYS.from : numberOf(first)
    const to = last === null ? ALWAYS.to : numberOf(last)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  }
  const ends = among(bounds.beginOfTheEnd, bounds.endOfTheEnd)
  return among(bounds.beginOfTheBegin, bounds.endOfTheBegin).flatMap((begin) =>
    ends.filter((end) => begin <= end).map((end) => ({ begin, end })),
  )
}

const date = fc.oneof(
  fc.integer({ min: 31, max: 58 }).map(dayOf),
  fc.constantFrom('2026-02', '2026-02-0X', '2026-02-1X'),
)
const span = fc
  .oneof(
    date,
    fc.tuple(date, date).map(([a, b]) => `${a}/${b}`),
    date.map((day) => `${day}/`),
    date.map((day) => `/${day}`),
    fc.constant('/'),
    date.map((day) => `[..${day}]`),
    date.map((day) => `[${day}..]`),
  )
  .filter((edtf) => {
    try {
      return Boolean(timeSpan(edtf))
    } catch {
      return false
    }
  })
  .map(timeSpan)
const attested = fc.array(span, { maxLength: 2 })

it('attestation leaves exactly the cases in which it had started by then and had not ended', () => {
  fc.assert(
    fc.property(span, attested, (span, attested) => {
      const tightened = tighten(span, attested)
      const then = attested.map(worldsOf)
      const left = worldsOf(span).filter(({ begin, end }) =>
        then.every((worlds) => worlds.some((then) => begin <= then.begin && then.end <= end)),
      )
      expect(contradict(tightened)).toBe(left.length === 0)
      if (left.length > 0) expect(worldsOf(tightened)).toEqual(left)
    }),
    { numRuns: 200 },
  )
})

it('certainty agrees with all cases that the bounds allow', () => {
  fc.assert(
    fc.property(span, attested, fc.integer({ min: 28, max: 61 }), (span, attested, day) => {
      const bounds = tighten(span, attested)
      fc.pre(!contradict(bounds))
      const worlds = worldsOf(bounds)
      const lasting = worlds.filter(({ begin, end }) => begin <= day && day <= end)
      const anyEarlier = bounds.beginOfTheBegin === null && worlds.some(({ begin }) => day < begin)
      const anyLater = bounds.endOfTheEnd === null && worlds.some(({ end }) => end < day)

      let expected: Certainty = anyEarlier || anyLater ? 'UNKNOWN' : 'POSSIBLE'
      if (lasting.length === worlds.length) expected = 'CERTAIN'
      if (lasting.length === 0) expected = 'NO'
      expect(certaintyOn(dayOf(day), bounds)).toBe(expected)
    }),
    { numRuns: 500 },
  )
})
