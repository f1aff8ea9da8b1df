import type { ClientBase } from 'pg'

/** A foreign key of one column. */
export interface ForeignKey {
  readonly table: string
  readonly column: string
  readonly parent: string
  /** Whether the rows are parts of the parent's row: they are deleted with it. */
  readonly isPart: boolean
  readonly required: boolean
}

/** The keys of the tables, as the database knows them. */
export interface Catalog {
  readonly foreignKeys: readonly ForeignKey[]
  /** Primary keys by table. */
  readonly keys: ReadonlyMap<string, readonly string[]>
}

export async function readCatalog(client: ClientBase): Promise<Catalog> {
  const { rows: foreignKeys } = await client.query<ForeignKey>(`
    SELECT child.relname AS table, attname AS column, parent.relname AS parent, confdeltype = 'c' AS "isPart",
      attnotnull AS required
    FROM pg_constraint
    JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND connamespace = quote_ident(current_schema())::regnamespace ORDER BY 1, 2`)
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    SELECT relname AS table, array_agg(attname::text ORDER BY place) AS columns
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid, unnest(conkey) WITH ORDINALITY AS part (number, place), pg_attribute
    WHERE contype = 'p' AND connamespace = quote_ident(current_schema())::regnamespace
      AND attrelid = conrelid AND attnum = number
    GROUP BY 1`)
  return { foreignKeys, keys: new Map(rows.map(({ table, columns }) => [table, columns])) }
}

/** SQL for the key of a row as one text. */
export const keyIn = ({ keys }: Catalog, table: string, row: string): string =>
  (keys.get(table) as readonly string[]).map((column) => `${row}."${column}"`).join(` || '/' || `)

/**
 * SQL for whether a row has a key that is given as one text. The first and the last column of a key of several columns are compared
 * alone, too, because an index has them. Only the first can contain a slash.
 */
export function hasKey(catalog: Catalog, table: string, row: string, key: string): string {
  const columns = catalog.keys.get(table) as readonly string[]
  const isKey = `${keyIn(catalog, table, row)} = ${key}`
  if (columns.length === 1) return isKey
  const first = `regexp_replace(${key}, '(/[^/]*){${columns.length - 1}}$', '')`
  return `${isKey} AND ${row}."${columns[0]}" = ${first} AND ${row}."${columns.at(-1)}" = split_part(${key}, '/', -1)`
}
