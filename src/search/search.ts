import type { Pool } from 'pg'
import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { HIT, HIT_END, type SearchKind, SPLIT, searchedBy } from './document.ts'
import { holders } from './holders.ts'
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

/** Number of records with all words of a query from which on no others are returned. */
const ENOUGH = 5

/** A word in at least this number of records is too frequent to find records that lack other words. */
const FREQUENT = 2_000

/** Minimum share of a query that a record must have, by the weight of its words: rare words weigh more. */
const SHARE = 0.5

/** Records that are found and scored in the same way, by one index. */
interface Group {
  readonly found: Sql
  readonly score: Sql
  readonly kinds: readonly SearchKind[]
  readonly from: Sql
  /** Like `from`, but only the hits that score above all others. If these do not fill the page, all hits must be scored. */
  readonly best?: Sql
}

const asQuery = (text: string) => sql`to_tsquery('english', (SELECT ${text}::text))`

const rankOf = (wanted: Sql) => sql`ts_rank(entry.vector, ${wanted})`

const isOf = (kinds: readonly SearchKind[]) =>
  kinds.length === 1 ? sql`entry.kind = ${kinds[0]}` : sql`entry.kind = ANY (${kinds})`

/**
 * How a query finds and scores records. It finds them by words, or by a name with a similar spelling. The number of the words,
 * their distance, and whether they are in a title score between 1 and 2; the similarity of a name scores up to 1 more. Sources score
 * less than 0.1, so that a file with all the facts of an archive comes after each of them. The holders of an office in a year come first.
 */
function groupsOf(query: Query, kinds: readonly SearchKind[]): Group[] {
  const groups = { names: namedGroup, words: wordGroup, texts: wordGroup } as const
  const found = Object.entries(groups).flatMap(([by, group]) => {
    const some = kinds.filter((kind) => searchedBy[kind] === by)
    return some.length > 0 ? [group(query, some)] : []
  })
  return query.office && kinds.includes('PERSON') ? [HOLDERS, ...found.map(withoutHolders)] : found
}

/** The people in the table expression `holder`. */
const HOLDERS: Group = {
  found: sql`entry.key IN (SELECT key FROM holder)`,
  score: sql`holder.score`,
  kinds: ['PERSON'],
  from: sql`holder JOIN search_index entry ON (entry.kind, entry.key) = ('PERSON', holder.key) WHERE true`,
}

const withoutHolders = (group: Group): Group =>
  group.kinds.includes('PERSON')
    ? { ...group, from: sql`${group.from} AND NOT (entry.kind = 'PERSON' AND ${HOLDERS.found})` }
    : group

/** Defines the table expressions that the groups of a query need, and others. */
function withTables({ office }: Query, ...others: Sql[]): Sql {
  const tables = [...(office ? [sql`holder AS (${holders(office)})`] : []), ...others]
  return tables.length > 0 ? sql`WITH ${join(tables)}` : empty
}

/** SQL that is true for records with the words of the tsquery `words`. A query that only excludes words finds nothing. */
const hasWords = (words: string) => sql`(entry.vector @@ words AND (SELECT querytree(${asQuery(words)}) <> 'T'))`

function wordGroup({ words, wanted }: Query, kinds: readonly SearchKind[]): Group {
  const rank = rankOf(wanted === words ? sql`words` : sql`(SELECT ${asQuery(wanted)})`)
  // `IS TRUE` prevents the use of the index of kinds, each of which has many records.
  const from = (found: Sql) =>
    sql`search_index entry, ${asQuery(words)} words WHERE ${found} AND (${isOf(kinds)}) IS TRUE`
  return {
    found: hasWords(words),
    score: rounded(kinds.includes('SOURCE') ? sql`0.1 * ${rank}` : sql`1 + ${rank}`),
    kinds,
    from: from(hasWords(words)),
    // A single word scores least if it is in a text once. Records that emphasize it (migration 0017) score more.
    best: from(sql`numnode(words) = 1 AND emphasis(entry.vector) @@ words`),
  }
}

function namedGroup({ names, wanted, name, nearly }: Query, kinds: readonly SearchKind[]): Group {
  const wantedNames = sql`(SELECT ${asQuery(name === null ? wanted : names)})`
  const rank = sql`CASE WHEN entry.vector @@ ${wantedNames} THEN 1 + ts_rank(entry.vector, ${wantedNames}, 1) ELSE 0 END`
  const from = (found: Sql) =>
    sql`search_index entry, ${asQuery(names)} words WHERE entry.names IS NOT NULL AND ${found} AND (${isOf(kinds)}) IS TRUE`
  if (name === null || name === '') {
    return { found: hasWords(names), score: rounded(sql`1 + ${rank}`), kinds, from: from(hasWords(names)) }
  }
  // For this statement only, the index uses a lower limit of similarity: PostgreSQL's default misses short names that are nearly
  // the same. The limit is set in the expression that the index needs first, so it is set before the index is read.
  const nameToFind = sql`(SELECT CASE WHEN set_config('pg_trgm.word_similarity_threshold', '0.3', true) <> '' THEN ${name}::text END)`
  const likeness = sql`word_similarity(${name}, entry.names)`
  const isAlike = sql`${likeness} >= ${raw(String(LIKE))} OR entry.names ~ ${nearly}`
  const found = sql`(${hasWords(names)} OR (${nameToFind} <% entry.names AND (${isAlike})))`
  return {
    found,
    // A title counts more than similarity alone; an exact name counts most.
    score: rounded(sql`1 + ${rank} + ${likeness}
      * CASE WHEN ${name} = ANY (string_to_array(entry.names, E'\\n')) THEN 1 ELSE 0.5 END`),
    kinds,
    from: from(found),
  }
}

