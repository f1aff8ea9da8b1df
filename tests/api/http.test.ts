import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { serverAudits } from 'graphql-http'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/database/open.ts'
import { schema } from '../../src/schema/index.ts'
import { createApp } from '../../src/server/app.ts'
import { createDatabase, databaseKinds, openSeeded } from '../support.ts'
import {
  ask,
  dataOf,
  GRAPHQL,
  keepingServerOf,
  post,
  problemsOf,
  type Server,
  serverOf,
  sqlOf,
  untilVersionKnown,
} from './ask.ts'

const RUBIO = '{ person(slug: "marco-rubio") { name } }'
const ANSWER = { data: { person: { name: 'Marco Rubio' } } }
const NOT_READY = { errors: [{ message: 'not ready', extensions: { code: 'UNAVAILABLE' } }] }
const UUID = /^[0-9a-f-]{36}$/

describe.each(databaseKinds)('over HTTP on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  test.each(['keeping no answers', 'keeping answers'])('all 61 audits of the specification pass, %s', async (name) => {
    const { fetch } = name === 'keeping answers' ? await keepingServerOf(database) : server
    const audits = serverAudits({ url: GRAPHQL, fetchFn: fetch })
    const results = await Promise.all(audits.map(async ({ fn }) => await fn()))
    const count = (status: string) => results.filter((result) => result.status === status).length
    const failed = results.filter(({ status }) => status === 'error' || status === 'warn')
    expect(failed.map((result) => `${result.id} ${result.name}: ${'reason' in result ? result.reason : ''}`)).toEqual(
      [],
    )
    expect({ ok: count('ok'), notice: count('notice'), warn: count('warn') }).toEqual({ ok: 61, notice: 0, warn: 0 })
  })

  test('a query can be sent by GET', async () => {
    const variables = JSON.stringify({ slug: 'marco-rubio' })
    const query = 'query ($slug: String!) { person(slug: $slug) { name } }'
    const response = await server.fetch(`${GRAPHQL}?${new URLSearchParams({ query, variables })}`)
    expect([response.status, await response.json()]).toMatchObject([200, ANSWER])
  })

  test('a page of another site can read nothing', async () => {
    const foreign = { origin: 'https://example.org' }
    const responses = [
      await post(server, { query: RUBIO }, foreign),
      await server.fetch(`${GRAPHQL}?query=${encodeURIComponent(RUBIO)}`, { headers: foreign }),
      await server.fetch(GRAPHQL, {
        method: 'OPTIONS',
        headers: {
          ...foreign,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      }),
    ]
    for (const { headers } of responses) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })

  test.each([
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(RUBIO)}`],
    ['Application/X-WWW-Form-Urlencoded; charset=utf-8', `query=${encodeURIComponent(RUBIO)}`],
    [
      'multipart/form-data; boundary=b',
      `--b\r\ncontent-disposition: form-data; name="query"\r\n\r\n${RUBIO}\r\n--b--\r\n`,
    ],
    ['text/plain', JSON.stringify({ query: RUBIO })],
    ['text/plain; application/json', JSON.stringify({ query: RUBIO })],
    [' text/plain;charset=UTF-8', JSON.stringify({ query: RUBIO })],
    ['', JSON.stringify({ query: RUBIO })],
  ])('a request as %j, as a form of another site can send, is refused and not executed', async (type, body) => {
    let response = new Response()
    const sql = await sqlOf(async () => {
      const headers = type ? { 'content-type': type } : undefined
      response = await server.fetch(GRAPHQL, {
        method: 'POST',
        body: new TextEncoder().encode(body),
        ...(headers && { headers }),
      })
    })
    expect([response.status, sql]).toEqual([415, []])
    expect(await response.text()).not.toContain('Marco')
  })

  test('a body that is not a GraphQL request is refused', async () => {
    for (const body of ['', '{', 'null', '[]', '"x"', '{}', '{"query":5}', '{"query":"{__typename}","variables":[]}']) {
      const response = await post(server, body)
      const answer = (await response.json()) as { errors: { message: string }[]; data?: unknown }
      expect([body, response.status, answer.errors.length, answer.data]).toEqual([body, 400, 1, undefined])
      expect(answer.errors[0]?.message).not.toMatch(/internal error|node_modules/)
    }
    const batch = await post(server, JSON.stringify([{ query: RUBIO }, { query: RUBIO }]))
    expect(batch.status).toBe(400)
  })

  test('health and readiness are reported, and other paths are not found', async () => {
    const status = async (path: string) => (await server.fetch(`http://localhost${path}`)).status
    const { headers } = await server.fetch('http://localhost/ready')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(await status('/health')).toBe(200)
    expect(await status('/ready')).toBe(200)
    expect(await status('/nothing')).toBe(404)
    expect(await status('/graphql/nothing')).toBe(404)
  })

  test('every response has a request id of its own', async () => {
    const responses = [
      await post(server, { query: RUBIO }),
      await post(server, { query: RUBIO }),
      await post(server, '{'),
      await post(server, { query: RUBIO }, { 'content-type': 'text/plain' }),
      await post(server, { query: RUBIO, variables: { large: 'x'.repeat(1_100_000) } }),
      await server.fetch('http://localhost/health'),
      await server.fetch('http://localhost/ready'),
      await server.fetch('http://localhost/nothing'),
    ]
    const ids = responses.map(({ headers }) => headers.get('x-request-id'))
    expect(ids).toEqual(ids.map(() => expect.stringMatching(UUID)))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('introspection returns the whole schema', async () => {
    const introspection = await dataOf<IntrospectionQuery>(server, getIntrospectionQuery({ specifiedByUrl: true }))
    const whole = (given: typeof schema) => printSchema(lexicographicSortSchema(given))
    expect(whole(buildClientSchema(introspection))).toBe(whole(schema))
  })

  test('a subscription is refused, because the schema has none', async () => {
    const answer = await ask(server, 'subscription { anything }')
    expect(problemsOf(answer)).toEqual([[expect.stringMatching(/^[A-Z_]+$/), expect.stringContaining('subscription')]])
    expect(answer.data ?? null).toBeNull()
  })
})

