import type { PoolClient } from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database, openDatabase } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { createDatabase, databaseKinds, openSeeded } from '../support.ts'
import { type Answer, ask, problemsOf, type Server, serverOf } from './ask.ts'

const DAY = 'query ($day: Date) { person(slug: "marco-rubio") { positions(on: $day) { title } } }'
const HELD = 'query ($day: Date!) { positions { nodes { heldOn(date: $day) } } }'
const SLUG = 'query ($slug: String!) { person(slug: $slug) { name } }'
const FIRST = 'query ($first: Int) { people(first: $first) { nodes { name } } }'
const CODE = 'query ($code: CountryCode!) { country(code: $code) { name } }'
const IDS = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'

describe.each(databaseKinds)('a mistake of the client, on %s,', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  test.each([
    ['{', 'GRAPHQL_PARSE_FAILED', 'Syntax Error: Expected Name, found <EOF>.'],
    ['', 'GRAPHQL_PARSE_FAILED', 'Syntax Error: Unexpected <EOF>.'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED', 'Cannot query field "nothing" on type "Query".'],
    ['{ about }', 'GRAPHQL_VALIDATION_FAILED', 'must have a selection of subfields'],
    ['{ person { name } }', 'GRAPHQL_VALIDATION_FAILED', 'argument "slug" of type "String!" is required'],
    ['{ people(limit: 1) { nodes { name } } }', 'GRAPHQL_VALIDATION_FAILED', 'Unknown argument "limit"'],
    [
      'query ($first: String) { people(first: $first) { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
      'expecting type "Int"',
    ],
    [
      'query A { about { version } } query B { about { version } }',
      'OPERATION_RESOLUTION_FAILURE',
      'what operation to execute',
    ],
  ])('in the document %j is reported with a code', async (document, code, message) => {
    const answer = await ask(server, document)
    expect(problemsOf(answer)).toEqual([[code, expect.stringContaining(message)]])
    expect(answer.data).toBeUndefined()
  })

  test.each([
    [DAY, { day: '2026-02-30' }, 'expected a day as YYYY-MM-DD'],
    [DAY, { day: '0000-01-01' }, 'expected a day as YYYY-MM-DD'],
    [DAY, { day: '5 February 2026' }, 'expected a day as YYYY-MM-DD'],
    [DAY, { day: '2026-02-05T00:00:00Z' }, 'expected a day as YYYY-MM-DD'],
    [DAY, { day: '' }, 'expected a day as YYYY-MM-DD'],
    [DAY, { day: 20_260_205 }, 'expected a day as YYYY-MM-DD'],
    [CODE, { code: 'NATO' }, 'expected a country code'],
    ['{ person(slug: "x") { positions(on: "2026-02-30") { title } } }', {}, 'expected a day as YYYY-MM-DD'],
    ['{ country(code: "Congo") { name } }', {}, 'expected a country code'],
  ])('in the value in %s with %j is reported with what was expected', async (document, variables, message) => {
    const answer = await ask(server, document, variables)
    expect(problemsOf(answer)).toEqual([['BAD_USER_INPUT', expect.stringContaining(message)]])
    expect(answer.data).toBeUndefined()
  })

  test.each([
    ['a slug', '{ people(filter: { met: ["LONG"] }) { totalCount } }'],
    ['a speaker', '{ statements(filter: { speakers: ["LONG"] }) { totalCount } }'],
    ['a cursor', '{ people(after: "LONG") { totalCount } }'],
    ['a text to locate', '{ locate(text: "LONG") { totalCount } }'],
    ['a country code', '{ country(code: "LONG") { name } }'],
    ['a country', '{ relation(between: ["IN", "X-LONG"]) { id } }'],
    ['a day', '{ people { nodes { positions(on: "LONG") { title } } } }'],
  ])('in %s of 9,000 characters is reported with at most 100 of them', async (_what, document) => {
    const letter = document.includes('X-') ? 'a' : '!'
    const [[code, message] = [], ...others] = problemsOf(
      await ask(server, document.replace('LONG', letter.repeat(9_000))),
    )
    expect(others).toEqual([])
    expect(code).toBe('BAD_USER_INPUT')
    expect(message).toMatch(/got ".*…/)
    expect(message?.length).toBeLessThan(200)
  })

  test.each([
    [HELD, {}, 'was not provided'],
    [HELD, { day: null }, 'must not be null'],
    [SLUG, { slug: 5 }, 'String cannot represent'],
    [SLUG, { slug: ['marco-rubio'] }, 'String cannot represent'],
    [SLUG, { slug: { slug: 'marco-rubio' } }, 'String cannot represent'],
    [FIRST, { first: 'many' }, 'Int cannot represent'],
    [FIRST, { first: 1.5 }, 'Int cannot represent'],
    [IDS, { ids: [null] }, 'non-nullable'],
    [IDS, { ids: [[]] }, 'ID cannot represent'],
  ])('in the type of a variable in %s with %j is reported with a code', async (document, variables, message) => {
    const answer = await ask(server, document, variables)
    expect(problemsOf(answer)).toEqual([['BAD_USER_INPUT', expect.stringContaining(message)]])
    expect(answer.data).toBeUndefined()
  })
})

/** A service whose log can be read. */
function logged(database: Database) {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) })
  return { server: createApp(database, log), lines }
}

