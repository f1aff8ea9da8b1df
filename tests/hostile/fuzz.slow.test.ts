import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { post, serverOf } from '../api/ask.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { documents } from './documents.ts'
import { type HostileRequest, requests } from './requests.ts'
import { send } from './send.ts'
import { faultsOf } from './well-formed.ts'

/** Number of requests on all databases together: 3,000, or 100,000 in `npm run test:long`. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 3_000) / databaseKinds.length
/** Long runs try others each time. The report of a failure names the seed. */
const seeded = process.env['FUZZ_REQUESTS'] ? {} : { seed: 2026 }

describe.each(databaseKinds)('a service on %s that is sent anything', (kind) => {
  let database: Database
  let server: Server
  const logged: { level: number; msg?: string }[] = []

  beforeAll(async () => {
    database = await openSeeded(kind)
    const log = pino({ base: null }, { write: (line: string) => logged.push(JSON.parse(line)) })
    server = createApp(database, log, { responseCacheBytes: 1_000_000 }).createHttpServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await database.close()
  })

  const sendTo = async (hostile: HostileRequest) => await send((server.address() as AddressInfo).port, hostile)

  test('gives only well-formed answers, reveals nothing and logs no error', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (hostile) => {
        logged.length = 0
        const sent = `${hostile.path} ${JSON.stringify(hostile.headers)} ${Buffer.from(hostile.body ?? []).toString()}`
        expect(faultsOf(await sendTo(hostile), sent)).toEqual([])
        expect(logged.filter(({ level }) => level >= 50)).toEqual([])
      }),
      { numRuns: REQUESTS, ...seeded },
    )
    expect((await sendTo({ method: 'GET', path: '/ready', headers: {} })).status).toBe(200)
  })

  test('gives the same answer by both executors', async () => {
    const api = serverOf(database)
    let answered = 0
    await fc.assert(
      fc.asyncProperty(documents, async (asked) => {
        const answer = async () => await (await post(api, asked)).text()
        // graphql-js executes what is new, the planned executor what is repeated.
        const first = await answer()
        if (JSON.parse(first).data) answered += 1
        expect(await answer()).toBe(first)
      }),
      { numRuns: REQUESTS / 5, ...seeded },
    )
    // The others have values that are refused, or cost too much.
    expect(answered).toBeGreaterThan(REQUESTS / 5 / 10)
  })
})
