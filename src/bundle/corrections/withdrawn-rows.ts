import type { ClientBase } from 'pg'
import { type Catalog, type ForeignKey, hasKey, keyIn, readCatalog } from '../catalog.ts'
import { concepts, kinds } from '../concepts.ts'
import { columnsOf, tableList } from '../tables.ts'

/** A fact to withdraw: a record, or a part of one. */
export interface Leaving {
  readonly table: string
  readonly key: string
  /** The name of the record that it is or is a part of, such as `visits/tour`. */
  readonly record: string
  readonly reason: string
  readonly note?: string | undefined
  readonly by: 'EDITOR' | 'EDITION'
  /** When it was withdrawn, in ISO 8601. Default: now. */
  readonly at?: string | undefined
}

export const withdrawalId = ({ table, key }: Pick<Leaving, 'table' | 'key'>): string => `${table}/${key}`

/**
 * Moves the rows of facts from their tables to `withdrawn_row`, together with the rows of their parts and what is derived from
 * them. So nothing that reads these tables finds them. References of other records to them become null, and are stored in
 * `cut_reference`.
 */
export async function moveOut(client: ClientBase, facts: readonly Leaving[]): Promise<void> {
  if (facts.length === 0) return
  const catalog = await readCatalog(client)
  await client.query(
    `INSERT INTO withdrawal (id, record, reason, note, by, at)
     SELECT id, record, reason, note, by, coalesce(at, now()) FROM json_populate_recordset(NULL::withdrawal, $1) ON CONFLICT DO NOTHING`,
    [JSON.stringify(facts.map((fact) => ({ ...fact, id: withdrawalId(fact) })))],
  )
  await client.query(`
    CREATE TEMPORARY TABLE moving (
      table_name text COLLATE "C", key text COLLATE "C", withdrawal_id text COLLATE "C", PRIMARY KEY (table_name, key)
    ) ON COMMIT DROP`)
  await client.query(
    'INSERT INTO moving SELECT * FROM json_populate_recordset(NULL::moving, $1) ON CONFLICT DO NOTHING',
    [
      JSON.stringify(
        facts.map((fact) => ({ table_name: fact.table, key: fact.key, withdrawal_id: withdrawalId(fact) })),
      ),
    ],
  )
  const roots = new Set(facts.map(({ table }) => table))
  const tables = await addParts(client, catalog, roots)
  for (const table of tables) {
    await client.query(`
      INSERT INTO withdrawn_row
      SELECT '${table}', moving.key, withdrawal_id, to_jsonb(stored)
      FROM moving JOIN "${table}" stored ON ${hasKey(catalog, table, 'stored', 'moving.key')}
      WHERE table_name = '${table}' ON CONFLICT DO NOTHING`)
  }
  for (const reference of referencesTo(catalog, tables)) await client.query(cutting(catalog, reference))
  for (const table of [...roots, 'search_document']) {
    await client.query(
      `DELETE FROM "${table}" stored USING moving
       WHERE table_name = '${table}' AND ${hasKey(catalog, table, 'stored', 'moving.key')}`,
    )
  }
  await client.query('DROP TABLE moving')
}

/** Adds the parts of the moving rows, the parts of these, and the rows for the search. Returns all tables with moving rows. */
async function addParts(client: ClientBase, catalog: Catalog, roots: ReadonlySet<string>): Promise<Set<string>> {
  const tables = new Set(roots)
  for (let added = true; added; ) {
    added = false
    for (const { table, column, parent } of catalog.foreignKeys.filter(({ isPart }) => isPart)) {
      if (!tables.has(parent)) continue
      const { rowCount } = await client.query(`
        INSERT INTO moving
        SELECT '${table}', ${keyIn(catalog, table, 'part')}, withdrawal_id
        FROM "${table}" part JOIN moving ON table_name = '${parent}' AND part."${column}" = moving.key
        ON CONFLICT DO NOTHING`)
      if (!rowCount) continue
      tables.add(table)
      added = true
    }
  }
  for (const { table, search } of kinds.map((kind) => concepts[kind])) {
    if (!search || !roots.has(table)) continue
    await client.query(`
      INSERT INTO moving SELECT 'search_document', '${search}/' || key, withdrawal_id FROM moving WHERE table_name = '${table}'`)
    tables.add('search_document')
  }
  return tables
}

