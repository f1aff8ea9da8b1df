import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type SearchKind, searchedBy } from './document.ts'
import { type Query, readQuery } from './query.ts'

type Sql = Prisma.Sql
const { sql, raw, join, empty } = Prisma

/** A record that a search found. */
export interface Hit {
  readonly kind: SearchKind
  readonly key: string
  readonly score: number
  /** Escaped HTML with `<mark>` around the words found. Empty if no excerpts were requested. */
  readonly excerpt: string
  readonly record: unknown
}

/** A position in the ranking. */
export type Rank = Pick<Hit, 'score' | 'kind' | 'key'>

/** Minimum similarity by trigrams of a name that is found although it is misspelt. */
const LIKE = 0.6

const isNamed = (kind: SearchKind) => searchedBy[kind] === 'names'

interface Finding {
  readonly from: Sql
  readonly score: Sql
  /** Like `from`, but only the hits that score above all others. If these do not fill the page, all hits must be scored. */
  readonly best?: Sql
}

/**
 * How a query finds records and scores them. It finds them by words, or by a name with a similar spelling. The number of the words,
 * their distance, and whether they are in a title score up to 1; the similarity of a name scores up to 1 more. If the query may be
 * a name, either all of the `kinds` have names or none has.
 */
function finding({ words, wanted, name, nearly }: Query, kinds: readonly SearchKind[]): Finding {
  // A SELECT hides the text from the planner, so all texts share one plan. Planning each text took half as long as its search.
  const asQuery = (text: string) => sql`websearch_to_tsquery('english', (SELECT ${text}::text))`
  // A query that only excludes words finds nothing.
  const byWords = sql`(entry.vector @@ words AND (SELECT querytree(${asQuery(words)}) <> 'T'))`
  const rank = sql`ts_rank(entry.vector, ${wanted === words ? sql`words` : sql`(SELECT ${asQuery(wanted)})`})`
  const isAsked = kinds.length === 1 ? sql`entry.kind = ${kinds[0]}` : sql`entry.kind = ANY (${kinds})`
  // `IS TRUE` prevents the use of the index of kinds, each of which has many records. Records with names have their own indexes.
  const areNamed = kinds.every(isNamed)
  const indexed = areNamed ? sql`entry.names IS NOT NULL AND` : empty
  const from = (found: Sql) =>
    sql`search_index entry, ${asQuery(words)} words WHERE ${indexed} ${found} AND (${isAsked}) IS TRUE`
  if (name === null || !areNamed) {
    // A single word scores least if it is in a text once. Records that emphasize it (migration 0011) score more.
    const best = from(sql`numnode(words) = 1 AND emphasis(entry.vector) @@ words`)
    return { from: from(byWords), best, score: rounded(rank) }
  }
  // For this statement only, the index uses a lower limit of similarity: PostgreSQL's default misses short names that are nearly
  // the same. The limit is set in the expression that the index needs first, so it is set before the index is read.
  const nameToFind = sql`(SELECT CASE WHEN set_config('pg_trgm.word_similarity_threshold', '0.3', true) <> '' THEN ${name}::text END)`
  const likeness = sql`word_similarity(${name}, entry.names)`
  const isAlike = sql`${likeness} >= ${raw(String(LIKE))} OR entry.names ~ ${nearly}`
  return {
    from: from(sql`(${byWords} OR (${nameToFind} <% entry.names AND (${isAlike})))`),
    // A title counts more than similarity alone; an exact name counts most.
    score: rounded(sql`${rank} + ${likeness}
      * CASE WHEN ${name} = ANY (string_to_array(entry.names, E'\\n')) THEN 1 ELSE 0.5 END`),
  }
}

/** If the query may be a name, separates the kinds with names from the others: they need different indexes. */
const apart = ({ name }: Query, kinds: readonly SearchKind[]): (readonly SearchKind[])[] =>
  name === null
    ? [kinds]
    : [kinds.filter(isNamed), kinds.filter((kind) => !isNamed(kind))].filter(({ length }) => length > 0)

/** Rounds a score, so that a cursor can contain it. A cast to a decimal would take longer than the ranking. */
const rounded = (score: Sql) => sql`round((${score})::float8 * 1000000) / 1000000`

/** Options of a page of hits. */
interface Page {
  readonly take: number
  readonly after?: Rank | undefined
  readonly excerpts: boolean
  /** By kind, an SQL expression for the record of the hit with the key `page.key`. */
  readonly records: Readonly<Partial<Record<SearchKind, Sql>>>
}

/** One page of the records that a query finds, best first, in one statement. */
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

/** Number of records that a query finds. */
export async function countFound({ pool }: Database, text: string, kinds: readonly SearchKind[]): Promise<number> {
  const query = readQuery(text)
  const counts = apart(query, kinds).map((some) => sql`(SELECT count(*)::int FROM ${finding(query, some).from})`)
  const rows = await ask<{ count: number }>(pool, sql`SELECT ${join(counts, ' + ')} AS count`)
  return rows[0]?.count ?? 0
}

/** The keys of at most `most` records of a kind that a query finds. */
export async function keysFound({ pool }: Database, query: string, kind: SearchKind, most: number): Promise<string[]> {
  const { from } = finding(readQuery(query), [kind])
  const rows = await ask<{ key: string }>(pool, sql`SELECT entry.key FROM ${from} LIMIT ${most}`)
  return rows.map(({ key }) => key)
}

/** The keys of at most `most` records of a kind that a query finds, with their scores, best first. */
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
