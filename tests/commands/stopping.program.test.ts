import { Agent, type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { start } from '../program.ts'
import { usePrograms } from './place.ts'

/** How often a service is stopped; more with STOP_TRIES. */
const TRIES = Number(process.env['STOP_TRIES'] ?? 1)

const CLIENTS = 8
/** What the clients send in turn: queries, pages, and queries for a version of the data that is not there yet. */
const SENT: readonly [path: string, headers: Record<string, string>, body?: string][] = [
  ['/graphql', {}, '{"query":"{ people { nodes { name } } }"}'],
  ['/people', { accept: 'text/html' }],
  ['/graphql', { 'x-data-version': '9000000000000000000' }, '{"query":"{ about { dataVersion } }"}'],
]
/** Requests of a client before the service is stopped. */
const BEFORE = 5

interface Outcome {
  readonly status: number | undefined
  readonly isLast: boolean
}

/** Sends requests on one connection, each after the response to the last. */
function connectTo(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return async (path: string, more: Record<string, string> = {}, body?: string): Promise<Outcome> =>
    await new Promise((resolve, reject) => {
      const method = body ? 'POST' : 'GET'
      const headers = { 'content-type': 'application/json', ...more }
      const sending = request(new URL(path, url), { agent, method, headers })
      sending.on('error', reject)
      sending.on('response', (response: IncomingMessage) => {
        response
          .on('error', reject)
          .on('end', () => resolve({ status: response.statusCode, isLast: response.headers.connection === 'close' }))
        response.resume()
      })
      sending.end(body)
    })
}

const { empty } = usePrograms('PGlite')

test('a service that is stopped answers all requests on open connections, and is not ready for more', async () => {
  const place = await empty()
  for (let i = 0; i < TRIES; i++) {
    const service = await start(place.env)
    const probe = connectTo(service.url)
    expect(await probe('/ready')).toEqual({ status: 200, isLast: false })
    let isStopping = false
    const answered = Array<number>(CLIENTS).fill(0)
    const clients = answered.map(async (_, client) => {
      const send = connectTo(service.url)
      for (;;) {
        const [path, headers, body] = SENT[client % SENT.length] as (typeof SENT)[number]
        const { status, isLast } = await send(path, headers, body)
        expect([path, status]).toEqual([path, 200])
        answered[client] = (answered[client] ?? 0) + 1
        if (!isStopping && answered.every((requests) => requests >= BEFORE)) {
          isStopping = true
          service.kill('SIGTERM')
        }
        if (isLast) return
      }
    })
    await service.says('draining')
    expect(await probe('/ready')).toEqual({ status: 503, isLast: true })
    expect(await Promise.allSettled(clients)).toEqual(Array(CLIENTS).fill({ status: 'fulfilled', value: undefined }))
    expect(await service.ended).toMatchObject({ code: 0, stderr: '' })
  }
})
