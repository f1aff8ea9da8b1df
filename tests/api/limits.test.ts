import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { type Answer, ask, dataOf, post, problemsOf, type Server, serverOf, sqlOf } from './ask.ts'

const LISTS = (first: string) =>
  `people(first: ${first}) { nodes { meetings(first: ${first}) { nodes { statements(first: ${first}) { nodes { text } } } } } }`

describe.each(databaseKinds)('a query on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  /** Expects a refusal before anything is read. */
  async function refused(document: string, variables: object | undefined, code: string, message: string) {
    let problems: unknown
    const sql = await sqlOf(async () => {
      const answer = await ask(server, document, variables)
      problems = [problemsOf(answer), answer.data]
    })
    expect(problems).toEqual([[[code, expect.stringContaining(message)]], undefined])
    expect(sql).toEqual([])
  }
  const tooComplex = async (document: string, variables?: object) =>
    await refused(document, variables, 'TOO_COMPLEX', 'expected at most 25000')

  test('is answered if its lists are short and refused if they are long', async () => {
    await dataOf(server, `{ ${LISTS('10')} }`)
    await tooComplex(`{ ${LISTS('100')} }`)
  })

  test('is refused with large pages even after it was answered with small ones', async () => {
    const document = `query ($first: Int) { ${LISTS('$first')} }`
    await dataOf(server, document, { first: 5 })
    await tooComplex(document, { first: 100 })
    await dataOf(server, document, { first: 5 })
    await tooComplex(document, { first: 100 })
  })

  test('is refused if a variable’s default makes its pages large', async () => {
    await tooComplex(`query ($first: Int = 100) { ${LISTS('$first')} }`)
  })

  test('is refused if its large pages are in fragments, under aliases, or read from the end', async () => {
    await tooComplex(`{ ...f } fragment f on Query { ${LISTS('100')} }`)
    await tooComplex(`{ ... on Query { a: ${LISTS('100')} } }`)
    await tooComplex(`{ ${LISTS('100').replaceAll('first', 'last')} }`)
    const edges =
      'people(first: 100) { edges { node { meetings(first: 100) { edges { node { topics { name } title } } } } } }'
    await tooComplex(`{ ${edges} }`)
  })

  test('is refused if it searches in many lists', async () => {
    const lists = (n: number) =>
      Array.from({ length: n }, (_, i) => `m${i}: meetings(filter: { search: "word${i}" }) { totalCount }`)
    const beneath = (n: number) => `{ person(slug: "s-jaishankar") { ${lists(n).join(' ')} } }`
    await dataOf(server, beneath(20))
    await tooComplex(`{ people(first: 3) { nodes { ${lists(100).join(' ')} } } }`)
  })

  test('is refused if it nests deeply', async () => {
    const depth = 40
    const path = 'meetings { nodes { participations { person { '.repeat(depth)
    await tooComplex(`{ person(slug: "s-jaishankar") { ${path} name ${'} } } } '.repeat(depth)} } }`)
    const topics = `topics { nodes { ${'broader { '.repeat(20)} name ${'} '.repeat(20)} } }`
    await tooComplex(`{ ${topics} }`)
  })

  test('is refused if a thousand aliases repeat a list', async () => {
    const aliases = (count: number, field: string) =>
      Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')
    await tooComplex(`{ ${aliases(130, 'people(first: 100) { nodes { name slug } }')} }`)
    const message = 'the document has more than 2000 tokens'
    await refused(`{ ${aliases(1_000, 'meetings { totalCount }')} }`, undefined, 'TOO_COMPLEX', message)
    await refused(`{ ${aliases(1_000, 'person(slug: "x") { name }')} }`, undefined, 'TOO_COMPLEX', message)
  })

  test('is refused if hundreds of aliases each take an SQL statement, even with few fields', async () => {
    const aliases = Array.from({ length: 270 }, (_, i) => `a${i}: meetings { totalCount }`).join(' ')
    await tooComplex(`{ ${aliases} }`)
  })

  test('is refused if lists with a size nest and each element takes SQL statements', async () => {
    const relations = (countries: number, first: string) =>
      `countries(first: ${countries}, filter: { inFacts: true }) { nodes { relations${first} {
        activity(by: YEAR, during: { from: "2026-01-01", to: "2026-12-31" }) { visits }
        topics(first: 1) { count } people(first: 1) { count }
      } } }`
    await dataOf(server, `{ ${relations(5, '(first: 5)')} }`)
    await tooComplex(`{ ${relations(100, '(first: 100)')} }`)
    await tooComplex(`{ ${relations(10, '')} }`)
    const counterparts = (people: number, first: number) =>
      `people(first: ${people}) { nodes { counterparts(first: ${first}) { meetings(first: 5) { totalCount } } } }`
    await dataOf(server, `{ ${counterparts(5, 10)} }`)
    await tooComplex(`{ ${counterparts(20, 100)} }`)
  })

  test('is refused if it selects many long texts, or checks against them', async () => {
    const texts = (first: number) => `{ sources(first: ${first}) { nodes { fullText } } }`
    await dataOf(server, texts(20))
    await tooComplex(texts(100))
    const checked = (first: number) =>
      `{ sources(first: ${first}) { nodes { citations(first: 100) { nodes { verification } } } } }`
    await dataOf(server, checked(2))
    await tooComplex(checked(50))
  })

  test('is refused if hundreds of aliases can each have many periods, and answered if the periods are few', async () => {
    const periods = (during: string) => {
      const aliases = Array.from({ length: 75 }, (_, i) => `a${i}: activity(by: MONTH${during}) { period visits }`)
      return `{ relation(between: [IN, US]) { ${aliases.join(' ')} } }`
    }
    await dataOf(server, periods(', during: { from: "2026-01-01", to: "2026-03-31" }'))
    await tooComplex(periods(', during: { from: "1926-01-01", to: "2026-03-31" }'))
    await tooComplex(periods(', during: { from: "2026-01-01" }'))
    await tooComplex(periods(''))
  })

  test('is refused for variables that make it too large, after it was answered for others', async () => {
    const aliases = (count: number, field: string) =>
      Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')
    const counted = 'nodes { participations { person { meetings(first: 100) { totalCount } } } }'
    const ofPeople = (filter: string) =>
      `people(first: 100) { nodes { ${aliases(3, `meetings(first: 1, filter: ${filter}) { totalCount }`)} } }`
    const questions: [document: string, small: object, large: object][] = [
      [`query ($n: Int) { meetings(first: $n) { ${counted} } }`, { n: 1 }, { n: 100 }],
      [`query ($f: MeetingFilter) { ${ofPeople('$f')} }`, { f: null }, { f: { search: 'x' } }],
      [`query ($s: String) { ${ofPeople('{ search: $s }')} }`, { s: null }, { s: 'x' }],
      [
        `query ($from: Date) { relation(between: [IN, US]) {
          ${aliases(75, 'activity(by: MONTH, during: { from: $from, to: "2026-03-31" }) { period visits }')}
        } }`,
        { from: '2026-01-01' },
        { from: '1926-01-01' },
      ],
    ]
    for (const [document, small, large] of questions) {
      await dataOf(server, document, small)
      await tooComplex(document, large)
    }
  })

  test('is answered for the months of a century, and refused for one month more', async () => {
    const months = async (to: string) => {
      const during = `{ from: "1901-01-01", to: "${to}" }`
      return await ask(server, `{ relation(between: [IN, US]) { activity(by: MONTH, during: ${during}) { period } } }`)
    }
    const { data } = (await months('2000-12-31')) as { data: { relation: { activity: object[] } } }
    expect(data.relation.activity).toHaveLength(1_200)
    expect(problemsOf(await months('2001-01-01'))).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('expected at most 1200 periods, got 1201')],
    ])
  })

  test('is refused if a list in its filter is long', async () => {
    const many = (entry: string) => Array(101).fill(entry)
    for (const [list, filter, field] of [
      ['countries', { codes: many('IN') }, 'codes'],
      ['people', { country: many('IN') }, 'country'],
      ['people', { met: many('marco-rubio') }, 'met'],
      ['meetings', { between: many('IN') }, 'between'],
      ['meetings', { topics: many('trade') }, 'topics'],
      ['meetings', { kinds: many('SUMMIT') }, 'kinds'],
      ['statements', { speakers: many('marco-rubio') }, 'speakers'],
    ] as const) {
      const type = { countries: 'Country', people: 'Person', meetings: 'Meeting', statements: 'Statement' }[list]
      const document = `query ($filter: ${type}Filter) { ${list}(filter: $filter) { totalCount } }`
      const sql = await sqlOf(async () => {
        const answer = await ask(server, document, { filter })
        const message = `\`${field}\`: expected at most 100 values, got 101`
        expect(problemsOf(answer)).toEqual([['BAD_USER_INPUT', message]])
      })
      expect(sql).toEqual([])
    }
  })

  test('can have up to ten countries in `between`, each counted once', async () => {
    const codes = 'IN US DE FR GB JP CN BR ZA AU RU'.split(' ')
    for (const list of ['meetings', 'statements', 'agreements']) {
      const type = `${list[0]?.toUpperCase()}${list.slice(1, -1)}`
      const question = `query ($filter: ${type}Filter) { ${list}(filter: $filter) { totalCount } }`
      const answerTo = async (between: string[]) => await ask(server, question, { filter: { between } })
      expect((await answerTo(codes.slice(1))).errors).toBeUndefined()
      expect(await answerTo(Array(40).fill(['IN', 'US']).flat())).toEqual(await answerTo(['US', 'IN']))
      expect(problemsOf(await answerTo(codes))).toEqual([
        ['BAD_USER_INPUT', '`between`: expected at most 10 countries, got 11'],
      ])
    }
  })

  test('with many or deep values is refused', async () => {
    const ids = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
    await tooComplex(ids, { ids: Array(9_000).fill('x') })
    const tooMany = 'the variables have more than 10000 values'
    await refused(ids, { ids: Array(100_000).fill('x') }, 'TOO_COMPLEX', tooMany)
    const nested = `{"query":${JSON.stringify(ids)},"variables":{"ids":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
    const response = await post(server, nested)
    const { errors } = (await response.json()) as { errors: { message: string }[] }
    expect(response.status).toBe(400)
    expect(errors).toHaveLength(1)
    expect(errors[0]?.message.length).toBeLessThan(500)
  })

  test.each([
    ['country codes', '[CountryCode!]', 'countries(filter: { codes: $many }) { totalCount }', 'x1', 200],
    ['values of an enum', '[MeetingKind!]', 'meetings(filter: { kinds: $many }) { totalCount }', 'NONE', 400],
    ['long values', '[CountryCode!]', 'countries(filter: { codes: $many }) { totalCount }', 'x'.repeat(90), 200],
  ])('with thousands of wrong %s has a short response with the first of them', async (...row) => {
    // A wrong country is found by the field, because the database may have its name.
    const [, type, field, value, expected] = row
    const query = `query ($many: ${type}) { ${field} }`
    for (const count of [9_000, 60_000, 180_000]) {
      if (count * (value.length + 7) > 990_000) continue
      const many = Array.from({ length: count }, (_, i) => (expected === 400 ? value : `${value} ${i.toString(36)}`))
      const response = await post(server, { query, variables: { many } })
      const text = await response.text()
      const { errors } = JSON.parse(text) as { errors: object[] }
      const status = count > 10_000 ? 400 : expected
      expect([response.status, text.length < 20_000, errors.length <= 50]).toEqual([status, true, true])
    }
  })

  test('with thousands of mistakes has a short response with the first of them', async () => {
    const names = Array.from({ length: 1_900 }, (_, i) => `nothing${i}${'x'.repeat(40)}`)
    const response = await post(server, { query: `{ ${names.join(' ')} }` })
    const text = await response.text()
    expect([response.status, text.length < 20_000]).toEqual([400, true])
    expect(text).toContain('Too many validation errors')
  })

  test.each([
    [
      'aliases',
      `{ ${Array.from({ length: 301 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      'has 301 aliases; expected at most 300',
    ],
    [
      'fields of one name',
      `{ ${'about { version } '.repeat(301)} }`,
      'has 301 fields of one name; expected at most 300',
    ],
    [
      'fragments',
      `{ __typename } ${Array.from({ length: 101 }, (_, i) => `fragment F${i} on Query { __typename }`).join(' ')}`,
      'has 101 fragments; expected at most 100',
    ],
  ])('with too many %s is refused before it is validated', async (_name, document, message) => {
    await refused(document, undefined, 'TOO_COMPLEX', message)
  })

  test('with variables nested too deeply is refused', async () => {
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    for (const levels of [30, 10_000, 100_000]) {
      const response = await post(server, `{"query":"{ about { version } }","variables":${deep(levels)}}`)
      const answer = await response.json()
      expect([levels, response.status, problemsOf(answer as Answer)[0]?.[0]]).toEqual([levels, 400, 'TOO_COMPLEX'])
    }
  })

  test('is refused if its fragments form a circle', async () => {
    const document = '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'
    await refused(document, undefined, 'GRAPHQL_VALIDATION_FAILED', 'Cannot spread fragment "a" within itself via "b"')
  })

  test('is refused if its document has too many tokens, and answered if only a comment makes it long', async () => {
    const document = `{ ${'about { version } '.repeat(5_600)} }`
    expect(document.length).toBeGreaterThan(100_000)
    await refused(document, undefined, 'TOO_COMPLEX', 'characters; expected at most 100000')
    await refused(`{ ${'about { version } '.repeat(1_000)} }`, undefined, 'TOO_COMPLEX', 'has more than 2000 tokens')
    const comment = `# ${'x'.repeat(99_900)}\n`
    expect(await dataOf(server, `${comment}{ __typename }`)).toEqual({ __typename: 'Query' })
  })

  test('of more than a megabyte is not read', async () => {
    const question = (bytes: number) => ({
      query: 'query ($slug: String!) { person(slug: $slug) { name } }',
      variables: { slug: 'x'.repeat(bytes) },
    })
    const fits = await post(server, question(990_000))
    expect([fits.status, await fits.json()]).toEqual([200, { data: { person: null } }])
    const tooLarge = await post(server, question(1_000_000))
    expect([tooLarge.status, await tooLarge.json()]).toEqual([
      413,
      {
        errors: [
          { message: 'request body: expected at most 1000000 bytes', extensions: { code: 'REQUEST_ENTITY_TOO_LARGE' } },
        ],
      },
    ])
  })

  test('without a content length is read up to a megabyte', async () => {
    const http = server.createHttpServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    const { port } = http.address() as AddressInfo
    const untold = async (bytes: number) => {
      const text = JSON.stringify({ query: '{ about { version } }', variables: { large: 'x'.repeat(bytes) } })
      const headers = { 'content-type': 'application/json', connection: 'close' }
      const init = { method: 'POST', headers, body: new Blob([text]).stream(), duplex: 'half' }
      const { status } = await fetch(`http://127.0.0.1:${port}/graphql`, init as RequestInit)
      return status
    }
    expect([await untold(990_000), await untold(1_000_000), await untold(5_000_000)]).toEqual([200, 413, 413])
    http.close()
  })

  test('that searches a list is refused if the search finds more records than a list can filter by', async () => {
    const add = `INSERT INTO search_document (kind, key, title, body, text) SELECT 'MEETING', 'm-' || i, 'many', '', ''`
    const question = '{ meetings(filter: { search: "many" }) { totalCount } }'
    await database.pool.query(`${add} FROM generate_series(1, 4096) AS i`)
    expect(await dataOf(server, question)).toEqual({ meetings: { totalCount: 0 } })
    await database.pool.query(`${add} FROM generate_series(4097, 4097) AS i`)
    for (const refused of [question, question.replace(')', ', orderBy: RELEVANCE)')]) {
      expect(problemsOf(await ask(server, refused))).toEqual([
        ['BAD_USER_INPUT', expect.stringContaining('`search`: expected at most 4096 matching records, got more')],
      ])
    }
    await database.pool.query(`DELETE FROM search_document WHERE title = 'many'`)
  })

  test('with several lists that search is answered, even if they find many records together', async () => {
    for (const kind of ['MEETING', 'STATEMENT', 'VISIT', 'AGREEMENT']) {
      await database.pool.query(
        `INSERT INTO search_document (kind, key, title, body, text)
         SELECT '${kind}', '${kind}-' || i, 'many', '', '' FROM generate_series(1, 3000) AS i`,
      )
    }
    const list = (field: string, within = 'slug') =>
      `${field}(first: 1, filter: { search: "many" }) { nodes { ${within} } }`
    const person = 'person(slug: "s-jaishankar")'
    expect(await dataOf(server, `{ ${person} { ${list('visits', list('meetings', list('statements')))} } }`)).toEqual({
      person: { visits: { nodes: [] } },
    })
    const meetings = list('meetings', `${list('statements')} visit { ${list('meetings')} }`)
    const statements = list('statements', `agreement { ${list('statements')} } meeting { visit { ${meetings} } }`)
    const lists = `${meetings} ${statements} ${list('visits', list('meetings'))}`
    for (const question of [`{ ${person} { ${lists} } }`, `{ people(first: 1) { nodes { ${lists} } } }`]) {
      expect(Object.keys(await dataOf(server, question))).toHaveLength(1)
    }
    await database.pool.query(`DELETE FROM search_document WHERE title = 'many'`)
  })
})

test('the fields below an empty page count, because they are planned too', async () => {
  const database = await openSeeded('PGlite')
  const server = serverOf(database)
  const doubling = (type: string, levels: number) =>
    `{ meetings(first: 0) { nodes { ...f0 } } }
     ${Array.from({ length: levels }, (_, i) => `fragment f${i} on ${type} { ...f${i + 1} ...f${i + 1} } `).join('')}
     fragment f${levels} on ${type} { slug }`
  const facts = (levels: number) =>
    `{ meetings(first: 0) { nodes { ${'citations { fact { '.repeat(levels)} id ${'} } '.repeat(levels)} } } }`
  const codes: unknown[] = []
  for (const question of [doubling('Meeting', 40), facts(6)]) {
    codes.push((await ask(server, question)).errors?.map(({ extensions }) => extensions?.['code']))
  }
  await database.close()
  expect(codes).toEqual([['TOO_COMPLEX'], ['TOO_COMPLEX']])
})

test('fragments that double at each of sixty levels are counted, and refused', async () => {
  const database = await openSeeded('PGlite')
  const server = serverOf(database)
  const doubling = (levels: number) =>
    `{ ...f0 } ${Array.from({ length: levels }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} } `).join('')}
     fragment f${levels} on Query { __typename }`
  const { errors } = await ask(server, doubling(60))
  await database.close()
  expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['TOO_COMPLEX'])
})
