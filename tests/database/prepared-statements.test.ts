import type { ClientBase } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MOST_CHARACTERS, MOST_PREPARED } from '../../src/database/connection.ts'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'

const COLUMNS = [
  'slug',
  'title',
  'kind',
  'edtf',
  'place',
  'note',
  'beginOfTheBegin',
  'endOfTheBegin',
  'beginOfTheEnd',
  'endOfTheEnd',
] as const

/** A select of some columns, another one for each number from 1 to 1023. */
const shape = (number: number) => Object.fromEntries(COLUMNS.map((column, i) => [column, (number & (1 << i)) > 0]))

describe.each(databaseKinds)('prepared statements on %s', (kind) => {
  let database: Database
  beforeEach(async () => {
    database = await openSeeded(kind)
  })
  afterEach(async () => await database.close())

  /** One at a time, so that a pool of several connections uses one. */
  async function preparedIn(connection: Pick<ClientBase, 'query'>): Promise<string[]> {
    const { rows } = await connection.query<{ statement: string }>('SELECT statement FROM pg_prepared_statements')
    return rows.map(({ statement }) => statement)
  }

  test('are bounded for any number of different statements, ours and Prisma’s', async () => {
    const { meeting } = database.prisma
    const byUs = async (number: number) => await meeting.findMany({ select: shape(number), take: 1 })
    // It does not know `skip`.
    const byPrisma = async (number: number) => await meeting.findMany({ select: shape(number), take: 1, skip: 0 })
    const first = await byUs(1)
    for (let number = 1; number <= MOST_PREPARED; number++) {
      for (const read of number % 4 === 0 ? [byPrisma, byUs] : [byUs]) {
        await read(number)
        await read(number)
      }
    }
    const prepared = await preparedIn(database.pool)
    expect(prepared).toHaveLength(MOST_PREPARED)
    expect(prepared.filter((statement) => /"public"\."meeting"/.test(statement)).length).toBeGreaterThan(50)

    expect(await byUs(1)).toEqual(first)
    const then = await preparedIn(database.pool)
    expect(then).toHaveLength(MOST_PREPARED)
    expect(then.filter((statement) => !prepared.includes(statement))).toHaveLength(1)
  })

  test('are not prepared when they come once', async () => {
    const { meeting } = database.prisma
    // Other ones for each database: the process knows what came before.
    const start = databaseKinds.indexOf(kind) * 10 + 600
    for (let number = start; number < start + 10; number++)
      await meeting.findMany({ select: shape(number), where: { slug: 'once' } })
    expect((await preparedIn(database.pool)).filter((statement) => statement.includes('slug'))).toEqual([])
  })

  test('are bounded by their length too', async () => {
    for (let number = 0; number < 50; number++) {
      const text = `SELECT ${number} AS number, $1::text AS text -- ${'x'.repeat(40_000)}`
      await database.pool.query({ name: `long ${number}`, text, values: ['x'] })
    }
    const characters = (await preparedIn(database.pool)).reduce((sum, { length }) => sum + length, 0)
    expect(characters).toBeGreaterThan(MOST_CHARACTERS / 2)
    expect(characters).toBeLessThanOrEqual(MOST_CHARACTERS)
  })

  test('that fall out in a failed transaction are prepared again after it', async () => {
    const client = await database.pool.connect()
    const read = async (number: number) => {
      const text = `SELECT ${number} + $1::int AS sum`
      return (await client.query<{ sum: number }>({ name: `sum ${number}`, text, values: [1] })).rows
    }
    for (let number = 0; number < MOST_PREPARED; number++) await read(number)
    await client.query('BEGIN')
    await expect(client.query('SELECT 1 / 0')).rejects.toThrow('division by zero')
    for (const number of [1_000, 1_001]) await expect(read(number)).rejects.toMatchObject({ code: '25P02' })
    await client.query('ROLLBACK')
    for (const number of [0, 1, 1_000, 1_001, 499]) expect(await read(number)).toEqual([{ sum: number + 1 }])
    expect(await preparedIn(client)).toHaveLength(MOST_PREPARED)
    client.release()
  })
})
