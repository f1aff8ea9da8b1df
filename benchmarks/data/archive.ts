import { createHash } from 'node:crypto'
import { dayIn } from './dates.ts'
import type { Random } from './random.ts'
import type { RecordOf } from './record.ts'
import { phrase } from './words.ts'

type Citation = RecordOf<'statements'>['citations'][number]

/** The documents that a block of data is from. */
const SOURCES = 36
/** Length of each in code points. */
const LENGTH = 100_000_000

export const publishers = Array.from({ length: 8 }, (_, i) => ({
  slug: `publisher-${i + 1}`,
  name: `Documents of Foreign Relations, Series ${i + 1}`,
  kind: 'PUBLISHER' as const,
}))

/** Sources without stored texts, and citations of different passages. */
export class Archive {
  readonly sources: readonly RecordOf<'sources'>[]
  readonly #random: Random
  readonly #cited: number[] = Array.from({ length: SOURCES }, () => 0)

  constructor(random: Random, block: number) {
    this.#random = random
    this.sources = Array.from({ length: SOURCES }, (_, i) => {
      const slug = `documents-${block + 1}-${i + 1}`
      return {
        slug,
        title: `Foreign relations, volume ${i + 1} of part ${block + 1}`,
        publisher: random.pick(publishers).slug,
        url: `https://example.org/${slug}`,
        language: 'en',
        published: dayIn(random, 2025),
        sha256: createHash('sha256').update(slug).digest('hex'),
        length: LENGTH,
      }
    })
  }

  cite(exact = phrase(this.#random, 7), supports: string[] = []): [Citation] {
    const source = this.#random.between(0, SOURCES - 1)
    const start = this.#cited[source] as number
    const end = start + exact.length
    this.#cited[source] = end + 10
    return [{ source: (this.sources[source] as RecordOf<'sources'>).slug, start, end, exact, supports }]
  }
}
