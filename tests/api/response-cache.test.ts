import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Bundle } from '../../src/bundle/format.ts'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { parseBundle } from '../../src/bundle/reading/parse.ts'
import { connect, type Database } from '../../src/database/open.ts'
import { createDatabase, databaseKinds, openSeeded } from '../support.ts'
import { until } from '../until.ts'
import {
  type Answer,
  ask,
  dataOf,
  get,
  keepingServerOf,
  post,
  problemsOf,
  type Server,
  type Sql,
  sqlOf,
} from './ask.ts'

const RUBIO = '{ person(slug: "marco-rubio") { name names } }'
const BY_SLUG = 'query ($slug: String!) { person(slug: $slug) { name } }'

/** A bundle by which a person has one more name. */
function renamed(name: string): Bundle {
  const people = [{ slug: 'marco-rubio', name: 'Marco Rubio', names: [name] }]
  return parseBundle(Buffer.from(JSON.stringify({ format: 'bilateral-bundle', version: 1, people })))
}
const namesOf = async (server: Server) =>
  ((await ask(server, RUBIO)).data as { person: { names: string[] } }).person.names

describe.each(databaseKinds)('a repeated request on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
  })
  beforeEach(async () => {
    server = await keepingServerOf(database)
  })
  afterAll(async () => await database.close())

  /** What is answered to each of some questions in turn, and how many statements of SQL each took. */
  async function each(questions: (() => Promise<Response>)[]): Promise<[answer: Answer, statements: number][]> {
    const answers: [Answer, number][] = []
    for (const question of questions) {
      let answer: Answer = {}
      const sql: Sql[] = await sqlOf(async () => {
        answer = (await (await question()).json()) as Answer
      })
      answers.push([answer, sql.length])
    }
    return answers
  }
  const twice = async (question: () => Promise<Response>) => await each([question, question])

  test('is answered from memory, by POST and by GET', async () => {
    const byPost = () => post(server, { query: RUBIO })
    const byGet = () => get(server, { query: RUBIO })
    const answers = await each([byPost, byPost, byGet, byGet])
    const [first] = answers
    expect(answers.map(([, statements]) => statements)).toEqual([1, 0, 0, 0])
    for (const [answer] of answers) expect(answer).toEqual(first?.[0])
  })

  test('is computed again directly after a load in this process', async () => {
    const before = await namesOf(server)
    await loadBundle(database, renamed(`Rubio ${kind}`))
    expect(await namesOf(server)).toEqual(expect.arrayContaining([...before, `Rubio ${kind}`]))
  })

  test('is still answered from memory after a load that changed nothing', async () => {
    await loadBundle(database, renamed('Rubio the same'))
    await namesOf(server)
    await loadBundle(database, renamed('Rubio the same'))
    expect(await sqlOf(() => namesOf(server))).toEqual([])
  })

  test('reads the database once for all concurrent requests', async () => {
    const answers: unknown[] = []
    const ask = async (slug: string) => await dataOf(server, BY_SLUG, { slug })
    await ask('nobody')
    const sql = await sqlOf(async () => {
      answers.push(...(await Promise.all(Array.from({ length: 10 }, () => ask('marco-rubio')))))
    })
    expect(sql).toHaveLength(1)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  test('is not confused with a similar one', async () => {
    const variables = (text: string) => `{"query":${JSON.stringify(BY_SLUG)},"variables":${text}}`
    const people = `query ($first: Int, $after: String) { people(first: $first, after: $after) { nodes { slug } } }`
    const pages = (first: string) => `{"query":${JSON.stringify(people)},"variables":{"first":${first}}}`
    const named = 'query A { person(slug: "marco-rubio") { name } } query B { person(slug: "s-jaishankar") { name } }'
    const questions: (string | object)[] = [
      variables('{"slug":"marco-rubio"}'),
      variables('{"slug":"nobody"}'),
      variables('{"slug":null}'),
      variables('{}'),
      variables('{"slug":"marco-rubio","__proto__":{"slug":"nobody"}}'),
      variables('{"__proto__":{"slug":"marco-rubio"}}'),
      pages('null'),
      pages('1'),
      pages('1e400'),
      pages('-1'),
      pages('1.5'),
      { query: named, operationName: 'A' },
      { query: named, operationName: 'B' },
      { query: named },
      { query: named, operationName: '' },
      { query: BY_SLUG, variables: { slug: 'x'.repeat(200_000) } },
      { query: BY_SLUG, variables: { slug: `${'x'.repeat(200_000)}y` } },
      { query: RUBIO, nothing: 1 },
      { query: RUBIO.replaceAll(' ', '\n ') },
      { query: RUBIO },
    ]
    const uncached: unknown[] = []
    const fresh = async (question: string | object) =>
      (await post(await keepingServerOf(database, { responseCacheBytes: 0 }), question)).json()
    for (const question of questions) uncached.push(await fresh(question))
    const order = [...questions, ...questions.toReversed()]
    const answers = await each(order.map((question) => () => post(server, question)))
    expect(answers.map(([answer]) => answer)).toEqual([...uncached, ...uncached.toReversed()])
  })

  test('is refused again if it is wrong or too complex, and executed again if it failed', async () => {
    const lists = (first: number) =>
      `{ people(first: ${first}) { nodes { meetings(first: ${first}) { nodes { statements(first: ${first}) { nodes { text } } } } } } }`
    const refused = [
      { query: lists(100) },
      { query: '{ nothing }' },
      '{',
      { query: '{ people(first: 101) { nodes { slug } } }' },
    ]
    for (const question of refused) {
      const responses = [await post(server, question), await post(server, question)]
      const [first, second] = (await Promise.all(responses.map((response) => response.json()))) as [Answer, Answer]
      expect(problemsOf(first)).toHaveLength(1)
      expect(second).toEqual(first)
      expect(responses.map(({ headers }) => headers.get('cache-control'))).toEqual(['no-store', 'no-store'])
    }
    await database.pool.query('ALTER TABLE person RENAME TO hidden')
    const failed = await ask(server, RUBIO)
    await database.pool.query('ALTER TABLE hidden RENAME TO person')
    expect(problemsOf(failed).map(([code]) => code)).toEqual(['INTERNAL_SERVER_ERROR'])
    // The error cost the pool its connection, on which the embedded database listens.
    await namesOf(server)
    expect((await ask(server, RUBIO)).errors).toBeUndefined()
  })

  test('has the accepted media type', async () => {
    const types = ['application/json', 'application/graphql-response+json', '*/*', 'application/json', 'image/png']
    const answers: unknown[] = []
    for (const accept of types) {
      const { status, headers } = await post(server, { query: RUBIO }, { accept })
      answers.push([status, headers.get('content-type')])
    }
    const [json, response] = ['application/json', 'application/graphql-response+json'].map(
      (type) => `${type}; charset=utf-8`,
    )
    expect(answers).toEqual([
      [200, json],
      [200, response],
      [200, expect.stringMatching(/json; charset=utf-8$/)],
      [200, json],
      [406, json],
    ])
  })

  test('is refused as a form, even if the same text was answered as JSON', async () => {
    const text = JSON.stringify({ query: RUBIO })
    await post(server, text)
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/graphql',
      'application/jsonp',
    ]) {
      const { status } = await post(server, text, { 'content-type': type })
      expect([type, status]).toEqual([type, 415])
    }
  })

  test('is executed again after other responses have replaced it', async () => {
    server = await keepingServerOf(database, { responseCacheBytes: 20_000 })
    const person = (slug: string) => () => post(server, { query: BY_SLUG, variables: { slug } })
    await each([person('marco-rubio')])
    const others = Array.from({ length: 40 }, (_, i) => person(`nobody-${i}`))
    await each(others)
    const [last, first] = await each([others.at(-1) as () => Promise<Response>, person('marco-rubio')])
    expect([last?.[1], first?.[1]]).toEqual([0, 1])
    const large = () => post(server, { query: BY_SLUG, variables: { slug: 'x'.repeat(30_000) } })
    expect((await twice(large)).map(([, statements]) => statements)).toEqual([1, 0])
  })
})

