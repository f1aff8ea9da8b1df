import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createKey } from '../../src/access/keys.ts'
import { createSecret } from '../../src/access/secret.ts'
import type { Database } from '../../src/database/open.ts'
import { openPool, prismaOver } from '../../src/database/pool.ts'
import type { GraphqlOptions } from '../../src/server/graphql.ts'
import { RateLimits } from '../../src/server/rate-limits/rate-limits.ts'
import { type OpenStore, openStore } from '../../src/server/rate-limits/stores.ts'
import { openNetwork } from '../database/network.ts'
import { onServer } from '../postgres.ts'
import { createDatabase, databaseKinds, openSeeded } from '../support.ts'
import { type Answer, get, keepingServerOf, post, problemsOf, type Server, serverOf, sqlOf } from './ask.ts'

const RUBIO = { query: '{ person(slug: "marco-rubio") { name } }' }
/** The cost of RUBIO, and of its request. */
const ONCE = 221

/** On a busy machine, a store can take longer than requests wait for it. */
const PATIENT = 60_000

const silent = pino({ level: 'silent' })
const opened: OpenStore[] = []

let database: Database
beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(async () => {
  for (const store of opened) await store.close()
  await database.close()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Limits of a process. */
async function limitsOf(cost: number, store = 'memory', seconds = 60, patienceMs?: number): Promise<RateLimits> {
  const limit = { cost, seconds, store }
  const open = await openStore(limit, silent, patienceMs)
  opened.push(open)
  return new RateLimits(limit, open)
}

const limited = async (cost: number, options?: GraphqlOptions) =>
  serverOf(database, { rateLimits: await limitsOf(cost), ...options })

const statusesOf = async (requests: (() => Promise<Response>)[]) => {
  const statuses: number[] = []
  for (const request of requests) statuses.push((await request()).status)
  return statuses
}

const times = (count: number, request: () => Promise<Response>) => Array.from({ length: count }, () => request)

test('a caller that has used its limit gets 429 with the limit and the time to wait, and each response says what is left', async () => {
  const server = await limited(2 * ONCE)
  const first = await post(server, RUBIO)
  expect([first.status, first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')]).toEqual([
    200,
    `"cost";q=${2 * ONCE};w=60`,
    `"cost";r=${ONCE};t=60`,
  ])
  const second = await post(server, RUBIO)
  expect([second.status, second.headers.get('ratelimit')]).toEqual([200, expect.stringMatching(/^"cost";r=0;t=/)])
  const third = await post(server, RUBIO)
  expect(problemsOf((await third.json()) as Answer)).toEqual([
    ['RATE_LIMITED', expect.stringContaining(`expected at most a cost of ${2 * ONCE} in 60 seconds`)],
  ])
  expect([third.status, Number(third.headers.get('retry-after')) > 55, third.headers.get('cache-control')]).toEqual([
    429,
    true,
    'no-store',
  ])
})

test('a costly query is refused before it is executed', async () => {
  const server = await limited(1_000)
  const response = await post(server, {
    query: '{ people(first: 100) { nodes { name meetings(first: 10) { totalCount } } } }',
  })
  expect([response.status, problemsOf((await response.json()) as Answer)[0]?.[0]]).toEqual([429, 'RATE_LIMITED'])
})

test('a new window starts when the old one is over', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  const server = await limited(ONCE)
  expect(await statusesOf(times(2, () => post(server, RUBIO)))).toEqual([200, 429])
  vi.advanceTimersByTime(60_001)
  expect(await statusesOf(times(2, () => post(server, RUBIO)))).toEqual([200, 429])
})

test.each<[string, (server: Server) => Promise<Response>]>([
  ['by GET', (server) => get(server, RUBIO)],
  ['by POST', (server) => post(server, RUBIO)],
  ['with other variables', (server) => post(server, { ...RUBIO, variables: { unused: randomUUID() } })],
  ['with another document', (server) => post(server, { query: `# ${randomUUID()}\n${RUBIO.query}` })],
  [
    'under an alias',
    (server) => post(server, { query: `{ a${randomUUID().slice(0, 4)}: person(slug: "marco-rubio") { name } }` }),
  ],
  ['with a header of a proxy', (server) => post(server, RUBIO, { 'x-forwarded-for': randomUUID() })],
  ['that cannot be parsed', (server) => post(server, { query: `{ ${randomUUID()}` })],
  ['that is not valid', (server) => post(server, { query: `{ unknown${randomUUID().slice(0, 4)} }` })],
  ['in a batch', (server) => post(server, JSON.stringify([RUBIO, RUBIO]))],
  [
    'by an unknown hash',
    (server) => post(server, { extensions: { persistedQuery: { version: 1, sha256Hash: randomUUID() } } }),
  ],
])('a request %s counts', async (_how, request) => {
  const server = await limited(10 * ONCE)
  const statuses = await statusesOf(times(120, () => request(server)))
  expect(statuses.at(-1)).toBe(429)
})

test('cached responses cost little, but not nothing', async () => {
  const server = await keepingServerOf(database, { rateLimits: await limitsOf(10 * ONCE) })
  const statuses = await statusesOf(times(120, () => post(server, RUBIO)))
  const answered = statuses.indexOf(429)
  expect(answered).toBeGreaterThan(50)
  expect(new Set(statuses.slice(answered))).toEqual(new Set([429]))
})

/** The cost that is left, as a response says. */
const leftIn = ({ headers }: Response) => Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1])

