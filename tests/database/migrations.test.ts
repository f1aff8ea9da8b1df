import { readdirSync } from 'node:fs'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { diffMigrations } from '../../prisma/migration-diff.ts'
import { migrate } from '../../src/database/migrate.ts'
import { openDatabase } from '../../src/database/open.ts'
import { openPGlite } from '../../src/database/pglite.ts'
import { createDatabase, type DatabaseKind, databaseKinds } from '../support.ts'

const migrations = readdirSync(new URL('../../prisma/migrations', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

it('the migrations lead to prisma/schema.prisma, with nothing left to migrate', async () => {
  expect(await diffMigrations()).toBeUndefined()
}, 120_000)

/** A database without any tables. */
async function openBlank(kind: DatabaseKind) {
  if (kind === 'PGlite') {
    const { poolConfig, close } = await openPGlite({})
    return { poolConfig, close }
  }
  const { url, drop } = await createDatabase()
  return { poolConfig: { connectionString: url }, close: drop }
}

describe.each(databaseKinds)('on %s', (kind) => {
  it('each migration is applied once, and one that the program does not know is refused', async () => {
    const { poolConfig, close } = await openBlank(kind)
    try {
      expect(await migrate(poolConfig)).toEqual(migrations)
      expect(await migrate(poolConfig)).toEqual([])

      const pool = new pg.Pool(poolConfig)
      const applied = await pool.query('SELECT migration_name, applied_steps_count FROM _prisma_migrations ORDER BY 1')
      expect(applied.rows).toEqual(migrations.map((migration_name) => ({ migration_name, applied_steps_count: 1 })))
      await pool.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
         VALUES ('a', 'b', '9999_of_next_year', now())`,
      )
      await pool.end()
      const message =
        'the database is newer than this program: it has the migration 9999_of_next_year; upgrade bilateral'
      await expect(migrate(poolConfig)).rejects.toThrow(expect.objectContaining({ name: 'UserError', message }))
    } finally {
      await close()
    }
  })
})

describe.runIf(databaseKinds.includes('PostgreSQL'))('on PostgreSQL', () => {
  it('of two processes that start at once, one migrates and both go on', async () => {
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

  it('a migration that fails leaves the database as it was', async () => {
    const { url, drop } = await createDatabase()
    const pool = new pg.Pool({ connectionString: url })
    try {
      await pool.query('CREATE DOMAIN voice_role AS text')
      await expect(migrate({ connectionString: url })).rejects.toThrow(
        'a migration failed: type "voice_role" already exists',
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
