import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { openSeeded } from '../support.ts'

let database: Database
beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(async () => await database.close())

const silent = pino({ level: 'silent' })

test('a service whose database does not answer says within two seconds that it is not ready', async () => {
  let reads = 0
  const mute = Object.create(database, {
    readVersion: {
      value: () => {
        reads += 1
        return new Promise(() => {})
      },
    },
  }) as Database
  const app = createApp(mute, silent)
  const statuses = () => Promise.all([1, 2, 3].map(async () => (await app.fetch('http://localhost/ready')).status))
  const start = performance.now()
  expect(await statuses()).toEqual([503, 503, 503])
  // The limit is 1.5 s. A busy machine may be late, but not by as much as the database, which never answers.
  expect(performance.now() - start).toBeLessThan(20_000)
  expect(reads).toBe(1)
  expect(await statuses()).toEqual([503, 503, 503])
  expect(reads).toBe(2)
})

test('a service that drains is not ready, and closes each connection with its response', async () => {
  const app = createApp(database, silent)
  const server = app.createHttpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })

  async function get(path: string) {
    const asking = request({ port, path, agent }).end()
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    response.resume()
    await once(response, 'end')
    return [response.statusCode, response.headers.connection]
  }

  const query = '/graphql?query={__typename}'
  expect([await get('/ready'), await get(query)]).toEqual([
    [200, 'keep-alive'],
    [200, 'keep-alive'],
  ])
  app.drain()
  expect([await get('/ready'), await get(query), await get('/health'), await get('/nothing')]).toEqual([
    [503, 'close'],
    [200, 'close'],
    [200, 'close'],
    [404, 'close'],
  ])
  agent.destroy()
  server.close()
})
