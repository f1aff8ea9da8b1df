import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { Database } from '../../database/open.ts'
import { SEARCHED } from '../../search/document.ts'
import { fold } from '../../search/fold.ts'
import { partsOf } from '../../search/words.ts'
import { type Words, wordsOf } from './words.ts'

/** Where the words of a text are from. */
export interface Origin {
  readonly source: string
  /** The range that a citation cites, in code points, if the text is only its excerpt. Undefined for a whole stored text. */
  readonly excerpt?: { readonly start: number; readonly end: number }
}

/** Memory for the words of texts, in bytes. The archive of the Office of the Historian needs 40 MB. */
const CACHE_BYTES = 64_000_000

/** The words of stored texts, by SHA-256. */
export const wordsBySha256 = new LRUCache<string, Words>({
  maxSize: CACHE_BYTES,
  sizeCalculation: ({ text, ids }) => 100 + 2 * text.length + 12 * ids.length,
})

/** Number of texts to read in one statement. */
const BATCH = 200

/** Milliseconds after which other requests have their turn. */
const TURN_MS = 20

/** Maximum number of excerpts to compare of sources whose texts are not stored. */
const MOST_EXCERPTS = 50_000

/**
 * Calls `read` for each text that can have several words of one of the quotations: those in which the search index finds groups of
 * words, and those that are longer than what the index has of them. Of sources whose text is not stored, it reads the excerpts.
 */
export async function readTexts(
  { pool }: Database,
  quotations: readonly string[],
  read: (words: Words, origin: Origin) => void,
): Promise<void> {
  const groups = [...new Set(quotations.flatMap(groupsOf))]
  const { rows: common } = await pool.query(
    `SELECT FROM unnest($1::text[]) one WHERE numnode(to_tsquery('english', one)) = 0 LIMIT 1`,
    [groups],
  )
  const { rows: sources } = await pool.query<{ slug: string; sha256: string }>(
    `SELECT slug, sha256 FROM source WHERE text IS NOT NULL AND ($2 OR length > ${SEARCHED} OR slug IN (
       SELECT key FROM search_index WHERE kind = 'SOURCE' AND vector @@ to_tsquery('english', $1)
     )) ORDER BY slug`,
    [groups.map((group) => `(${group})`).join(' | '), common.length > 0],
  )
  let turn = performance.now()
  const compare = async (words: Words, origin: Origin) => {
    read(words, origin)
    if (performance.now() - turn < TURN_MS) return
    await setImmediate()
    turn = performance.now()
  }
  for (let i = 0; i < sources.length; i += BATCH) {
    const some = sources.slice(i, i + BATCH)
    const missing = some.filter(({ sha256 }) => !wordsBySha256.has(sha256)).map(({ slug }) => slug)
    const texts = new Map<string, string>()
    if (missing.length > 0) {
      const { rows } = await pool.query<{ slug: string; text: string }>(
        'SELECT slug, text FROM source WHERE slug = ANY ($1) AND text IS NOT NULL',
        [missing],
      )
      for (const { slug, text } of rows) texts.set(slug, text)
    }
    for (const { slug, sha256 } of some) {
      const words = wordsBySha256.get(sha256) ?? wordsOf(texts.get(slug) ?? '')
      wordsBySha256.set(sha256, words)
      await compare(words, { source: slug })
    }
  }
  const { rows: excerpts } = await pool.query<{ source: string; start: number; end: number; text: string }>(
    `SELECT DISTINCT source_slug AS source, start, "end", coalesce(prefix, '') || exact || coalesce(suffix, '') AS text
     FROM citation JOIN source ON slug = source_slug WHERE source.text IS NULL AND edition IS NULL LIMIT ${MOST_EXCERPTS}`,
  )
  for (const { source, start, end, text } of excerpts) {
    await compare(wordsOf(text), { source, excerpt: { start, end } })
  }
}

/** Words that are in most texts. PostgreSQL leaves them out of queries, too. */
const COMMON = new Set(
  'the and for that this with was were will has have had are not but from his her its their they she who which when what all'.split(' '), // biome-ignore format: one line
)

/** Number of words of a group, and of a quotation from which groups are of words that follow each other. */
const GROUP = 4
const OVERLAPPING = 7

/** Number of words from which groups overlap less. */
const MANY = 10

/**
 * Groups of words of a quotation, each as a query. A text that has a part of the quotation has all words of one group: with a few
 * words, all but one; with more, four that follow each other.
 */
function groupsOf(quotation: string): string[] {
  const all = [...partsOf(fold(quotation))].flatMap(({ words }) => words)
  const particular = [...new Set(all.filter((word) => word.length > 2 && !COMMON.has(word)))]
  const words = particular.length > 1 ? particular : [...new Set(all)]
  if (words.length === 0) return []
  if (words.length < 3) return [words.join(' & ')]
  if (words.length < OVERLAPPING) return words.map((without) => words.filter((word) => word !== without).join(' & '))
  const groups: string[] = []
  const step = words.length < MANY ? 2 : 3
  for (let i = 0; i + GROUP < words.length + step; i += step) {
    const first = Math.min(i, words.length - GROUP)
    groups.push(words.slice(first, first + GROUP).join(' & '))
  }
  return groups
}
