import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Statement, statementEnded } from '../../src/database/connection.ts'
import { openDatabase } from '../../src/database/open.ts'
import type { ReplicaState } from '../../src/database/replicas.ts'
import { createApp } from '../../src/server/app.ts'
import { post } from '../api/ask.ts'
import { runHere } from '../commands/in-process.ts'
import { hasPostgres, type OwnPostgres, startPostgres } from '../own-postgres.ts'
import { onServer } from '../postgres.ts'
import { createDatabase, databaseKinds } from '../support.ts'
import { until } from '../until.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A service over a database and its replicas. */
async function serve(url: string, replicaUrls: readonly string[]) {
  const changes: ReplicaState[] = []
  const use = { isService: true, onReplicaChange: (state: ReplicaState) => changes.push(state) }
  const database = await openDatabase({ url, replicaUrls }, use)
  closing.push(() => database.close())
  const app = createApp(database, pino({ level: 'silent' }), { responseCacheBytes: 1_000_000 })
  const states = () => database.replicas?.states ?? []
  return {
    app,
    changes,
    states,
    used: () => states().filter(({ isUsed }) => isUsed).length,
    async note(headers: Record<string, string> = {}) {
      const response = await post(app, { query: NOTE }, headers)
      return { status: response.status, body: await response.json() }
    },
  }
}

const NOTE = '{ person(slug: "marco-rubio") { name } }'
const named = (name: string) => ({ status: 200, body: { data: { person: { name } }, extensions: { cost: 201 } } })
const rename = (name: string) =>
  `UPDATE person SET name = '${name}' WHERE slug = 'marco-rubio'; UPDATE dataset SET version = version + 1, changed_at = now()`

/** The ports of the servers that requests read from while `work` runs. */
async function portsOf(work: () => Promise<unknown>): Promise<Set<number>> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    const ports = query.mock.calls.map(([config], i) => {
      const text = typeof config === 'string' ? config : (config as unknown as pg.QueryConfig).text
      return /person/.test(text) ? (query.mock.contexts[i] as pg.Client).port : 0
    })
    return new Set(ports.filter((port) => port > 0))
  } finally {
    query.mockRestore()
  }
}

/** Different questions each time, as the response cache knows the ones before. */
let asked = 0
const askMany = async (app: Parameters<typeof post>[0], count: number) =>
  await Promise.all(
    Array.from({ length: count }, async () => {
      const response = await post(app, { query: `{ n${asked++}: person(slug: "marco-rubio") { name } }` })
      return response.status
    }),
  )