/** The words of a list with the tsquery, how many records have it, and the weight of each. Stop words have none. */
const eachWord = (each: readonly string[]) => sql`
  SELECT query, text, frequency, CASE WHEN frequency > 0 THEN 1 / (1 + ln(frequency)) ELSE 0 END AS weight
  FROM unnest(${each}::text[]) text, LATERAL (SELECT to_tsquery('english', text) AS query) parsed, LATERAL (
    SELECT count(*) AS frequency FROM (
      SELECT FROM search_index entry WHERE entry.vector @@ query LIMIT ${FREQUENT}
    ) few
  ) counted
  WHERE numnode(query) > 0`

/** The records that lack some words of a list, with scores below 1: rare words select them, all words score them. */
const partlyFound = (groups: readonly Group[], words: Sql) => sql`
  SELECT entry.kind, entry.key, ${rounded(sql`share * share * CASE entry.kind WHEN 'SOURCE' THEN 0.01 ELSE 0.99 END`)} AS score
  FROM search_index entry, ${words} words, LATERAL (
    SELECT sum(weight) FILTER (WHERE entry.vector @@ query) / nullif(sum(weight), 0) AS share FROM each_word
  ) shared
  WHERE entry.vector @@ (
      SELECT to_tsquery('english', string_agg(text, ' | ')) FROM each_word WHERE frequency < ${FREQUENT}
    )
    AND share > ${SHARE} AND ${isOf([...new Set(groups.flatMap(({ kinds }) => kinds))])} AND NOT (${join(
      groups.map(({ found, kinds }) => sql`(${isOf(kinds)} AND ${found})`),
      ' OR ',
    )})`

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

const BEST_FIRST = sql`ORDER BY score DESC, kind, key`

/** SQL that is true if few records have all words. Sources do not count. */
const areFew = (groups: readonly Group[]) => {
  const facts = groups.filter(({ kinds }) => !kinds.includes('SOURCE'))
  const counts = facts.map(({ from }) => sql`(SELECT count(*) FROM (SELECT FROM ${from} LIMIT ${ENOUGH}) few)`)
  return facts.length > 0 ? sql`${join(counts, ' + ')} < ${ENOUGH}` : sql`true`
}

/** One page of the records that a query finds, best first, in one statement. */
export async function search(
  { pool }: Database,
  text: string,
  kinds: readonly SearchKind[],
  { take, after, excerpts, records }: Page,
): Promise<Hit[]> {
  const query = readQuery(text)
  const groups = groupsOf(query, kinds)
  const beyond = after
    ? sql`WHERE score < ${after.score} OR (score = ${after.score} AND (kind, key) > (${after.kind}, ${after.key}))`
    : empty
  const pages = groups.map(({ from, score, best }) => {
    const first = (found: Sql) => sql`
      SELECT * FROM (SELECT entry.kind, entry.key, ${score} AS score FROM ${found}) ranked ${beyond}
      ${BEST_FIRST} LIMIT ${take}`
    if (!best) return sql`(${first(from)})`
    return sql`(
      WITH best AS (${first(best)})
      SELECT * FROM best WHERE (SELECT count(*) FROM best) = ${take}
      UNION ALL
      SELECT * FROM (${first(from)}) every WHERE (SELECT count(*) FROM best) < ${take}
    )`
  })
  const excerptBy = (marked: string) => sql`ts_headline('english', text, to_tsquery('english', ${marked}), ${HEADLINE})`
  const excerpt = excerpts
    ? sql`(
        SELECT CASE WHEN page.is_whole THEN ${excerptBy(query.marked)} ELSE ${excerptBy(query.markedAny)} END
        FROM search_document WHERE (kind, key) = (page.kind, page.key)
      )`
    : sql`''`
  const cases = Object.entries(records).map(([kind, record]) => sql`WHEN ${raw(`'${kind}'`)} THEN ${record}`)
  const isList = query.each.length > 0
  const partly = sql`
    UNION ALL SELECT *, false FROM (
      SELECT * FROM (${partlyFound(groups, asQuery(query.names))}) ranked ${beyond} ${BEST_FIRST} LIMIT ${take}
    ) partly WHERE (SELECT count(*) FROM whole) < ${take} AND ${areFew(groups)}`
  const hits = await ask<Hit>(
    pool,
    sql`
      ${withTables(
        query,
        ...(isList ? [sql`each_word AS (${eachWord(query.each)})`] : []),
        sql`whole AS (SELECT * FROM (${join(pages, ' UNION ALL ')}) found ${BEST_FIRST} LIMIT ${take})`,
      )}
      SELECT kind, key, score, ${excerpt} AS excerpt, CASE kind ${join(cases, ' ')} END AS record
      FROM (
        SELECT * FROM (SELECT *, true AS is_whole FROM whole ${isList ? partly : empty}) found ${BEST_FIRST} LIMIT ${take}
      ) page
      ${BEST_FIRST}`,
  )
  return excerpts ? hits.map((hit) => ({ ...hit, excerpt: markUp(hit.excerpt) })) : hits
}

