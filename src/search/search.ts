import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type SearchKind, searchedBy } from './document.ts'
import { type Query, readQuery } from './query.ts'

type Sql = Prisma.Sql
const { sql, raw, join, empty } = Prisma

/** A record that was found. */
export interface Hit {
  readonly kind: SearchKind
  readonly key: string
  readonly score: number
  /** HTML: escaped, with `<mark>` around what was found; empty where it was not asked for. */
  readonly excerpt: string
  readonly record: unknown
}

/** A place in the ranking. */
export type Rank = Pick<Hit, 'score' | 'kind' | 'key'>

/** From here on a name is like another: where its similarity by trigrams is at least this, or it is nearly the same. */
const LIKE = 0.6

const isNamed = (kind: SearchKind) => searchedBy[kind] === 'names'

interface Finding {
  readonly from: Sql
  readonly score: Sql
  /** Like `from`, but only hits that score above all others of it. Where they are too few, all must be scored. */
  readonly best?: Sql
}

/**
 * How a query finds records: by words, or by a name that is spelt nearly like it; and how well each fits: by how often words
 * are there and how near to each other, in titles above all, up to 1; and up to 1 more by likeness. Where the query may be a
 * name, all `kinds` are found by names, or none.
 */
function finding({ words, wanted, name, nearly }: Query, kinds: readonly SearchKind[]): Finding {
  // A SELECT hides the text from the planner: one plan does for all texts. A plan for each took half as long as the search.
  const asQuery = (text: string) => sql`websearch_to_tsquery('english', (SELECT ${text}::text))`
  // What only excludes words finds nothing.
  const byWords = sql`(entry.vector @@ words AND (SELECT querytree(${asQuery(words)}) <> 'T'))`
  const rank = sql`ts_rank(entry.vector, ${wanted === words ? sql`words` : sql`(SELECT ${asQuery(wanted)})`})`
  const isAsked = kinds.length === 1 ? sql`entry.kind = ${kinds[0]}` : sql`entry.kind = ANY (${kinds})`
  // `IS TRUE` keeps the planner from an index of the kinds: many are of each. What has names has indexes of its own.
  const areNamed = kinds.every(isNamed)
  const indexed = areNamed ? sql`entry.names IS NOT NULL AND` : empty
  const from = (found: Sql) =>
    sql`search_index entry, ${asQuery(words)} words WHERE ${indexed} ${found} AND (${isAsked}) IS TRUE`
  if (name === null || !areNamed) {
    // Once in a text is the least that a single word scores: wherever it is emphasized (migration 0011), it scores more.
    const best = from(sql`numnode(words) = 1 AND emphasis(entry.vector) @@ words`)
    return { from: from(byWords), best, score: rounded(rank) }
  }
  // What the index takes for alike is lowered, for this statement only, to where names that are nearly the same are found:
  // PostgreSQL's own limit misses them, if they are short. As the index is asked by this value, it is computed before.
  const asked = sql`(SELECT CASE WHEN set_config('pg_trgm.word_similarity_threshold', '0.3', true) <> '' THEN ${name}::text END)`
  const likeness = sql`word_similarity(${name}, entry.names)`
  const isAlike = sql`${likeness} >= ${raw(String(LIKE))} OR entry.names ~ ${nearly}`
  return {
    from: from(sql`(${byWords} OR (${asked} <% entry.names AND (${isAlike})))`),
    // Better by a title than by likeness alone; an exact name is best.
    score: rounded(sql`${rank} + ${likeness}
      * CASE WHEN ${name} = ANY (string_to_array(entry.names, E'\\n')) THEN 1 ELSE 0.5 END`),
  }
}

/** Kinds that are found by names, and the rest, apart where the query may be a name: they are found by different indexes. */
const apart = ({ name }: Query, kinds: readonly SearchKind[]): (readonly SearchKind[])[] =>
  name === null
    ? [kinds]
    : [kinds.filter(isNamed), kinds.filter((kind) => !isNamed(kind))].filter(({ length }) => length > 0)

