import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { runHere } from '../commands/in-process.ts'
import { expectDocumented, isGood, putLoadOn } from '../faults/load.ts'
import { onServer } from '../postgres.ts'
import { endAll, launch, run, start } from '../program.ts'
import { createDatabase, databaseKinds } from '../support.ts'
import { until } from '../until.ts'
import { openNetwork } from './network.ts'

const PROCESSES = 20

/** Where a process is killed while it migrates: when it has sent these words, before or after the server gets them. */
const STAGES = [
  'BEGIN',
  'pg_try_advisory_xact_lock',
  'CREATE TABLE IF NOT EXISTS _prisma_migrations',
  'CREATE TABLE "country"',
  'INSERT INTO _prisma_migrations',
  'CREATE UNLOGGED TABLE',
  'show_trgm',
  'COMMIT',
].flatMap((words) => (['before', 'after'] as const).map((how) => ({ words, how })))

afterEach(endAll)

async function emptyDatabase(): Promise<string> {
  const { url, drop } = await createDatabase()
  onTestFinished(drop)
  return url
}

const countTables = async (url: string) => {
  const { rows } = await onServer(
    url,
    `SELECT count(*)::int AS count FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  )
  return rows[0].count as number
}

describe.runIf(databaseKinds.includes('PostgreSQL'))('on an empty database,', () => {
  test('twenty processes that start at once all serve, and those that wait say so', async () => {
    const url = await emptyDatabase()
    const env = { DATABASE_URL: url, DATABASE_POOL: '2' }
    const services = await Promise.all(Array.from({ length: PROCESSES }, () => start(env)))
    const statuses = services.map(async (service) => (await fetch(new URL('/ready', service.url))).status)
    expect(await Promise.all(statuses)).toEqual(Array(PROCESSES).fill(200))
    for (const service of services) service.kill('SIGTERM')
    const ended = await Promise.all(services.map((service) => service.ended))
    expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(Array(PROCESSES).fill([0, '']))
    expect(ended.some(({ stdout }) => stdout.includes('another process migrates the database; waiting for it'))).toBe(
      true,
    )
    const { rows } = await onServer(
      url,
      'SELECT count(*)::int AS times FROM _prisma_migrations GROUP BY migration_name',
    )
    expect(new Set(rows.map(({ times }) => times))).toEqual(new Set([1]))
    expect(await runHere(['doctor'], { env: { DATABASE_URL: url } })).toMatchObject({ code: 0 })
  })

  test.each(STAGES)(
    'a process that is killed $how the server gets $words leaves all of the migrations or none',
    async ({ words, how }) => {
      const url = await emptyDatabase()
      const network = await openNetwork(url)
      onTestFinished(() => network.close())
      const reached = network.silenceAt(words, how)
      const migrating = launch(['migrate'], { DATABASE_URL: network.url })
      await reached
      migrating.kill('SIGKILL')
      await migrating.ended
      await network.refuse()
      const isIdle = async () => {
        const { rows } = await onServer(
          url,
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
        )
        return rows.length === 0
      }
      await until(isIdle)
      const tables = await countTables(url)
      if (tables > 0) expect([words, how]).toEqual(['COMMIT', 'after'])
      expect(await run(['migrate'], { DATABASE_URL: url })).toMatchObject({ code: 0, stderr: '' })
      expect(await runHere(['doctor'], { env: { DATABASE_URL: url } })).toMatchObject({ code: 0 })
    },
  )
})

/** The built program without its last migrations, as the last version of the program was. */
async function olderProgram(missing: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bilateral-older-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const name of ['dist', 'prisma', 'package.json', 'prepared'])
    await cp(name, join(folder, name), { recursive: true })
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  const migrations = (await readdir('prisma/migrations')).filter((name) => /^\d/.test(name)).toSorted()
  for (const name of migrations.slice(-missing)) await rm(join(folder, 'prisma/migrations', name), { recursive: true })
  return folder
}

test.runIf(databaseKinds.includes('PostgreSQL'))(
  'a process of the last version answers every request while the new one migrates, and after',
  async () => {
    const url = await emptyDatabase()
    const folder = await olderProgram(1)
    const env = { PATH: process.env['PATH'], DATABASE_URL: url, PORT: '0', RESPONSE_CACHE: '0' }
    const older = spawn(process.execPath, ['dist/main.js', 'serve'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(older, 'exit')
    let printed = ''
    older.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
    const port = await until(() => /localhost:(\d+)\/graphql/.exec(printed)?.[1])
    const load = putLoadOn(`http://127.0.0.1:${port}/graphql`)
    await until(() => load.received.length >= 20)
    const migrated = await run(['migrate'], { DATABASE_URL: url })
    expect(migrated).toMatchObject({ code: 0, stdout: expect.stringContaining(': applied 0') })
    const back = load.received.length
    const service = await start({ DATABASE_URL: url })
    await until(() => load.received.length >= back + 20)
    const received = await load.stop()
    expectDocumented(received)
    expect(received.filter((one) => !isGood(one))).toEqual([])
    expect((await fetch(new URL('/ready', service.url))).status).toBe(200)
    older.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  },
)
