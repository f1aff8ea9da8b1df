import { Agent, type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { start } from '../program.ts'
import { usePrograms } from './place.ts'

/** How often a service is stopped; more with STOP_TRIES. */
const TRIES = Number(process.env['STOP_TRIES'] ?? 1)

const CLIENTS = 8
/** Requests of a client before the service is stopped. */
const BEFORE = 5

interface Outcome {
  readonly status: number | undefined
  readonly isLast: boolean
}

/** Sends requests on one connection, each after the response to the last. */
function connectTo(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return async (path: string, body?: string): Promise<Outcome> =>
    await new Promise((resolve, reject) => {
      const method = body ? 'POST' : 'GET'
      const sending = request(new URL(path, url), { agent, method, headers: { 'content-type': 'application/json' } })
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
        const { status, isLast } = await send('/graphql', '{"query":"{ people { nodes { name } } }"}')
        expect(status).toBe(200)
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
