import { once } from 'node:events'
import { type Server as HttpServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { openSeeded } from '../support.ts'
import { keepingServerOf, serverOf } from './ask.ts'

const LARGE = { query: getIntrospectionQuery() }
const SMALL = { query: '{ person(slug: "marco-rubio") { name } }' }

let database: Database
const listening: HttpServer[] = []
const ports: number[] = []
beforeAll(async () => {
  database = await openSeeded('PGlite')
  for (const server of [serverOf(database), await keepingServerOf(database, { responseCacheBytes: 10_000_000 })]) {
    const http = server.createHttpServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    listening.push(http)
    ports.push((http.address() as AddressInfo).port)
  }
})
afterAll(async () => {
  for (const server of listening) server.close()
  await database.close()
})

interface Received {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** Asks over a socket, by the bytes: `fetch` would decompress what it gets. */
async function ask(at: number, asked: object, accepted: string | undefined, method = 'POST'): Promise<Received> {
  const query = method === 'GET' ? `?${new URLSearchParams(asked as Record<string, string>)}` : ''
  const asking = request({ port: ports[at], method, path: `/graphql${query}` })
  asking.setHeader('content-type', 'application/json')
  if (accepted !== undefined) asking.setHeader('accept-encoding', accepted)
  asking.end(method === 'GET' ? undefined : JSON.stringify(asked))
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(await response.toArray()) }
}

describe.each([
  ['worked out', 0],
  ['kept', 1],
])('a response that is %s', (_name, at) => {
  test.each(['POST', 'GET'])('to a %s has the encoding that the client accepts', async (method) => {
    const plain = await ask(at, LARGE, undefined, method)
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body.byteLength).toBeGreaterThan(100_000)
    const cases: [string, string | undefined, (body: Buffer) => Buffer][] = [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip;q=0.5, BR', 'br', brotliDecompressSync],
      ['gzip, br;q=0', 'gzip', gunzipSync],
      ['gzip', 'gzip', gunzipSync],
      ['deflate, zstd', undefined, (body) => body],
      ['identity', undefined, (body) => body],
      ['', undefined, (body) => body],
    ]
    for (const [accepted, encoding, decode] of [...cases, ...cases]) {
      const { status, headers, body } = await ask(at, LARGE, accepted, method)
      expect([accepted, status, headers['content-encoding']]).toEqual([accepted, 200, encoding])
      expect(headers['content-length']).toBe(String(body.byteLength))
      expect(decode(body).equals(plain.body)).toBe(true)
      if (encoding) expect(body.byteLength).toBeLessThan(plain.body.byteLength / 5)
      expect(headers.etag).toBe(plain.headers.etag)
    }
  })

  test('is not compressed if it is small', async () => {
    for (let i = 0; i < 2; i++) {
      const { headers, body } = await ask(at, SMALL, 'br, gzip')
      expect(headers['content-encoding']).toBeUndefined()
      expect(JSON.parse(body.toString())).toMatchObject({ data: { person: { name: 'Marco Rubio' } } })
    }
  })
})
