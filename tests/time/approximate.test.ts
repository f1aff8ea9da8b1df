import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Certainty, certaintyOn } from '../../src/time/certainty.ts'
import { type Bounds, contradict, tighten, timeSpan } from '../../src/time/span.ts'

describe('an approximate date has a width, and an uncertain one has none', () => {
  it.each<[edtf: string, from: string | null, to: string | null]>([
    ['1862-04-12~', '1862-04-02', '1862-04-22'],
    ['1862-04-12%', '1862-04-02', '1862-04-22'],
    ['1862-04-12?', '1862-04-12', '1862-04-12'],
    ['1862-04-1X~', '1862-03-31', '1862-04-29'],
    ['1862-04-XX~', '1862-03-01', '1862-05-31'],
    ['1862-04~', '1862-03-01', '1862-05-31'],
    ['1862-01~', '1861-12-01', '1862-02-28'],
    ['1862~', '1861-01-01', '1863-12-31'],
    ['1862-XX~', '1861-01-01', '1863-12-31'],
    ['186X~', '1850-01-01', '1879-12-31'],
    ['18XX~', '1700-01-01', '1999-12-31'],
    ['2004-~06-11', '2004-05-11', '2004-07-11'],
    ['2004-06~-11', '2004-05-11', '2004-07-11'],
    ['2004-~05-31', '2004-04-30', '2004-06-30'],
    ['2004~-06-11', '2003-06-11', '2005-06-11'],
    ['~2004-06', '2003-06-01', '2005-06-30'],
    ['2003~-02', '2002-02-01', '2004-02-29'],
    ['2004~-02-29', '2003-02-28', '2005-02-28'],
    ['2004-06-~11', '2004-06-01', '2004-06-21'],
    ['?2004-06-11~', '2004-06-01', '2004-06-21'],
    ['0001~', '0001-01-01', '0002-12-31'],
    ['9999-12-31~', '9999-12-21', '9999-12-31'],
    ['XXXX~', null, null],
    ['[1862-04-12~, 1863]', '1862-04-02', '1863-12-31'],
  ])('%s', (edtf, from, to) => {
    const doubtful = from !== null
    expect(timeSpan(edtf)).toEqual({
      edtf,
      beginOfTheBegin: from,
      endOfTheBegin: null,
      beginOfTheEnd: null,
      endOfTheEnd: to,
      beginIsDoubtful: doubtful,
      endIsDoubtful: doubtful,
    })
  })

  it.each<[edtf: string, ...bounds: (string | null)[]]>([
    ['1861-05-16/1862-04-12~', '1861-05-16', '1861-05-16', '1861-05-16', '1862-04-22'],
    ['1861-05-16~/1862-04-12', '1861-05-06', '1862-04-12', '1862-04-12', '1862-04-12'],
    ['1862-04~/', '1862-03-01', null, null, null],
    ['/1862-04?', null, null, null, '1862-04-30'],
  ])('%s, of which one end is in doubt', (edtf, ...bounds) => {
    const { beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd } = timeSpan(edtf)
    expect([beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd]).toEqual(bounds)
  })

  it('an interval that its widths allow is in order', () => {
    expect(timeSpan('1862-04-15~/1862-04-10')).toMatchObject({ beginOfTheBegin: '1862-04-05' })
    expect(() => timeSpan('1862-04-25~/1862-04-10')).toThrow('it ends before it begins')
  })
})

it.each<[edtf: string, certainties: Record<string, Certainty>]>([
  [
    '1862-04-12~',
    {
      '1862-04-01': 'UNKNOWN',
      '1862-04-02': 'POSSIBLE',
      '1862-04-12': 'POSSIBLE',
      '1862-04-22': 'POSSIBLE',
      '1862-04-23': 'UNKNOWN',
    },
  ],
  ['1862-04-12?', { '1862-04-11': 'UNKNOWN', '1862-04-12': 'POSSIBLE', '1862-04-13': 'UNKNOWN' }],
  [
    '1861-05-16/1862-04-12~',
    {
      '1861-05-15': 'NO',
      '1861-05-16': 'CERTAIN',
      '1861-05-17': 'POSSIBLE',
      '1862-04-22': 'POSSIBLE',
      '1862-04-23': 'UNKNOWN',
    },
  ],
  [
    '1861~/1865',
    {
      '1859-12-31': 'UNKNOWN',
      '1860-01-01': 'POSSIBLE',
      '1864-12-31': 'POSSIBLE',
      '1865-12-31': 'POSSIBLE',
      '1866-01-01': 'NO',
    },
  ],
])('the certainty of %s', (edtf, certainties) => {
  const days = Object.keys(certainties)
  expect(Object.fromEntries(days.map((day) => [day, certaintyOn(day, timeSpan(edtf))]))).toEqual(certainties)
})

