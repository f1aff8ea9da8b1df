import type { Database } from '../database/open.ts'
import { fold } from '../search/fold.ts'
import { anchorsIn, TELLING } from './passage.ts'

/** The place of a citation among those that some words are located in. */
export interface Located {
  readonly id: string
  /** 0 where the excerpt has the very words, 1 where it has them nearly, 2 where they stand around it or run beyond. */
  readonly nearness: number
  /** The first day on which its source may have been published; `infinity` where that is not known. */
  readonly published: string
  readonly source: string
  readonly start: number
  readonly end: number
}

/** Words to locate. */
export interface Needle {
  /** As somebody gave them, without what surrounds them. */
  readonly exact: string
  /** As they are compared. */
  readonly folded: string
  readonly anchors: readonly string[]
}

/** Quotation marks are around the words that somebody copied more often than around those of the source. */
const AROUND = /^[\s"'“”„‘’«»‹›]+|[\s"'“”„‘’«»‹›]+$/gu

export function needleOf(text: string): Needle {
  const exact = text.replaceAll('\0', ' ').replaceAll(AROUND, '')
  const folded = fold(exact)
  return { exact, folded, anchors: anchorsIn(folded) }
}

/** Characters of a needle that the index of trigrams is asked for: more find hardly less, and cost. */
const ASKED = 100

/** Parameters $1 to $4 of the SQL below: the needle as it was given, folded, its begin as a pattern, its anchors. */
function needleValues({ exact, folded, anchors }: Needle): (string | number | readonly string[])[] {
  const begin = Array.from(folded.slice(0, 2 * ASKED))
    .slice(0, ASKED)
    .join('')
  return [exact, folded, `%${begin.replaceAll(/[\\%_]/g, '\\$&')}%`, anchors]
}

/**
 * The needle runs beyond the passage at one end, both in the source's text: some of the passage's end is the needle's
 * begin, or the other way round. What is searched of a text is what the loader indexes of it.
 */
const overlapping = `
  EXISTS (
    SELECT FROM search_document document
    WHERE document.kind = 'SOURCE' AND document.key = citation.source_slug AND strpos(document.body, $2) > 0
  ) AND EXISTS (
    SELECT FROM generate_series(${TELLING}, least(char_length(citation.passage), char_length($2)) - 1) shared
    WHERE right(citation.passage, shared) = left($2, shared) OR left(citation.passage, shared) = right($2, shared)
  )`

/**
 * The needle is within the passage; or the excerpt within the needle; or, where the text is held, the passage, or a part of
 * it. An index answers each: one of trigrams the first, those of anchors the others.
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

/** The columns that citations are sorted by; the last is unique. */
const ORDER = ['nearness', 'published', 'source', 'start', '"end"', 'id'] as const

/** A place in that order. */
export type Place = readonly (string | number)[]

/** Some of the citations whose words are the needle, or are in it: nearest first, then by date of source, as one reads. */
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

/** How many citations there are whose words are the needle, or are in it. */
export async function countLocated({ pool }: Database, needle: Needle): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int FROM (${located}) located`,
    needleValues(needle),
  )
  return rows[0]?.count ?? 0
}
