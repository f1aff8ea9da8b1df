import { readdirSync, readFileSync } from 'node:fs'
import { PrismaPg } from '@prisma/adapter-pg'
import pg, { type PoolConfig } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { everything, migrationList, startSchemaEngine, withWholeScripts } from '../../prisma/schema-engine.ts'
import { migrate } from '../../src/database/migrate.ts'
import { openDatabase } from '../../src/database/open.ts'
import type { DatabaseKind } from '../global-setup.ts'
import { createDatabase, databaseKinds, openEmbedded } from '../support.ts'
import { until } from '../until.ts'

const migrations = readdirSync(new URL('../../prisma/migrations', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

/** A database without any tables. */
async function openBlank(kind: DatabaseKind) {
  if (kind === 'PGlite') return await openEmbedded('blank')
  const { url, drop } = await createDatabase()
  return { poolConfig: { connectionString: url }, close: drop }
}

/** Migrates by Prisma's schema engine, and returns the names of the migrations that it applied. */
async function migrateByPrisma(poolConfig: PoolConfig): Promise<string[]> {
  const pool = new pg.Pool({ ...poolConfig, max: 1 })
  try {
    const engine = await startSchemaEngine(withWholeScripts(new PrismaPg(pool)))
    const applied = await engine.applyMigrations({ migrationsList: await migrationList(), filters: everything })
    return applied.appliedMigrationNames
  } finally {
    await pool.end()
  }
}

/** Runs one statement on a connection of its own. */
async function rowsOf(poolConfig: PoolConfig, sql: string) {
  const pool = new pg.Pool({ ...poolConfig, max: 1 })
  try {
    return (await pool.query(sql)).rows
  } finally {
    await pool.end()
  }
}

/** What `_prisma_migrations` looks like and records, without ids and times. */
const recordsOf = async (poolConfig: PoolConfig) => ({
  columns: await rowsOf(
    poolConfig,
    `SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
     FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`,
  ),
  rows: await rowsOf(
    poolConfig,
    `SELECT migration_name, checksum, applied_steps_count, logs, rolled_back_at, length(id) AS length,
       finished_at >= started_at AS finished FROM _prisma_migrations ORDER BY 1`,
  ),
})

describe.each(databaseKinds)('on %s', (kind) => {
  let poolConfig: PoolConfig
  let close: () => Promise<void>
  let applied: string[]
  beforeAll(async () => {
    ;({ poolConfig, close } = await openBlank(kind))
    applied = await migrate(poolConfig)
    await rowsOf(poolConfig, 'CREATE TABLE applied AS SELECT * FROM _prisma_migrations')
  })
  afterEach(async () => {
    await rowsOf(poolConfig, 'TRUNCATE _prisma_migrations')
    await rowsOf(poolConfig, 'INSERT INTO _prisma_migrations SELECT * FROM applied')
  })
  afterAll(async () => await close())

  it('each migration is applied once', async () => {
    expect(applied).toEqual(migrations)
    expect(await migrate(poolConfig)).toEqual([])
  })

  it('databases that Prisma’s schema engine migrated are the same as those migrated here', async () => {
    const byPrisma = await openBlank(kind)
    try {
      expect(await migrateByPrisma(byPrisma.poolConfig)).toEqual(migrations)
      expect(await migrate(byPrisma.poolConfig)).toEqual([])
      expect(await migrateByPrisma(poolConfig)).toEqual([])
      expect(await recordsOf(poolConfig)).toEqual(await recordsOf(byPrisma.poolConfig))
    } finally {
      await byPrisma.close()
    }
  })

  it.each([
    [
      'is not known to the program',
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('a', 'b', '9999_of_next_year', now())`,
      'the database is newer than this program: it has the migration 9999_of_next_year; upgrade bilateral',
    ],
    [
      'was changed after it was applied',
      `UPDATE _prisma_migrations SET checksum = repeat('0', 64) WHERE migration_name = '0003_search'`,
      'the migration 0003_search was changed after it was applied to this database; use the version of bilateral that applied it, or export the facts with that version and import them into an empty database',
    ],
    [
      'failed',
      `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '0011_emphasis'`,
      'the migration 0011_emphasis failed on this database when another program applied it; restore a backup, or undo its changes by hand and delete its row in _prisma_migrations',
    ],
  ])('a database with a migration that %s is refused, and left as it is', async (_what, change, message) => {
    await rowsOf(poolConfig, change)
    const before = await recordsOf(poolConfig)
    await expect(migrate(poolConfig)).rejects.toThrow(expect.objectContaining({ name: 'UserError', message }))
    expect(await recordsOf(poolConfig)).toEqual(before)
  })

  it('a migration that was rolled back is applied again', async () => {
    await rowsOf(
      poolConfig,
      `UPDATE _prisma_migrations SET finished_at = NULL, rolled_back_at = now() WHERE migration_name = '0011_emphasis'`,
    )
    await rowsOf(poolConfig, 'DROP FUNCTION emphasis CASCADE; DROP INDEX search_index_named_idx')
    expect(await migrate(poolConfig)).toEqual(['0011_emphasis'])
  })

  it('the index of migration 0010 finds rows written before and after it, under their latest key', async () => {
    const { poolConfig, close } = await openBlank(kind)
    const pool = new pg.Pool({ ...poolConfig, max: 1 })
    const apply = async (name: string) =>
      await pool.query(readFileSync(new URL(`../../prisma/migrations/${name}/migration.sql`, import.meta.url), 'utf8'))
    const write = async (key: string) =>
      await pool.query(
        `INSERT INTO search_document (kind, key, names, title, body, text) VALUES ('PERSON', $1, 'ada', 'ada', 'trade', '')`,
        [key],
      )
    try {
      for (const name of migrations.filter((name) => name < '0010')) await apply(name)
      await write('before')
      await pool.query('BEGIN')
      await apply('0010_search_index')
      await pool.query('COMMIT')
      await write('after')
      await write('gone')
      await pool.query(`UPDATE search_document SET key = 'later', body = 'tea' WHERE key = 'after'`)
      await pool.query(`DELETE FROM search_document WHERE key = 'gone'`)
      const { rows } = await pool.query('SELECT key, vector::text, names FROM search_index ORDER BY key')
      expect(rows).toEqual([
        { key: 'before', vector: `'ada':1A 'trade':2B`, names: 'ada' },
        { key: 'later', vector: `'ada':1A 'tea':2B`, names: 'ada' },
      ])
    } finally {
      await pool.end()
      await close()
    }
  })
})

describe.runIf(databaseKinds.includes('PostgreSQL'))('on PostgreSQL', () => {
  it('if two processes start at once, one migrates and both continue', async () => {
    const { url, drop } = await createDatabase()
    try {
      const databases = await Promise.all([openDatabase({ url }), openDatabase({ url })])
      const applied = databases.map(({ appliedMigrations }) => appliedMigrations)
      expect(applied).toContainEqual(migrations)
      expect(applied).toContainEqual([])
      expect(await Promise.all(databases.map(({ prisma }) => prisma.dataset.count()))).toEqual([1, 1])
      await Promise.all(databases.map((database) => database.close()))
    } finally {
      await drop()
    }
  })

  it('a migration that waits for a long transaction lets other requests pass, and is applied when that ends', async () => {
    const { url, drop } = await createDatabase('empty')
    const pool = new pg.Pool({ connectionString: url })
    try {
      await pool.query(`DELETE FROM _prisma_migrations WHERE migration_name = '0020_people_of_importers'`)
      await pool.query('ALTER TABLE person DROP COLUMN imported_only, DROP COLUMN is_gone')
      const long = await pool.connect()
      await long.query('BEGIN')
      await long.query('SELECT FROM person')
      const migrating = migrate({ connectionString: url })
      const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      await until(async () => (await pool.query(waits)).rows.length > 0)
      // It would wait until the long transaction ends, behind the migration.
      expect((await pool.query('SELECT count(*) FROM person')).rows).toEqual([{ count: '0' }])
      await long.query('COMMIT')
      long.release()
      expect(await migrating).toEqual(['0020_people_of_importers'])
    } finally {
      await pool.end()
      await drop()
    }
  })

  it('a migration that fails leaves the database as it was', async () => {
    const { url, drop } = await createDatabase()
    const pool = new pg.Pool({ connectionString: url })
    try {
      await pool.query('CREATE DOMAIN voice_role AS text')
      await expect(migrate({ connectionString: url })).rejects.toThrow(
        'the migration 0001_facts failed: type "voice_role" already exists',
      )
      const { rows } = await pool.query(
        `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
      )
      expect(rows).toEqual([])
    } finally {
      await pool.end()
      await drop()
    }
  })
})
