import type { Database } from '../database/open.ts'
import type { SearchKind } from './document.ts'
import { fold } from './fold.ts'

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

/** Characters of the longest query; the rest of a longer one is not read. */
const LONGEST = 1_000

/** Characters of the longest query that may be misspelt. */
const LONGEST_NAME = 100

/** What a query says that is not mere words: then it is taken at its word. */
const OPERATORS = /"|(^|\s)-|(^|\s)or(\s|$)/

/**
 * Parameters $1 and $2 of the SQL below: the query in the words of a web search, and as a name that may be misspelt.
 * Neither can be anything but a value.
 */
function terms(query: string): [words: string, name: string | null] {
  const words = fold(query.slice(0, LONGEST))
  return [words, OPERATORS.test(words) || words.length > LONGEST_NAME || words === '' ? null : words]
}

/** The documents that a query finds: by words, or by a name that is spelt nearly like it. */
const found = `
  search_document document, websearch_to_tsquery('english', $1) words
  WHERE (document.vector @@ words OR $2 <% document.names)`

/** Rounded, so that a cursor can carry it. Better by words than by likeness; weights as `setweight` gives them. */
const score = `
  round((
    ts_rank_cd(document.vector, words, 4)
    + coalesce(word_similarity($2, document.names), 0) * CASE WHEN $2 = document.names THEN 2 ELSE 1 END
  )::numeric, 4)::float8`

/** One page of what a query finds, best first, `after` a rank. */
export async function search(
  { pool }: Database,
  query: string,
  kinds: readonly SearchKind[],
  page: { readonly take: number; readonly after?: Rank | undefined },
): Promise<Hit[]> {
  const { after, take } = page
  const { rows } = await pool.query<Hit>({
    name: 'search',
    text: `
      SELECT kind, key, score, ts_headline(
        'english', text, words, 'StartSel=\ue000, StopSel=\ue001, MaxWords=30, MinWords=12, MaxFragments=1'
      ) AS excerpt
      FROM (
        SELECT * FROM (SELECT document.*, words, ${score} AS score FROM ${found} AND document.kind = ANY ($3)) ranked
        WHERE $4::float8 IS NULL OR score < $4 OR (score = $4 AND (kind, key) > ($5, $6))
        ORDER BY score DESC, kind, key LIMIT $7
      ) page
      ORDER BY score DESC, kind, key`,
    values: [...terms(query), kinds, after?.score ?? null, after?.kind ?? '', after?.key ?? '', take],
  })
  return rows.map((hit) => ({ ...hit, excerpt: markUp(hit.excerpt) }))
}

/** How many records a query finds. */
export async function countFound({ pool }: Database, query: string, kinds: readonly SearchKind[]): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'search-count',
    text: `SELECT count(*)::int FROM ${found} AND document.kind = ANY ($3)`,
    values: [...terms(query), kinds],
  })
  return rows[0]?.count ?? 0
}

/** The keys of the records of a kind that a query finds, or of so many of them. */
export async function keysFound({ pool }: Database, query: string, kind: SearchKind, most: number): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>({
    name: 'search-keys',
    text: `SELECT document.key FROM ${found} AND document.kind = $3 LIMIT $4`,
    values: [...terms(query), kind, most],
  })
  return rows.map(({ key }) => key)
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
