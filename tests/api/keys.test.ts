import { once } from 'node:events'
import { get as getOverHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Plugin } from 'graphql-yoga'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createKey, listKeys, revokeKey } from '../../src/access/keys.ts'
import { createSecret } from '../../src/access/secret.ts'
import type { Database } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { until } from '../until.ts'
import { type Answer, get, keepingServerOf, post, type Server, serverOf } from './ask.ts'

const RUBIO = '{ person(slug: "marco-rubio") { name } }'
const NAME = { data: { person: { name: 'Marco Rubio' } } }
const VIEWER = '{ viewer { name scopes } }'
const KEYS = '{ keys { id name scopes createdAt expiresAt revokedAt lastUsed } }'

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

/** The status, the code and the message of a refused request. */
async function refusalOf(response: Response) {
  const { errors = [] } = (await response.json()) as Answer
  return [response.status, errors[0]?.extensions?.['code'], errors[0]?.message]
}

const answerOf = async (response: Response) => (await response.json()) as Answer

describe.each(databaseKinds)('keys on %s', (kind) => {
  let database: Database
  let server: Server
  const keys = { read: '', edit: '', admin: '' }
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = await keepingServerOf(database, { keyLifeMs: 10 })
    for (const scope of ['read', 'edit', 'admin'] as const) {
      keys[scope] = (await createKey(database, { name: `Zoë’s ${scope} 🔑 日本`, scope })).key
    }
  })
  afterAll(async () => await database.close())

  test('a request with a key is known by name and scopes, and each scope includes the lower ones', async () => {
    for (const _ of [1, 2, 3]) {
      const answers = [
        await post(server, { query: VIEWER }),
        await post(server, { query: VIEWER }, bearer(keys.read)),
        await get(server, { query: VIEWER }, { authorization: `bearer  ${keys.edit}` }),
        await post(server, { query: VIEWER }, bearer(keys.admin)),
      ]
      expect(await Promise.all(answers.map(answerOf))).toMatchObject([
        { data: { viewer: null } },
        { data: { viewer: { name: 'Zoë’s read 🔑 日本', scopes: ['READ'] } } },
        { data: { viewer: { name: 'Zoë’s edit 🔑 日本', scopes: ['READ', 'EDIT'] } } },
        { data: { viewer: { name: 'Zoë’s admin 🔑 日本', scopes: ['READ', 'EDIT', 'ADMIN'] } } },
      ])
      for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  test('a field that needs a scope is refused without it, however it is requested', async () => {
    const documents = [
      KEYS,
      '{ mine: keys { id } }',
      'query ($no: Boolean = false) { keys @include(if: $no) { id } }',
      '{ ...F } fragment F on Query { ... { ...G } } fragment G on Query { keys { id } }',
      'query A { about { version } keys { id } }',
    ]
    for (const query of [...documents, ...documents]) {
      expect(await refusalOf(await post(server, { query }))).toEqual([
        401,
        'UNAUTHENTICATED',
        'Query.keys: expected a key with the scope admin in the header authorization',
      ])
      expect(await refusalOf(await get(server, { query }, bearer(keys.edit)))).toEqual([
        403,
        'FORBIDDEN',
        'Query.keys: expected a key with the scope admin, got one with edit',
      ])
      expect((await post(server, { query }, bearer(keys.admin))).status).toBe(200)
    }
  })

  test('an operation of a document needs only the scopes of its own fields', async () => {
    const query = `query Open { about { version } } query Scoped { keys { id } }`
    expect((await post(server, { query, operationName: 'Open' })).status).toBe(200)
    expect((await post(server, { query, operationName: 'Scoped' })).status).toBe(401)
  })

  test('an administrator lists the keys, which show neither a key nor its hash', async () => {
    await until(async () => (await listKeys(database)).every(({ lastUsed }) => lastUsed !== null))
    const response = await post(server, { query: KEYS }, bearer(keys.admin))
    const body = await response.text()
    const today = new Date().toISOString().slice(0, 10)
    // Keys that were created in the same millisecond are in any order.
    const name = 'Zoë’s admin 🔑 日本'
    expect(JSON.parse(body).data.keys.find((key: { name: string }) => key.name === name)).toEqual({
      id: keys.admin.slice('bilateral_'.length, 'bilateral_'.length + 8),
      name,
      scopes: ['READ', 'EDIT', 'ADMIN'],
      createdAt: expect.stringContaining(today),
      expiresAt: null,
      revokedAt: null,
      lastUsed: today,
    })
    const { rows } = await database.pool.query<{ hash: Buffer }>('SELECT hash FROM api_key')
    const secrets = [
      ...Object.values(keys),
      ...rows.flatMap(({ hash }) => [hash.toString('hex'), hash.toString('base64')]),
    ]
    for (const secret of secrets) expect(body).not.toContain(secret)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('a key that is revoked while it is in use stops working, and so does one that expires', async () => {
    const { id, key } = await createKey(database, { name: 'soon revoked', scope: 'read' })
    const brief = await createKey(database, { name: 'brief', scope: 'read' })
    expect((await post(server, { query: RUBIO }, bearer(key))).status).toBe(200)
    expect((await post(server, { query: RUBIO }, bearer(brief.key))).status).toBe(200)
    await revokeKey(database, id)
    await database.pool.query('UPDATE api_key SET expires_at = now() WHERE id = $1', [brief.id])
    for (const [used, message] of [
      [key, 'the key was revoked'],
      [brief.key, 'the key has expired'],
    ] as const) {
      await until(async () => (await post(server, { query: RUBIO }, bearer(used))).status === 401)
      const response = await post(server, { query: RUBIO }, bearer(used))
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(await refusalOf(response)).toEqual([401, 'UNAUTHENTICATED', message])
    }
  })

  const MALFORMED = 'the key is incomplete or has a typing error: expected bilateral_ and 49 letters and digits'

  test.each<[string, (key: string) => string, string]>([
    ['with another checksum', (key) => key.slice(0, -1) + (key.endsWith('0') ? '1' : '0'), MALFORMED],
    ['with another letter', (key) => key.replace(/(?<=_)./, (letter) => (letter === 'a' ? 'b' : 'a')), MALFORMED],
    ['that is cut short', (key) => key.slice(0, 40), MALFORMED],
    ['of which only the start is there', () => 'bilateral_', MALFORMED],
    ['of 8 kB', (key) => key.repeat(140), MALFORMED],
    ['twice', (key) => `${key}, Bearer ${key}`, MALFORMED],
    ['with words behind it', (key) => `${key} OR 1=1`, MALFORMED],
    ['that is a cookie', () => createSecret('session'), MALFORMED],
    ['that nobody created', () => createSecret('key'), 'the key is not known'],
  ])('a key %s is refused, and never treated as none', async (_how, changed, message) => {
    const server = serverOf(database)
    expect(await refusalOf(await post(server, { query: RUBIO }, bearer(changed(keys.read))))).toEqual([
      401,
      'UNAUTHENTICATED',
      message,
    ])
  })

  test.each(['Basic YWRhOnNlY3JldA==', 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x', 'Bearer', 'bilateral_x', ''])(
    'the header authorization: %s is for a proxy or a plugin',
    async (authorization) => {
      const response = await post(serverOf(database), { query: RUBIO }, { authorization })
      expect([response.status, await answerOf(response)]).toMatchObject([200, NAME])
    },
  )

  test('while the database is not available, a key is neither accepted nor refused', async () => {
    const pool = { query: async () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })) }
    const server = serverOf({ ...database, pool: pool as unknown as Database['pool'] })
    const response = await post(server, { query: RUBIO }, bearer(keys.read))
    expect((await refusalOf(response)).slice(0, 2)).toEqual([503, 'UNAVAILABLE'])
  })

  test('two headers are refused, and a key in the address counts for nothing', async () => {
    const http = serverOf(database, { access: { readAccess: 'key' } })
      .createHttpServer()
      .listen(0, '127.0.0.1')
    await once(http, 'listening')
    onTestFinished(() => void http.close())
    const { port } = http.address() as AddressInfo
    const statusOf = async (more: string, authorization: string[]) => {
      const request = getOverHttp(`http://127.0.0.1:${port}/graphql?query={__typename}${more}`, {
        agent: false,
        headers: [
          'host',
          'localhost',
          'accept',
          'application/json',
          ...authorization.flatMap((value) => ['authorization', value]),
        ],
      })
      const [response] = await once(request, 'response')
      await text(response)
      return response.statusCode
    }
    const [valid, unknown] = [`Bearer ${keys.read}`, `Bearer ${createSecret('key')}`]
    expect(await statusOf('', [valid, unknown])).toBe(400)
    expect(await statusOf('', [unknown, valid])).toBe(400)
    for (const name of ['key', 'access_token', 'authorization'])
      expect(await statusOf(`&${name}=${keys.read}`, [])).toBe(401)
  })

  describe('while reading needs a key', () => {
    const closed = () => keepingServerOf(database, { access: { readAccess: 'key' }, sharedMaxAge: 60 })
    const NO_KEY = 'this service needs a key; send it in the header authorization: Bearer bilateral_…'

    test('GraphQL, pages and their files ask for one', async () => {
      const server = await closed()
      expect(await refusalOf(await post(server, { query: RUBIO }))).toEqual([401, 'UNAUTHENTICATED', NO_KEY])
      expect(await refusalOf(await get(server, { query: '{ __schema { types { name } } }' }))).toEqual([
        401,
        'UNAUTHENTICATED',
        NO_KEY,
      ])
      for (const path of [
        '/',
        '/people/marco-rubio',
        '/relations/IN-US.svg',
        '/people/marco-rubio.json',
        '/people.csv',
      ]) {
        const url = `http://localhost${path}`
        const refused = await server.fetch(url)
        expect([path, refused.status, refused.headers.get('www-authenticate')]).toEqual([path, 401, 'Bearer'])
        expect(refused.headers.get('cache-control')).toBe('no-store')
        expect(await refused.text()).not.toMatch(/Rubio|Jaishankar/)
        const shown = await server.fetch(url, { headers: bearer(keys.read) })
        expect([path, shown.status]).toEqual([path, 200])
        expect(shown.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate')
        expect(shown.headers.get('vary')).toBe('accept, accept-encoding, authorization, cookie')
      }
    })

    test('health, readiness and the playground without data do not', async () => {
      const server = await closed()
      const html = { accept: 'text/html' }
      for (const path of ['/health', '/ready', '/graphql', '/key']) {
        expect([path, (await server.fetch(`http://localhost${path}`, { headers: html })).status]).toEqual([path, 200])
      }
    })

    test('a cached response is for those with a key only, and so is a 304', async () => {
      const server = await closed()
      const request = { query: RUBIO }
      let etag = ''
      for (const _ of [1, 2, 3]) {
        const response = await get(server, request, bearer(keys.read))
        etag = response.headers.get('etag') ?? ''
        expect(await answerOf(response)).toMatchObject(NAME)
        expect((await get(server, request)).status).toBe(401)
      }
      expect((await get(server, request, { ...bearer(keys.read), 'if-none-match': etag })).status).toBe(304)
      expect((await get(server, request, { 'if-none-match': etag })).status).toBe(401)
    })

    test('a plugin sees the requests that are refused, and their responses', async () => {
      const seen: unknown[] = []
      const plugin: Plugin = {
        onRequest: ({ request }) => void seen.push(request.method),
        onResponse: ({ response }) => void seen.push(response.status),
      }
      const server = serverOf(database, { access: { readAccess: 'key' }, plugins: [plugin] })
      await post(server, { query: RUBIO })
      await get(server, { query: RUBIO }, bearer(createSecret('key')))
      expect(seen).toEqual(['POST', 401, 'GET', 401])
    })
  })

  test('while reading is open, a response to a key is private, and any other may be stored by a CDN', async () => {
    const server = await keepingServerOf(database, { sharedMaxAge: 60 })
    const cacheControlOf = async (headers = {}) =>
      (await get(server, { query: RUBIO }, headers)).headers.get('cache-control')
    for (const _ of [1, 2, 3]) {
      expect(await cacheControlOf()).toBe('public, max-age=0, s-maxage=60, must-revalidate')
      expect(await cacheControlOf(bearer(keys.read))).toBe('private, max-age=0, must-revalidate')
    }
  })

  test('the log has the id of a key, and never a key, a cookie or a query string', async () => {
    const key = keys.read
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const app = createApp(database, log)
    const unknown = createSecret('key')
    const session = createSecret('session')
    const secrets = [key, unknown, session].map((secret) => secret.slice(-39))
    await post(app, { query: RUBIO }, bearer(keys.read))
    await post(app, { query: RUBIO }, bearer(unknown))
    await post(app, { query: RUBIO }, { cookie: `bilateral_session=${session}` })
    await post(app, { query: `query ${key} { person(slug: "${unknown}") { name } }` })
    await post(app, { query: `{ ${key} }` })
    await get(app, { query: RUBIO, key, access_token: unknown })
    await app.fetch(`http://localhost/people/${key}`)
    await app.fetch(`http://localhost/${session}?key=${key}`)
    await app.fetch('http://localhost/key', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `key=${unknown}`,
    })
    expect(lines).toHaveLength(9)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ key: key.slice(10, 18), status: 200 })
    for (const secret of secrets) expect(lines.join('')).not.toContain(secret)
    expect(lines.join('')).not.toContain('?')
  })
})
