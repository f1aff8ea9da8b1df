import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { openEmpty } from '../support.ts'

let database: Database
beforeAll(async () => {
  database = await openEmpty('PGlite')
})
afterAll(async () => await database.close())

const numbers = Array.from({ length: 100 }, (_, i) => i)
const same = async (number: number) =>
  (await database.pool.query<{ same: number }>({ name: 'same', text: 'SELECT $1::int AS same', values: [number] })).rows[0]?.same // biome-ignore format: one line

test('statements share the connection, and each gets its own result', async () => {
  let borrowed = 0
  const count = () => borrowed++
  database.pool.on('acquire', count)
  expect(await Promise.all(numbers.map(same))).toEqual(numbers)
  database.pool.off('acquire', count)
  expect(borrowed).toBe(1)
})

test('a statement that fails does not harm its neighbours', async () => {
  const answers = await Promise.allSettled(
    numbers.map((number) => (number % 3 === 0 ? database.pool.query('SELECT 1 / 0') : same(number))),
  )
  for (const [number, answer] of answers.entries()) {
    expect(answer).toMatchObject(
      number % 3 === 0 ? { status: 'rejected', reason: { code: '22012' } } : { status: 'fulfilled', value: number },
    )
  }
})

test('new connections get their turn under constant load', async () => {
  let isEnough = false
  let answered = 0
  const asking = numbers.slice(0, 20).map(async (number) => {
    for (; !isEnough; answered++) await same(number)
  })
  for (const turn of [1, 2, 3]) {
    const client = await database.pool.connect()
    const before = answered
    await client.query('BEGIN')
    await client.query('CREATE TABLE alone (turn int)')
    const asked = database.pool.query(`SELECT to_regclass('alone') AS seen`)
    await client.query('SELECT pg_sleep(0.02)')
    // Answers that came just before may be told only now; nothing else is answered meanwhile.
    expect(answered - before, `turn ${turn}`).toBeLessThanOrEqual(4)
    await client.query('ROLLBACK')
    client.release()
    expect((await asked).rows).toEqual([{ seen: null }])
  }
  isEnough = true
  await Promise.all(asking)
  expect(answered).toBeGreaterThan(0)
})

test('failed connections are reported, and later statements are answered', async () => {
  const { pool } = database
  const connect = pool.connect
  pool.connect = (() => Promise.reject(new Error('no connection'))) as typeof connect
  const answers = await Promise.allSettled(numbers.slice(0, 10).map(same))
  expect(answers).toEqual(answers.map(() => ({ status: 'rejected', reason: new Error('no connection') })))
  pool.connect = connect
  expect(await same(7)).toBe(7)
})
