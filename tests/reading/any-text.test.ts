import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundle } from '../../src/bundle/format.ts'
import { codePoints } from '../../src/evidence/text.ts'
import { verify } from '../../src/evidence/verify.ts'
import { NOTHING_KNOWN } from '../../src/importers/csv/known.ts'
import { plainTextOf } from '../../src/reading/document.ts'
import { draftOf } from '../../src/reading/draft/draft.ts'
import { readable } from '../../src/reading/paragraphs.ts'
import { readArticle } from '../../src/reading/read.ts'

/** Pieces of articles, marks of all styles, and characters of which readers make mistakes. */
const PIECES = [
  'President Asha Rao of India', 'Bo Ødegård', 'Foreign Minister', 'said', 'met with', 'spoke by phone with', 'he', 'the two leaders', 'agreed that',
  '“', '”', '"', "''", '``', '‘', '’', '«', '»', '„', '\n', '\n\n', '. ', ', ', ': ', ' — ', '(', ')', 'OSLO, March 5 — ', 'on Tuesday', '3–5 May',
  '2026-02-30', '31 February', 'U.S.-China', 'Ј', '𝔄', '🤝', '\u00a0', '\u202f', '\u2028', '\ufeff', 'e\u0301', '\u0130', 'ﬁ', '中文', 'مرحبا', '\u200b', 'of', 'and', 'Jr.', 'ć', '-',
] // biome-ignore format: a table

const text = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 80 })
    .map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 80 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)
const readableText = text.map((any) => any.replaceAll(/[\0\r]/g, ' '))
const RUNS = { numRuns: Number(process.env['READING_RUNS'] ?? 60) }

interface Cited {
  readonly start: number
  readonly end: number
  readonly exact: string
}

function* citationsOf(value: unknown): Generator<Cited> {
  if (typeof value !== 'object' || value === null) return
  if ('exact' in value) yield value as Cited
  else for (const part of Object.values(value)) yield* citationsOf(part)
}

describe('the draft of any text', () => {
  test('matches the format of bundles, and its citations are within the text and have its words', () => {
    fc.assert(
      fc.property(readableText, fc.constantFrom(undefined, '2026-02-05', '2024-02-29'), (any, published) => {
        const draft = draftOf(readArticle(any, { published }), { known: NOTHING_KNOWN })
        if (any.length > 0) bundle.parse(draft)
        for (const citation of citationsOf(draft)) {
          expect(citation.start).toBeLessThan(citation.end)
          expect(citation.end).toBeLessThanOrEqual(codePoints(any))
          expect(verify(citation, any)).toBe('VERIFIED')
        }
      }),
      RUNS,
    )
  })

  test('refers to offsets that no folding has moved', () => {
    fc.assert(
      fc.property(readableText, (any) => {
        expect(readable(any)).toHaveLength(any.length)
        const { sentences, mentions, quotations } = readArticle(any, { published: '2026-02-05' })
        for (const { start, end } of [...sentences, ...mentions, ...quotations]) {
          expect(0 <= start && start <= end && end <= any.length).toBe(true)
        }
        for (const { items } of sentences) {
          for (const item of items)
            if (!item.quotation) expect(readable(any).slice(item.start, item.end)).toBe(item.text)
        }
      }),
      RUNS,
    )
  })

  test('comes from any page or Markdown document', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('html' as const, 'markdown' as const), (any, form) => {
        expect(typeof plainTextOf(any, form)).toBe('string')
      }),
      RUNS,
    )
  })
})
