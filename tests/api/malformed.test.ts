import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Plugin } from 'graphql-yoga'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { openSeeded } from '../support.ts'
import { until } from '../until.ts'

const UUID = /^[0-9a-f-]{36}$/

let database: Database
let server: Server
let lines: Record<string, unknown>[]

beforeAll(async () => {
  database = await openSeeded('PGlite')
  const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
  server = createApp(database, log).createHttpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
})
beforeEach(() => {
  lines = []
})
afterAll(async () => {
  server.close()
  await database.close()
})

/** Sends bytes as they are, and returns all that comes back until the server closes the connection. */
async function send(text: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  // The server may close the connection before it has read all.
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

/** The status, the headers and the body of the only response in a text. */
function parsed(text: string) {
  const [head = '', ...body] = text.split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const headers = Object.fromEntries(fields.map((field) => field.toLowerCase().split(': ') as [string, string]))
  return { status: Number(line.split(' ')[1]), headers, body: body.join('\r\n\r\n') }
}

const get = (target: string, host = 'x', more = '') =>
  `GET ${target} HTTP/1.1\r\nhost: ${host}\r\n${more}connection: close\r\n\r\n`

const LONG = 'x'.repeat(20_000)

test('two headers authorization are refused, whichever of them a proxy has checked', async () => {
  const twice = 'authorization: Bearer one\r\nAuthorization: Bearer two\r\n'
  const { status, body } = parsed(await send(get('/graphql?query={__typename}', 'x', twice)))
  expect([status, JSON.parse(body)]).toEqual([
    400,
    { errors: [{ message: 'header authorization: expected one, got several', extensions: { code: 'BAD_REQUEST' } }] },
  ])
})

test.each([
  ['a port that is none', get('/graphql?query={__typename}', 'x:99999'), 400, 'header host'],
  ['a host that is none', get('/graphql?query={__typename}', '['), 400, 'header host'],
  ['such a host at another path', get('/health', 'x:99999'), 400, 'header host'],
  ['a host with a path', get('/graphql', 'x/y'), 400, 'header host'],
  ['a host with a user', get('/graphql', 'ada@x'), 400, 'header host'],
  ['a host with a space', get('/graphql', 'x y'), 400, 'header host'],
  ['a host with a query', get('/graphql', 'x?y'), 400, 'header host'],
  ['a host with bad escapes', get('/graphql', '%zz'), 400, 'header host'],
  ['no host', 'GET /health HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'header host'],
  ['a target that is no path', get('graphql'), 400, 'malformed'],
  ['a target of another scheme', get('ftp://x/graphql'), 400, 'request target'],
  ['a whole URL with a bad port', get('http://x:99999/graphql'), 400, 'request target'],
  ['an asterisk for a path', get('*'), 400, 'request target'],
  ['no version', 'GET /graphql\r\n\r\n', 400, 'header host'],
  ['no method', '/graphql HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'malformed'],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'malformed'],
  ['a header without a colon', get('/graphql', 'x', 'nonsense\r\n'), 400, 'malformed'],
  ['a header with a null byte', get('/graphql', 'x', 'accept: a\0b\r\n'), 400, 'malformed'],
  [
    'two lengths of a body',
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'malformed',
  ],
  [
    'a bad chunk',
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    400,
    'malformed',
  ],
  ['a long URL', get(`/graphql?query=${LONG}`), 431, 'at most 16384 bytes'],
  ['a long header', get('/graphql', 'x', `accept: ${LONG}\r\n`), 431, 'at most 16384 bytes'],
  ['an expectation', get('/graphql', 'x', 'expect: the-best\r\n'), 417, 'header expect'],
  ['a request for a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nhost: example.org:443\r\n\r\n', 405, 'not a proxy'],
  ['an unknown path', get('/nothing'), 404, 'nothing at this path'],
  ['two slashes', get('//example.org/graphql'), 404, 'nothing at this path'],
  ['a path with bad escapes', get('/%zz/%00'), 404, 'nothing at this path'],
  ['a path below the endpoint', get('/graphql/nothing'), 404, 'nothing at this path'],
  ['an asset that is none', get('/graphql/assets/%2e%2e%2fstart.js'), 404, 'nothing at this path'],
])('a request with %s gets one error in JSON, without internals, and one line in the log', async (...given) => {
  const [, request, expected, message] = given
  const { status, headers, body } = parsed(await send(request))
  expect([status, headers['content-type']]).toEqual([expected, 'application/json; charset=utf-8'])
  expect(headers).toMatchObject({
    'content-length': String(Buffer.byteLength(body)),
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.stringMatching(UUID),
  })
  expect(JSON.parse(body)).toEqual({
    errors: [{ message: expect.stringContaining(message), extensions: { code: expect.stringMatching(/^[A-Z_]+$/) } }],
  })
  expect(body).not.toMatch(/\bat .*:\d|node_modules|\.[tj]s\b/)
  expect(body.length).toBeLessThan(400)
  expect(lines).toEqual([expect.objectContaining({ id: headers['x-request-id'], status, msg: 'request' })])
  expect(JSON.stringify(lines).length).toBeLessThan(600)
})

test.each([
  ['HTTP/1.0 without a host', 'GET /graphql?query={__typename} HTTP/1.0\r\n\r\n'],
  ['a whole URL', get('http://other.example:8080/graphql?query={__typename}')],
  ['a whole URL in capitals', get('HTTP://OTHER.example/graphql?query={__typename}', '[')],
  ['an empty host', get('/graphql?query={__typename}', '')],
  ['a host of IPv6', get('/graphql?query={__typename}', '[::1]:4000')],
  ['a range, which is not served', get('/graphql?query={__typename}', 'x', 'range: bytes=0-1\r\n')],
  ['an upgrade, which is not made', get('/graphql?query={__typename}', 'x', 'upgrade: websocket\r\n')],
])('a request with %s is answered', async (_name, request) => {
  const { status, body } = parsed(await send(request))
  expect([status, JSON.parse(body)]).toEqual([200, { data: { __typename: 'Query' }, extensions: { cost: 1 } }])
  expect(lines).toEqual([expect.objectContaining({ method: 'GET', path: '/graphql', status: 200 })])
})

test('a client that leaves in the middle of a body gets one line in the log, and no error is logged', async () => {
  const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
  const bodies = ['content-length: 100\r\n\r\n{', 'transfer-encoding: chunked\r\n\r\n1\r\n{\r\n']
  for (const [i, body] of bodies.entries()) {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(head + body, () => socket.resetAndDestroy())
    await until(() => lines.length > i)
  }
  expect(lines).toEqual(bodies.map(() => expect.objectContaining({ level: 30, status: 400, path: '/graphql' })))
})

test('a body that cannot be parsed is refused after the responses to earlier requests', async () => {
  const body = JSON.stringify({ query: '{ people { nodes { name } } }' })
  const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
  const good = `${head}content-length: ${body.length}\r\n\r\n${body}`
  const responses = await send(`${good}${good}${head}transfer-encoding: chunked\r\n\r\nzz\r\n`)
  expect(responses.match(/(?<=HTTP\/1.1 )\d+/g)).toEqual(['200', '200', '400'])
})

test('a client that asks for a tunnel and resets its connection does not end the process', async () => {
  for (let i = 0; i < 20; i++) {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.write('CONNECT x:443 HTTP/1.1\r\nhost: x:443\r\n\r\n', () => socket.resetAndDestroy())
    await until(() => lines.length > i)
  }
  expect(parsed(await send(get('/health'))).status).toBe(200)
})

test('what cannot be parsed after a good request is refused after its response', async () => {
  const text = await send(`${get('/graphql?query={__typename}').replace('connection: close\r\n', '')}nonsense\r\n\r\n`)
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400'])
  expect(lines.map(({ status }) => status)).toEqual([200, 400])
})

test('every path says by OPTIONS which methods it has, and refuses others with them', async () => {
  const paths = { '/graphql': 'GET, HEAD, POST', '/': 'GET, HEAD', '/health': 'GET, HEAD', '/ready': 'GET, HEAD' }
  for (const [path, methods] of Object.entries(paths)) {
    const options = parsed(await send(get(path).replace('GET', 'OPTIONS')))
    expect([path, options.status, options.body]).toEqual([path, 204, ''])
    expect(options.headers['allow']).toBe(`${methods}, OPTIONS`.toLowerCase())
    const other = parsed(await send(get(path).replace('GET', 'DELETE')))
    expect([path, other.status, other.headers['allow']]).toEqual([path, 405, `${methods}, OPTIONS`.toLowerCase()])
    expect(JSON.parse(other.body).errors[0].extensions).toEqual({ code: 'METHOD_NOT_ALLOWED' })
  }
  expect(parsed(await send(get('*').replace('GET', 'OPTIONS'))).status).toBe(204)
})

test('HEAD has the status of GET everywhere, and no body', async () => {
  const browser = 'accept: text/html\r\n'
  for (const [path, more] of [
    ['/', ''],
    ['/health', ''],
    ['/ready', ''],
    ['/nothing', ''],
    ['/graphql?query={__typename}', ''],
    ['/graphql?query={', 'accept: application/graphql-response+json\r\n'],
    ['/graphql', browser],
    ['/graphql/', browser],
  ] as const) {
    const request = get(path, 'x', more)
    const [head, whole] = [parsed(await send(request.replace('GET', 'HEAD'))), parsed(await send(request))]
    expect([path, head.status, head.body]).toEqual([path, whole.status, ''])
    expect(head.headers['content-type']).toBe(whole.headers['content-type'])
  }
})

test('a failure of the server itself is reported without internals, and logged with the id of the request', async () => {
  const plugin: Plugin = {
    onRequest() {
      throw new Error('the password is hunter2')
    },
  }
  const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const app = createApp(database, log, { plugins: [plugin] })
  const failing = app.createHttpServer().listen(0, '127.0.0.1')
  await once(failing, 'listening')
  const { port } = failing.address() as AddressInfo
  const path = '/graphql?query={__typename}'
  const requests = [
    () => app.fetch(`http://localhost${path}`),
    () => fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } }),
  ]
  for (const request of requests) {
    const response = await request()
    const id = response.headers.get('x-request-id')
    const message = `internal error; the operator can find the cause in the log under ${id}`
    expect([response.status, await response.json()]).toEqual([
      500,
      { errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    ])
    expect(lines.splice(0)).toEqual([
      expect.objectContaining({ id, level: 50, err: expect.objectContaining({ message: 'the password is hunter2' }) }),
      expect.objectContaining({ id, level: 30, status: 500, msg: 'request' }),
    ])
  }
  failing.close()
})

test('a response that cannot be sent ends its connection, and not the process', async () => {
  const plugin: Plugin = {
    onResponse({ response, setResponse, fetchAPI }) {
      setResponse(new fetchAPI.Response(response.body, { headers: { 'x-broken': 'a\nb' } }))
    },
  }
  const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const failing = createApp(database, log, { plugins: [plugin] })
    .createHttpServer()
    .listen(0, '127.0.0.1')
  await once(failing, 'listening')
  const { port } = failing.address() as AddressInfo
  await expect(fetch(`http://127.0.0.1:${port}/graphql?query={__typename}`)).rejects.toThrow()
  expect(lines).toContainEqual(expect.objectContaining({ level: 50, msg: 'response not sent' }))
  failing.close()
})
