import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { diffMigrations } from '../../prisma/migration-diff.ts'
import { migrate } from '../../src/database/migrate.ts'
import { openDatabase } from '../../src/database/open.ts'
import { openPGlite } from '../../src/database/pglite/pglite.ts'
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

  it('what is searched is found in the index of 0010, be it written before or after, under its latest key', async () => {
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
