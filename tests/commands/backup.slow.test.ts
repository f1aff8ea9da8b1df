import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { refold } from '../../src/bundle/derived/refold.ts'
import { writeBackup } from '../../src/database/backup/write.ts'
import { readMigrations } from '../../src/database/migrations.ts'
import { connect, type Database } from '../../src/database/open.ts'
import { bundleWith, load, meeting, person, visit } from '../fixtures.ts'
import { createDatabase, databaseKinds, openEmbedded, openEmpty } from '../support.ts'
import { allRows } from './all-rows.ts'
import { useFiles } from './files.ts'
import { openPlace, runHere } from './in-process.ts'

describe.each(databaseKinds)('with its data on %s', (kind) => {
  const { path, write } = useFiles()
  const empty = () => openPlace(kind)

  test.runIf(kind === 'PostgreSQL')('a backup is of one moment, and does not wait for changes', async () => {
    const place = await empty()
    await load(place.database, bundleWith({ people: [person('ada')], visits: [visit()] }))
    const before = await allRows(place.database)
    let backup = ''
    let isChanged = false
    const client = await place.database.pool.connect()
    await writeBackup(client, async (text) => {
      backup += text
      if (isChanged) return
      isChanged = true
      await load(place.database, bundleWith({ people: [person('bo')], meetings: [meeting({ slug: 'other' })] }))
    })
    client.release()
    expect(await allRows(place.database)).not.toEqual(before)
    const other = await empty()
    const file = await write('moment.backup', gzipSync(backup))
    expect(await other.command(['restore', file])).toMatchObject({ code: 0, stderr: '' })
    expect(await allRows(other.database)).toEqual(before)
  })

  test('identity columns, sequences, rules against changes, and tables without a key are restored, too', async () => {
    const change = async ({ pool }: Database) => {
      for (const statement of [
        'ALTER TABLE topic ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY',
        `ALTER TABLE topic ADD COLUMN twice text GENERATED ALWAYS AS (slug || slug) STORED`,
        'CREATE TABLE log (at timestamptz, amount float8, what jsonb, bytes bytea, tags text[])',
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'append only'; END $$`,
        'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log FOR EACH ROW EXECUTE FUNCTION refuse()',
        'ALTER TABLE log ENABLE ALWAYS TRIGGER append_only',
        'CREATE UNLOGGED TABLE hits (n int)',
      ])
        await pool.query(statement)
    }
    const [one, other] = await Promise.all([openEmpty(kind), openEmpty(kind)])
    onTestFinished(async () => {
      await Promise.all([one.close(), other.close()])
    })
    await change(one)
    await change(other)
    await one.pool.query(`INSERT INTO topic (slug, name) VALUES ('a', 'A'), ('b', 'B')`)
    await one.pool.query(`CREATE TABLE own (n int)`)
    await one.pool.query(`INSERT INTO own VALUES (1)`)
    await one.pool.query(`INSERT INTO hits VALUES (1)`)
    await one.pool.query(
      `INSERT INTO log VALUES ('2031-05-05T12:00:00.123456Z', 0.1 + 0.2, '{"a": [1.50, null, "\\ud83e\\udd1d\\n"]}', '\\x00ff', '{"a b",NULL,"\\"",""}'),
         ('-infinity', 'NaN', 'null', '', '{}'), (NULL, NULL, NULL, NULL, NULL)`,
    )
    await other.pool.query(`INSERT INTO log (amount) VALUES (9)`)
    const file = path('unusual.backup')
    expect(await runHere(['backup', file], { database: one })).toMatchObject({ code: 0, stderr: '' })
    expect(await runHere(['restore', '--replace', file], { database: other })).toMatchObject({
      code: 0,
      stderr: 'bilateral: not restored, because this version has no such tables: own\n',
    })
    const { own: _, hits: _hits, ...rows } = await allRows(one)
    expect(await allRows(other)).toEqual({ ...rows, hits: [] })
    await other.pool.query(`INSERT INTO topic (slug, name) VALUES ('c', 'C')`)
    expect((await other.pool.query(`SELECT number, twice FROM topic WHERE slug = 'c'`)).rows).toEqual([
      { number: '3', twice: 'cc' },
    ])
    await expect(other.pool.query('DELETE FROM log')).rejects.toThrow('append only')
  })

  test('a backup of an older version is migrated as its database would be', async () => {
    const { poolConfig, close } = await openBlank()
    onTestFinished(close)
    const pool = new pg.Pool({ ...poolConfig, max: 1 })
    await applyUntil(pool, '0010')
    await pool.query(`INSERT INTO person (slug, name, names) VALUES ('ada', 'Ada', '{Augusta}'), ('bo', 'Bo', '{}')`)
    await pool.query(
      `INSERT INTO search_document (kind, key, names, title, body, text) VALUES ('PERSON', 'ada', 'ada', 'ada', 'trade', '')`,
    )
    const client = await pool.connect()
    let backup = ''
    await writeBackup(client, async (text) => {
      backup += text
    })
    client.release()
    await pool.end()
    const file = await write('older.backup', gzipSync(backup))
    const place = await empty()
    const { code, stdout, stderr } = await place.command(['restore', file])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('\napplied 0010_search_index, 0011_emphasis, ')
    const migrated = await connect(poolConfig, 'memory', async () => {})
    await refold(migrated)
    const rows = await allRows(migrated)
    await migrated.close()
    expect(await allRows(place.database)).toEqual(rows)
    expect(rows['search_index']).toHaveLength(1)
    const { rows: schemas } = await place.database.pool.query(
      `SELECT FROM pg_namespace WHERE nspname = 'bilateral_restore'`,
    )
    expect(schemas).toEqual([])
  })

  async function openBlank() {
    if (kind === 'PGlite') return await openEmbedded('blank')
    const { url, drop } = await createDatabase()
    return { poolConfig: { connectionString: url }, close: drop }
  }
})

/** Applies the migrations before one, and records them as a program of that time did. */
async function applyUntil(pool: pg.Pool, name: string): Promise<void> {
  await pool.query(`CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL,
    finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`)
  for (const migration of (await readMigrations()).filter((migration) => migration.name < name)) {
    await pool.query(migration.sql)
    await pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES (gen_random_uuid(), $1, $2, now())`,
      [migration.checksum, migration.name],
    )
  }
}
