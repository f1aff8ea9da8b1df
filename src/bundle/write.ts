import type { ClientBase } from 'pg'
import { kinds } from './concepts.ts'
import type { Problem } from './problems.ts'
import { type TableName, tableList, tableOf, tables } from './tables.ts'

const quoted = (column: string) => `"${column}"`

/** SQL for the key of a row as one text, as `keyOf` in rows.ts makes it. */
const keyOf = (row: string, table: TableName) =>
  tables[table].key.map((column) => `${row}."${column}"`).join(` || '/' || `)

/** SQL for the rows staged for a table, as rows of that table. */
const staged = (table: TableName) =>
  `staged, json_populate_record(NULL::"${table}", content) own WHERE table_name = '${table}'`

/**
 * Writes the staged rows that are new or different, and deletes the parts that a record no longer has, except those that belong to
 * other sources (`other_source`). Fills the temporary table `touched` with the names of the records whose rows changed.
 */
export async function write(client: ClientBase): Promise<void> {
  await client.query(
    'CREATE TEMPORARY TABLE touched (record text COLLATE "C", table_name text, created boolean) ON COMMIT DROP',
  )
  const filled = new Set(
    (await client.query<{ name: string }>('SELECT DISTINCT table_name AS name FROM staged')).rows.map(
      ({ name }) => name,
    ),
  )
  const columns = await columnsOf(client, [...filled])
  await client.query(`
    CREATE TEMPORARY TABLE changed_text ON COMMIT DROP AS
    SELECT record FROM staged JOIN source ON slug = key
    WHERE table_name = 'source' AND sha256 <> content ->> 'sha256'`)
  for (const { name, kind } of tableList) {
    if (filled.has(name)) await client.query(upsert(name, columns.get(name) as string[], kind !== undefined))
  }
  // Parts of parts first: deleting a part deletes its own parts, which would then not be counted.
  for (const { name, parents = {}, exceptWhere } of tableList.toReversed()) {
    for (const [column, parent] of Object.entries(parents)) {
      if (filled.has(parent)) await client.query(removal(name, column, parent, exceptWhere))
    }
  }
}

/** The columns of tables, except generated ones. */
async function columnsOf(client: ClientBase, names: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT table_name AS name, array_agg(column_name::text) AS columns FROM information_schema.columns
     WHERE table_schema = current_schema() AND is_generated = 'NEVER' AND table_name = ANY ($1) GROUP BY 1`,
    [names],
  )
  return new Map(rows.map(({ name, columns }) => [name, columns]))
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
      ${OTHERS[table] ? `AND NOT EXISTS (SELECT FROM other_source other WHERE other.record = owner.record ${OTHERS[table]})` : ''}
    RETURNING owner.record
  )
  INSERT INTO touched SELECT record, '${table}', false FROM gone`

/** The rows that stay because they belong to another source of the record. */
const OTHERS: Partial<Record<TableName, string>> = {
  citation: 'AND other.source = stored.source_slug',
  attestation: 'AND true',
}

/** Stores the digest of each record, whether or not it changed anything. */
export async function writeDigests(client: ClientBase): Promise<void> {
  for (const table of kinds.map(tableOf)) {
    await client.query(
      `UPDATE "${table}" stored SET digest = content ->> 'digest' FROM staged
       WHERE table_name = '${table}' AND staged.key = stored.${tables[table].key[0]}
         AND digest IS DISTINCT FROM content ->> 'digest'`,
    )
  }
}

/** A problem for each source that changed its text while stored citations still refer to the old one. */
export async function leftBehind(client: ClientBase): Promise<Problem[]> {
  const { rows } = await client.query<Problem>(`
    SELECT path || '.sha256' AS path, key || ' has another text than before, which ' || count(*)
      || ' stored citations refer to; expected new versions of these as well, or another slug for another text' AS message
    FROM staged JOIN citation ON source_slug = key
    WHERE table_name = 'source' AND record IN (SELECT record FROM changed_text)
      AND NOT EXISTS (SELECT FROM staged given WHERE given.table_name = 'citation' AND given.key = citation.id)
    GROUP BY path, key, nth ORDER BY nth`)
  return rows
}
