import type { Database } from '../database/open.ts'
import type { SearchKind } from './document.ts'
import { type Query, readQuery } from './query.ts'

/** A record that was found. */
export interface Hit {
  readonly kind: SearchKind
  readonly key: string
  readonly score: number
  /** HTML: escaped, with `<mark>` around what was found. */
  readonly excerpt: string
}

/** A place in the ranking. */
export type Rank = Pick<Hit, 'score' | 'kind' | 'key'>

/** Parameters $1 to $3 of the SQL below. None can be anything but a value. */
const parameters = ({ words, name, nearly }: Query) => [words, name, nearly]

/** From here on a name is like another: where its similarity by trigrams is at least this, or it is nearly the same. */
const LIKE = 0.6

/**
 * The name, once what the index takes for alike is lowered, for this statement only, to where names that are nearly the
 * same are found: PostgreSQL's own limit misses them, if they are short. As the index is asked by this value, it is
 * computed before.
 */
const name = `(SELECT CASE WHEN set_config('pg_trgm.word_similarity_threshold', '0.3', true) <> '' THEN $2 END)`

/** The documents that a query finds: by words, or by a name that is spelt nearly like it. */
const found = `
  search_document document, websearch_to_tsquery('english', $1) words
  WHERE (
    (document.vector @@ words AND querytree(words) <> 'T')
    OR (${name} <% document.names AND (word_similarity($2, document.names) >= ${LIKE} OR document.names ~ $3))
  )`

/** Rounded, so that a cursor can carry it. Better by words than by likeness; weights as `setweight` gives them. */
const score = `
  round((
    ts_rank_cd(document.vector, words, 4)
    + coalesce(word_similarity($2, document.names), 0)
      * CASE WHEN $2 = ANY (string_to_array(document.names, E'\\n')) THEN 2 ELSE 1 END
  )::numeric, 4)::float8`

/** One page of what a query finds, best first, `after` a rank. */
export async function search(
  { pool }: Database,
  text: string,
  kinds: readonly SearchKind[],
  page: { readonly take: number; readonly after?: Rank | undefined },
): Promise<Hit[]> {
  const { after, take } = page
  const query = readQuery(text)
  const { rows } = await pool.query<Hit>({
    name: 'search',
    text: `
      SELECT kind, key, score, ts_headline(
        'english', text, websearch_to_tsquery('english', $4), 'StartSel=\ue000, StopSel=\ue001, MaxWords=30, MinWords=12, MaxFragments=1'
      ) AS excerpt
      FROM (
        SELECT * FROM (SELECT document.*, ${score} AS score FROM ${found} AND document.kind = ANY ($5)) ranked
        WHERE $6::float8 IS NULL OR score < $6 OR (score = $6 AND (kind, key) > ($7, $8))
        ORDER BY score DESC, kind, key LIMIT $9
      ) page
      ORDER BY score DESC, kind, key`,
    values: [
      ...parameters(query),
      query.marked,
      kinds,
      after?.score ?? null,
      after?.kind ?? '',
      after?.key ?? '',
      take,
    ],
  })
  return rows.map((hit) => ({ ...hit, excerpt: markUp(hit.excerpt) }))
}

/** How many records a query finds. */
export async function countFound({ pool }: Database, query: string, kinds: readonly SearchKind[]): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'search-count',
    text: `SELECT count(*)::int FROM ${found} AND document.kind = ANY ($4)`,
    values: [...parameters(readQuery(query)), kinds],
  })
  return rows[0]?.count ?? 0
}

/** The keys of the records of a kind that a query finds, or of so many of them. */
export async function keysFound({ pool }: Database, query: string, kind: SearchKind, most: number): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>({
    name: 'search-keys',
    text: `SELECT document.key FROM ${found} AND document.kind = $4 LIMIT $5`,
    values: [...parameters(readQuery(query)), kind, most],
  })
  return rows.map(({ key }) => key)
}

/** The same with their scores, best first. */
export async function ranksFound(
  { pool }: Database,
  query: string,
  kind: SearchKind,
  most: number,
): Promise<Pick<Rank, 'score' | 'key'>[]> {
  const { rows } = await pool.query<Pick<Rank, 'score' | 'key'>>({
    name: 'search-ranks',
    text: `
      SELECT key, score
      FROM (SELECT document.key, ${score} AS score FROM ${found} AND document.kind = $4 LIMIT $5) ranked
      ORDER BY score DESC, key`,
    values: [...parameters(readQuery(query)), kind, most],
  })
  return rows
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const markUp = (excerpt: string) =>
  excerpt
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] as string)
    .replaceAll('\ue000', '<mark>')
    .replaceAll('\ue001', '</mark>')
