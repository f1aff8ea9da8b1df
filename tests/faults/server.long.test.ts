import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { useFiles } from '../commands/files.ts'
import { type Network, openNetwork } from '../database/network.ts'
import { bundleWith, person } from '../fixtures.ts'
import { accepts, hasPostgres, type OwnPostgres, startPostgres } from '../own-postgres.ts'
import { onServer } from '../postgres.ts'
import { endAll, type Launched, launch, run, start } from '../program.ts'
import { until } from '../until.ts'
import { expectDocumented, isGood, putLoadOn, type Received, send } from './load.ts'

const PERSON = '{ person(slug: "marco-rubio") { name } }'
const TIMEOUT_S = 3
/** What docs/faults.md promises: the first good response after the return of the database. */
const RECOVERY_MS = 2_000
/** Responses to requests under load before and after each fault. */
const SOME = 20

/** Ends all connections of the service. */
const END_ALL = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`

describe.runIf(hasPostgres)('a service that was started before its server', () => {
  let server: OwnPostgres
  let network: Network
  let service: Launched & { url: string }
  const { write } = useFiles()

  beforeAll(async () => {
    server = await startPostgres({ settings: { max_connections: '20', wal_level: 'replica' } })
    network = await openNetwork(server.url)
    const env = { DATABASE_URL: network.url, DATABASE_POOL: '4', RESPONSE_CACHE: '0', REQUEST_TIMEOUT: `${TIMEOUT_S}` }
    service = await start(env)
  })
  afterAll(async () => {
    await endAll()
    await network?.close()
    await server?.close()
  })
  // It never ended or restarted: it has the same process, which has nothing to say on standard error.
  afterEach(async () => {
    expect(await send(service.url, PERSON)).toMatchObject({ status: 200, data: { person: { name: 'Marco Rubio' } } })
  })

  const ready = async () => (await fetch(new URL('/ready', service.url))).status
  const alive = async () => (await fetch(new URL('/health', service.url))).status

  /** Applies a fault under load. `fail` returns when the database is back. Every later request must be answered. */
  async function underLoad(fail: (received: readonly Received[]) => Promise<void>): Promise<readonly Received[]> {
    const load = putLoadOn(service.url)
    await until(() => load.received.length >= SOME)
    await fail(load.received)
    const back = performance.now()
    await until(() => load.received.filter(({ sent }) => sent > back).length >= SOME)
    const received = await load.stop()
    expectDocumented(received)
    const later = received.filter(({ sent }) => sent > back)
    expect(later.filter((one) => !isGood(one))).toEqual([])
    const first = Math.min(
      ...received.filter((one) => isGood(one) && one.sent + one.took > back).map(({ sent, took }) => sent + took),
    )
    expect(first - back).toBeLessThan(RECOVERY_MS)
    console.info(
      `first good response ${Math.round(first - back)} ms after the return; ${received.length} responses, ${received.filter((one) => !isGood(one)).length} of them 503`,
    )
    return received
  }

  const hasFailed = (received: readonly Received[]) => until(() => received.some((one) => !isGood(one)))

  test.each(['fast', 'immediate'] as const)('goes on after it was restarted (%s)', async (how) => {
    await underLoad(async (received) => {
      await server.stop(how)
      await hasFailed(received)
      expect([await ready(), await alive()]).toEqual([503, 200])
      await server.start()
    })
  })

  test('answers within its time limit while the server hangs, and goes on afterwards', async () => {
    const received = await underLoad(async (received) => {
      server.freeze()
      await hasFailed(received)
      expect([await ready(), await alive()]).toEqual([503, 200])
      server.thaw()
      await until(() => accepts(server.url))
    })
    expect(received.filter((one) => !isGood(one)).map(({ codes }) => codes[0])).toContain('TIMEOUT')
    // The limit is a timer. A busy machine may be late.
    expect(Math.max(...received.map(({ took }) => took))).toBeLessThan(10 * TIMEOUT_S * 1_000)
  })

  test('goes on after the server refused its user', async () => {
    const file = join(server.dataFolder, 'pg_hba.conf')
    const rules = await readFile(file, 'utf8')
    await underLoad(async (received) => {
      const client = new pg.Client(server.url)
      await client.connect()
      await writeFile(file, 'host all all all reject\n')
      server.reload()
      await until(async () => !(await accepts(server.url)))
      await client.query(END_ALL)
      await hasFailed(received)
      expect(await ready()).toBe(503)
      await writeFile(file, rules)
      server.reload()
      await until(() => accepts(server.url))
      await client.end()
    })
  })

  test('goes on after the server had no connection left', async () => {
    await underLoad(async (received) => {
      const others: pg.Client[] = []
      const take = async () => {
        const other = new pg.Client(server.url)
        other.on('error', () => {})
        await other.connect().then(
          () => others.push(other),
          () => {},
        )
      }
      await take()
      while (!received.some((one) => !isGood(one))) {
        await others[0]?.query(`${END_ALL} AND application_name <> 'other' AND state <> 'idle'`)
        await Promise.all(Array.from({ length: 20 }, take))
      }
      await Promise.all(others.map((other) => other.end()))
      await until(() => accepts(server.url))
    })
  })

  test('goes on after the server ended its connections again and again', async () => {
    await underLoad(async (received) => {
      for (let time = 0; time < 5; time++) {
        const before = received.length
        await onServer(server.url, END_ALL)
        await until(() => received.length > before + SOME)
      }
    })
  })

  test('an import that is running when the server crashes fails in one line, stores nothing, and can be repeated', async () => {
    const people = Array.from({ length: 1_000 }, (_, i) => person(`person-${i}`))
    const file = await write('large.jsonl', bundleWith({ people }))
    const importing = launch(['import', file], { DATABASE_URL: server.url })
    await until(async () => (await onServer(server.url, `SELECT FROM pg_locks WHERE locktype = 'advisory'`)).rowCount)
    await server.stop('immediate')
    expect(await importing.ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^bilateral: .*\n$/),
    })
    await server.start()
    const count = '{ people { totalCount } }'
    expect(await send(service.url, count)).toMatchObject({ data: { people: { totalCount: 5 } } })
    expect(await run(['import', file], { DATABASE_URL: server.url })).toMatchObject({ code: 0 })
    expect(await send(service.url, count)).toMatchObject({ data: { people: { totalCount: 1_005 } } })
  })

  test('goes on when a replica takes over, and what is imported then is served', async () => {
    const file = await write('later.jsonl', bundleWith())
    const replica = await startPostgres({ replicaOf: server })
    try {
      await underLoad(async (received) => {
        await server.stop('immediate')
        await hasFailed(received)
        await replica.promote()
        network.moveTo(replica.url)
      })
      expect(await run(['import', file], { DATABASE_URL: network.url })).toMatchObject({ code: 0, stderr: '' })
      expect(await send(service.url, '{ person(slug: "ada") { name } }')).toMatchObject({
        data: { person: { name: 'Name of ada' } },
      })
    } finally {
      await server.start()
      network.moveTo(server.url)
      await replica.close()
    }
  })
})