const MASKED = /^internal error; the operator can find the cause in the log under ([0-9a-f-]{36})$/

/** Expects an answer with one masked error and nothing else of it; gives the id under which it is logged. */
function idOfMasked({ errors }: Answer, path: string[]): string {
  const id = MASKED.exec(errors?.[0]?.message ?? '')?.[1]
  expect(errors).toEqual([
    {
      message: expect.stringMatching(MASKED),
      locations: [{ line: 1, column: expect.any(Number) }],
      path,
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: id },
    },
  ])
  return id as string
}

describe.each(databaseKinds)('an error that the client cannot fix, on %s,', (kind) => {
  test('is masked, logged with the id in the response, and leaves the rest of the response', async () => {
    const database = await openSeeded(kind)
    const { server, lines } = logged(database)
    await database.pool.query('DROP TABLE citation')
    const question =
      '{ person(slug: "marco-rubio") { name } statement(slug: "jaishankar-strong-momentum") { citations { exact } } }'
    const answer = await ask(server, question)
    await database.close()

    expect(answer.data).toEqual({ person: { name: 'Marco Rubio' }, statement: null })
    const id = idOfMasked(answer, ['statement'])
    const [entry, ...others] = lines.filter(({ level }) => level === 50)
    expect(others).toEqual([])
    expect(entry).toMatchObject({ errorId: id, path: ['statement'], msg: 'masked' })
    expect(JSON.stringify(entry?.['err'])).toContain('citation')
  })

  test('leaves no data if nothing can be null', async () => {
    const database = await openSeeded(kind)
    const { server } = logged(database)
    await database.pool.query('DROP TABLE dataset')
    const answer = await ask(server, '{ about { dataVersion } }')
    await database.close()
    idOfMasked(answer, ['about'])
    expect(answer.data).toBeNull()
  })
})

describe.runIf(databaseKinds.includes('PostgreSQL'))('a server that has too much to do', () => {
  const BY_PRISMA = '{ people { nodes { name } } }'
  const BY_HAND = '{ person(slug: "marco-rubio") { counterparts { meetingCount } } }'
  let database: Database
  let busy: PoolClient[]
  beforeAll(async () => {
    const { url, drop } = await createDatabase('seeded')
    const patience = { connectionTimeoutMillis: 500, statement_timeout: 500 }
    database = await connect({ connectionString: url, max: 2, ...patience }, url, drop)
  })
  beforeEach(async () => {
    busy = [await database.pool.connect()]
  })
  afterEach(() => {
    for (const client of busy) client.release(true)
  })
  afterAll(async () => await database.close())

  async function problems(question: string) {
    const { server, lines } = logged(database)
    const answer = await ask(server, question)
    expect(lines.filter(({ level }) => level === 40)).toHaveLength(1)
    expect(lines.filter(({ level }) => level === 50)).toEqual([])
    return problemsOf(answer)
  }

  test('cancels a query that takes too long, and says so', async () => {
    await busy[0]?.query('BEGIN; LOCK TABLE meeting')
    const told = [['TIMEOUT', expect.stringContaining('took longer than 30 seconds; narrow the query')]]
    expect(await problems('{ meetings { nodes { slug } } }')).toEqual(told)
    expect(await problems(BY_HAND)).toEqual(told)
  })

  test('says that it is busy if no connection becomes free', async () => {
    busy.push(await database.pool.connect())
    const told = [['UNAVAILABLE', expect.stringContaining('try again')]]
    expect(await problems(BY_PRISMA)).toEqual(told)
  })
})

test.runIf(databaseKinds.includes('PostgreSQL'))(
  'a lost server is reported as unavailable, and logged without the password',
  async () => {
    const { url, drop } = await createDatabase('seeded')
    const secret = new URL(url)
    secret.password = 'hunter2'
    const database = await openDatabase({ url: secret.href })
    const { server, lines } = logged(database)
    await drop()
    const answer = await ask(server, '{ people { nodes { name } } }')
    await database.close()
    expect(problemsOf(answer)).toEqual([['UNAVAILABLE', expect.stringContaining('try again')]])
    expect(lines.filter(({ level }) => level === 40)).toHaveLength(1)
    expect(JSON.stringify(lines)).not.toContain('hunter2')
  },
)