/** The references of records to other records in the given tables. */
const referencesTo = ({ foreignKeys }: Catalog, tables: ReadonlySet<string>) =>
  foreignKeys.filter(({ parent, isPart }) => !isPart && tables.has(parent))

/** Sets a reference to moving rows to null, and stores it unless its own row is moving too. */
const cutting = (catalog: Catalog, { table, column, parent }: ForeignKey) => `
  WITH cut AS (
    UPDATE "${table}" stored SET "${column}" = NULL FROM moving
    WHERE table_name = '${parent}' AND stored."${column}" = moving.key
    RETURNING ${keyIn(catalog, table, 'stored')} AS key, moving.key AS target
  )
  INSERT INTO cut_reference
  SELECT '${table}', key, '${column}', target FROM cut
  WHERE NOT EXISTS (SELECT FROM moving WHERE (table_name, key) = ('${table}', cut.key))
  ON CONFLICT (table_name, key, column_name) DO UPDATE SET target = excluded.target`

/** Moves the rows of withdrawn facts back to their tables, and restores the references to them. What is derived is left out. */
export async function moveBack(client: ClientBase, withdrawals: readonly string[]): Promise<void> {
  const catalog = await readCatalog(client)
  const { rows: moved } = await client.query<{ name: string }>(
    'SELECT DISTINCT table_name AS name FROM withdrawn_row WHERE withdrawal_id = ANY ($1)',
    [withdrawals],
  )
  const columns = await columnsOf(
    client,
    moved.map(({ name }) => name),
  )
  for (const { name, exceptWhere } of tableList.filter(({ name }) => columns.has(name))) {
    const references = catalog.foreignKeys.filter(({ table }) => table === name)
    const isThere = ({ column, parent }: ForeignKey) =>
      `(own."${column}" IS NULL OR EXISTS (SELECT FROM "${parent}" there WHERE ${keyIn(catalog, parent, 'there')} = own."${column}"))`
    const optional = references.filter(({ isPart, required }) => !isPart && !required)
    const values = (columns.get(name) as string[]).map((column) => {
      const reference = optional.find((one) => one.column === column)
      return reference ? `CASE WHEN ${isThere(reference)} THEN own."${column}" END` : `own."${column}"`
    })
    const from = `withdrawn_row moved, jsonb_populate_record(NULL::"${name}", content) own
      WHERE moved.table_name = '${name}' AND withdrawal_id = ANY ($1)`
    for (const reference of optional) {
      await client.query(
        `INSERT INTO cut_reference SELECT '${name}', moved.key, '${reference.column}', own."${reference.column}"
         FROM ${from} AND NOT ${isThere(reference)} ON CONFLICT DO NOTHING`,
        [withdrawals],
      )
    }
    await client.query(
      `INSERT INTO "${name}" (${(columns.get(name) as string[]).map((column) => `"${column}"`).join(', ')})
       SELECT ${values.join(', ')} FROM ${from}
       ${references
         .filter((one) => !optional.includes(one))
         .map((one) => `AND ${isThere(one)}`)
         .join(' ')}
       ${exceptWhere ? `AND NOT (${exceptWhere})` : ''} ON CONFLICT DO NOTHING`,
      [withdrawals],
    )
  }
  await client.query('DELETE FROM withdrawal WHERE id = ANY ($1)', [withdrawals])
  await relink(client)
}

/** Restores the references to records that are no longer withdrawn. */
export async function relink(client: ClientBase): Promise<void> {
  const { rows: cut } = await client.query<{ name: string }>(
    `SELECT DISTINCT table_name || '.' || column_name AS name FROM cut_reference`,
  )
  if (cut.length === 0) return
  const names = new Set(cut.map(({ name }) => name))
  const catalog = await readCatalog(client)
  const references = catalog.foreignKeys.filter(
    ({ isPart, table, column }) => !isPart && names.has(`${table}.${column}`),
  )
  for (const { table, column, parent } of references) {
    await client.query(`
      WITH linked AS (
        DELETE FROM cut_reference cut USING "${parent}" there
        WHERE (cut.table_name, cut.column_name) = ('${table}', '${column}') AND ${keyIn(catalog, parent, 'there')} = cut.target
        RETURNING cut.key, cut.target
      )
      UPDATE "${table}" stored SET "${column}" = target FROM linked
      WHERE linked.key = ${keyIn(catalog, table, 'stored')} AND stored."${column}" IS NULL`)
  }
}
