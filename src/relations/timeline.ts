import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { Day } from '../time/edtf.ts'
import { type Entries, type EntryKind, entriesTable, readingOf } from './entries.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** The position of an entry in the timeline. */
export interface Entry {
  readonly kind: EntryKind
  readonly key: string
  readonly bb: Day | null
  readonly ee: Day | null
}

/** An entry with its record, if the document selects records. */
export interface Read extends Entry {
  readonly record: unknown
}

interface Page {
  readonly take: number
  readonly after?: Entry | undefined
  readonly before?: Entry | undefined
  readonly backward: boolean
  /** By kind, an SQL expression for the record of the entry with the key `page.key`. */
  readonly records?: ReadonlyMap<EntryKind, Sql>
}

/** One page of the timeline, sorted by first day, last day, key and kind, unknown days last. */
export async function readTimeline(
  { pool }: Database,
  which: Entries,
  kinds: readonly EntryKind[],
  page: Page,
): Promise<Read[]> {
  const way = raw(page.backward ? 'DESC' : 'ASC')
  // For each kind, at most one page is read, in the order of an index. Unknown days become infinity, as in the index.
  const readings = kinds.map((kind) => {
    const { key, bb, ee, from } = readingOf(kind, which)
    const days = sql`coalesce(${bb}, 'infinity'), coalesce(${ee}, 'infinity')`
    const limits = [
      ...(page.after ? [sql`(${days}, ${key}, ${raw(`'${kind}'`)}) > ${placeOf(page.after)}`] : []),
      ...(page.before ? [sql`(${days}, ${key}, ${raw(`'${kind}'`)}) < ${placeOf(page.before)}`] : []),
    ]
    return sql`(
      SELECT ${raw(`'${kind}'`)} AS kind, ${key} AS key, ${bb}::text AS bb, ${ee}::text AS ee,
        coalesce(${bb}, 'infinity') AS first, coalesce(${ee}, 'infinity') AS last
      FROM ${join([from, ...limits], ' AND ')}
      ORDER BY coalesce(${bb}, 'infinity') ${way}, coalesce(${ee}, 'infinity') ${way}, ${key} ${way} LIMIT ${page.take}
    )`
  })
  const records = [...(page.records ?? [])].map(([kind, record]) => sql`WHEN ${raw(`'${kind}'`)} THEN ${record}`)
  return await ask<Read>(
    pool,
    sql`
      SELECT kind, key, bb, ee, ${records.length > 0 ? sql`CASE kind ${join(records, ' ')} END` : sql`NULL`} AS record
      FROM (
        SELECT * FROM (${join(readings, ' UNION ALL ')}) entry
        ORDER BY first ${way}, last ${way}, key ${way}, kind ${way} LIMIT ${page.take}
      ) page
      ORDER BY first ${way}, last ${way}, key ${way}, kind ${way}`,
  )
}

const placeOf = ({ bb, ee, key, kind }: Entry) =>
  sql`(coalesce(${bb}::date, 'infinity'), coalesce(${ee}::date, 'infinity'), ${key}::text, ${kind}::text)`

/** Number of entries. */
export async function countTimeline({ pool }: Database, which: Entries, kinds: readonly EntryKind[]): Promise<number> {
  const rows = await ask<{ count: number }>(pool, sql`SELECT count(*)::int FROM ${entriesTable(which, kinds)} entry`)
  return rows[0]?.count ?? 0
}
