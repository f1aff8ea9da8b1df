import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { onServer } from '../postgres.ts'
import { createDatabase, databaseKinds, openEmpty } from '../support.ts'
import { allRows } from './all-rows.ts'
import { runHere } from './in-process.ts'

async function examine(env: Record<string, string>, database?: Database) {
  const { code, stdout, stderr } = await runHere(['doctor', '--json'], { env, ...(database ? { database } : {}) })
  expect(stderr).toBe('')
  const findings = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>)
  return { code, stdout, of: (what: string) => findings.find((finding) => finding['what'] === what), findings }
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'bilateral-doctor-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

async function anotherDatabase(): Promise<string> {
  const { url, drop } = await createDatabase('empty')
  await onServer(url, 'UPDATE dataset SET version = version + 1')
  onTestFinished(drop)
  return url
}

describe.each(databaseKinds)('with its data on %s', (kind) => {
  test('doctor finds nothing to do for a new database, changes nothing, and says what to do when something breaks', async () => {
    const database = await openEmpty(kind)
    onTestFinished(() => database.close())
    // The database is given to the command. Its address is only what is checked around it.
    const env =
      kind === 'PGlite'
        ? { BILATERAL_DATA: await folder() }
        : {
            DATABASE_URL: 'postgresql://u:p4ss@h/d',
            DATABASE_REPLICA_URLS: `postgresql://u:p4ss@127.0.0.1:1/d,${await anotherDatabase()}`,
          }
    if (env.BILATERAL_DATA) await mkdir(join(env.BILATERAL_DATA, 'pglite'))
    const before = await allRows(database)
    const healthy = await examine(env, database)
    expect(healthy.findings.filter(({ level }) => level === 'FAIL')).toEqual([])
    expect(healthy.code).toBe(0)
    expect(healthy.stdout).not.toContain('p4ss')
    expect(healthy.of('features of the database')).toMatchObject({ level: 'OK' })
    expect(healthy.of('migrations')).toMatchObject({ level: 'OK' })
    expect(healthy.of('search index')).toMatchObject({ level: 'OK', found: 'has every record' })
    expect(healthy.of('derived tables')).toMatchObject({ level: 'OK', found: 'follow from the facts' })
    if (kind === 'PostgreSQL') {
      expect(healthy.of('pooler')).toMatchObject({ level: 'OK' })
      expect(healthy.findings.filter(({ what }) => what === 'replica')).toEqual([
        {
          level: 'WARN',
          what: 'replica',
          found: expect.stringMatching(/^postgresql:\/\/u@127\.0\.0\.1:1\/d: .*ECONNREFUSED/),
          remedy: expect.stringContaining('requests read from the primary until it is corrected'),
        },
        {
          level: 'WARN',
          what: 'replica',
          found: expect.stringContaining(': not a replica: '),
          remedy: expect.anything(),
        },
      ])
    }
    expect(await allRows(database)).toEqual(before)

    const { pool } = database
    await pool.query(`INSERT INTO pair_total VALUES ('IN', 'US', 'MEETING', 1, 0), ('IN', 'US', 'VISIT', 1, 0)`)
    await pool.query('ALTER TABLE dataset DISABLE TRIGGER dataset_announce')
    await pool.query(
      `INSERT INTO search_index (kind, key, vector) VALUES ('PERSON', 'nobody', ''), ('PERSON', 'none', '')`,
    )
    const broken = await examine(env, database)
    expect(broken.code).toBe(1)
    expect(broken.of('triggers')).toEqual({
      level: 'FAIL',
      what: 'triggers',
      found: 'disabled: dataset_announce of dataset',
      remedy: 'ALTER TABLE dataset ENABLE TRIGGER dataset_announce',
    })
    expect(broken.of('derived tables')).toMatchObject({ level: 'FAIL', found: 'stale: 2 rows of pair_total' })
    expect(broken.of('search index')).toMatchObject({ level: 'FAIL', found: '2 records are missing or too many' })

    await pool.query(`DELETE FROM _prisma_migrations WHERE migration_name = '0011_emphasis'`)
    expect((await examine(env, database)).of('migrations')).toMatchObject({
      level: 'WARN',
      found: 'missing: 0011_emphasis',
    })
    await pool.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES ('a', 'b', '9999_of_next_year', now())`)
    const newer = await examine(env, database)
    expect(newer.of('migrations')).toEqual({
      level: 'FAIL',
      what: 'migrations',
      found: 'the database is newer than this program: it has 9999_of_next_year',
      remedy: 'upgrade bilateral',
    })
  })
})

test('doctor works without a database, and shows no password', async () => {
  const down = await examine({ DATABASE_URL: 'postgresql://user:p4ss@127.0.0.1:1/facts?password=p4ss' })
  expect(down.code).toBe(1)
  expect(down.of('database')).toMatchObject({
    level: 'FAIL',
    found: 'cannot reach the database at postgresql://user@127.0.0.1:1/facts (ECONNREFUSED); is it running?',
  })
  expect(down.stdout).not.toContain('p4ss')
  const none = await examine({ BILATERAL_DATA: join(await folder(), 'new', 'data') })
  expect(none.code).toBe(0)
  expect(none.of('folder')?.['found']).toMatch(/new\/data will be created by bilateral serve$/)
})
