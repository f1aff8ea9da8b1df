import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Limits } from '../../src/config/limits.ts'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { until } from '../until.ts'
import { type Answer, ask, dataOf, get, post, problemsOf, type Server, serverOf, sqlOf } from './ask.ts'

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
    await refused(document, variables, 'TOO_COMPLEX', 'expected at most 100000')

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
      'people(first: 100) { edges { node { meetings(first: 100) { edges { node { topics { name slug } title slug id } } } } } }'
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
    const path = (times: number) => 'meetings { nodes { participations { person { '.repeat(times)
    const people = (times: number) =>
      `{ person(slug: "s-jaishankar") { ${path(times)} name ${'} } } } '.repeat(times)} } }`
    await tooComplex(people(4))
    await refused(people(40), undefined, 'TOO_COMPLEX', 'nests fields 162 levels deep; expected at most 20')
    const topics = (levels: number) =>
      `{ topics { nodes { ${'broader { '.repeat(levels)} name ${'} '.repeat(levels)} } } }`
    await tooComplex(topics(17))
    await refused(topics(18), undefined, 'TOO_COMPLEX', 'nests fields 21 levels deep; expected at most 20')
  })

  test('is refused if it nests deeply in fragments, whether they come before or after, or in another operation', async () => {
    const inFragments = (levels: number) => {
      const fragments = Array.from(
        { length: levels },
        (_, i) => `fragment f${i} on Topic { broader { ${i + 1 < levels ? `...f${i + 1}` : 'name'} } }`,
      )
      return { operation: '{ topics { nodes { ...f0 } } }', fragments }
    }
    const { operation, fragments } = inFragments(18)
    for (const document of [
      `${operation} ${fragments.join(' ')}`,
      `${fragments.toReversed().join(' ')} ${operation}`,
      `query A { __typename } query B ${operation} ${fragments.join(' ')}`,
    ]) {
      const message = 'nests fields 21 levels deep; expected at most 20'
      await refused(document, undefined, 'TOO_COMPLEX', message)
    }
    const inline = `{ topics { nodes { ${'... on Topic { broader { '.repeat(18)} name ${'} } '.repeat(18)} } } }`
    await refused(inline, undefined, 'TOO_COMPLEX', 'nests fields 21 levels deep; expected at most 20')
  })

  test('is refused if it has many directives, in one place or in a fragment that is spread often', async () => {
    const message = (count: number) => `has ${count} directives; expected at most 100`
    const directives = (count: number) => '@include(if: true) '.repeat(count)
    await refused(`{ __typename ${directives(101)} }`, undefined, 'TOO_COMPLEX', message(101))
    await refused(`{ __typename ${'@nothing '.repeat(101)} }`, undefined, 'TOO_COMPLEX', message(101))
    await refused(`query ${'@nothing '.repeat(101)} { __typename }`, undefined, 'TOO_COMPLEX', message(101))
    await refused(`query ($a: Int ${'@nothing '.repeat(101)}) { __typename }`, undefined, 'TOO_COMPLEX', message(101))
    const fields = Array.from({ length: 10 }, (_, i) => `a${i}: __typename @include(if: true)`).join(' ')
    const spread = (times: number) => `{ ${'...F '.repeat(times)} } fragment F on Query { ${fields} }`
    expect(Object.keys(await dataOf(server, spread(10)))).toHaveLength(10)
    await refused(spread(11), undefined, 'TOO_COMPLEX', message(110))
  })

  test('is refused if a fragment with many aliases is spread often', async () => {
    const fields = Array.from({ length: 100 }, (_, i) => `a${i}: __typename`).join(' ')
    const spread = (times: number) => `{ ${'...F '.repeat(times)} } fragment F on Query { ${fields} }`
    expect(Object.keys(await dataOf(server, spread(3)))).toHaveLength(100)
    await refused(spread(4), undefined, 'TOO_COMPLEX', 'has 400 aliases; expected at most 300')
  })

  test('of a document that was refused is refused again, by POST, by GET and by its hash', async () => {
    const query = `{ ${Array.from({ length: 301 }, (_, i) => `a${i}: __typename`).join(' ')} }`
    const sha256Hash = createHash('sha256').update(query).digest('hex')
    const extensions = { persistedQuery: { version: 1, sha256Hash } }
    const responses = [
      await post(server, { query, extensions }),
      await post(server, { extensions }),
      await post(server, { documentId: `sha256:${sha256Hash}` }),
      await get(server, { query }),
      await post(server, { query }),
    ]
    for (const response of responses) {
      expect(problemsOf((await response.json()) as Answer)).toEqual([
        ['TOO_COMPLEX', 'the document has 301 aliases; expected at most 300'],
      ])
    }
  })

  test('cannot be sent in a batch', async () => {
    const response = await post(server, JSON.stringify(Array(10).fill({ query: '{ __typename }' })))
    expect(problemsOf((await response.json()) as Answer)).toEqual([
      ['BAD_REQUEST', expect.stringContaining('batched requests are not supported')],
    ])
  })

  test('is refused if a thousand aliases repeat a list', async () => {
    const aliases = (count: number, field: string) =>
      Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')
    const people = 'fragment F on PersonConnection { nodes { name slug names positions { title } } }'
    await tooComplex(`{ ${aliases(130, 'people(first: 100) { ...F }')} } ${people}`)
    const message = 'the document has more than 2000 tokens'
    await refused(`{ ${aliases(1_000, 'meetings { totalCount }')} }`, undefined, 'TOO_COMPLEX', message)
    await refused(`{ ${aliases(1_000, 'person(slug: "x") { name }')} }`, undefined, 'TOO_COMPLEX', message)
  })

  test('is refused if hundreds of aliases each take an SQL statement, even with few fields', async () => {
    const aliases = Array.from({ length: 270 }, (_, i) => `a${i}: meetings { totalCount }`).join(' ')
    await tooComplex(`{ ${aliases} }`)
  })

  test('is refused if aliases load the lists of each record again', async () => {
    const again = (count: number) =>
      Array.from({ length: count }, (_, i) => `a${i}: positions(on: "${1950 + i}-01-01") { slug }`).join(' ')
    await dataOf(server, `{ people(first: 100) { nodes { ${again(2)} } } }`)
    await tooComplex(`{ people(first: 100) { nodes { ${again(20)} } } }`)
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
    await tooComplex(checked(100))
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
    await refused(ids, { ids: Array(10_001).fill('x') }, 'TOO_COMPLEX', tooMany)
    const nested = `{"query":${JSON.stringify(ids)},"variables":{"ids":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`
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
    for (const count of [900, 5_000, 12_000]) {
      if (count * (value.length + 7) > 99_000) continue
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
    for (const levels of [30, 1_000, 10_000]) {
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
    await refused(`{ ${'about { version } '.repeat(1_000)} }`, undefined, 'TOO_COMPLEX', 'has more than 2000 tokens')
    const comment = `# ${'x'.repeat(99_800)}\n`
    expect(await dataOf(server, `${comment}{ __typename }`)).toEqual({ __typename: 'Query' })
  })

  test('of more than 100 kB is not read', async () => {
    const question = (bytes: number) => ({
      query: 'query ($slug: String!) { person(slug: $slug) { name } }',
      variables: { slug: 'x'.repeat(bytes) },
    })
    const fits = await post(server, question(99_000))
    expect([fits.status, await fits.json()]).toEqual([200, { data: { person: null }, extensions: { cost: 201 } }])
    const tooLarge = await post(server, question(100_000))
    expect([tooLarge.status, await tooLarge.json()]).toEqual([
      413,
      {
        errors: [
          { message: 'request body: expected at most 100000 bytes', extensions: { code: 'REQUEST_ENTITY_TOO_LARGE' } },
        ],
      },
    ])
  })

  test('without a content length is read up to 100 kB', async () => {
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
    expect([await untold(99_000), await untold(100_000), await untold(5_000_000)]).toEqual([200, 413, 413])
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

describe('limits that an operator sets', () => {
  let database: Database
  beforeAll(async () => {
    database = await openSeeded('PGlite')
  })
  afterAll(async () => await database.close())

  test.each<[Partial<Limits>, object, [string, string]]>([
    [{ cost: 10 }, { query: '{ people { nodes { name } } }' }, ['TOO_COMPLEX', 'expected at most 10']],
    [
      { depth: 2 },
      { query: '{ people { nodes { name } } }' },
      ['TOO_COMPLEX', 'the document nests fields 3 levels deep; expected at most 2'],
    ],
    [{ aliases: 0 }, { query: '{ a: __typename }' }, ['TOO_COMPLEX', 'has 1 aliases; expected at most 0']],
    [
      { directives: 0 },
      { query: '{ __typename @include(if: true) }' },
      ['TOO_COMPLEX', 'has 1 directives; expected at most 0'],
    ],
    [{ tokens: 2 }, { query: '{ __typename }' }, ['TOO_COMPLEX', 'more than 2 tokens']],
    [
      { fragments: 0 },
      { query: '{ ...F } fragment F on Query { __typename }' },
      ['TOO_COMPLEX', 'has 1 fragments; expected at most 0'],
    ],
    [
      { sameFields: 1 },
      { query: '{ __typename __typename }' },
      ['TOO_COMPLEX', 'has 2 fields of one name; expected at most 1'],
    ],
    [{ variables: 1 }, { query: '{ __typename }', variables: { a: [1] } }, ['TOO_COMPLEX', 'more than 1 values']],
    [
      { variableDepth: 1 },
      { query: '{ __typename }', variables: { a: [[1]] } },
      ['TOO_COMPLEX', 'nested deeper than 1 levels'],
    ],
    [{ body: 20 }, { query: '{ __typename }' }, ['REQUEST_ENTITY_TOO_LARGE', 'expected at most 20 bytes']],
  ])('%j is named in the error', async (limits, request, [code, message]) => {
    const server = serverOf(database, { limits })
    const answer = (await (await post(server, request)).json()) as Answer
    expect([problemsOf(answer), answer.data]).toEqual([[[code, expect.stringContaining(message)]], undefined])
  })

  test('bounds the errors that are reported about a document and about variables', async () => {
    const server = serverOf(database, { limits: { errors: 3 } })
    const unknown = await ask(server, '{ a b c d e f }')
    expect(problemsOf(unknown)).toHaveLength(4)
    const many = await ask(
      server,
      'query ($kinds: [MeetingKind!]) { meetings(filter: { kinds: $kinds }) { totalCount } }',
      {
        kinds: Array(50).fill('NONE'),
      },
    )
    expect(problemsOf(many)).toHaveLength(4)
  })

  test('introspection as clients send it passes with the default limits', async () => {
    const server = serverOf(database)
    for (const options of [
      {},
      { inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true, oneOf: true },
    ])
      expect(await dataOf(server, getIntrospectionQuery(options))).toHaveProperty('__schema')
  })
})

describe('a server with limits for connections', () => {
  let database: Database
  beforeAll(async () => {
    database = await openSeeded('PGlite')
  })
  afterAll(async () => await database.close())

  async function listening(limits: Partial<Limits>) {
    const http = serverOf(database, { limits }).createHttpServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    const open = () => connect((http.address() as AddressInfo).port, '127.0.0.1')
    const close = () => {
      http.closeAllConnections()
      http.close()
    }
    return { open, close }
  }

  /** Everything that the server sends until it closes the connection. */
  async function received(socket: Socket): Promise<string> {
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString()
  }

  test('refuses a connection more, and accepts one after another was closed', async () => {
    const { open, close } = await listening({ connections: 2 })
    const request = 'GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'
    const held = [open(), open()]
    await Promise.all(held.map((socket) => once(socket, 'connect')))
    const refused = await received(open())
    expect(refused).toMatch(/^HTTP\/1\.1 503 .*retry-after: 5.*too many connections; at most 2 can be open/s)
    held[0]?.destroy()
    await until(async () => {
      const socket = open()
      socket.write(request)
      return (await received(socket)).startsWith('HTTP/1.1 200')
    })
    close()
  })

  test.each([
    ['the headers', { headerMs: 500, arrivalMs: 60_000 }, 'POST /graphql HTTP/1.1\r\nhost: x\r\n'],
    [
      'the body',
      { headerMs: 500, arrivalMs: 1_000 },
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"query"',
    ],
  ])('does not wait longer for %s than allowed', async (_what, limits, part) => {
    const { open, close } = await listening(limits)
    const socket = open()
    socket.write(part)
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 408 .*expected its headers within 0\.5 seconds/s)
    close()
  })

  test('refuses a header that is larger than allowed, and says how large it may be', async () => {
    const { open, close } = await listening({ header: 2_000 })
    const socket = open()
    socket.write(`GET /graphql HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(3_000)}\r\n\r\n`)
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 431 .*expected at most 2000 bytes/s)
    close()
  })
})
