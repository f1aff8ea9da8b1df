import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg, { type PoolConfig } from 'pg'
import { messageOf, UserError } from '../errors.ts'
import { everything, readMigrations, startSchemaEngine } from './schema-engine.ts'

/** An arbitrary number, the same in every process of this program. */
const MIGRATION_LOCK = 2_026_020_5

/**
 * Brings a database to this program's migrations: all in one transaction, under a lock, so that two processes that start
 * at once, or one that is killed, leave it either before or after. Returns the names of the migrations that it applied.
 */
export async function migrate(poolConfig: PoolConfig): Promise<string[]> {
  const pool = new pg.Pool({ ...poolConfig, max: 1, idleTimeoutMillis: 0, statement_timeout: 0 })
  survive(pool)
  let failure: Error | undefined
  try {
    const migrations = await readMigrations()
    await pool.query('BEGIN')
    await pool.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    const pending = await pendingMigrations(
      pool,
      migrations.migrationDirectories.map(({ path }) => path),
    )
    if (pending.length > 0) {
      const engine = await startSchemaEngine(scriptsWhole(new PrismaPg(pool), (error) => (failure = error)))
      await engine.applyMigrations({ migrationsList: migrations, filters: everything })
    }
    await pool.query('COMMIT')
    return pending
  } catch (error) {
    // After a script that failed, the engine can only tell that its transaction is aborted.
    throw failure ?? error
  } finally {
    await pool.end()
  }
}

/** What fails on a connection that nobody waits for, as when the server closes it, is told by the next query or by nothing. */
export function survive(pool: pg.Pool): void {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
}

async function pendingMigrations(pool: pg.Pool, known: string[]): Promise<string[]> {
  const { rows: tables } = await pool.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exist`)
  if (!tables[0].exist) return known
  const { rows } = await pool.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const applied = new Set(rows.map(({ name }) => name))
  const newer = [...applied].filter((name) => !known.includes(name))
  if (newer.length > 0) {
    throw new UserError(
      `the database is newer than this program: it has the migration ${newer.sort().at(-1)}; upgrade bilateral`,
    )
  }
  return known.filter((name) => !applied.has(name))
}

/**
 * Lets a migration's script run as one: the adapter's own way splits it at every semicolon, those inside of functions
 * and strings as well.
 */
export function scriptsWhole(
  factory: PrismaPg,
  onFailure: (error: Error) => void = () => {},
): SqlMigrationAwareDriverAdapterFactory {
  const connect = async () => {
    const adapter = await factory.connect()
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script)
      } catch (error) {
        const failure = new Error(`a migration failed: ${messageOf(error)}`, { cause: error })
        onFailure(failure)
        throw failure
      }
    }
    return adapter
  }
  return { provider: factory.provider, adapterName: factory.adapterName, connect, connectToShadowDb: connect }
}
