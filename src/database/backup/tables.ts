import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'

/** A table as the catalogue of the database describes it. */
export interface Table {
  readonly name: string
  /** The columns that are stored, without generated ones. */
  readonly columns: readonly Column[]
  /** The columns of the primary key. Empty if there is none. */
  readonly key: readonly string[]
  /** The tables that its foreign keys refer to. */
  readonly parents: readonly string[]
  /** The triggers that fire, with what ALTER TABLE needs to enable them again. */
  readonly triggers: readonly { readonly name: string; readonly enable: string }[]
}

interface Column {
  readonly name: string
  readonly type: string
}

export interface Sequence {
  readonly name: string
  /** The value that it gives next. */
  readonly next: string
}

/** Records the migrations. A backup has it in its header. */
const MIGRATIONS = '_prisma_migrations'

/**
 * The tables of a schema whose rows a backup contains, each after those that it refers to. Tables that lose their rows in a crash
 * (UNLOGGED) and tables of extensions are not among them.
 */
export async function tablesIn(client: ClientBase, schema: string): Promise<Table[]> {
  const { rows } = await client.query<{ described: Table }>(TABLES, [schema, MIGRATIONS])
  return parentsFirst(rows.map(({ described }) => described))
}

const TABLES = `
  SELECT json_build_object(
    'name', relname,
    'columns', (
      SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = stored.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''),
    'key', coalesce((
      SELECT json_agg(attname ORDER BY place)
      FROM pg_index, unnest(indkey::int2[]) WITH ORDINALITY AS part(number, place), pg_attribute
      WHERE indrelid = stored.oid AND indisprimary AND attrelid = stored.oid AND attnum = number), '[]'),
    'parents', coalesce((
      SELECT json_agg(DISTINCT parent.relname)
      FROM pg_constraint JOIN pg_class parent ON parent.oid = confrelid
      WHERE conrelid = stored.oid AND contype = 'f' AND confrelid <> stored.oid), '[]'),
    'triggers', coalesce((
      SELECT json_agg(json_build_object(
        'name', tgname,
        'enable', CASE tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END))
      FROM pg_trigger WHERE tgrelid = stored.oid AND NOT tgisinternal AND tgenabled <> 'D'), '[]')
  ) AS described
  FROM pg_class stored
  WHERE relnamespace = $1::regnamespace AND relkind = 'r' AND relpersistence = 'p' AND relname <> $2
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = stored.oid AND deptype = 'e')
  ORDER BY relname COLLATE "C"`

function parentsFirst(tables: readonly Table[]): Table[] {
  const sorted: Table[] = []
  let waiting = tables
  while (waiting.length > 0) {
    const isWaiting = (name: string) => waiting.some((table) => table.name === name)
    const next = waiting.filter(({ parents }) => !parents.some(isWaiting))
    if (next.length === 0)
      throw new Error(`the foreign keys of ${waiting.map(({ name }) => name).join(', ')} form a circle`)
    sorted.push(...next)
    waiting = waiting.filter((table) => !next.includes(table))
  }
  return sorted
}

/** The sequences of a schema. */
export async function sequencesIn(client: ClientBase, schema: string): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `SELECT sequencename AS name, coalesce(last_value + increment_by, start_value)::text AS next
     FROM pg_sequences WHERE schemaname = $1 ORDER BY 1`,
    [schema],
  )
  return rows
}

/** Quotes an SQL identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const tableIn = (schema: string, { name }: { readonly name: string }): string =>
  `${quoted(schema)}.${quoted(name)}`

/** Characters of rows to fetch at a time, approximately. */
const FETCHED_CHARACTERS = 1_000_000
const MOST_ROWS = 5_000

/**
 * Reads the rows of a table in the order of its key, each as a JSON array of texts, or null, in the order of `columns`. Each part
 * has as many rows as fit in about a megabyte. Must run in a transaction.
 */
export async function* rowsOf(client: ClientBase, schema: string, table: Table): AsyncGenerator<string[]> {
  const row = `to_json(ARRAY[${table.columns.map(({ name }) => `${quoted(name)}::text`).join(', ')}])::text`
  // The order of the key's texts must not depend on the database.
  const key = table.key.map((name) => `${quoted(name)}${isText(table, name) ? ' COLLATE "C"' : ''}`)
  await client.query(
    `DECLARE backup NO SCROLL CURSOR FOR SELECT ${row} AS row
     FROM ${tableIn(schema, table)} ORDER BY ${key.length > 0 ? key.join(', ') : `${row} COLLATE "C"`}`,
  )
  let size = 100
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH FORWARD ${size} FROM backup`)
    if (rows.length > 0) yield rows.map(({ row }) => row)
    if (rows.length < size) break
    const characters = rows.reduce((sum, { row }) => sum + row.length, 0)
    const fitting = Math.floor((rows.length * FETCHED_CHARACTERS) / characters)
    size = Math.max(1, Math.min(fitting, 4 * size, MOST_ROWS))
  }
  await client.query('CLOSE backup')
}

const isText = ({ columns }: Table, name: string): boolean =>
  columns.some((column) => column.name === name && /^(text|character varying)/.test(column.type))

/** Counts rows and computes the SHA-256 of their lines. */
export class RowDigest {
  #rows = 0
  readonly #hash = createHash('sha256')

  add(row: string | Uint8Array): void {
    this.#rows++
    this.#hash.update(row).update('\n')
  }

  /** The result. Nothing can be added afterwards. */
  end(): { rows: number; sha256: string } {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}