describe.runIf(databaseKinds.includes('PostgreSQL'))('a repeated question, where others change the data', () => {
  let database: Database
  let other: Database
  let server: Server
  let admin: pg.Client
  beforeAll(async () => {
    const { url, drop } = await createDatabase('seeded')
    database = await connect({ connectionString: url, max: 4 }, url, drop)
    other = await connect({ connectionString: url, max: 4 }, url, async () => {})
    server = await keepingServerOf(database)
    admin = new pg.Client(url)
    await admin.connect()
  })
  afterAll(async () => {
    await admin.end()
    await other.close()
    await database.close()
  })

  test('is computed again as soon as a change is announced', async () => {
    await namesOf(server)
    expect(await sqlOf(() => namesOf(server))).toEqual([])
    await loadBundle(other, renamed('Rubio elsewhere'))
    await until(async () => (await namesOf(server)).includes('Rubio elsewhere'))
  })

  test('reads the database while the connection for announcements is lost', async () => {
    await namesOf(server)
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
      AND pid <> pg_backend_pid() AND query IN ('LISTEN data_version', 'SELECT version FROM dataset')`)
    await loadBundle(other, renamed('Rubio unheard'))
    expect(await namesOf(server)).toContain('Rubio unheard')
    await until(() => database.dataVersion())
    await namesOf(server)
    expect(await sqlOf(() => namesOf(server))).toEqual([])
    expect(await namesOf(server)).toContain('Rubio unheard')
  })
})