const HEADLINE = `StartSel=${HIT}, StopSel=${HIT_END}, MaxWords=30, MinWords=12, MaxFragments=1`

/** What to count: the records of some kinds that a query finds. */
export interface Finding {
  readonly text: string
  readonly kinds: readonly SearchKind[]
}

/** Numbers of records that queries find. The kinds of one query are counted in one statement, or in two if few records have all words. */
export async function countFound({ pool }: Database, wanted: readonly Finding[]): Promise<number[]> {
  const texts = [...new Set(wanted.map(({ text }) => text))]
  const counted = await Promise.all(
    texts.map(async (text) => {
      const sets = wanted.filter((one) => one.text === text).map(({ kinds }) => kinds)
      return [text, await countersOf(pool, text, sets)] as const
    }),
  )
  const counters = new Map(counted)
  return wanted.map(({ text, kinds }) => counters.get(text)?.(kinds) ?? 0)
}

type Counts = ReadonlyMap<SearchKind, number>

/** Counts what a query finds, and returns a function that adds up the kinds of one of the sets. */
async function countersOf(
  pool: Pool,
  text: string,
  sets: readonly (readonly SearchKind[])[],
): Promise<(kinds: readonly SearchKind[]) => number> {
  const query = readQuery(text)
  const groups = (kinds: readonly SearchKind[]) => groupsOf(query, [...new Set(kinds)])
  const whole = await countsByKind(
    pool,
    groups(sets.flat()).map(({ from }) => sql`SELECT entry.kind FROM ${from}`),
    withTables(query),
  )
  const areFew = (kinds: readonly SearchKind[]) =>
    sumOf(
      whole,
      kinds.filter((kind) => kind !== 'SOURCE'),
    ) < ENOUGH
  const few = query.each.length > 0 ? sets.filter(areFew).flat() : []
  const partly =
    few.length > 0
      ? await countsByKind(
          pool,
          [sql`SELECT kind FROM (${partlyFound(groups(few), asQuery(query.names))}) partly`],
          withTables(query, sql`each_word AS (${eachWord(query.each)})`),
        )
      : new Map()
  return (kinds) => sumOf(whole, kinds) + (query.each.length > 0 && areFew(kinds) ? sumOf(partly, kinds) : 0)
}

const sumOf = (counts: Counts, kinds: readonly SearchKind[]) =>
  [...new Set(kinds)].reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0)

async function countsByKind(pool: Pool, found: readonly Sql[], tables: Sql): Promise<Counts> {
  const rows = await ask<{ kind: SearchKind; count: number }>(
    pool,
    sql`${tables} SELECT kind, count(*)::int AS count FROM (${join([...found], ' UNION ALL ')}) found GROUP BY kind`,
  )
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}

/** The keys of at most `most` records of a kind that have all words of a query. */
export async function keysFound({ pool }: Database, text: string, kind: SearchKind, most: number): Promise<string[]> {
  const query = readQuery(text)
  const keys = groupsOf(query, [kind]).map(({ from }) => sql`(SELECT entry.key FROM ${from} LIMIT ${most})`)
  const rows = await ask<{ key: string }>(
    pool,
    sql`${withTables(query)} SELECT key FROM (${join(keys, ' UNION ALL ')}) found LIMIT ${most}`,
  )
  return rows.map(({ key }) => key)
}

/** The keys of at most `most` records of a kind that have all words of a query, with their scores, best first. */
export async function ranksFound(
  { pool }: Database,
  text: string,
  kind: SearchKind,
  most: number,
): Promise<Pick<Rank, 'score' | 'key'>[]> {
  const query = readQuery(text)
  const ranked = groupsOf(query, [kind]).map(
    ({ from, score }) => sql`(SELECT entry.key, ${score} AS score FROM ${from} LIMIT ${most})`,
  )
  return await ask<Pick<Rank, 'score' | 'key'>>(
    pool,
    sql`${withTables(query)} SELECT key, score FROM (${join(ranked, ' UNION ALL ')}) ranked ORDER BY score DESC, key LIMIT ${most}`,
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
    .replaceAll(SPLIT, '')
    .replaceAll(HIT, '<mark>')
    .replaceAll(HIT_END, '</mark>')