/** So that a cursor can carry it; by arithmetic, as a cast by way of decimals takes longer than the ranking. */
const rounded = (score: Sql) => sql`round((${score})::float8 * 1000000) / 1000000`

/** What is wanted of a page of hits, best first. */
export interface Page {
  readonly take: number
  readonly after?: Rank | undefined
  readonly excerpts: boolean
  /** Of each kind, an expression of SQL for the record of the hit, whose key is `page.key`. */
  readonly records: Readonly<Partial<Record<SearchKind, Sql>>>
}

/** One page of what a query finds, best first, `after` a rank, in one statement. */
export async function search(
  { pool }: Database,
  text: string,
  kinds: readonly SearchKind[],
  { take, after, excerpts, records }: Page,
): Promise<Hit[]> {
  const query = readQuery(text)
  const beyond = after
    ? sql`WHERE score < ${after.score} OR (score = ${after.score} AND (kind, key) > (${after.kind}, ${after.key}))`
    : empty
  const pages = apart(query, kinds).map((some) => {
    const { from, score, best } = finding(query, some)
    const first = (found: Sql) => sql`
      SELECT * FROM (SELECT entry.kind, entry.key, ${score} AS score FROM ${found}) ranked ${beyond}
      ORDER BY score DESC, kind, key LIMIT ${take}`
    if (!best) return sql`(${first(from)})`
    return sql`(
      WITH best AS (${first(best)})
      SELECT * FROM best WHERE (SELECT count(*) FROM best) = ${take}
      UNION ALL
      SELECT * FROM (${first(from)}) every WHERE (SELECT count(*) FROM best) < ${take}
    )`
  })
  const excerpt = excerpts
    ? sql`(
        SELECT ts_headline('english', text, websearch_to_tsquery('english', ${query.marked}), ${HEADLINE})
        FROM search_document WHERE (kind, key) = (page.kind, page.key)
      )`
    : sql`''`
  const cases = Object.entries(records).map(([kind, record]) => sql`WHEN ${raw(`'${kind}'`)} THEN ${record}`)
  const hits = await ask<Hit>(
    pool,
    sql`
      SELECT kind, key, score, ${excerpt} AS excerpt, CASE kind ${join(cases, ' ')} END AS record
      FROM (
        SELECT * FROM (${join(pages, ' UNION ALL ')}) found ORDER BY score DESC, kind, key LIMIT ${take}
      ) page
      ORDER BY score DESC, kind, key`,
  )
  return excerpts ? hits.map((hit) => ({ ...hit, excerpt: markUp(hit.excerpt) })) : hits
}

const HEADLINE = 'StartSel=\ue000, StopSel=\ue001, MaxWords=30, MinWords=12, MaxFragments=1'

/** How many records a query finds. */
export async function countFound({ pool }: Database, text: string, kinds: readonly SearchKind[]): Promise<number> {
  const query = readQuery(text)
  const counts = apart(query, kinds).map((some) => sql`(SELECT count(*)::int FROM ${finding(query, some).from})`)
  const rows = await ask<{ count: number }>(pool, sql`SELECT ${join(counts, ' + ')} AS count`)
  return rows[0]?.count ?? 0
}

/** The keys of the records of a kind that a query finds, or of so many of them. */
export async function keysFound({ pool }: Database, query: string, kind: SearchKind, most: number): Promise<string[]> {
  const { from } = finding(readQuery(query), [kind])
  const rows = await ask<{ key: string }>(pool, sql`SELECT entry.key FROM ${from} LIMIT ${most}`)
  return rows.map(({ key }) => key)
}

/** The same with their scores, best first. */
export async function ranksFound(
  { pool }: Database,
  query: string,
  kind: SearchKind,
  most: number,
): Promise<Pick<Rank, 'score' | 'key'>[]> {
  const { from, score } = finding(readQuery(query), [kind])
  return await ask<Pick<Rank, 'score' | 'key'>>(
    pool,
    sql`SELECT key, score FROM (SELECT entry.key, ${score} AS score FROM ${from} LIMIT ${most}) ranked ORDER BY score DESC, key`,
  )
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
