import type { ClientBase } from 'pg'
import { kinds } from '../concepts.ts'
import { withdrawParts } from '../corrections/editions.ts'
import type { Leaving } from '../corrections/withdrawn-rows.ts'
import { columnsOf, type TableName, tableList, tableOf, tables } from '../tables.ts'

const quoted = (column: string) => `"${column}"`

/** SQL for the key of a row as one text, as `keyOf` in rows.ts makes it. */
const keyOf = (row: string, table: TableName) =>
  tables[table].key.map((column) => `${row}."${column}"`).join(` || '/' || `)

/** SQL for the rows staged for a table, as rows of that table. */
const staged = (table: TableName) =>
  `staged, json_populate_record(NULL::"${table}", content) own WHERE table_name = '${table}'`

/**
 * Writes the staged rows of the `filled` tables that are new or different, and deletes the parts that a record no longer has, except those that belong to
 * other sources (`other_source`). Fills the temporary table `touched` with the names of the records whose rows changed. Returns the
 * parts that were withdrawn, because they are not in a new edition.
 */
export async function write(
  client: ClientBase,
  filled: ReadonlySet<TableName>,
  hasNewEditions: boolean,
): Promise<readonly Leaving[]> {
  await client.query(
    'CREATE TEMPORARY TABLE touched (record text COLLATE "C", table_name text, created boolean) ON COMMIT DROP',
  )
  const columns = await columnsOf(client, [...filled])
  for (const { name, kind } of tableList) {
    if (filled.has(name)) await client.query(upsert(name, columns.get(name) as string[], kind !== undefined))
  }
  const withdrawn = hasNewEditions ? await withdrawParts(client, keepsPart) : []
  // Parts of parts first: deleting a part deletes its own parts, which would then not be counted.
  for (const { name, parents = {}, exceptWhere } of tableList.toReversed()) {
    for (const [column, parent] of Object.entries(parents)) {
      if (filled.has(parent as TableName)) await client.query(removal(name, column, parent, exceptWhere))
    }
  }
  return withdrawn
}

function upsert(table: TableName, columns: readonly string[], isRecord: boolean): string {
  const rest = columns.filter(
    (column) => column !== 'digest' && !(tables[table].key as readonly string[]).includes(column),
  )
  const onConflict =
    rest.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${rest.map((column) => `"${column}" = excluded."${column}"`).join(', ')}
         WHERE ROW (${rest.map((column) => `stored."${column}"`).join(', ')})
           IS DISTINCT FROM ROW (${rest.map((column) => `excluded."${column}"`).join(', ')})`
  return `
    WITH written AS (
      INSERT INTO "${table}" AS stored (${columns.map(quoted).join(', ')})
      SELECT ${columns.map((column) => `own."${column}"`).join(', ')} FROM ${staged(table)}
      ON CONFLICT (${tables[table].key.map(quoted).join(', ')}) ${onConflict}
      RETURNING ${keyOf('stored', table)} AS key, xmax = 0 AS created
    )
    INSERT INTO touched
    SELECT record, table_name, ${isRecord ? 'created' : 'false'}
    FROM written JOIN staged ON (table_name, staged.key) = ('${table}', written.key)`
}

const removal = (table: TableName, column: string, parent: string, exceptWhere: string | undefined) => `
  WITH gone AS (
    DELETE FROM "${table}" stored USING staged owner
    WHERE owner.table_name = '${parent}' AND stored.${column} = owner.key
      AND NOT EXISTS (SELECT FROM staged part WHERE part.table_name = '${table}' AND part.key = ${keyOf('stored', table)})
      ${exceptWhere ? `AND NOT (${exceptWhere})` : ''}
      AND NOT (${keepsPart(table)})
    RETURNING owner.record
  )
  INSERT INTO touched SELECT record, '${table}', false FROM gone`

/** The rows that stay because they belong to another source of the record. */
const OTHERS: Partial<Record<TableName, string>> = {
  citation: 'AND other.source = stored.source_slug',
  attestation: 'AND true',
}

/** SQL for whether a row `stored` that the staged record `owner` does not have belongs to another source. */
const keepsPart = (table: TableName) =>
  OTHERS[table] ? `EXISTS (SELECT FROM other_source other WHERE other.record = owner.record ${OTHERS[table]})` : 'false'

/** Stores the digest of each record staged for the `filled` tables, whether or not it changed anything. */
export async function writeDigests(client: ClientBase, filled: ReadonlySet<TableName>): Promise<void> {
  for (const table of kinds.map(tableOf)) {
    if (!filled.has(table)) continue
    await client.query(
      `UPDATE "${table}" stored SET digest = content ->> 'digest' FROM staged
       WHERE table_name = '${table}' AND staged.key = stored.${tables[table].key[0]}
         AND digest IS DISTINCT FROM content ->> 'digest'`,
    )
  }
}
