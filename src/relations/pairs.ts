import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { EntryKind } from './entries.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** The entries of each kind with their two countries, the lesser code first, and their first day. */
export const PAIRED: Readonly<Record<EntryKind, string>> = {
  MEETING: 'SELECT one, two, begin_of_the_begin FROM meeting_pair',
  STATEMENT: 'SELECT one, two, begin_of_the_begin FROM statement_pair',
  AGREEMENT_EVENT: `
    SELECT one.country_code, two.country_code, event.begin_of_the_begin
    FROM agreement_event event
    JOIN agreement_party one ON one.agreement_slug = event.agreement_slug
    JOIN agreement_party two ON two.agreement_slug = event.agreement_slug AND one.country_code < two.country_code`,
  RELATION_EVENT: 'SELECT one, two, begin_of_the_begin FROM relation_event',
  VISIT: `
    SELECT least(code, to_code), greatest(code, to_code), begin_of_the_begin
    FROM (
      SELECT slug, to_code, begin_of_the_begin, from_code AS code FROM visit WHERE from_code IS NOT NULL
      UNION
      SELECT slug, to_code, visit.begin_of_the_begin, representing_code
      FROM visit JOIN participation ON visit_slug = slug WHERE from_code IS NULL
    ) visiting
    WHERE code <> to_code`,
}

const { AGREEMENT_EVENT: _, ...others } = PAIRED

/** The two countries of each fact. An agreement is one fact, however many events it has. */
const facts = raw(
  [
    ...Object.values(others),
    `SELECT one.country_code, two.country_code, NULL FROM agreement_party one
     JOIN agreement_party two ON two.agreement_slug = one.agreement_slug AND one.country_code < two.country_code`,
  ].join(' UNION ALL '),
)

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
    ...(after ? [sql`(-count(*), one, two) > ${place(after)}`] : []),
    ...(before ? [sql`(-count(*), one, two) < ${place(before)}`] : []),
  ]
  const way = raw(backward ? 'DESC' : 'ASC')
  return await ask(
    pool,
    sql`
      SELECT one, two, count, ${records ? sql`json_build_array(${join([...records])})` : sql`NULL`} AS records
      FROM (
        SELECT one, two, count(*)::int AS count FROM (${facts}) fact (one, two, begun)
        GROUP BY one, two ${limits.length > 0 ? sql`HAVING ${join(limits, ' AND ')}` : Prisma.empty}
        ORDER BY -count(*) ${way}, one ${way}, two ${way} LIMIT ${take}
      ) page
      ORDER BY -count ${way}, one ${way}, two ${way}`,
  )
}

/** Number of relations that have facts. */
export async function countRelations({ pool }: Database): Promise<number> {
  const rows = await ask<{ count: number }>(
    pool,
    sql`SELECT count(*)::int FROM (SELECT DISTINCT one, two FROM (${facts}) fact (one, two, begun)) pair`,
  )
  return rows[0]?.count ?? 0
}
