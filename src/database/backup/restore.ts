import type { ClientBase } from 'pg'
import { messageOf, UserError } from '../../errors.ts'
import { version } from '../../version.ts'
import { changeData } from '../change.ts'
import { versionIn } from '../data-version.ts'
import { codeOf } from '../failure.ts'
import { type Migration, readMigrations } from '../migrations.ts'
import type { Database } from '../open.ts'
import type { Header } from './format.ts'
import { damaged, type Part, readBackup } from './read.ts'
import { quoted, RowDigest, rowsOf, type Sequence, sequencesIn, type Table, tableIn, tablesIn } from './tables.ts'

export interface RestoreOptions {
  /** Replace what the database contains. Default: a database that is not empty is refused. */
  readonly replace?: boolean
  /** Called with the number of rows that were restored so far. */
  readonly onProgress?: (rows: number) => void
}

export interface RestoreReport {
  readonly header: Header
  readonly tables: number
  readonly rows: number
  /** Tables of the backup that this version does not have. They were not restored. */
  readonly leftOut: readonly string[]
  /** Migrations that were applied to the restored data. */
  readonly migrated: readonly string[]
}

/** In which an older backup is migrated. It exists only within the transaction. */
const STAGING = 'bilateral_restore'

/** SQLSTATEs of rows that do not fit their table. Such rows are found before the checksum of the table is. */
const INVALID_DATA = /^2[23]/

/** Tables that have rows as soon as a database is migrated. */
const FILLED_BY_MIGRATIONS = ['country', 'dataset']

/**
 * Replaces the content of a database with that of a backup, in one transaction. Reads of other processes see the old content until
 * it ends, and then the new one. Compares the restored rows with the checksums of the backup. A backup of an older version is
 * migrated. The version of the data becomes higher than both were, so that no cache remains valid. Throws a UserError if the backup
 * is damaged or newer than this program, or if the database is not empty.
 */
export async function restoreBackup(
  database: Database,
  name: string,
  bytes: AsyncIterable<Buffer>,
  { replace = false, onProgress = () => {} }: RestoreOptions = {},
): Promise<RestoreReport> {
  const { header, parts } = await readBackup(name, bytes)
  const { before, after } = await planMigrations(name, header)
  return await changeData(database, async (client) => {
    // The backup may come slowly, from a pipe.
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
    const { rows: schemas } = await client.query<{ schema: string }>('SELECT current_schema() AS schema')
    const schema = schemas[0]?.schema as string
    const own = await tablesIn(client, schema)
    await client.query(`LOCK TABLE ${own.map((table) => tableIn(schema, table))} IN SHARE ROW EXCLUSIVE MODE`)
    if (!replace) await expectEmpty(client, schema, own, database.location)
    const version = await versionIn(client)
    const isOlder = after.length > 0
    if (isOlder) await createStaging(client, schema, before)
    const target = isOlder ? STAGING : schema
    const tables = (await tablesIn(client, target)).filter((table) => header.tables.includes(table.name))
    const rows = await withoutTriggers(client, target, tables, async () => {
      await removeRows(client, target, tables)
      return await loadParts(client, target, tables, { name, parts }, onProgress)
    })
    if (isOlder) {
      for (const { sql } of after) await client.query(sql)
      await moveStaged(client, schema, own)
    }
    await client.query('UPDATE dataset SET version = greatest(version, $1::bigint) + 1, changed_at = now()', [version])
    await client.query('ANALYZE')
    return {
      header,
      tables: tables.length,
      rows,
      leftOut: header.tables.filter((name) => !tables.some((table) => table.name === name)),
      migrated: after.map(({ name }) => name),
    }
  })
}

/** The migrations of this program that the backup has, and those that it lacks. */
async function planMigrations(
  name: string,
  { version: writtenBy, migrations }: Header,
): Promise<{ before: Migration[]; after: Migration[] }> {
  const own = await readMigrations()
  const writer = `${name} was written by bilateral ${writtenBy}`
  for (const { name: migration, checksum } of migrations) {
    const known = own.find((candidate) => candidate.name === migration)
    if (!known)
      throw new UserError(
        `${writer} and has the migration ${migration}, which this is too old for (bilateral ${version}); upgrade bilateral`,
      )
    if (known.checksum !== checksum)
      throw new UserError(
        `${writer}, in which the migration ${migration} was different from that of this version (bilateral ${version}); restore it with that version, export the facts and import them here`,
      )
  }
  const has = (migration: Migration) => migrations.some((applied) => applied.name === migration.name)
  return { before: own.filter(has), after: own.filter((migration) => !has(migration)) }
}

async function expectEmpty(
  client: ClientBase,
  schema: string,
  tables: readonly Table[],
  location: string,
): Promise<void> {
  for (const table of tables.filter((table) => !FILLED_BY_MIGRATIONS.includes(table.name))) {
    const { rows } = await client.query(`SELECT FROM ${tableIn(schema, table)} LIMIT 1`)
    if (rows.length > 0)
      throw new UserError(
        `the database at ${location} is not empty: the table ${table.name} has rows; restore into an empty database, or replace everything in this one with --replace`,
      )
  }
}

/** Creates the tables as the backup has them. The rest of the transaction uses them unless it names the schema. */
async function createStaging(client: ClientBase, schema: string, migrations: readonly Migration[]): Promise<void> {
  await client.query(`CREATE SCHEMA ${STAGING}`)
  await client.query(`SET LOCAL search_path = ${STAGING}, ${quoted(schema)}`)
  for (const { sql } of migrations) await client.query(sql)
}