test('an address that has sent many wrong keys gets 429 before they are looked up, and what it sends without them counts apart', async () => {
  const server = await limited(10_000, { keyLifeMs: 1 })
  const known = await createKey(database, { name: 'known', scope: 'read' })
  const other = await createKey(database, { name: 'other', scope: 'read' })
  const withKey = (key: string) => post(server, RUBIO, { authorization: `Bearer ${key}` })
  expect((await withKey(known.key)).status).toBe(200)
  const wrong = await sqlOf(async () => {
    const statuses = await statusesOf(times(10, () => withKey(createSecret('key'))))
    expect(statuses).toEqual([...Array(6).fill(401), ...Array(4).fill(429)])
    expect((await withKey('bilateral_short')).status).toBe(429)
  })
  expect(wrong.filter(({ text }) => text.includes('api_key'))).toHaveLength(6)

  const refused = await withKey(other.key)
  expect([
    problemsOf((await refused.json()) as Answer)[0]?.[0],
    Number(refused.headers.get('retry-after')) > 0,
  ]).toEqual(['RATE_LIMITED', true])
  const page = await server.fetch('http://localhost/people/marco-rubio', {
    headers: { accept: 'text/html', authorization: `Bearer ${other.key}` },
  })
  expect([page.status, (await page.text()).includes('Too many requests')]).toEqual([429, true])
  const signIn = await server.fetch('http://localhost/key', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ key: other.key }).toString(),
  })
  expect(signIn.status).toBe(429)
  expect([(await withKey(known.key)).status, (await post(server, RUBIO)).status]).toEqual([200, 200])
})

test('wrong keys of sessions count too', async () => {
  const server = await limited(10_000)
  const statuses = await statusesOf(
    times(7, () => post(server, RUBIO, { cookie: `bilateral_session=${createSecret('session')}` })),
  )
  expect(statuses).toEqual([...Array(6).fill(200), 429])
})

test('too many keys that are looked up at the same time are refused with 503', async () => {
  const server = serverOf(database)
  const held = await database.pool.connect()
  const sent = times(220, () => post(server, RUBIO, { authorization: `Bearer ${createSecret('key')}` })).map((send) =>
    send(),
  )
  const first = await Promise.race(sent)
  held.release()
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '5'])
  const statuses = (await Promise.all(sent)).map(({ status }) => status)
  expect([
    statuses.filter((status) => status === 503).length,
    statuses.filter((status) => status === 401).length,
  ]).toEqual([20, 200])
})

test('a request that the service cannot execute costs no more than any other', async () => {
  const server = await limited(100_000, { limits: { running: 1, waiting: 0 } })
  const held = await database.pool.connect()
  const running = post(server, RUBIO)
  const busy = await Promise.race([post(server, RUBIO), post(server, RUBIO)])
  held.release()
  await running
  expect([busy.status, leftIn(busy) >= 100_000 - ONCE - 2 * 20]).toEqual([503, true])
  const unknown = await post(server, { extensions: { persistedQuery: { version: 1, sha256Hash: randomUUID() } } })
  expect([unknown.status, leftIn(unknown)]).toEqual([404, 100_000 - ONCE - 3 * 20])
  const invalid = await post(server, { query: '{ nothing }' })
  expect([invalid.status, leftIn(invalid)]).toEqual([400, 100_000 - ONCE - 4 * 20 - 2_000])
})

test('a query that is repeated over another database is charged once', async () => {
  const pool = openPool({ connectionString: 'postgresql://nobody@127.0.0.1:1/nothing' })
  const gone = { ...database, pool, prisma: prismaOver(pool) }
  const replicas = { choose: () => gone, chooseAfter: () => database, suspect() {} }
  const server = serverOf({ ...database, replicas } as unknown as Database, { rateLimits: await limitsOf(10_000) })
  const response = await post(server, RUBIO)
  expect(await response.json()).toEqual({ data: { person: { name: 'Marco Rubio' } }, extensions: { cost: ONCE - 20 } })
  expect(leftIn(response)).toBe(10_000 - ONCE)
  await gone.prisma.$disconnect()
  await pool.end()
})

