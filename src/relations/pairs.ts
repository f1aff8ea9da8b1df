import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { EntryKind } from './entries.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** The kinds of facts between two countries: the entries of the timeline, agreements as a whole, and heads of mission. */
export type FactKind = EntryKind | 'AGREEMENT' | 'POSITION'

/**
 * The facts of each kind with their two countries, the lesser code first, their first and last day, and whether they led to the
 * first of the two. Change `entries.ts` together with this list.
 */
const PAIRED: Readonly<Record<FactKind, string>> = {
  MEETING: 'SELECT one, two, begin_of_the_begin, end_of_the_end, false FROM meeting_pair',
  STATEMENT: 'SELECT one, two, begin_of_the_begin, end_of_the_end, false FROM statement_pair',
  AGREEMENT: `
    SELECT one.country_code, two.country_code, NULL::date, NULL::date, false
    FROM agreement_party one
    JOIN agreement_party two ON two.agreement_slug = one.agreement_slug AND one.country_code < two.country_code`,
  AGREEMENT_EVENT: `
    SELECT one.country_code, two.country_code, event.begin_of_the_begin, event.end_of_the_end, false
    FROM agreement_event event
    JOIN agreement_party one ON one.agreement_slug = event.agreement_slug
    JOIN agreement_party two ON two.agreement_slug = event.agreement_slug AND one.country_code < two.country_code`,
  RELATION_EVENT: 'SELECT one, two, begin_of_the_begin, end_of_the_end, false FROM relation_event',
  VISIT: `
    SELECT least(code, to_code), greatest(code, to_code), begin_of_the_begin, end_of_the_end, to_code < code
    FROM (
      SELECT slug, to_code, begin_of_the_begin, end_of_the_end, from_code AS code FROM visit WHERE from_code IS NOT NULL
      UNION
      SELECT slug, to_code, visit.begin_of_the_begin, visit.end_of_the_end, representing_code
      FROM visit JOIN participation ON visit_slug = slug WHERE from_code IS NULL
    ) visiting
    WHERE code <> to_code`,
  // A doubtful end of a tenure gives no day.
  POSITION: `
    SELECT least(code, to_code), greatest(code, to_code), bb, ee, false
    FROM (
      SELECT coalesce(position.country_code, organization.country_code) AS code, accredited_to_code AS to_code,
        CASE WHEN NOT begin_is_doubtful THEN begin_of_the_begin END AS bb, CASE WHEN NOT end_is_doubtful THEN end_of_the_end END AS ee
      FROM position LEFT JOIN organization ON organization.slug = organization_slug
    ) accredited
    WHERE code <> to_code`,
}

/** A query for the facts of these kinds, as in `PAIRED`, with their kind. */
export const pairedFacts = (kinds: readonly FactKind[]): string =>
  kinds
    .map((kind) => `SELECT '${kind}' AS kind, fact.* FROM (${PAIRED[kind]}) fact (one, two, bb, ee, is_to_first)`)
    .join(' UNION ALL ')

export const pairedKinds = Object.keys(PAIRED) as readonly FactKind[]

/** The kinds that count for the rank of a relation. An agreement is one fact, however many events it has. */
const RANKED = raw(`kind IN ('MEETING', 'STATEMENT', 'VISIT', 'AGREEMENT', 'RELATION_EVENT')`)

/** The position of a relation among all relations. */
export interface Ranked {
  readonly one: string
  readonly two: string
  /** Number of visits, meetings, statements, agreements and relation events. */
  readonly count: number
}

interface Page {
  readonly take: number
  readonly after?: Ranked | undefined
  readonly before?: Ranked | undefined
  readonly backward: boolean
  /** SQL expressions for the records of the countries with the codes `page.one` and `page.two`. */
  readonly records: readonly [Sql, Sql] | undefined
}

/** One page of the relations that have facts, those with the most facts first. */
export async function readRelations(
  { pool }: Database,
  { take, after, before, backward, records }: Page,
): Promise<(Ranked & { records: readonly [unknown, unknown] | null })[]> {
  const place = ({ count, one, two }: Ranked) => sql`(${-count}::int, ${one}::text, ${two}::text)`
  const limits = [
    ...(after ? [sql`(-sum(count), one, two) > ${place(after)}`] : []),
    ...(before ? [sql`(-sum(count), one, two) < ${place(before)}`] : []),
  ]
  const way = raw(backward ? 'DESC' : 'ASC')
  return await ask(
    pool,
    sql`
      SELECT one, two, count, ${records ? sql`json_build_array(${join([...records])})` : sql`NULL`} AS records
      FROM (
        SELECT one, two, sum(count)::int AS count FROM pair_total WHERE ${RANKED}
        GROUP BY one, two ${limits.length > 0 ? sql`HAVING ${join(limits, ' AND ')}` : Prisma.empty}
        ORDER BY -sum(count) ${way}, one ${way}, two ${way} LIMIT ${take}
      ) page
      ORDER BY -count ${way}, one ${way}, two ${way}`,
  )
}

/** Number of relations that have facts. */
export async function countRelations({ pool }: Database): Promise<number> {
  const rows = await ask<{ count: number }>(
    pool,
    sql`SELECT count(*)::int FROM (SELECT DISTINCT one, two FROM pair_total WHERE ${RANKED}) pair`,
  )
  return rows[0]?.count ?? 0
}

/** The countries with which a country shares the most visits, meetings, statements, agreements and relation events. */
export async function countCounterparts({ pool }: Database, code: string, first: number): Promise<string[]> {
  const rows = await ask<{ code: string }>(
    pool,
    sql`
      SELECT code FROM (
        SELECT two AS code, kind, count FROM pair_total WHERE one = ${code}
        UNION ALL SELECT one, kind, count FROM pair_total WHERE two = ${code}
      ) shared
      WHERE ${RANKED} GROUP BY code ORDER BY sum(count) DESC, code LIMIT ${first}`,
  )
  return rows.map((row) => row.code)
}
