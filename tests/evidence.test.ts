import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePoints, sha256, slice, sourceText } from '../src/evidence/text.ts'
import { verify } from '../src/evidence/verify.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('the text of a source', () => {
  it('has LF line ends, and nothing else is changed', () => {
    const bytes = utf8('\ufeff one \r\n\r\ntwo\rthree\n\n e\u0301 é ﬁ \u00a0\t\r')
    expect(sourceText(bytes)).toBe('\ufeff one \n\ntwo\nthree\n\n e\u0301 é ﬁ \u00a0\t\n')
  })

  it('is UTF-8, and other bytes are refused', () => {
    expect(() => sourceText(Buffer.from('Zürich', 'latin1'))).toThrow(TypeError)
  })

  it('is counted and cut in code points, of which an emoji is one and a flag two', () => {
    const text = 'a🤝é🇮🇳e\u0301'
    expect(codePoints(text)).toBe(7)
    expect([slice(text, 1, 2), slice(text, 3, 5), slice(text, 5, 7), slice(text, 6, 99)]).toEqual([
      '🤝',
      '🇮🇳',
      'e\u0301',
      '\u0301',
    ])
  })

  it('has the SHA-256 of its UTF-8', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(sha256('“🤝”')).toBe(createHash('sha256').update(Buffer.from('e2809cf09fa49de2809d', 'hex')).digest('hex'))
  })
})

describe('a citation', () => {
  const text = 'Ada 🤝 Bo. Bo thanked Ada. Ada thanked Bo.'

  it.each([
    ['is verified where its words are exactly the range', { start: 4, end: 8, exact: '🤝 Bo' }, 'VERIFIED'],
    ['is verified where its words are an excerpt of the range', { start: 0, end: 9, exact: '🤝' }, 'VERIFIED'],
    ['is verified at the end of the text', { start: 38, end: 41, exact: 'Bo.' }, 'VERIFIED'],
    ['mismatches one code point beside its words', { start: 5, end: 9, exact: '🤝 Bo' }, 'MISMATCH'],
    ['mismatches where its words stand elsewhere', { start: 0, end: 9, exact: 'thanked' }, 'MISMATCH'],
    ['mismatches where only a part of its words is in the range', { start: 0, end: 5, exact: '🤝 Bo' }, 'MISMATCH'],
    ['mismatches beyond the end of the text', { start: 41, end: 44, exact: 'Bo.' }, 'MISMATCH'],
    ['mismatches in another case', { start: 0, end: 3, exact: 'ada' }, 'MISMATCH'],
    ['is verified by a prefix before the range', { start: 6, end: 8, exact: 'Bo', prefix: '🤝 ' }, 'VERIFIED'],
    ['is verified by a prefix within the range', { start: 0, end: 9, exact: 'Bo', prefix: '🤝 ' }, 'VERIFIED'],
    ['is verified by a suffix after the range', { start: 0, end: 3, exact: 'Ada', suffix: ' 🤝' }, 'VERIFIED'],
    ['is verified by a suffix within the range', { start: 0, end: 9, exact: 'Ada', suffix: ' 🤝' }, 'VERIFIED'],
    ['is verified by both', { start: 26, end: 29, exact: 'Ada', prefix: '. ', suffix: ' thanked Bo' }, 'VERIFIED'],
    ['mismatches another prefix', { start: 6, end: 8, exact: 'Bo', prefix: 'thanked ' }, 'MISMATCH'],
    ['mismatches another suffix', { start: 0, end: 3, exact: 'Ada', suffix: ' thanked' }, 'MISMATCH'],
    ['mismatches a prefix that is not right before', { start: 6, end: 8, exact: 'Bo', prefix: '🤝' }, 'MISMATCH'],
    ['mismatches a prefix before the text', { start: 0, end: 3, exact: 'Ada', prefix: ' ' }, 'MISMATCH'],
    [
      'mismatches where prefix and words stand only around the range',
      { start: 0, end: 9, exact: 'Bo', prefix: '. ' },
      'MISMATCH',
    ],
  ])('%s', (_sentence, claim, verification) => {
    expect(verify(claim, text)).toBe(verification)
  })

  it.each([null, undefined])('cannot be verified if the text is not stored (%s)', (text) => {
    expect(verify({ start: 0, end: 3, exact: 'Ada' }, text)).toBe('TEXT_NOT_HELD')
  })

  it('mismatches in an empty stored text', () => {
    expect(verify({ start: 0, end: 1, exact: 'A' }, '')).toBe('MISMATCH')
  })

  const graphemes = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), {
    minLength: 1,
    maxLength: 60,
  })
  /** A text, and a claim with words of it, cut at four places. */
  const cut = fc
    .tuple(graphemes, fc.nat(), fc.nat(), fc.nat(), fc.nat())
    .map(([characters, ...places]) => {
      const points = [...characters.join('')]
      const [a = 0, start = 0, end = 0, b = 0] = places
        .map((place) => place % (points.length + 1))
        .sort((x, y) => x - y)
      const words = (from: number, to: number) => points.slice(from, to).join('')
      return {
        text: points.join(''),
        start,
        end,
        exact: words(start, end),
        prefix: words(a, start),
        suffix: words(end, b),
      }
    })
    .filter(({ exact }) => exact !== '')

  it('that is cut from any text is verified', () => {
    fc.assert(
      fc.property(cut, ({ text, ...claim }) => {
        expect(verify(claim, text)).toBe('VERIFIED')
      }),
    )
  })

  it('mismatches once any character of its words, prefix or suffix is another', () => {
    fc.assert(
      fc.property(cut, fc.constantFrom('exact', 'prefix', 'suffix'), fc.nat(), ({ text, ...claim }, part, place) => {
        const points = [...claim[part]]
        fc.pre(points.length > 0)
        points[place % points.length] = '\ue000'
        expect(verify({ ...claim, [part]: points.join('') }, text)).toBe('MISMATCH')
      }),
    )
  })
})
