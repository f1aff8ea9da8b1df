import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { until } from '../until.ts'
import { type Answer, dataOf, GRAPHQL, keepingServerOf, post, problemsOf, serverOf } from './ask.ts'

const asked = (i: number) => ({ query: `query Q${i} { person(slug: "marco-rubio") { name } }` })
const RUBIO = { data: { person: { name: 'Marco Rubio' } } }

describe.each(databaseKinds)('a service with more requests than it can run, on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openSeeded(kind)
  })
  afterAll(async () => await database.close())

  /** Holds all connections to the database, so that no request ends until they are released. */
  async function holdConnections(): Promise<() => void> {
    const all = Array.from({ length: database.pool.options.max }, () => database.pool.connect())
    const held = await Promise.all(all)
    return () => {
      for (const client of held) client.release()
    }
  }

  /** Sends requests together, and returns the responses of those that end, once there are so many. */
  async function sendUntil(count: number, sent: readonly Promise<Response>[]): Promise<Response[]> {
    const ended: Response[] = []
    for (const response of sent) void response.then((one) => ended.push(one))
    await until(() => ended.length >= count)
    return [...ended]
  }

  test('runs some, lets some wait, and refuses the others at once with the time to try again', async () => {
    const server = serverOf(database, { limits: { running: 2, waiting: 3, waitMs: 60_000 } })
    const release = await holdConnections()
    const sent = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => post(server, asked(i)))
    for (const response of await sendUntil(3, sent)) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
      expect(problemsOf((await response.json()) as Answer)).toEqual([
        ['UNAVAILABLE', 'too many requests: 2 are running, and at most 3 may wait; try again in 2 seconds'],
      ])
    }
    expect((await server.fetch('http://localhost/health')).status).toBe(200)
    const page = await server.fetch('http://localhost/people/marco-rubio', { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '2'])
    release()
    const responses = await Promise.all(sent)
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(await dataOf(server, asked(9).query)).toEqual(RUBIO.data)
  })

  test('refuses one that has waited too long, and runs the next', async () => {
    const server = serverOf(database, { limits: { running: 1, waiting: 5, waitMs: 50 } })
    const release = await holdConnections()
    const sent = [1, 2, 3].map((i) => post(server, asked(i)))
    const refused = await sendUntil(2, sent)
    expect(refused.map(({ status }) => status)).toEqual([503, 503])
    release()
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 503, 503])
    expect(await dataOf(server, asked(4).query)).toEqual(RUBIO.data)
  })

  test('gives the place of a client that has left to the next', async () => {
    const server = serverOf(database, { limits: { running: 1, waiting: 1, waitMs: 60_000 } })
    const release = await holdConnections()
    const running = post(server, asked(1))
    const leaving = new AbortController()
    const left = server.fetch(GRAPHQL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked(2)),
      signal: leaving.signal,
    })
    void left.catch(() => {})
    const [refused] = await sendUntil(1, [post(server, asked(3))])
    expect(refused?.status).toBe(503)
    leaving.abort()
    // It waits, until the connections are released.
    const next = post(server, asked(4))
    const early = await Promise.race([next, post(server, asked(5))])
    expect(early.status).toBe(503)
    release()
    expect((await Promise.all([running, next])).map(({ status }) => status)).toEqual([200, 200])
  })

  test('gives cached responses all the same', async () => {
    const server = await keepingServerOf(database, { limits: { running: 1, waiting: 0 } })
    await dataOf(server, asked(1).query)
    await dataOf(server, asked(1).query)
    const release = await holdConnections()
    const sent = [2, 3].map((i) => post(server, asked(i)))
    const [refused] = await sendUntil(1, sent)
    expect(refused?.status).toBe(503)
    expect(await dataOf(server, asked(1).query)).toEqual(RUBIO.data)
    release()
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 503])
  })

  test('gives the place of a request that fails to the next', async () => {
    const server = serverOf(database, { limits: { running: 1, waiting: 5, waitMs: 60_000 } })
    const wrong = { query: '{ people(first: 101) { nodes { name } } }' }
    const responses = await Promise.all([wrong, asked(1), wrong, asked(2)].map((one) => post(server, one)))
    const answers = (await Promise.all(responses.map((response) => response.json()))) as Answer[]
    expect(answers.map((answer) => problemsOf(answer).map(([code]) => code))).toEqual([
      ['BAD_USER_INPUT'],
      [],
      ['BAD_USER_INPUT'],
      [],
    ])
  })
})
