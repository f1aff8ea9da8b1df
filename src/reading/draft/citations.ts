import type { BundleInput } from '../../bundle/format.ts'
import type { Reading } from '../read.ts'
import { hull, type Span } from '../span.ts'

type Element<T> = T extends readonly (infer E)[] ? E : never
export type CitationInput = Element<Element<NonNullable<BundleInput['statements']>>['citations']>

/** Maximum length of an excerpt in a bundle, in code points. */
const LONGEST_EXCERPT = 5_000

/**
 * The citations of a fact. Those of the same sentences are one, with the longest excerpt, because a fact cites a range once.
 */
export function distinct(citations: readonly CitationInput[]): CitationInput[] {
  const byRange = new Map<string, CitationInput>()
  for (const citation of citations) {
    const range = `${citation.start}-${citation.end}`
    const first = byRange.get(range)
    if (!first || first.exact.length < citation.exact.length) byRange.set(range, citation)
  }
  return [...byRange.values()]
}

/** Makes citations: each cites whole sentences, and its excerpt is the words that support the fact. */
export class Citations {
  readonly #text: string
  readonly #source: string
  /** The offsets of the characters that are two UTF-16 units. */
  readonly #wide: readonly number[]

  constructor({ text }: Reading, source: string) {
    this.#text = text
    this.#source = source
    this.#wide = Array.from(text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g), ({ index }) => index)
  }

  /** Cites words of sentences. The ranges are in UTF-16 units. */
  of(words: Span, sentences: readonly Span[], supports: string[]): CitationInput {
    const { start, end } = hull([...sentences, words])
    const exact = Array.from(this.#text.slice(words.start, words.end)).slice(0, LONGEST_EXCERPT).join('')
    return { source: this.#source, start: this.codePoint(start), end: this.codePoint(end), exact, supports }
  }

  /** The number of code points before an offset. */
  codePoint(offset: number): number {
    let [low, high] = [0, this.#wide.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#wide[middle] as number) < offset) low = middle + 1
      else high = middle
    }
    return offset - low
  }
}