describe.runIf(hasPostgres)('replicas', () => {
  let primary: OwnPostgres
  let replicas: OwnPostgres[]
  let urls: string[]
  beforeAll(async () => {
    primary = await startPostgres()
    expect(await runHere(['seed'], { env: { DATABASE_URL: primary.url } })).toMatchObject({ code: 0 })
    replicas = await Promise.all([1, 2].map(() => startPostgres({ replicaOf: primary })))
    urls = replicas.map(({ url }) => url)
  })
  afterAll(async () => {
    for (const server of [...(replicas ?? []), primary]) await server?.close()
  })

  test('serve the reads of requests, and the primary none', async () => {
    const { app, used, states, changes } = await serve(primary.url, urls)
    await until(() => used() === 2)
    const ports = await portsOf(async () => expect(await askMany(app, 20)).toEqual(Array(20).fill(200)))
    expect(ports).toEqual(new Set(replicas.map(({ port }) => port)))
    expect(states()[0]).toEqual({
      location: urls[0],
      isUsed: true,
      problem: undefined,
      unusedMs: 0,
      version: expect.stringMatching(/^\d+$/),
    })
    await until(() => changes.length === 2)
    expect(changes.map(({ isUsed }) => isUsed)).toEqual([true, true])
  })

  test('are checked by doctor, which knows one that lags', async () => {
    const env = { DATABASE_URL: primary.url, DATABASE_REPLICA_URLS: urls.join() }
    const { stdout } = await until(async () => {
      const outcome = await runHere(['doctor'], { env })
      return outcome.stdout.includes('lags') ? undefined : outcome
    })
    for (const url of urls) expect(stdout).toContain(`OK    replica: ${url} has the current data`)
    await onServer(urls[0] as string, 'SELECT pg_wal_replay_pause()')
    await onServer(primary.url, rename('Marco Rubio'))
    const lagging = await runHere(['doctor'], { env })
    expect(lagging.stdout).toContain(`WARN  replica: ${urls[0]}: lags: it has version `)
    await onServer(urls[0] as string, 'SELECT pg_wal_replay_resume()')
  })

  test('their checks do not count in the metrics of statements', async () => {
    const { states } = await serve(primary.url, urls)
    const texts: string[] = []
    const note = (message: unknown) => void texts.push((message as Statement).text)
    statementEnded.subscribe(note)
    const checked = async () => states().every(({ version }) => version !== undefined)
    await until(checked)
    statementEnded.unsubscribe(note)
    expect(texts.filter((text) => text.includes('pg_is_in_recovery'))).toEqual([])
  })

  test('that lag are not read from, nor cached, until they have caught up', async () => {
    const { app, used, note, states, changes } = await serve(primary.url, urls)
    await until(() => used() === 2)
    await onServer(primary.url, rename('Before'))
    await until(async () => (await note()).body.data.person.name === 'Before')
    for (const url of urls) await onServer(url, 'SELECT pg_wal_replay_pause()')
    const { rows } = await onServer(primary.url, `${rename('After')}; SELECT version FROM dataset`).then(
      (all) => (all as unknown as pg.QueryResult[])[2] as pg.QueryResult,
    )
    // The announcement may be on its way. A client that knows the version does not have to wait for it.
    expect(await note({ 'x-data-version': rows[0].version })).toEqual(named('After'))
    for (let time = 0; time < 5; time++) expect(await note()).toEqual(named('After'))
    expect(await portsOf(() => askMany(app, 5))).toEqual(new Set([primary.port]))
    await until(() => changes.filter(({ isUsed }) => !isUsed).length === 2)
    expect(states()[1]?.problem).toMatch(/^lags: it has version \d+, and the primary \d+$/)
    for (const url of urls) await onServer(url, 'SELECT pg_wal_replay_resume()')
    await until(() => used() === 2)
    expect(await note()).toEqual(named('After'))
    expect(await portsOf(() => askMany(app, 5))).not.toContain(primary.port)
  })

  test('that hang, end connections or crash lose no request, and are used again when they are back', async () => {
    const { app, used, states } = await serve(primary.url, urls)
    await until(() => used() === 2)
    const [first, second] = replicas as [OwnPostgres, OwnPostgres]
    /** Asks again and again until a condition is met. */
    const askUntil = async (condition: () => unknown) => {
      const statuses = new Set<number>()
      do for (const status of await askMany(app, 5)) statuses.add(status)
      while (!condition())
      expect(statuses).toEqual(new Set([200]))
    }
    await askMany(app, 10)
    first.freeze()
    await askUntil(() => used() === 1)
    expect(states()[0]?.problem).toBe('lost: the database sent nothing for 2000 ms')
    first.thaw()
    await askUntil(() => used() === 2)

    const others = `FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`
    await Promise.all([askMany(app, 20), onServer(second.url, `SELECT pg_terminate_backend(pid) ${others}`)]).then(
      ([statuses]) => expect(statuses).toEqual(Array(20).fill(200)),
    )
    await askUntil(() => used() === 2)

    const stopped = Promise.all(replicas.map((replica) => replica.stop('immediate')))
    await askUntil(() => used() === 0)
    await stopped
    expect(await portsOf(() => askMany(app, 5))).toEqual(new Set([primary.port]))
    await Promise.all(replicas.map((replica) => replica.start()))
    await askUntil(() => used() === 2)
  })

  test('serve what they have while the primary is gone', async () => {
    const { app, used, note } = await serve(primary.url, urls)
    await until(() => used() === 2)
    const before = await note()
    const statuses: Promise<number[]>[] = []
    const stopped = primary.stop('immediate')
    for (let time = 0; time < 5; time++) statuses.push(askMany(app, 5))
    await stopped
    expect(new Set((await Promise.all(statuses)).flat())).toEqual(new Set([200]))
    expect(await note()).toEqual(before)
    expect((await app.fetch('http://localhost/ready')).status).toBe(200)
    await primary.start()
    await onServer(primary.url, rename('Again'))
    await until(async () => (await note()).body.data.person.name === 'Again')
    await until(() => used() === 2)
  })
})

/** What may be wrong with a server: the change that makes it so, and the problem that is reported. */
const WRONG: readonly (readonly [change: string, problem: RegExp])[] = [
  [`UPDATE dataset SET changed_at = '2020-02-05'`, /^other data: it has version \d+ of 2020-02-05/],
  ['UPDATE dataset SET version = version + 5', /^not a replica: it has version \d+, and the primary \d+$/],
  [
    'DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)',
    /^lacks the migration \d{4}_/,
  ],
  ['DROP TABLE dataset CASCADE', /^lost: relation "dataset" does not exist$/],
]

test.runIf(databaseKinds.includes('PostgreSQL'))(
  'servers with other data, or of an older version, are reported and not read from',
  async () => {
    const { url, drop } = await createDatabase('seeded')
    closing.push(drop)
    const urls: string[] = []
    for (const [change] of WRONG) {
      const other = await createDatabase('seeded')
      closing.push(other.drop)
      await onServer(other.url, change)
      const secret = new URL(other.url)
      secret.password = 'secret-of-ada'
      urls.push(secret.href)
    }
    const { changes, note, states } = await serve(url, urls)
    await until(() => changes.length === WRONG.length)
    expect(states()).toEqual(
      WRONG.map(([, problem]) => expect.objectContaining({ isUsed: false, problem: expect.stringMatching(problem) })),
    )
    expect(JSON.stringify(changes)).not.toContain('secret')
    expect(await note()).toEqual(named('Marco Rubio'))
  },
)
