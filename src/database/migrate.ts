import { randomUUID } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { setTimeout as sleep } from 'node:timers/promises'
import pg, { type PoolConfig } from 'pg'
import { UserError } from '../errors.ts'
import { CannotConnect, OWN_DATABASE } from './explain.ts'
import { codeOf } from './failure.ts'
import { type Migration, readMigrations } from './migrations.ts'

/** An arbitrary number, the same in every process of this program. */
const MIGRATION_LOCK = 2_026_020_5

const OLDEST_SERVER = 15

/** Twenty processes that start at once on two processors were seen to take more than 10 seconds to connect. */
const CONNECT_MS = 60_000

/** Receives what this process waits for before it can migrate, as a text for the log. */
export const migrationWaiting = channel('bilateral:migration:waiting')

const CREATE_SUITABLE =
  "create one with CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0, and name it in DATABASE_URL"

/** Prisma's own table, as its schema engine creates it, so that Prisma's tools can read what we write, and vice versa. */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  varchar(36) PRIMARY KEY NOT NULL,
  checksum            varchar(64) NOT NULL,
  finished_at         timestamptz,
  migration_name      varchar(255) NOT NULL,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`

/**
 * While a migration waits for a lock on a table, all later requests for that table wait behind it. So it waits for this long at
 * most, lets them pass, and tries again.
 */
const LOCK_MS = 1_000
const PAUSE_MS = 1_000
/** Number of tries: about ten minutes, as an import of a large file locks its tables until it ends. */
const MOST_TRIES = 300

/** SQLSTATE of a statement that waited for a lock for longer than `lock_timeout`. */
const LOCKED = '55P03'

/**
 * Applies the missing migrations and returns their names. They run in one transaction under a lock. So even if two processes
 * start at the same time, or one is killed, either all migrations are applied or none. Throws a UserError if migrations are
 * missing and `mayMigrate` is false.
 */
export async function migrate(config: PoolConfig, mayMigrate = true): Promise<string[]> {
  const client = await connect(config)
  try {
    await checkServer(client)
    const migrations = await readMigrations()
    for (let tries = 1; ; tries++) {
      try {
        return await applyMissing(client, migrations, mayMigrate)
      } catch (error) {
        if (codeOf(error) !== LOCKED || tries === MOST_TRIES) throw error
        await client.query('ROLLBACK')
        migrationWaiting.publish('a migration waits for a transaction that uses a table')
        await sleep(PAUSE_MS)
      }
    }
  } finally {
    await client.end()
  }
}

async function applyMissing(
  client: pg.Client,
  migrations: readonly Migration[],
  mayMigrate: boolean,
): Promise<string[]> {
  await client.query('BEGIN')
  await lock(client)
  const pending = pendingOf(migrations, await recordsIn(client))
  if (pending[0] && !mayMigrate) {
    throw new UserError(
      `the database lacks the migration ${pending[0].name}, and a dry run changes nothing; run bilateral migrate first`,
    )
  }
  await client.query(`SET LOCAL lock_timeout = ${LOCK_MS}`)
  if (pending.length > 0) await client.query(CREATE_TABLE)
  for (const migration of pending) await apply(client, migration)
  await checkLocale(client)
  await client.query('COMMIT')
  return pending.map(({ name }) => name)
}

/** Lets one process migrate at a time. The others wait for it as long as it takes. */
async function lock(client: pg.Client): Promise<void> {
  const { rows } = await client.query('SELECT pg_try_advisory_xact_lock($1) AS locked', [MIGRATION_LOCK])
  if (rows[0].locked) return
  migrationWaiting.publish('another process migrates the database; waiting for it')
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
}

async function connect(config: PoolConfig): Promise<pg.Client> {
  try {
    const client = new pg.Client({ ...config, statement_timeout: 0, connectionTimeoutMillis: CONNECT_MS })
    // The statement that waits reports a lost connection. Without a listener, this event would end the process.
    client.on('error', () => {})
    await client.connect()
    return client
  } catch (error) {
    throw new CannotConnect('cannot connect', { cause: error })
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding`,
  )
  const { version = '', encoding } = rows[0] ?? {}
  if (encoding !== 'UTF8') throw new UserError(`the database has the encoding ${encoding}; ${CREATE_SUITABLE}`)
  if (Number.parseInt(version, 10) < OLDEST_SERVER) {
    throw new UserError(`the server is PostgreSQL ${version}; bilateral needs ${OLDEST_SERVER} or later`)
  }
}

/** With a locale such as C, PostgreSQL sees no letters in other scripts, and search would not find them. */
async function checkLocale(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ locale: string; suits: boolean }>(
    `SELECT datctype AS locale, 'д' ~ '\\w' AND lower('Д') = 'д' AND show_trgm('дом') <> '{}' AS suits
     FROM pg_database WHERE datname = current_database()`,
  )
  const [{ locale, suits } = { locale: 'unknown', suits: false }] = rows
  if (!suits) {
    throw new UserError(
      `the database has the character type ${locale}, in which Cyrillic, Greek or Chinese names cannot be searched; ${CREATE_SUITABLE}`,
    )
  }
}

/** A row of `_prisma_migrations` whose migration was not rolled back. */
interface MigrationRecord {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
}

async function recordsIn(client: pg.Client): Promise<MigrationRecord[]> {
  const { rows: tables } = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exist`)
  if (!tables[0].exist) return []
  const { rows } = await client.query<MigrationRecord>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return rows
}

/** The migrations to apply. Throws a UserError if the database was migrated in a way that this program cannot continue. */
function pendingOf(migrations: readonly Migration[], records: readonly MigrationRecord[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  const newer = records.filter(({ name }) => !known.has(name)).at(-1)
  if (newer && !records.some(({ name }) => known.has(name))) {
    throw new UserError(
      `the database belongs to another program, which recorded the migration ${newer.name} in _prisma_migrations; ${OWN_DATABASE}`,
    )
  }
  if (newer) {
    throw new UserError(
      `the database is newer than this program: it has the migration ${newer.name}; upgrade bilateral`,
    )
  }
  for (const { name, checksum, finished } of records) {
    if (!finished) {
      throw new UserError(
        `the migration ${name} failed on this database when another program applied it; restore a backup, or undo its changes by hand and delete its row in _prisma_migrations`,
      )
    }
    if (checksum !== known.get(name)?.checksum) {
      throw new UserError(
        `the migration ${name} was changed after it was applied to this database; use the version of bilateral that applied it, or export the facts with that version and import them into an empty database`,
      )
    }
  }
  const applied = new Set(records.map(({ name }) => name))
  return migrations.filter(({ name }) => !applied.has(name))
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    throw new Error(`the migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  )
}
