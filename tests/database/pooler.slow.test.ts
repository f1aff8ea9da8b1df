import { afterEach, describe, expect, test } from 'vitest'
import { seedFiles } from '../../src/bundle/seed.ts'
import { openDatabase } from '../../src/database/open.ts'
import { dataOf, serverOf } from '../api/ask.ts'
import { runHere } from '../commands/in-process.ts'
import { hasPgBouncer, startPgBouncer } from '../pooler.ts'
import { onServer } from '../postgres.ts'
import { createDatabase, databaseKinds } from '../support.ts'
import { until } from '../until.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Starts PgBouncer with two server connections before a database. Returns the database's URLs. */
async function startPooler(
  mode: string,
  template?: 'seeded',
  more: Readonly<Record<string, string>> = {},
): Promise<{ direct: string; pooled: string }> {
  const { url, drop } = await createDatabase(template)
  closing.push(drop)
  const settings = { pool_mode: mode, default_pool_size: mode === 'session' ? 8 : 2, ...more }
  const pooler = await startPgBouncer({ '*': url }, settings)
  closing.push(pooler.close)
  return { direct: url, pooled: pooler.urlOf(new URL(url).pathname.slice(1)) }
}

const available = databaseKinds.includes('PostgreSQL') && hasPgBouncer
describe.runIf(available).each(['session', 'transaction'])('behind PgBouncer in %s mode', (mode) => {
  test('one line says what to do without pgbouncer=true', async () => {
    const { pooled } = await startPooler(mode)
    expect(await runHere(['migrate'], { env: { DATABASE_URL: pooled } })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^bilateral: .*startup parameter.*; DATABASE_URL names PgBouncer: add pgbouncer=true to its parameters, and set DATABASE_DIRECT_URL to the URL of the server itself\n$/,
      ),
    })
  })

  test('the commands migrate, import and export', async () => {
    const { direct, pooled } = await startPooler(mode)
    const env = { DATABASE_URL: `${pooled}?pgbouncer=true`, DATABASE_DIRECT_URL: direct }
    expect(await runHere(['migrate'], { env })).toMatchObject({ code: 0, stderr: '' })
    const [file = ''] = await seedFiles()
    expect(await runHere(['import', file], { env })).toMatchObject({ code: 0 })
    const [here, there] = [
      await runHere(['export'], { env }),
      await runHere(['export'], { env: { DATABASE_URL: direct } }),
    ]
    expect(here).toMatchObject({ code: 0, stderr: there.stderr })
    expect(here.stdout).toBe(there.stdout)
  })

  test('concurrent requests get the same answers as without it, and changes are announced', async () => {
    const { direct, pooled } = await startPooler(mode, 'seeded')
    const database = await openDatabase({ url: `${pooled}?pgbouncer=true`, directUrl: direct, connections: 6 })
    closing.push(() => database.close())
    const other = await openDatabase({ url: direct })
    closing.push(() => other.close())
    const query = `query ($year: Date!) {
      meetings(filter: { during: { from: $year } }) { totalCount nodes { slug when { label } participations { person { name } } } }
      search(query: "trade") { nodes { node { ... on Statement { slug } } } }
    }`
    const ask = (server: ReturnType<typeof serverOf>) =>
      Promise.all(
        Array.from({ length: 40 }, (_, index) => dataOf(server, query, { year: `${2000 + (index % 26)}-01-01` })),
      )
    const expected = await ask(serverOf(other))
    for (let round = 0; round < 3; round++) expect(await ask(serverOf(database))).toMatchObject(expected)

    await until(() => database.dataVersion() !== undefined)
    const before = database.dataVersion()
    await onServer(direct, 'UPDATE dataset SET version = version + 1')
    await until(() => database.dataVersion() && database.dataVersion() !== before)
  })

  test('doctor says that a pooler is where none is expected, and that it works where one is', async () => {
    const { direct, pooled } = await startPooler(mode, 'seeded')
    const env = { DATABASE_URL: `${pooled}?pgbouncer=true` }
    const expected = await runHere(['doctor'], { env: { ...env, DATABASE_DIRECT_URL: direct } })
    expect(expected.stdout).toContain('OK    pooler: connected to ')
    expect(expected.stdout).not.toContain('WARN  pooler')
    const unseen = await startPooler(mode, 'seeded', { ignore_startup_parameters: 'options' })
    const wrong = await runHere(['doctor'], { env: { DATABASE_URL: unseen.pooled } })
    expect(wrong.stdout).toContain('WARN  pooler: a pooler such as PgBouncer is before the server')
  })

  test('each statement has a time limit and the settings that it relies on', async () => {
    const { direct, pooled } = await startPooler(mode, 'seeded')
    const database = await openDatabase({ url: `${pooled}?pgbouncer=true`, directUrl: direct })
    closing.push(() => database.close())
    const shown = await database.pool.query(
      `SELECT current_setting('statement_timeout') AS timeout, current_setting('datestyle') AS dates,
       current_setting('jit') AS jit, $1::date::text AS day`,
      ['2026-02-05'],
    )
    expect(shown.rows).toEqual([
      { timeout: '30s', dates: expect.stringMatching(/^ISO/), jit: 'off', day: '2026-02-05' },
    ])
  })
})
