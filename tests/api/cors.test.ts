import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Plugin } from 'graphql-yoga'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { openSeeded } from '../support.ts'
import { keepingServerOf, type Server } from './ask.ts'

const HERE = 'https://pages.example.org'
const QUERY =
  '{ person(slug: "marco-rubio") { name } meetings(first: 100) { nodes { slug title participations { person { names } } } } }'
const seen: string[] = []
const plugin: Plugin = {
  onRequest({ request }) {
    seen.push(request.method)
  },
}

let database: Database
beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(async () => await database.close())

/** The headers of a response that tell a browser what a page may do, and `vary`. */
function permissionsOf({ status, headers }: Response) {
  const granted = [...headers].filter(([name]) => name.startsWith('access-control-'))
  return { status, granted: Object.fromEntries(granted) }
}

const GRANTED = {
  'access-control-allow-origin': HERE,
  'access-control-allow-methods': 'GET, POST',
  'access-control-expose-headers': 'etag, ratelimit, ratelimit-policy, retry-after, x-request-id',
  'access-control-max-age': '86400',
}

/** Sends requests over HTTP, as a page of an origin makes a browser do. */
async function requestsFrom(origin: string, corsOrigins: readonly string[]) {
  const app: Server = await keepingServerOf(database, { corsOrigins, plugins: [plugin] })
  const server = app.createHttpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  const get = `${url}?${new URLSearchParams({ query: QUERY })}`
  try {
    const send = async (to: string, init: RequestInit) => {
      const response = await fetch(to, { ...init, headers: { origin, accept: 'application/json', ...init.headers } })
      await response.arrayBuffer()
      return response
    }
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    }
    const posted = { 'content-type': 'application/json' }
    const preflight = await send(url, { method: 'OPTIONS', headers: asked })
    const post = await send(url, { method: 'POST', headers: posted, body: JSON.stringify({ query: QUERY }) })
    const first = await send(get, {})
    const etag = first.headers.get('etag') ?? ''
    const unchanged = await send(get, { headers: { 'if-none-match': etag } })
    const refused = await send(url, { method: 'POST', headers: posted, body: JSON.stringify({ query: '{ nothing }' }) })
    return { preflight, post, get: first, unchanged, refused }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

describe('a page of another origin', () => {
  test.each([
    ['the only one listed', [HERE]],
    ['one of several', ['https://other.example.org', HERE]],
    ['any, where * is set', ['*']],
  ])('may read all responses if it is %s', async (_what, origins) => {
    seen.length = 0
    const { preflight, post, get, unchanged, refused } = await requestsFrom(HERE, origins)
    expect(permissionsOf(preflight)).toEqual({
      status: 204,
      granted: { ...GRANTED, 'access-control-allow-headers': 'authorization,content-type' },
    })
    expect(permissionsOf(post)).toEqual({ status: 200, granted: GRANTED })
    expect(permissionsOf(get)).toEqual({ status: 200, granted: GRANTED })
    expect(get.headers.get('vary')).toBe('accept, accept-encoding, origin')
    expect(permissionsOf(unchanged)).toEqual({ status: 304, granted: GRANTED })
    expect(permissionsOf(refused)).toEqual({ status: 200, granted: GRANTED })
    expect(seen).toContain('POST')
    expect(seen).toContain('GET')
  })

  test.each([
    ['https://pages.example.org.evil.example', [HERE]],
    ['http://pages.example.org', [HERE, 'https://other.example.org']],
    ['null', [HERE, 'https://other.example.org']],
    [HERE, []],
  ])('%s may read nothing if it is not listed in %o', async (origin, origins) => {
    for (const response of Object.values(await requestsFrom(origin, origins)))
      expect(permissionsOf(response).granted).toEqual({})
  })
})
