import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { openSeeded } from '../support.ts'
import { type Answer, post, type Server, serverOf } from './ask.ts'

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

let database: Database
let server: Server
beforeAll(async () => {
  database = await openSeeded('PGlite')
  server = serverOf(database)
})
afterAll(async () => await database.close())

describe('over a connection', () => {
  let port: number
  let close: () => void
  beforeAll(async () => {
    const http = server.createHttpServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    port = (http.address() as AddressInfo).port
    close = () => {
      http.closeAllConnections()
      http.close()
    }
  })
  afterAll(() => close())

  /** The headers of the response to what is sent. */
  async function headersOf(sent: string): Promise<Record<string, string>> {
    const socket = connect(port, '127.0.0.1')
    socket.write(`${sent}\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    const [head = ''] = (await text(socket)).split('\r\n\r\n')
    return Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => {
          const [name = '', ...value] = line.split(': ')
          return [name.toLowerCase(), value.join(': ')]
        }),
    )
  }

  test.each([
    'GET /graphql?query={__typename} HTTP/1.1\r\nAccept: application/json',
    'GET /graphql HTTP/1.1\r\nAccept: text/html',
    'POST /graphql HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 0',
    'GET / HTTP/1.1\r\nAccept: text/html',
    'GET /people/marco-rubio.json HTTP/1.1',
    'GET /nothing HTTP/1.1',
    'GET /key HTTP/1.1',
    'GET /health HTTP/1.1',
    'GET /ready HTTP/1.1',
    'DELETE / HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'not HTTP',
  ])('the response to %j has the security headers', async (sent) => {
    const headers = await headersOf(sent)
    expect(headers).toMatchObject(EVERYWHERE)
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(
      policy.replace("style-src 'self' 'unsafe-inline'", sent.includes('/graphql HTTP') ? '' : '$&'),
    ).not.toContain('unsafe')
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(headers).not.toHaveProperty('server')
    expect(headers).not.toHaveProperty('x-powered-by')
  })
})

test('an internal error is masked, also in development', async () => {
  vi.stubEnv('NODE_ENV', 'development')
  try {
    const failing = serverOf({
      ...database,
      readVersion: async () => await Promise.reject(new Error('the secret is 42')),
    })
    const response = await post(failing, { query: '{ about { version } }' })
    const body = await response.text()
    expect((JSON.parse(body) as Answer).errors?.[0]).toEqual({
      message: expect.stringMatching(/^internal error; the operator can find the cause in the log under [-\w]{36}$/),
      locations: [{ line: 1, column: 3 }],
      path: ['about'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) },
    })
    expect(body).not.toMatch(/secret|node_modules|\.ts/)
  } finally {
    vi.unstubAllEnvs()
  }
})
