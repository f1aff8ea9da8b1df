import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import pg, { type PoolConfig } from 'pg'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { changeData } from '../../src/database/change.ts'
import type { ConnectionConfig } from '../../src/database/connection.ts'
import { connect, type Database } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { onServer } from '../postgres.ts'
import { createDatabase, databaseKinds } from '../support.ts'
import { until } from '../until.ts'
import { openNetwork } from './network.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A seeded database that is reached over a network, and the service over it. */
async function open(config: PoolConfig & ConnectionConfig = {}) {
  const { url, drop } = await createDatabase('seeded')
  closing.push(drop)
  const network = await openNetwork(url)
  closing.push(network.close)
  return { url, network, ...(await serve({ connectionString: network.url, max: 5, ...config })) }
}

async function serve(config: PoolConfig & ConnectionConfig) {
  const database = await connect(config, 'the test', async () => {})
  closing.push(database.close)
  const server = createApp(database, pino({ level: 'silent' })).createHttpServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  async function post(query: string) {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query }),
    })
    const retryAfter = response.headers.get('retry-after')
    return { status: response.status, retryAfter, body: (await response.json()) as object }
  }
  return { database, post, ready: async () => (await fetch(`${origin}/ready`)).status }
}

/** Opens every connection that the pool may have. */
async function fill({ pool }: Database) {
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
  for (const client of clients) client.release()
}

const UNAVAILABLE = {
  status: 503,
  retryAfter: '5',
  body: {
    errors: [
      {
        message: 'the database is not available or too busy; try again in a few seconds',
        extensions: { code: 'UNAVAILABLE' },
      },
    ],
  },
}

const NULLABLE = '{ person(slug: "marco-rubio") { name } }'
/** Each reads in another way: by one statement, by SQL by hand, by Prisma's batches of nested records, and what cannot be null. */
const QUESTIONS = [
  NULLABLE,
  '{ people { nodes { name } } }',
  '{ person(slug: "marco-rubio") { counterparts { meetingCount } } }',
  '{ meetings(first: 2) { totalCount nodes { title participations { person { name } } } } }',
  '{ search(query: "trade") { nodes { __typename } } }',
  '{ about { dataVersion } }',
]

describe.runIf(databaseKinds.includes('PostgreSQL'))('a server that goes away', () => {
  test('is reported with status 503, and the service goes on when it is back, also for planned operations', async () => {
    const { network, post, ready } = await open()
    // The third time they are planned.
    for (let time = 0; time < 3; time++)
      for (const question of QUESTIONS) expect(await post(question)).toMatchObject({ status: 200, retryAfter: null })
    await network.refuse()
    for (const question of QUESTIONS) expect(await post(question), question).toEqual(UNAVAILABLE)
    expect(await post('{ again: person(slug: "marco-rubio") { name } }')).toEqual(UNAVAILABLE)
    expect(await ready()).toBe(503)
    await network.recover()
    for (const question of QUESTIONS) expect((await post(question)).status).toBe(200)
    expect(await ready()).toBe(200)
  })

  test('and what it still gave leave the rest of the response, with status 200', async () => {
    const { network, post } = await open()
    await network.refuse()
    const { status, body } = await post(`{ __typename ${NULLABLE.slice(1)}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      data: { __typename: 'Query', person: null },
      errors: [{ path: ['person'], extensions: { code: 'UNAVAILABLE' } }],
    })
  })

  test('is reported when it ends connections while they are in use, and met again at once', async () => {
    const { url, post } = await open()
    const other = new pg.Client(url)
    other.on('error', () => {})
    closing.push(() => other.end())
    await other.connect()
    await other.query('BEGIN; LOCK TABLE person')
    const answers = QUESTIONS.slice(0, 2).map(post)
    const waiting = `FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    await until(async () => (await onServer(url, `SELECT ${waiting}`)).rowCount === 2)
    await onServer(url, `SELECT pg_terminate_backend(pid) ${waiting}`)
    expect(await Promise.all(answers)).toEqual([UNAVAILABLE, UNAVAILABLE])
    await other.query('ROLLBACK')
    expect((await post(NULLABLE)).status).toBe(200)
  })

  test('is reported when it has no more connections to give', async () => {
    const { url, drop } = await createDatabase('seeded')
    const role = new URL(url).pathname.slice(1)
    closing.push(async () => {
      await drop()
      await onServer(url.replace(/[^/]*$/, 'postgres'), `DROP ROLE ${role}`)
    })
    await onServer(url, `CREATE ROLE ${role} LOGIN CONNECTION LIMIT 2`)
    await onServer(url, `GRANT pg_read_all_data TO ${role}`)
    const asRole = new URL(url)
    asRole.username = role
    const { post, ready } = await serve({ connectionString: asRole.href, max: 5 })
    const others: pg.Client[] = []
    // The connection that migrated may not be gone yet.
    await until(async () => {
      const other = new pg.Client(asRole.href)
      other.on('error', () => {})
      await other.connect().then(
        () => others.push(other),
        () => {},
      )
      return others.length === 2
    })
    expect(await post(NULLABLE)).toEqual(UNAVAILABLE)
    expect(await ready()).toBe(503)
    for (const other of others) await other.end()
    await until(async () => (await ready()) === 200)
    expect((await post(NULLABLE)).status).toBe(200)
  })
})

describe.runIf(databaseKinds.includes('PostgreSQL'))('a network that goes silent', () => {
  test('for connections that are open is noticed once, and the next request gets a new connection', async () => {
    const { database, network, post } = await open({ silenceMs: 2_000 })
    await fill(database)
    network.silenceOpen()
    expect(await post(NULLABLE)).toEqual(UNAVAILABLE)
    expect((await post(NULLABLE)).status).toBe(200)
  })

  test('under many requests fails those, and no later one', async () => {
    const { database, network, post } = await open({ silenceMs: 2_000 })
    await fill(database)
    network.silenceOpen()
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(NULLABLE)))
    expect(answers).toEqual(Array(5).fill(UNAVAILABLE))
    expect((await post(NULLABLE)).status).toBe(200)
  })

  test('for every connection makes the service not ready, until it is back', async () => {
    const { database, network, ready } = await open()
    await fill(database)
    network.silence()
    expect(await ready()).toBe(503)
    await network.recover()
    expect(await ready()).toBe(200)
  })

  test('is not confused with a change of the data that takes long', async () => {
    const { database } = await open({ silenceMs: 1_500 })
    const LONG = 'SELECT pg_sleep(3)'
    await changeData(database, async (client) => await client.query(LONG))
    await expect(database.pool.query(LONG)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    await expect(changeData(database, async () => await database.pool.query(LONG))).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    })
  })
})
