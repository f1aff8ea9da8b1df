import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { Day } from '../time/edtf.ts'
import { entriesTable, entryKinds, type Pair } from './entries.ts'
import type { FactKind } from './pairs.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** What the database has about two countries. */
export interface Coverage {
  readonly first: Day | null
  readonly last: Day | null
  readonly counts: Readonly<Partial<Record<FactKind, number>>>
  /** Number of visits to the first of the two countries. */
  readonly toFirst: number
}

/** The facts between two countries that cite a source. */
export interface Cited {
  readonly count: number
  readonly first: Day | null
  readonly last: Day | null
}

/** For each kind of facts: the column of a citation with the key of the fact. */
const CITED_BY: Readonly<Record<FactKind, string>> = {
  AGREEMENT: 'agreement_slug',
  AGREEMENT_EVENT: 'agreement_event_id',
  MEETING: 'meeting_slug',
  POSITION: 'position_slug',
  RELATION_EVENT: 'relation_event_slug',
  STATEMENT: 'statement_slug',
  VISIT: 'visit_slug',
}

const agreements = ([one, two]: Pair) => sql`
  SELECT 'AGREEMENT', one.agreement_slug, NULL, NULL
  FROM agreement_party one JOIN agreement_party two USING (agreement_slug)
  WHERE one.country_code = ${one} AND two.country_code = ${two}`

/** The heads of mission of one country in the other. A doubtful end of a tenure gives no day. */
const positions = ([one, two]: Pair) => sql`
  SELECT 'POSITION', position.slug,
    CASE WHEN NOT begin_is_doubtful THEN begin_of_the_begin END, CASE WHEN NOT end_is_doubtful THEN end_of_the_end END
  FROM position LEFT JOIN organization ON organization.slug = organization_slug
  WHERE (coalesce(position.country_code, organization.country_code), accredited_to_code) IN ((${one}, ${two}), (${two}, ${one}))`

const NOTHING: Coverage = { first: null, last: null, counts: {}, toFirst: 0 }

/** Reads the coverage of each pair of countries. */
export async function readCoverages({ pool }: Database, pairs: readonly Pair[]): Promise<Coverage[]> {
  const rows = await ask<Coverage & { one: string; two: string }>(
    pool,
    sql`
      SELECT one, two, min(first)::text AS first, max(last)::text AS last, json_object_agg(kind, count) AS counts,
        sum(to_first)::int AS "toFirst"
      FROM pair_total WHERE ${ofPairs(pairs)} GROUP BY one, two`,
  )
  const found = new Map(rows.map(({ one, two, ...coverage }) => [`${one}-${two}`, coverage]))
  return pairs.map((pair) => found.get(pair.join('-')) ?? NOTHING)
}

/** The condition that a row with the columns `one` and `two` is of one of these pairs. */
export const ofPairs = (pairs: readonly Pair[]): Sql =>
  sql`(one, two) IN (SELECT * FROM unnest(${pairs.map(([one]) => one)}::text[], ${pairs.map(([, two]) => two)}::text[]))`

/**
 * The sources that most facts between two countries cite, each with its record: `record` is an SQL expression for the source with
 * the key `tally.slug`.
 */
export async function readCitedSources(
  { pool }: Database,
  between: Pair,
  first: number,
  record: Sql,
): Promise<(Cited & { readonly record: unknown })[]> {
  const citing = Object.entries(CITED_BY).map(
    ([kind, column]) =>
      sql`SELECT DISTINCT source_slug, ${raw(column)}, bb, ee FROM fact JOIN citation ON kind = ${raw(`'${kind}'`)} AND ${raw(column)} = key`,
  )
  return await ask(
    pool,
    sql`
      WITH fact (kind, key, bb, ee) AS (
        SELECT * FROM ${entriesTable({ between }, entryKinds)} entry UNION ALL ${agreements(between)} UNION ALL ${positions(between)}
      )
      SELECT count, first::text, last::text, ${record} AS record
      FROM (
        SELECT source_slug AS slug, count(*)::int AS count, min(bb) AS first, max(ee) AS last
        FROM (${join(citing, ' UNION ALL ')}) citing
        GROUP BY 1 ORDER BY count DESC, slug LIMIT ${first}
      ) tally
      ORDER BY count DESC, slug`,
  )
}
