import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import { UserError } from '../../errors.ts'
import { version } from '../../version.ts'
import { versionIn } from '../data-version.ts'
import { BACKUP, BACKUP_FORMAT, type Header } from './format.ts'
import { RowDigest, rowsOf, sequencesIn, type Table, tablesIn } from './tables.ts'

/** What a backup contains. */
export interface BackupReport {
  readonly tables: number
  readonly rows: number
  readonly dataVersion: string
}

/**
 * Writes everything that a database contains as a backup, as of one moment. Changes in the meantime are neither blocked nor in the
 * backup. Throws a UserError if the database is not one of this program.
 */
export async function writeBackup(
  client: ClientBase,
  write: (text: string) => Promise<void>,
  onProgress: (rows: number) => void = () => {},
): Promise<BackupReport> {
  const hash = createHash('sha256')
  const print = async (lines: readonly string[]) => {
    const text = `${lines.join('\n')}\n`
    hash.update(text)
    await write(text)
  }
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    // A slow disk or network must not end the session.
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0')
    const schema = await schemaOf(client)
    const tables = await tablesIn(client, schema)
    const header = await headerOf(client, tables)
    await print([JSON.stringify(header)])
    let count = 0
    for (const table of tables) {
      await print([JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) })])
      const digest = new RowDigest()
      for await (const rows of rowsOf(client, schema, table)) {
        for (const row of rows) digest.add(row)
        await print(rows)
        count += rows.length
        onProgress(count)
      }
      await print([JSON.stringify(digest.end())])
    }
    await print([JSON.stringify({ sequences: await sequencesIn(client, schema) })])
    await write(`${JSON.stringify({ end: hash.digest('hex') })}\n`)
    return { tables: tables.length, rows: count, dataVersion: header.dataVersion }
  } finally {
    await client.query('ROLLBACK').catch(() => {})
  }
}

/** The schema with the tables of this program. */
async function schemaOf(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ schema: string; isOurs: boolean }>(
    `SELECT current_schema() AS schema, to_regclass('_prisma_migrations') IS NOT NULL
       AND to_regclass('dataset') IS NOT NULL AS "isOurs"`,
  )
  if (!rows[0]?.isOurs) throw new UserError('the database has no tables of bilateral')
  return rows[0].schema
}

async function headerOf(client: ClientBase, tables: readonly Table[]): Promise<Header> {
  const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY migration_name`,
  )
  return {
    format: BACKUP,
    formatVersion: BACKUP_FORMAT,
    version,
    createdAt: new Date().toISOString(),
    dataVersion: (await versionIn(client)) ?? '0',
    migrations,
    tables: tables.map(({ name }) => name),
  }
}
