import type { Database } from '../database/open.ts'
import { fold } from '../search/fold.ts'
import { partsOf } from '../search/words.ts'
import { anchorsIn, SIGNIFICANT } from './passage.ts'

/** A citation in which words were located, with its position in the results. */
export interface Located {
  readonly id: string
  /** 0 if the excerpt contains exactly the words, 1 if it contains them folded, 2 if they contain it or overlap it. */
  readonly nearness: number
  /** The earliest day on which its source may have been published, or `infinity` if unknown. */
  readonly published: string
  readonly source: string
  readonly start: number
  readonly end: number
}

/** Words to locate. */
export interface Needle {
  /** The words as given, without surrounding spaces and quotation marks. */
  readonly exact: string
  /** The words folded, for comparing. */
  readonly folded: string
  readonly anchors: readonly string[]
  /** The words as the text of a source is indexed. */
  readonly words: string
}

/** Quotation marks and spaces around words: people copy them along, but the source often has none. */
const AROUND = /^[\s"'“”„‘’«»‹›]+|[\s"'“”„‘’«»‹›]+$/gu

export function needleOf(text: string): Needle {
  const exact = text.replaceAll('\0', ' ').replaceAll(AROUND, '')
  const folded = fold(exact)
  return { exact, folded, anchors: anchorsIn(folded), words: wordsOf(folded) }
}

/** The words of a text that may go on: at its end, the last character of an unspaced text is not a word. */
const wordsOf = (folded: string) =>
  [...partsOf(folded)]
    .flatMap(({ words, isUnspaced }, i, { length }) =>
      isUnspaced && i === length - 1 && words.length > 1 ? words.slice(0, -1) : words,
    )
    .join(' ')

/** Number of characters of a needle to look up in the index of trigrams. More characters take longer and rarely exclude more. */
const LOOKED_UP = 100

/** Parameters $1 to $5 of the SQL below: the needle, the folded needle, a pattern of its first characters, its anchors, its words. */
function needleValues({ exact, folded, anchors, words }: Needle): (string | number | readonly string[])[] {
  const begin = Array.from(folded.slice(0, 2 * LOOKED_UP))
    .slice(0, LOOKED_UP)
    .join('')
  return [exact, folded, `%${begin.replaceAll(/[\\%_]/g, '\\$&')}%`, anchors, words]
}

/**
 * The needle extends beyond the passage at one end, and the text of the source contains it: the passage ends with the start of
 * the needle, or starts with its end. Only the part of a text that the loader indexes is searched.
 */
const overlapping = `
  EXISTS (
    SELECT FROM search_document document
    WHERE document.kind = 'SOURCE' AND document.key = citation.source_slug AND strpos(document.body, $5) > 0
  ) AND EXISTS (
    SELECT FROM generate_series(${SIGNIFICANT}, least(char_length(citation.passage), char_length($2)) - 1) shared
    WHERE right(citation.passage, shared) = left($2, shared) OR left(citation.passage, shared) = right($2, shared)
  )`

/**
 * The passage contains the needle; or the needle contains the excerpt; or, if the text is stored, the needle contains the passage or a
 * part of it. The first condition uses the index of trigrams, the others the indexes of anchors.
 */
const found = `
  (citation.passage LIKE $3 AND strpos(citation.passage, $2) > 0)
  OR (citation.words_begin = ANY ($4) AND strpos($2, citation.words) > 0)
  OR (citation.passage_begin = ANY ($4) AND (strpos($2, citation.passage) > 0 OR (${overlapping})))
  OR (citation.passage_end = ANY ($4) AND ${overlapping})`

const located = `
  SELECT citation.id, citation.source_slug AS source, citation.start, citation."end",
    CASE WHEN strpos(citation.exact, $1) > 0 THEN 0 WHEN strpos(citation.words, $2) > 0 THEN 1 ELSE 2 END AS nearness,
    coalesce(source.begin_of_the_begin, 'infinity')::text COLLATE "C" AS published
  FROM citation JOIN source ON source.slug = citation.source_slug
  WHERE ${found}`

/** The columns by which citations are sorted. The last one is unique. */
const ORDER = ['nearness', 'published', 'source', 'start', '"end"', 'id'] as const

/** A position in that order. */
export type Place = readonly (string | number)[]

/**
 * A page of the citations that match the needle: best match first, then by the date of the source and the place in its text.
 */
export async function locate(
  { pool }: Database,
  needle: Needle,
  page: {
    readonly take: number
    readonly backward: boolean
    readonly after?: Place | undefined
    readonly before?: Place | undefined
  },
): Promise<Located[]> {
  const { take, backward, after, before } = page
  const values = needleValues(needle)
  const parameter = (value: string | number) => `$${values.push(value)}${typeof value === 'number' ? '::int' : ''}`
  const place = (limit: Place) => `(${limit.map(parameter).join(', ')})`
  const limits = [
    ...(after ? [`(${ORDER.join(', ')}) > ${place(after)}`] : []),
    ...(before ? [`(${ORDER.join(', ')}) < ${place(before)}`] : []),
  ]
  const { rows } = await pool.query<Located>(
    `SELECT * FROM (${located}) located ${limits.length > 0 ? `WHERE ${limits.join(' AND ')}` : ''}
     ORDER BY ${ORDER.map((column) => `${column}${backward ? ' DESC' : ''}`).join(', ')}
     LIMIT ${take}`,
    values,
  )
  return rows
}

/** Number of citations that match the needle. */
export async function countLocated({ pool }: Database, needle: Needle): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int FROM (${located}) located`,
    needleValues(needle),
  )
  return rows[0]?.count ?? 0
}
