import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { type Answer, dataOf, keepingServerOf, post, problemsOf } from './ask.ts'

const RUBIO = { query: '{ person(slug: "marco-rubio") { name } }' }

describe.each(databaseKinds)('a response that takes too long on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openSeeded(kind)
  })
  afterAll(async () => await database.close())

  test('is an error with a code and is not cached, and the next request succeeds', async () => {
    const server = await keepingServerOf(database, { limits: { requestMs: 100 } })
    const connections = Array.from({ length: database.pool.options.max }, () => database.pool.connect())
    const held = await Promise.all(connections)
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const response = await post(server, RUBIO, { accept })
      const answer = (await response.json()) as Answer
      expect([response.status, response.headers.get('cache-control')]).toEqual([503, 'no-store'])
      expect(problemsOf(answer)).toEqual([
        ['TIMEOUT', expect.stringContaining('the response took longer than 0.1 seconds')],
      ])
      expect(answer.data).toBeUndefined()
    }
    for (const client of held) client.release()
    // On a busy machine the first takes longer than so short a deadline.
    const next = await vi.waitFor(() => dataOf(server, RUBIO.query), { timeout: 240_000 })
    expect(next).toEqual({ person: { name: 'Marco Rubio' } })
  })
})
