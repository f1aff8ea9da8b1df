import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { openSeeded } from '../support.ts'

let database: Database
beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(() => database.close())

const slow = 'SELECT sum(i)::text FROM generate_series(1, 3000000) i'

it('a slow query of the embedded database lets the event loop go on', async () => {
  let answered = false
  const answer = database.pool.query(slow).then(({ rows }) => {
    answered = true
    return rows
  })
  let turns = 0
  for (; !answered; turns++) await turn()
  // In this thread, it would stop the loop after some ten turns. As it is, there are thousands of turns, on a busy machine too.
  expect(turns).toBeGreaterThan(1_000)
  expect(await answer).toEqual([{ sum: '4500001500000' }])
})

it('concurrent queries are all answered, by Prisma and by the pool', async () => {
  const counts = await Promise.all([
    database.pool.query(slow).then(({ rowCount }) => rowCount),
    ...Array.from({ length: 10 }, () => database.prisma.meeting.count()),
    database.pool.query('SELECT count(*)::int FROM meeting').then(({ rows }) => rows[0].count),
  ])
  expect(counts).toEqual([1, ...Array(11).fill(3)])
})

it('neither a failed query nor an open transaction affects the next query', async () => {
  await expect(database.pool.query('SELECT 1 / 0')).rejects.toThrow('division by zero')
  const client = await database.pool.connect()
  await client.query('BEGIN')
  await client.query('DELETE FROM citation')
  client.release(true)
  expect(await database.prisma.citation.count()).toBeGreaterThan(0)
})

it('an answer may have any length, wherever PGlite breaks it into parts', async () => {
  for (let length = 8_000; length < 8_200; length++) {
    const { rows } = await database.pool.query(`SELECT repeat('x', ${length}) AS text`)
    expect(rows).toEqual([{ text: 'x'.repeat(length) }])
  }
})

it('in memory, a query that takes too long is cancelled too, and the database restarts', async () => {
  await database.prisma.dataset.updateMany({ data: { version: 17n } })
  await database.pool.query('SET statement_timeout = 200')
  const endless = database.pool.query(
    'SELECT count(*) FROM generate_series(1, 1000) a, generate_series(1, 1000000000) b',
  )
  await expect(endless).rejects.toMatchObject({ code: '57014' })
  expect(await database.prisma.dataset.findMany({ select: { version: true } })).toEqual([{ version: 1n }])
})
