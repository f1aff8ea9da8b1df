import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidEdtf } from '../../src/time/edtf.ts'
import { type Bounds, contradict, earlier, later, tighten, timeSpan } from '../../src/time/span.ts'

/** Every day from 1880 to 1919. */
const calendar: string[] = []
for (let day = Date.UTC(1880); day < Date.UTC(1920); day += 86_400_000)
  calendar.push(new Date(day).toISOString().slice(0, 10))

interface Written {
  readonly edtf: string
  readonly earliest: string | null
  readonly latest: string | null
}

const twoDigits = (n: number) => String(n).padStart(2, '0')
const year = fc.oneof(fc.integer({ min: 1880, max: 1919 }).map(String), fc.constantFrom('188X', '189X', '190X', '191X'))
const month = fc.oneof(fc.integer({ min: 1, max: 12 }).map(twoDigits), fc.constantFrom('XX', '0X', '1X'))
const day = fc.oneof(fc.integer({ min: 1, max: 31 }).map(twoDigits), fc.constantFrom('XX', '0X', '1X', '2X'))

/** A day, month or year, digits of it perhaps unspecified, together with the calendar's first and last day that fit it. */
const date: fc.Arbitrary<Written> = fc
  .oneof(year, fc.tuple(year, month).map(String), fc.tuple(year, month, day).map(String))
  .map((parts) => {
    const edtf = parts.replaceAll(',', '-')
    const pattern = new RegExp(`^${edtf.replaceAll('X', '\\d')}`)
    const fitting = calendar.filter((day) => pattern.test(day))
    return { edtf, earliest: fitting.at(0) ?? null, latest: fitting.at(-1) ?? null }
  })

const existing = date.filter(({ earliest }) => earliest !== null)
const end = fc.oneof(
  existing,
  fc.constantFrom('', '..').map((edtf): Written => ({ edtf, earliest: null, latest: null })),
)

const isBackwards = (from: Written, to: Written) =>
  from.earliest !== null && to.latest !== null && from.earliest > to.latest

const interval = fc.tuple(end, end)
const range = fc.tuple(fc.constantFrom(...calendar), fc.constantFrom(...calendar)).map((days): Written => {
  const [earliest, latest] = days.sort() as [string, string]
  return { edtf: `${earliest}..${latest}`, earliest, latest }
})
/** The members of a set; its first and its last may carry dots, which ranges cannot. */
const choices = fc
  .tuple(existing, fc.array(fc.oneof(existing, range), { maxLength: 3 }), existing)
  .map(([first, between, last]) => [first, ...between, last])

function boundsOf(edtf: string): (string | null)[] {
  const span = timeSpan(edtf)
  expect(span.edtf).toBe(edtf)
  return [span.beginOfTheBegin, span.endOfTheBegin, span.beginOfTheEnd, span.endOfTheEnd]
}

describe('any text stays unchanged, and its bounds agree with the calendar', () => {
  it('of a date', () => {
    fc.assert(
      fc.property(date, ({ edtf, earliest, latest }) => {
        if (earliest === null) expect(() => timeSpan(edtf)).toThrow(InvalidEdtf)
        else expect(boundsOf(edtf)).toEqual([earliest, latest, earliest, latest])
      }),
      { numRuns: 500 },
    )
  })

  it('of an interval, which does not end before it starts', () => {
    fc.assert(
      fc.property(interval, ([from, to]) => {
        const edtf = `${from.edtf}/${to.edtf}`
        if (isBackwards(from, to)) {
          expect(() => timeSpan(edtf)).toThrow(InvalidEdtf)
        } else {
          const [begin, end] = [earlier(from.latest, to.latest), later(to.earliest, from.earliest)]
          expect(boundsOf(edtf)).toEqual([from.earliest, begin, end, to.latest])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('of one of a set', () => {
    fc.assert(
      fc.property(choices, fc.boolean(), fc.boolean(), (choices, before, after) => {
        const edtf = `[${before ? '..' : ''}${choices.map(({ edtf }) => edtf).join(',')}${after ? '..' : ''}]`
        const first = before
          ? null
          : choices
              .map(({ earliest }) => earliest)
              .sort()
              .at(0)
        const last = after
          ? null
          : choices
              .map(({ latest }) => latest)
              .sort()
              .at(-1)
        expect(boundsOf(edtf)).toEqual([first, last, first, last])
      }),
      { numRuns: 300 },
    )
  })
})

const anySpan = fc
  .oneof(
    existing.map(({ edtf }) => edtf),
    interval.filter(([from, to]) => !isBackwards(from, to)).map(([from, to]) => `${from.edtf}/${to.edtf}`),
    existing.map(({ edtf }) => `[..${edtf}]`),
    existing.map(({ edtf }) => `[${edtf}..]`),
  )
  .map(timeSpan)

/** Whether a comes no later than b, as far as both are written down. */
const inOrder = (a: string | null, b: string | null) => a === null || b === null || a <= b

it('bounds are in order, except that the latest start can be after the earliest end', () => {
  fc.assert(
    fc.property(anySpan, (span) => {
      const { beginOfTheBegin, endOfTheBegin, beginOfTheEnd, endOfTheEnd } = span
      expect([
        inOrder(beginOfTheBegin, endOfTheBegin),
        inOrder(beginOfTheEnd, endOfTheEnd),
        inOrder(beginOfTheBegin, beginOfTheEnd),
        inOrder(endOfTheBegin, endOfTheEnd),
      ]).toEqual([true, true, true, true])
      expect(contradict(span)).toBe(false)
    }),
  )
})

describe('attestation tightens bounds', () => {
  it('an office known only by attestation on a day had started by then and had not ended earlier', () => {
    expect(tighten(timeSpan('/'), [timeSpan('2026-02-05'), timeSpan('2024'), timeSpan('2025-03')])).toEqual({
      edtf: '/',
      beginOfTheBegin: null,
      endOfTheBegin: '2024-12-31',
      beginOfTheEnd: '2026-02-05',
      endOfTheEnd: null,
      beginIsDoubtful: false,
      endIsDoubtful: false,
    })
  })

  it('never loosens them, and never touches the outer ones', () => {
    fc.assert(
      fc.property(anySpan, fc.array(anySpan, { maxLength: 3 }), (span, attested) => {
        const tightened: Bounds = tighten(span, attested)
        expect(tightened).toMatchObject({ beginOfTheBegin: span.beginOfTheBegin, endOfTheEnd: span.endOfTheEnd })
        expect([
          inOrder(tightened.endOfTheBegin, span.endOfTheBegin),
          inOrder(span.beginOfTheEnd, tightened.beginOfTheEnd),
          ...attested.map(({ endOfTheBegin }) => inOrder(tightened.endOfTheBegin, endOfTheBegin)),
          ...attested.map(({ beginOfTheEnd }) => inOrder(beginOfTheEnd, tightened.beginOfTheEnd)),
        ]).not.toContain(false)
      }),
    )
  })

  it.each([
    ['2020/2022', '2019', true],
    ['2020/2022', '2023', true],
    ['2020/2022', '2022', false],
    ['202X/', '2021-06', false],
    ['2020/..', '2019-12-31', true],
    ['/', '2019', false],
  ])('a tenure of %s that is attested in %s is a contradiction: %s', (tenure, attested, contradicts) => {
    expect(contradict(tighten(timeSpan(tenure), [timeSpan(attested)]))).toBe(contradicts)
  })
})
