import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { parseBundle } from '../../src/bundle/reading/parse.ts'
import type { Database } from '../../src/database/open.ts'
import { SECURITY_HEADERS } from '../../src/server/security.ts'
import { openSeeded } from '../support.ts'
import { GRAPHQL, get, keepingServerOf, post, type Server, serverOf } from './ask.ts'

const RUBIO = { query: '{ person(slug: "marco-rubio") { name } }' }

let database: Database
beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(async () => await database.close())

const servers: [string, () => Promise<Server>][] = [
  ['keeps answers', () => keepingServerOf(database)],
  ['keeps none', async () => serverOf(database)],
]

describe.each(servers)('for browsers and CDNs, a service that %s', (_name, open) => {
  let server: Server
  beforeAll(async () => {
    server = await open()
  })

  /** Asks twice, so that a kept answer is looked at where there is one. */
  async function twice(ask: () => Promise<Response>): Promise<Response> {
    await ask()
    return await ask()
  }

  test('gives each GET response an ETag of its content, and has it revalidated each time', async () => {
    const { status, headers } = await twice(() => get(server, RUBIO))
    expect([status, headers.get('cache-control'), headers.get('vary')]).toEqual([
      200,
      'public, max-age=0, must-revalidate',
      'accept, accept-encoding',
    ])
    expect(headers.get('etag')).toMatch(/^W\/"[\w-]{22}"$/)
    const other = await get(server, { query: '{ person(slug: "s-jaishankar") { name } }' })
    expect(other.headers.get('etag')).not.toBe(headers.get('etag'))
  })

  test('answers 304 without a body if nothing changed, for every form of the tag', async () => {
    const etag = (await get(server, RUBIO)).headers.get('etag') ?? ''
    const strong = etag.slice(2)
    const compressed = ['-gzip', ';gzip', '-br'].map((suffix) => etag.replace(/"$/, `${suffix}"`))
    for (const tags of [etag, strong, ...compressed, `"other",${etag}`, `"a" ,  ${strong} , "b"`, '*', ' * ']) {
      const response = await twice(() => get(server, RUBIO, { 'if-none-match': tags }))
      expect([tags, response.status, await response.text()]).toEqual([tags, 304, ''])
      expect(Object.fromEntries(response.headers)).toEqual({
        ...SECURITY_HEADERS,
        etag,
        'cache-control': 'public, max-age=0, must-revalidate',
        vary: 'accept, accept-encoding',
        'x-request-id': expect.any(String),
      })
    }
    for (const tags of ['"other"', '', ',', '""', etag.slice(0, -1), etag.toLowerCase(), 'W/', '**']) {
      const response = await twice(() => get(server, RUBIO, { 'if-none-match': tags }))
      expect([tags, response.status]).toEqual([tags, 200])
    }
  })

  test('never answers 304 to a POST request', async () => {
    const etag = (await get(server, RUBIO)).headers.get('etag') ?? ''
    for (const tags of [etag, '*']) {
      const { status, headers } = await twice(() => post(server, RUBIO, { 'if-none-match': tags }))
      expect([status, headers.get('etag'), headers.get('cache-control')]).toEqual([200, null, null])
    }
  })

  test('does not allow a response with errors to be cached', async () => {
    const wrong = ['{ nothing }', '{', '{ people(first: 101) { nodes { slug } } }', '']
    for (const query of wrong) {
      const { headers } = await twice(() => get(server, { query }))
      expect([query, headers.get('cache-control'), headers.get('etag')]).toEqual([query, 'no-store', null])
    }
  })

  test('answers HEAD like GET, without the body', async () => {
    const { headers } = await get(server, RUBIO)
    const response = await twice(() => get(server, RUBIO, {}, 'HEAD'))
    const names = ['etag', 'cache-control', 'content-type', 'content-length']
    const of = (answer: Headers) => names.map((name) => answer.get(name))
    expect([response.status, await response.text(), of(response.headers)]).toEqual([200, '', of(headers)])
  })

  test('answers other methods with the allowed ones', async () => {
    await get(server, RUBIO)
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const { status, headers } = await get(server, RUBIO, {}, method)
      expect([method, status, headers.get('allow'), headers.get('cache-control')]).toEqual([
        method,
        405,
        'GET, HEAD, POST, OPTIONS',
        'no-store',
      ])
    }
  })
})

test('the tag changes with the response, and not with other changes of the data', async () => {
  const server = await keepingServerOf(database)
  const names = { query: '{ person(slug: "marco-rubio") { names } }' }
  const tagsOf = async () =>
    await Promise.all([RUBIO, names].map(async (asked) => (await get(server, asked)).headers.get('etag')))
  const before = await tagsOf()
  const people = [{ slug: 'marco-rubio', name: 'Marco Rubio', names: ['Little Marco'] }]
  await loadBundle(
    database,
    parseBundle(Buffer.from(JSON.stringify({ format: 'bilateral-bundle', version: 1, people }))),
  )
  const after = await tagsOf()
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})

test('shared caches may serve a response without revalidation for as long as the operator allows', async () => {
  const server = serverOf(database, { sharedMaxAge: 60 })
  const { headers } = await get(server, RUBIO)
  expect(headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60, must-revalidate')
})

test('a response has a request id of its own, cached or not', async () => {
  const server = await keepingServerOf(database)
  const answers = await Promise.all(Array.from({ length: 5 }, () => get(server, RUBIO)))
  expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(5)
})

test('a browser gets the playground instead of a response', async () => {
  const server = await keepingServerOf(database)
  await get(server, RUBIO)
  const page = await server.fetch(`${GRAPHQL}?${new URLSearchParams(RUBIO)}`, { headers: { accept: 'text/html,*/*' } })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
})