describe.each(databaseKinds)('the log on %s', (kind) => {
  test('has one line per request', async () => {
    const database = await openSeeded(kind)
    const lines: Record<string, unknown>[] = []
    const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
    const server = createApp(database, log, { responseCacheBytes: 1_000_000 })
    await untilVersionKnown(database)
    const responses = [
      await post(server, { query: `query Rubio ${RUBIO}` }),
      await post(server, { query: `query Rubio ${RUBIO}` }),
      await post(server, { query: RUBIO }),
      await post(server, { query: `query A ${RUBIO} query B { about { version } }`, operationName: 'B' }),
      await post(server, { query: 'query Broken { nothing }' }),
      await post(server, { query: 'query Wrong { people(first: 101) { nodes { name } } }' }),
      await post(server, { query: RUBIO }, { 'content-type': 'text/plain' }),
      await server.fetch('http://localhost/nothing?secret=1'),
    ]
    await database.close()
    const line = (i: number, method: string, path: string, status: number, rest: object = {}) => ({
      level: 30,
      time: expect.any(Number),
      id: responses[i]?.headers.get('x-request-id'),
      method,
      path,
      status,
      ms: expect.any(Number),
      msg: 'request',
      ...rest,
    })
    expect(lines).toEqual([
      line(0, 'POST', '/graphql', 200, { operation: 'Rubio', executor: 'graphql-js', cost: 201 }),
      line(1, 'POST', '/graphql', 200, { operation: 'Rubio', executor: 'cache', cost: 201 }),
      line(2, 'POST', '/graphql', 200, { executor: 'graphql-js', cost: 201 }),
      line(3, 'POST', '/graphql', 200, { operation: 'B', executor: 'graphql-js', cost: 201 }),
      line(4, 'POST', '/graphql', 400, { errors: ['GRAPHQL_VALIDATION_FAILED'] }),
      line(5, 'POST', '/graphql', 200, {
        operation: 'Wrong',
        executor: 'graphql-js',
        cost: 301,
        errors: ['BAD_USER_INPUT'],
      }),
      line(6, 'POST', '/graphql', 415, { errors: ['UNSUPPORTED_MEDIA_TYPE'] }),
      line(7, 'GET', '/nothing', 404),
    ])
    for (const { ms } of lines) expect(ms).toBeGreaterThan(0)
  })
})

describe.each(databaseKinds)('without its data on %s', (kind) => {
  test('the service lives and is not ready, and does not say why', async () => {
    const database = await openSeeded(kind)
    const server = serverOf(database)
    await database.pool.query('DROP TABLE dataset')
    const ready = await server.fetch('http://localhost/ready')
    const alive = await server.fetch('http://localhost/health')
    await database.close()
    expect([ready.status, alive.status]).toEqual([503, 200])
    expect(await ready.json()).toEqual(NOT_READY)
  })
})

test.runIf(databaseKinds.includes('PostgreSQL'))(
  'a service whose server is gone is not ready, and does not say why',
  async () => {
    const { url, drop } = await createDatabase('seeded')
    const database = await openDatabase({ url })
    const server = serverOf(database)
    const before = await server.fetch('http://localhost/ready')
    await drop()
    const after = await server.fetch('http://localhost/ready')
    await database.close()
    expect([before.status, after.status, await after.json()]).toEqual([200, 503, NOT_READY])
  },
)
