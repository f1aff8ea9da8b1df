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
  readonly newestFirst: boolean
  /** By kind, an SQL expression for the record of the entry with the key `page.key`. */
  readonly records?: ReadonlyMap<EntryKind, Sql>
}

/**
 * One page of the timeline, sorted by first day, last day, key and kind, or the reverse. In both orders unknown days come last:
 * they are compared as infinitely late or as infinitely early, as in the indexes.
 */
export async function readTimeline(
  { pool }: Database,
  which: Entries,
  kinds: readonly EntryKind[],
  page: Page,
): Promise<Read[]> {
  const way = raw(page.backward === page.newestFirst ? 'ASC' : 'DESC')
  const [beyond, short] = page.newestFirst ? [raw('<'), raw('>')] : [raw('>'), raw('<')]
  const known = (day: Sql) => sql`coalesce(${day}, ${raw(page.newestFirst ? "'-infinity'" : "'infinity'")})`
  const placeOf = ({ bb, ee, key, kind }: Entry) =>
    sql`(${known(sql`${bb}::date`)}, ${known(sql`${ee}::date`)}, ${key}::text, ${kind}::text)`
  // For each kind, at most one page is read, in the order of an index.
  const readings = kinds.map((kind) => {
    const { key, bb, ee, from } = readingOf(kind, which)
    const place = sql`(${known(bb)}, ${known(ee)}, ${key}, ${raw(`'${kind}'`)})`
    const limits = [
      ...(page.after ? [sql`${place} ${beyond} ${placeOf(page.after)}`] : []),
      ...(page.before ? [sql`${place} ${short} ${placeOf(page.before)}`] : []),
    ]
    return sql`(
      SELECT ${raw(`'${kind}'`)} AS kind, ${key} AS key, ${bb}::text AS bb, ${ee}::text AS ee,
        ${known(bb)} AS first, ${known(ee)} AS last
      FROM ${join([from, ...limits], ' AND ')}
      ORDER BY ${known(bb)} ${way}, ${known(ee)} ${way}, ${key} ${way} LIMIT ${page.take}
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

/** Which entries to count. */
export interface Counting {
  readonly which: Entries
  readonly kinds: readonly EntryKind[]
}

/** Numbers of entries. Those that differ only in their kinds are counted in one statement. */
export async function countTimelines({ pool }: Database, wanted: readonly Counting[]): Promise<number[]> {
  const counted = new Map<string, Promise<ReadonlyMap<EntryKind, number>>>()
  const key = ({ which }: Counting) => JSON.stringify(which)
  for (const one of wanted) {
    if (counted.has(key(one))) continue
    const kinds = wanted.filter((other) => key(other) === key(one)).flatMap(({ kinds }) => kinds)
    const rows = ask<{ kind: EntryKind; count: number }>(
      pool,
      sql`SELECT kind, count(*)::int AS count FROM ${entriesTable(one.which, [...new Set(kinds)])} entry GROUP BY kind`,
    )
    counted.set(
      key(one),
      rows.then((all) => new Map(all.map(({ kind, count }) => [kind, count]))),
    )
  }
  return await Promise.all(
    wanted.map(async (one) => {
      const counts = await counted.get(key(one))
      return [...new Set(one.kinds)].reduce((sum, kind) => sum + (counts?.get(kind) ?? 0), 0)
    }),
  )
}