test('pages, their files and assets count too, and a browser gets a page that says so', async () => {
  const server = await limited(80_000)
  const page = (path: string, accept = 'text/html') => server.fetch(`http://localhost${path}`, { headers: { accept } })
  for (const path of ['/people/marco-rubio', '/people/marco-rubio.json', '/topics.csv', '/people/nobody']) {
    const { headers } = await page(path)
    expect([path, headers.get('ratelimit-policy')]).toEqual([path, '"cost";q=80000;w=60'])
  }
  while ((await page('/people/nobody')).status !== 429);
  const refused = await page('/people/marco-rubio')
  const html = await refused.text()
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0, html.includes('Too many requests')]).toEqual([
    429,
    true,
    true,
  ])
  expect(html).toContain('rate limit: expected at most a cost of 80000')
  const file = await page('/people/marco-rubio.json', '*/*')
  expect([file.status, problemsOf((await file.json()) as Answer)[0]?.[0]]).toEqual([429, 'RATE_LIMITED'])
  expect((await page('/assets/none.js', '*/*')).status).toBe(429)
  expect((await page('/graphql')).status).toBe(429)
  expect((await post(server, RUBIO)).status).toBe(429)
  expect([(await page('/health')).status, (await page('/ready')).status]).toEqual([200, 200])
})

test('each address has its own limit, behind a trusted proxy too, but an IPv6 network counts as one', async () => {
  const options = { rateLimits: await limitsOf(ONCE), access: { trustedProxies: ['127.0.0.1'] } }
  const http = serverOf(database, options).createHttpServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`
  const from = async (address: string) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address, connection: 'close' }
    const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(RUBIO) })
    return status
  }
  expect([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.2')]).toEqual([200, 429, 200])
  expect([await from('2001:db8:0:1::1'), await from('2001:db8:0:1:ffff::2'), await from('2001:db8:0:2::1')]).toEqual([
    200, 429, 200,
  ])
  http.close()
})

const stores: [string, () => Promise<string>][] = [
  ...(databaseKinds.includes('PostgreSQL')
    ? [['PostgreSQL', async () => (await createDatabase('empty')).url] as [string, () => Promise<string>]]
    : []),
  ...(process.env['TEST_REDIS_URL']
    ? [['Redis', async () => process.env['TEST_REDIS_URL'] as string] as [string, () => Promise<string>]]
    : []),
]

describe.runIf(stores.length > 0).each(stores)('processes that share %s', (_name, urlOf) => {
  let url: string
  beforeAll(async () => {
    url = await urlOf()
  })

  test('share the limits, whether the requests are costly or cheap', async () => {
    const seconds = 600
    const limits = await Promise.all([0, 1].map(() => limitsOf(50_000, url, seconds, PATIENT)))
    const name = randomUUID()
    const charge = async (process: number, cost: number) => {
      const exchange = { caller: { address: name } } as never
      return (await limits[process]?.charge(exchange, cost))?.status ?? 200
    }
    expect([await charge(0, 30_000), await charge(1, 30_000), await charge(0, 1_000)]).toEqual([200, 429, 429])
  })

  test('share the limits of cheap requests', async () => {
    const limits = await Promise.all([0, 1].map(() => limitsOf(10_000, url, 600, PATIENT)))
    const name = randomUUID()
    let allowed = 0
    for (let i = 0; i < 2_000; i++) {
      const refusal = await limits[i % 2]?.charge({ caller: { address: name } } as never, 20)
      if (!refusal) allowed += 1
    }
    // Each process may count a hundredth of the limit by itself.
    expect([allowed >= 490, allowed <= 515]).toEqual([true, true])
  })
})

test.runIf(databaseKinds.includes('PostgreSQL'))(
  'a database that cannot be reached at the start counts as soon as it can',
  async () => {
    const { url, drop } = await createDatabase('empty')
    const network = await openNetwork(url)
    await network.refuse()
    const limits = await limitsOf(10_000, network.url, 600, PATIENT)
    const exchange = { caller: { address: '192.0.2.7' } } as never
    await limits.charge(exchange, 3_000)
    await network.recover()
    await limits.charge(exchange, 4_000)
    const { rows } = await onServer(url, 'SELECT key, points FROM rate_limit')
    expect(rows).toEqual([{ key: 'rate:192.0.2.7', points: 4_000 }])
    await opened.pop()?.close()
    await network.close()
    await drop()
  },
)

test.each([
  ['PostgreSQL', 'postgresql://nobody@127.0.0.1:1/nothing'],
  ['Redis', 'redis://127.0.0.1:1'],
])('a process whose %s cannot be reached counts by itself, and answers', async (_name, url) => {
  const server = serverOf(database, { rateLimits: await limitsOf(2 * ONCE, url) })
  expect(await statusesOf(times(3, () => post(server, RUBIO)))).toEqual([200, 200, 429])
})

test('a store that does not answer delays a request by half a second at most', async () => {
  const { createServer } = await import('node:net')
  const silentServer = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silentServer, 'listening')
  const { port } = silentServer.address() as AddressInfo
  const server = serverOf(database, { rateLimits: await limitsOf(10 * ONCE, `redis://127.0.0.1:${port}`) })
  const start = performance.now()
  expect((await post(server, RUBIO)).status).toBe(200)
  expect(performance.now() - start).toBeLessThan(10_000)
  silentServer.close()
})