/** Replaces the rows of a schema with those of the staging tables, and drops these. */
async function moveStaged(client: ClientBase, schema: string, own: readonly Table[]): Promise<void> {
  const staged = await tablesIn(client, STAGING)
  const tables = own.filter(({ name }) => staged.some((table) => table.name === name))
  await client.query(`SET LOCAL search_path = ${quoted(schema)}`)
  await withoutTriggers(client, schema, tables, async () => {
    await removeRows(client, schema, tables)
    for (const table of tables) {
      // By text, because each schema has enumerations of its own.
      const values = table.columns.map(({ name, type }) => `${quoted(name)}::text::${type}`)
      await client.query(
        `INSERT INTO ${tableIn(schema, table)} (${columnsOf(table)}) OVERRIDING SYSTEM VALUE
         SELECT ${values} FROM ${tableIn(STAGING, table)}`,
      )
    }
    await setSequences(client, schema, await sequencesIn(client, STAGING))
  })
  await client.query(`DROP SCHEMA ${STAGING} CASCADE`)
}

const columnsOf = ({ columns }: Table) => columns.map(({ name }) => quoted(name)).join(', ')

/** Runs `work` while no triggers fire: rows that they would write are in the backup. Foreign keys are still checked. */
async function withoutTriggers<Result>(
  client: ClientBase,
  schema: string,
  tables: readonly Table[],
  work: () => Promise<Result>,
): Promise<Result> {
  const triggers = tables.flatMap((table) => table.triggers.map((trigger) => ({ table, ...trigger })))
  for (const { table, name } of triggers)
    await client.query(`ALTER TABLE ${tableIn(schema, table)} DISABLE TRIGGER ${quoted(name)}`)
  const result = await work()
  for (const { table, name, enable } of triggers)
    await client.query(`ALTER TABLE ${tableIn(schema, table)} ${enable} TRIGGER ${quoted(name)}`)
  return result
}

/** Removes all rows. Unlike TRUNCATE, this lets other transactions read them until this one ends. */
async function removeRows(client: ClientBase, schema: string, tables: readonly Table[]): Promise<void> {
  for (const table of tables.toReversed()) await client.query(`DELETE FROM ${tableIn(schema, table)}`)
}

/** Inserts the rows of a backup, compares them with its checksums, and returns their number. */
async function loadParts(
  client: ClientBase,
  schema: string,
  tables: readonly Table[],
  { name, parts }: { readonly name: string; readonly parts: AsyncIterable<Part> },
  onProgress: (rows: number) => void,
): Promise<number> {
  let current: Table | undefined
  let insert = ''
  let count = 0
  let sequences: readonly Sequence[] = []
  for await (const part of parts) {
    if ('table' in part) {
      const table = tables.find(({ name }) => name === part.table)
      current = table && inOrder(name, table, part.columns)
      if (current) insert = insertOf(schema, current)
    } else if ('sequences' in part) {
      sequences = part.sequences
    } else if (current && 'rows' in part) {
      await client.query(insert, [`[${part.rows.join(',')}]`]).catch((error) => {
        throw INVALID_DATA.test(codeOf(error) ?? '') ? damaged(name, messageOf(error)) : error
      })
      count += part.rows.length
      onProgress(count)
    } else if (current && 'sha256' in part) {
      await verify(client, schema, current, part)
    }
  }
  await setSequences(client, schema, sequences)
  return count
}

/** The table with its columns in the order of the backup. Throws a UserError if it has other columns. */
function inOrder(backup: string, table: Table, names: readonly string[]): Table {
  const missing = table.columns.filter(({ name }) => !names.includes(name)).map(({ name }) => name)
  const columns = names.flatMap((name) => table.columns.find((column) => column.name === name) ?? [])
  const unknown = names.filter((name) => !columns.some((column) => column.name === name))
  if (missing.length + unknown.length === 0) return { ...table, columns }
  const differing = [...missing, ...unknown].join(', ')
  throw damaged(backup, `its table ${table.name} has other columns than that of this database: ${differing}`)
}

/** The statement that inserts rows of a backup, given as a JSON array. */
function insertOf(schema: string, table: Table): string {
  const values = table.columns.map(({ type }, i) => `(row->>${i})::${type}`)
  return `INSERT INTO ${tableIn(schema, table)} (${columnsOf(table)}) OVERRIDING SYSTEM VALUE
    SELECT ${values} FROM jsonb_array_elements($1::jsonb) AS row`
}

async function verify(
  client: ClientBase,
  schema: string,
  table: Table,
  expected: { readonly count: number; readonly sha256: string },
): Promise<void> {
  const digest = new RowDigest()
  for await (const rows of rowsOf(client, schema, table)) for (const row of rows) digest.add(row)
  const stored = digest.end()
  if (stored.rows !== expected.count || stored.sha256 !== expected.sha256)
    throw new UserError(
      `the rows of the table ${table.name} differ from the backup after they were restored; nothing was changed`,
    )
}

async function setSequences(client: ClientBase, schema: string, sequences: readonly Sequence[]): Promise<void> {
  const existing = await sequencesIn(client, schema)
  for (const { name, next } of sequences.filter(({ name }) => existing.some((sequence) => sequence.name === name)))
    await client.query(`ALTER SEQUENCE ${tableIn(schema, { name })} RESTART WITH ${BigInt(next)}`)
}
