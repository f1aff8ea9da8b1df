import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { openSeeded } from '../support.ts'

const ORIGIN = 'http://localhost'
const EVIL = 'evil.example'

let database: Database
let server: Server
beforeAll(async () => {
  database = await openSeeded('PGlite')
  const options = { responseCacheBytes: 1_000_000, sharedMaxAge: 60, limits: { headerMs: 300, arrivalMs: 600 } }
  server = createApp(database, pino({ level: 'silent' }), options)
    .createHttpServer()
    .listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await database.close()
})

/** Sends bytes as they are. Returns all that came back, once the server has closed the connection. */
async function send(bytes: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  // The server may close the connection before it has read everything.
  socket.on('error', () => {})
  socket.write(Buffer.from(bytes, 'latin1'))
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

const get = async (path: string, headers: Record<string, string> = {}) => {
  const fields = Object.entries({ host: 'localhost', accept: 'text/html', connection: 'close', ...headers })
  const response = await send(
    `GET ${path} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  const [head = '', body = ''] = response.split(/\r\n\r\n(.*)/s)
  const [line = '', ...lines] = head.split('\r\n')
  const all = lines.map((field) => field.toLowerCase().split(/: (.*)/s) as [string, string])
  return {
    status: Number(line.split(' ')[1]),
    names: all.map(([name]) => name),
    headers: Object.fromEntries(all),
    head,
    body,
  }
}

const statusesIn = (text: string) => (text.match(/(?<=^HTTP\/1\.1 )\d+/gm) ?? []).map(Number)

const POST = 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
const BODY = '{"query":"{ __typename }"}'

test('clients that send their headers or their body slowly lose their connections, and others are answered meanwhile', async () => {
  const slow = [
    'GET /health HTTP/1.1\r\nhost: localhost\r\nx-a: 1\r\n',
    'GET /',
    `${POST}content-length: 1000\r\n\r\n{`,
    `${POST}transfer-encoding: chunked\r\n\r\n1\r\n{\r\n`,
  ].flatMap((bytes) => Array.from({ length: 25 }, () => send(bytes)))
  expect((await get('/health')).status).toBe(200)
  for (const response of await Promise.all(slow)) expect(statusesIn(response)).toEqual([408])
  expect((await get('/health')).status).toBe(200)
})

const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nhost: localhost\r\n\r\n'

test.each([
  ['a length and chunks', `content-length: ${BODY.length}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['chunks and a length', `transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  ['two lengths', `content-length: ${BODY.length}\r\ncontent-length: 0\r\n\r\n${BODY}${SMUGGLED}`],
  ['two lengths in one header', `content-length: ${BODY.length}, 0\r\n\r\n${BODY}${SMUGGLED}`],
  ['a length with a sign', `content-length: +${BODY.length}\r\n\r\n${BODY}${SMUGGLED}`],
  ['a length that is negative', `content-length: -1\r\n\r\n${BODY}${SMUGGLED}`],
  ['a length in hexadecimal', `content-length: 0x1a\r\n\r\n${BODY}${SMUGGLED}`],
  ['a folded header', `x-a: b\r\n content-length: 0\r\n\r\n${SMUGGLED}`],
  ['a space before the colon', `content-length : ${BODY.length}\r\n\r\n${BODY}${SMUGGLED}`],
  ['another encoding of the transfer', `transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
  [
    'two encodings of the transfer',
    `transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
  ],
  ['a chunk with a bad size', `transfer-encoding: chunked\r\n\r\nzz\r\n${SMUGGLED}`],
  ['a chunk of a huge size', `transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n${SMUGGLED}`],
  ['a chunk without its end', `transfer-encoding: chunked\r\n\r\n1a\r\n${BODY}0\r\n\r\n${SMUGGLED}`],
  ['lines without a carriage return', `content-length: 0\n\n${SMUGGLED}`],
])('a request with %s is refused, and nothing after it is a request', async (_name, rest) => {
  const response = await send(POST + rest)
  expect(statusesIn(response).at(-1)).toBe(400)
  expect(response).not.toContain('smuggled')
  expect(response.toLowerCase()).toContain('connection: close')
})

test('no response has a header or a line that the client has written', async () => {
  const injected = '%0d%0aset-cookie:%20a=b%0d%0a%0d%0a<script>'
  for (const path of [
    `/people/${injected}`,
    `/people/${injected}.csv`,
    `/people/marco-rubio?${injected}`,
    `/people/marco-rubio.csv?a=${injected}`,
    `/countries/in?a=${injected}`,
    `/relations/us-in?a=${injected}`,
    `/search?q=${injected}`,
    `/search.csv?q=${injected}`,
    `/topics.csv?after=${injected}`,
    `/graphql?query=${injected}`,
    `/graphql/?a=${injected}`,
    `/assets/${injected}`,
    `/key?to=${injected}`,
  ]) {
    const { names, headers, status } = await get(path)
    expect([path, status < 500, names.filter((name) => name === 'set-cookie')]).toEqual([path, true, []])
    expect(headers['content-disposition'] ?? '').toMatch(/^(attachment; filename="[a-z0-9-]+\.csv")?$/)
  }
})

test('no redirect leads to another site', async () => {
  let redirected = 0
  const evils = [
    `//${EVIL}`,
    `/\\${EVIL}`,
    `/%5c${EVIL}`,
    `/%2f${EVIL}`,
    `/%2f%2f${EVIL}`,
    `/.//${EVIL}`,
    `/%09/${EVIL}`,
  ]
  const paths = [
    '/graphql/',
    '/countries/in',
    '/relations/us-in',
    '/relations/us-in.json',
    '/countries/in.csv',
    ...evils.flatMap((evil) => [
      evil,
      `${evil}/graphql/`,
      `${evil}/../graphql/`,
      `${evil}/countries/in`,
      `${evil}/%2e%2e/countries/in`,
      `/countries/in${evil}`,
      `/countries${evil}`,
      `/people${evil}`,
      `/relations${evil}`,
      `/countries/in?to=${evil}`,
      `/graphql/?to=${evil}`,
    ]),
  ]
  for (const path of paths) {
    const { status, headers } = await get(path)
    expect([path, status < 500]).toEqual([path, true])
    const { location } = headers
    if (location === undefined) continue
    redirected++
    // As a browser reads it, which treats a backslash as a slash.
    expect([path, new URL(location, new URL(path.replace(/^[/\\]+/, '/'), ORIGIN)).origin]).toEqual([path, ORIGIN])
    expect(location).not.toMatch(/^([/\\]{2}|[a-z]+:)/i)
  }
  expect(redirected).toBeGreaterThan(10)
})

test('no path leaves the folder of the assets or names a file', async () => {
  const up = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..\\', '..%5c', '%252e%252e%252f', '....//', '.%00./']
  const files = ['package.json', 'etc/passwd', 'src/main.ts', 'proc/self/environ']
  for (const root of ['/', '/assets/', '/graphql/assets/', '/people/', '/sources/']) {
    for (const part of up) {
      for (const file of files) {
        const { status, body } = await get(`${root}${part.repeat(4)}${file}`)
        expect([root, part, file, [400, 404].includes(status)]).toEqual([root, part, file, true])
        expect(body).not.toMatch(/"dependencies"|root:x:|PATH=|runProgram/)
      }
    }
  }
})

test('headers of a client do not get into what others receive', async () => {
  const page = async (headers: Record<string, string> = {}) => await get('/people/marco-rubio', headers)
  const plain = await page()
  expect(plain.headers['vary']).toBe('accept, accept-encoding')
  const poison: Record<string, string>[] = [
    { 'x-forwarded-host': EVIL },
    { 'x-forwarded-proto': 'https', 'x-forwarded-port': '1337' },
    { forwarded: `host=${EVIL};proto=https` },
    { 'x-original-url': `/${EVIL}`, 'x-rewrite-url': `/${EVIL}` },
    { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' },
    { 'x-forwarded-prefix': `/${EVIL}`, 'x-script-name': `/${EVIL}` },
    { origin: `https://${EVIL}`, referer: `https://${EVIL}/` },
  ]
  for (const headers of poison) expect([headers, (await page(headers)).body]).toEqual([headers, plain.body])
  // The host is part of every cache's key.
  expect((await page({ host: EVIL })).status).toBe(200)
  expect((await page()).body).toBe(plain.body)

  const asked = '/graphql?query={person(slug:"marco-rubio"){name}}'
  const json = { accept: 'application/json' }
  const first = await get(asked, json)
  const again = await get(asked, { ...json, host: EVIL, 'x-forwarded-host': EVIL })
  expect(again.body).toBe(first.body)
  // Each type of response has its own ETag or says by `vary` what it depends on.
  for (const accept of ['text/html', 'application/json', 'application/graphql-response+json', '*/*']) {
    expect((await get(asked, { accept })).headers['vary']).toContain('accept')
  }
})
