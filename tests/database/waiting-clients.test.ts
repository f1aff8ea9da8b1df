import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { promisify } from 'node:util'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { changeData } from '../../src/database/change.ts'
import { connect, type Database } from '../../src/database/open.ts'
import { WaitingClients } from '../../src/database/waiting-clients.ts'
import { createApp } from '../../src/server/app.ts'
import { onServer } from '../postgres.ts'
import { createDatabase, databaseKinds, openSeeded } from '../support.ts'
import { until } from '../until.ts'

const closing: (() => unknown)[] = []
const close = async () => {
  for (const close of closing.splice(0).reverse()) await close()
}

/** The service over a database, with a response cache, and the warnings and errors that it logs. */
async function serve(database: Database, requestMs = 60_000) {
  const warnings: string[] = []
  const log = pino(
    { level: 'warn' },
    new Writable({ write: (line, _, done) => done(void warnings.push(String(line))) }),
  )
  const server = createApp(database, log, {
    responseCacheBytes: 1_000_000,
    limits: { requestMs },
  }).createHttpServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** Sends a request as a client that can leave. */
  function send(path: string, body?: string) {
    const leaving = new AbortController()
    const headers = { 'content-type': 'application/json', connection: 'close' }
    const init = { headers, signal: leaving.signal, ...(body && { method: 'POST', body }) }
    const response = fetch(`${origin}${path}`, init)
    const left = response.then(
      () => 'stayed',
      () => 'left',
    )
    return { response, leave: () => leaving.abort(), left }
  }
  const ask = (query: string) => send('/graphql', JSON.stringify({ query }))
  return { warnings, send, ask, countConnections: promisify(server.getConnections.bind(server)) }
}

const PERSON = '{ person(slug: "marco-rubio") { name } }'
const FOUND = { data: { person: { name: 'Marco Rubio' } } }

describe.runIf(databaseKinds.includes('PostgreSQL'))('on PostgreSQL', () => {
  let url: string
  let database: Database
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ url, drop } = await createDatabase('seeded'))
    database = await connect({ connectionString: url, max: 4 }, url, async () => {})
    await until(() => database.dataVersion())
  })
  afterEach(close)
  afterAll(async () => {
    await database.close()
    await drop()
  })

  /** Makes every statement about people wait, until the returned function is called. */
  async function lockPeople(): Promise<() => Promise<unknown>> {
    const other = new pg.Client(url)
    await other.connect()
    closing.push(() => other.end())
    await other.query('BEGIN; LOCK TABLE person')
    return () => other.query('ROLLBACK')
  }

  /** Announces a change of the data, so that nothing is answered from the cache. */
  async function emptyCache() {
    const before = database.dataVersion()
    await onServer(url, 'UPDATE dataset SET version = version + 1')
    await until(() => database.dataVersion() && database.dataVersion() !== before)
  }

  /** The statements that wait for the lock: which connection, since when. */
  const waiting = async () =>
    (
      await onServer(
        url,
        `SELECT pid, query_start::text FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
    ).rows
  const waitingIs = (count: number) => until(async () => (await waiting()).length === count)

  test.each([
    ['a query', '/graphql', JSON.stringify({ query: PERSON })],
    ['a query by GET', `/graphql?query=${encodeURIComponent(PERSON)}`, undefined],
    ['a page', '/people/marco-rubio', undefined],
    ['a file of a page', '/people/marco-rubio.json', undefined],
    [
      'a statement written by hand',
      '/graphql',
      JSON.stringify({ query: '{ search(query: "trade") { nodes { __typename } } }' }),
    ],
    ['a count', '/graphql', JSON.stringify({ query: '{ people { totalCount } }' })],
  ])('%s of which the client leaves ends, without a warning', async (_what, path, body) => {
    const { send, ask, warnings } = await serve(database)
    const unlock = await lockPeople()
    const { leave, left } = send(path, body)
    await until(async () => (await waiting()).length > 0)
    leave()
    expect(await left).toBe('left')
    await waitingIs(0)
    await unlock()
    expect(await (await ask(PERSON).response).json()).toMatchObject(FOUND)
    expect(warnings).toEqual([])
    expect(database.pool.totalCount).toBeLessThanOrEqual(4)
  })

  test.each([
    ['the client that was first', 0],
    ['the client that came later', 1],
  ])('a query for which two clients wait goes on when %s leaves, and ends when both have left', async (_who, first) => {
    const { ask, countConnections } = await serve(database)
    // Only queries that are known are shared.
    await (await ask(PERSON).response).json()
    await emptyCache()
    const unlock = await lockPeople()
    const clients = [ask(PERSON)]
    await waitingIs(1)
    clients.push(ask(PERSON))
    await until(async () => (await countConnections()) === 2)
    const before = await waiting()
    clients[first]?.leave()
    await until(async () => (await countConnections()) === 1)
    expect(await waiting()).toEqual(before)
    clients[1 - first]?.leave()
    await waitingIs(0)
    await unlock()
  })

  test('a query for which another client waits is answered to it', async () => {
    const { ask, countConnections } = await serve(database)
    await (await ask(PERSON).response).json()
    await emptyCache()
    const unlock = await lockPeople()
    const first = ask(PERSON)
    await waitingIs(1)
    const second = ask(PERSON)
    await until(async () => (await countConnections()) === 2)
    first.leave()
    await until(async () => (await countConnections()) === 1)
    await unlock()
    expect(await (await second.response).json()).toMatchObject(FOUND)
  })

  test('a query that takes too long ends, for all that wait for it', async () => {
    const { ask } = await serve(database, 500)
    const unlock = await lockPeople()
    const responses = await Promise.all([ask(PERSON).response, ask(PERSON).response])
    for (const response of responses)
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'TIMEOUT' } }] })
    await waitingIs(0)
    await unlock()
  })

  test('a query that waits for a connection is not run when its client has left', async () => {
    const { ask, countConnections } = await serve(database)
    await lockPeople()
    const held = await Promise.all(Array.from({ length: 4 }, () => database.pool.connect()))
    const { leave, left } = ask('{ people { nodes { name } } }')
    await until(() => database.pool.waitingCount > 0)
    leave()
    expect(await left).toBe('left')
    await until(async () => (await countConnections()) === 0)
    for (const client of held) client.release()
    // If it ran, it would wait for the lock.
    await until(() => database.pool.waitingCount === 0 && database.pool.idleCount === 4)
  })

  test('a change of the data goes on', async () => {
    const unlock = await lockPeople()
    const clients = new WaitingClients()
    const change = clients.run(() =>
      changeData(database, async (client) => (await client.query('UPDATE person SET slug = slug')).rowCount),
    )
    await waitingIs(1)
    clients.dismiss()
    await unlock()
    expect(await change).toBe(5)
    expect(database.dataVersion()).toBeDefined()
  })
})

describe.runIf(databaseKinds.includes('PGlite'))('on PGlite', () => {
  afterEach(close)

  test('a query of which the client leaves goes on, and the database is not started anew', async () => {
    const database = await openSeeded('PGlite')
    closing.push(database.close)
    await database.pool.query(`CREATE TEMPORARY TABLE session AS SELECT 1 AS one`)
    const { ask } = await serve(database)
    const held = await database.pool.connect()
    const { leave, left } = ask(PERSON)
    await until(() => database.pool.waitingCount > 0)
    leave()
    expect(await left).toBe('left')
    held.release()
    expect(await (await ask(PERSON).response).json()).toMatchObject(FOUND)
    expect((await database.pool.query('SELECT one FROM session')).rows).toEqual([{ one: 1 }])
    await database.pool.query('DROP TABLE session')
  })
})