it('an attestation beyond the width settles that day, and does not contradict the tenure', () => {
  const tenure = tighten(timeSpan('1861-05-16/1862-04-12~'), [timeSpan('1862-06-01')])
  expect(contradict(tenure)).toBe(false)
  const days = ['1862-05-31', '1862-06-01', '1862-06-02']
  expect(days.map((day) => certaintyOn(day, tenure))).toEqual(['CERTAIN', 'CERTAIN', 'UNKNOWN'])
  expect(contradict(tighten(timeSpan('1861-05-16/1862-04-12'), [timeSpan('1862-06-01')]))).toBe(true)
})

it('an attestation on an approximate day settles nothing', () => {
  const tenure = tighten(timeSpan('/'), [timeSpan('1862-06-01~')])
  expect(certaintyOn('1862-06-01', tenure)).toBe('UNKNOWN')
})

/** Days are counted from 1 January 2026. Texts name days of February; unknown and doubtful dates may be far around it. */
const ALWAYS = { from: 10, to: 80 }
const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
const ALL_DAYS = Array.from({ length: ALWAYS.to - ALWAYS.from + 1 }, (_, i) => dayOf(ALWAYS.from + i))

/** A date, the days that it probably means, and whether it may mean any other. Null days: it is not known. */
interface Meaning {
  readonly edtf: string
  readonly likely: readonly string[] | null
  readonly doubtful: boolean
}

const unknown: Meaning = { edtf: '', likely: null, doubtful: false }
const date: fc.Arbitrary<Meaning> = fc
  .tuple(fc.integer({ min: 31, max: 58 }), fc.constantFrom('', '?', '~', '%'))
  .map(([n, mark]) => {
    const width = mark === '~' || mark === '%' ? 10 : 0
    const likely = ALL_DAYS.filter((_, i) => Math.abs(ALWAYS.from + i - n) <= width)
    return { edtf: `${dayOf(n)}${mark}`, likely, doubtful: mark !== '' }
  })

/** The pairs of first and last day, from some days for each. */
const worlds = (begins: readonly string[], ends: readonly string[]) =>
  begins.flatMap((begin) => ends.filter((end) => begin <= end).map((end) => ({ begin, end })))

const likelyDays = ({ likely }: Meaning) => likely ?? ALL_DAYS
const allDays = (meaning: Meaning) => (meaning.doubtful ? ALL_DAYS : likelyDays(meaning))

it('certainty agrees with a definition day by day', () => {
  const side = fc.oneof({ weight: 4, arbitrary: date }, fc.constant(unknown))
  fc.assert(
    fc.property(side, side, fc.integer({ min: 15, max: 75 }).map(dayOf), (first, last, day) => {
      const likely = worlds(likelyDays(first), likelyDays(last))
      fc.pre(likely.length > 0)
      const all = worlds(allDays(first), allDays(last))
      const lasts = ({ begin, end }: { begin: string; end: string }) => begin <= day && day <= end
      const isOpen =
        (first.likely === null && all.some(({ begin }) => day < begin)) ||
        (last.likely === null && all.some(({ end }) => end < day))

      let expected: Certainty = likely.some(lasts) && !isOpen ? 'POSSIBLE' : 'UNKNOWN'
      if (all.every(lasts)) expected = 'CERTAIN'
      if (!all.some(lasts)) expected = 'NO'
      expect(certaintyOn(day, timeSpan(`${first.edtf}/${last.edtf}`))).toBe(expected)
    }),
    { numRuns: 1000 },
  )
})

it('attestation never makes a span with a doubtful side contradictory in itself', () => {
  const settled = date.map(({ edtf }) => timeSpan(edtf.replace(/[?~%]$/, '')))
  fc.assert(
    fc.property(date, fc.array(settled, { maxLength: 3 }), ({ edtf, doubtful }, attested) => {
      fc.pre(doubtful)
      const tenure: Bounds = tighten(timeSpan(`${edtf}/${edtf}`), attested)
      expect(contradict(tenure)).toBe(false)
      for (const { edtf } of attested) expect(certaintyOn(edtf, tenure)).toBe('CERTAIN')
    }),
  )
})
