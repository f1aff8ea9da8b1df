import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { Day } from '../time/edtf.ts'
import { type EntryKind, entriesTable, entryKinds, type Pair } from './entries.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** The kinds of facts between two countries: the entries of the timeline, agreements as a whole, and heads of mission. */
export type FactKind = EntryKind | 'AGREEMENT' | 'POSITION'

/** What the database has about two countries. */
export interface Coverage {
  readonly first: Day | null
  readonly last: Day | null
  readonly counts: Readonly<Partial<Record<FactKind, number>>>
  /** The sources that most facts cite, each with its record. */
  readonly sources: readonly (Cited & { readonly record: unknown })[]
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

/** Reads the coverage of two countries. `record` is an SQL expression for the source with the key `tally.slug`, if sources are read. */
export async function readCoverage({ pool }: Database, between: Pair, first: number, record?: Sql): Promise<Coverage> {
  const rows = await ask<Coverage>(
    pool,
    sql`
      WITH fact (kind, key, bb, ee) AS (
        SELECT * FROM ${entriesTable({ between }, entryKinds)} entry UNION ALL ${agreements(between)} UNION ALL ${positions(between)}
      )
      SELECT (SELECT min(bb)::text FROM fact) AS first, (SELECT max(ee)::text FROM fact) AS last,
        (SELECT coalesce(json_object_agg(kind, count), '{}')
         FROM (SELECT kind, count(*)::int AS count FROM fact GROUP BY 1) counted) AS counts,
        ${record ? sourcesOf(first, record) : sql`'[]'::json`} AS sources`,
  )
  return rows[0] as Coverage
}

function sourcesOf(first: number, record: Sql): Sql {
  const citing = Object.entries(CITED_BY).map(
    ([kind, column]) =>
      sql`SELECT DISTINCT source_slug, ${raw(column)}, bb, ee FROM fact JOIN citation ON kind = ${raw(`'${kind}'`)} AND ${raw(column)} = key`,
  )
  return sql`(
    SELECT coalesce(json_agg(
      json_build_object('count', count, 'first', first, 'last', last, 'record', ${record}) ORDER BY count DESC, slug
    ), '[]')
    FROM (
      SELECT source_slug AS slug, count(*)::int AS count, min(bb) AS first, max(ee) AS last
      FROM (${join(citing, ' UNION ALL ')}) citing
      GROUP BY 1 ORDER BY count DESC, slug LIMIT ${first}
    ) tally)`
}
