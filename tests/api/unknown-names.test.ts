import { getNamedType, isInputObjectType, isListType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { schema } from '../../src/schema/index.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { ask, dataOf, problemsOf, type Server, serverOf, sqlOf } from './ask.ts'

const lists =
  'meetings visits statements agreements people positions organizations topics sources countries relationEvents'.split(
    ' ',
  )

/** Every field of the filter of every list that names a record. */
const named = lists.flatMap((list) => {
  const filter = schema
    .getQueryType()
    ?.getFields()
    [list]?.args.find(({ name }) => name === 'filter')?.type
  const type = getNamedType(filter)
  const fields = isInputObjectType(type) ? Object.values(type.getFields()) : []
  return fields
    .filter((field) => ['ID', 'CountryCode'].includes(getNamedType(field.type).toString()) || field.name === 'post')
    .map((field) => [list, field.name, isListType(field.type), getNamedType(field.type).toString()] as const)
})

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(() => database.close())

  const messages = async (query: string) => problemsOf(await ask(server, query))

  test.each(named)('an unknown name in the filter of %s by %s is an error', async (list, field, isList, type) => {
    const name = type === 'CountryCode' ? '"ZZ"' : '"nobody-and-nothing"'
    const value = isList ? `[${name}]` : name
    const [[code, message] = []] = await messages(
      `{ ${list}(filter: { ${field}: ${value} }) { totalCount nodes { __typename } } }`,
    )
    expect([code, message]).toEqual(['BAD_USER_INPUT', expect.stringContaining(`\`${field}\`: expected the `)])
  })

  test.each([
    [
      '{ statements(filter: { topics: ["tarde"] }) { totalCount } }',
      '`topics`: expected the slug or ID of a known topic, got "tarde"; did you mean "trade"?',
    ],
    [
      '{ people(filter: { met: ["jaishankar"] }) { totalCount } }',
      '`met`: expected the slug or ID of a known person, got "jaishankar"; did you mean "s-jaishankar"?',
    ],
    [
      '{ meetings(filter: { holding: { post: "prime-minister" } }) { totalCount } }',
      '`holding.post`: expected the slug of a known office, got "prime-minister"; did you mean "prime-minister-of-india" or "external-affairs-minister-of-india"?',
    ],
    [
      '{ statements(filter: { speakers: ["state-department"] }) { totalCount } }',
      '`speakers`: expected the slug or ID of a known person or organization, got "state-department"; did you mean "us-department-of-state"?',
    ],
    [
      '{ meetings(filter: { between: [IN, ZZ] }) { totalCount } }',
      '`between`: expected the code or the name of a country that `countries` lists, got "ZZ"',
    ],
    [
      '{ relation(between: [IN, ZZ]) { __typename } }',
      '`between`: expected the code or the name of a country that `countries` lists, got "ZZ"',
    ],
    [
      '{ relation(between: [IN, US]) { timeline(topics: ["tarde"]) { totalCount } } }',
      '`topics`: expected the slug or ID of a known topic, got "tarde"; did you mean "trade"?',
    ],
    [
      '{ relation(between: [IN, US]) { activity(by: YEAR, topics: ["tarde"]) { period } } }',
      '`topics`: expected the slug or ID of a known topic, got "tarde"; did you mean "trade"?',
    ],
    [
      '{ person(slug: "s-jaishankar") { meetings(filter: { topics: ["tarde"] }) { totalCount } } }',
      '`topics`: expected the slug or ID of a known topic, got "tarde"; did you mean "trade"?',
    ],
    [
      '{ statements(orderBy: RELEVANCE, filter: { search: "trade", topics: ["tarde"] }) { totalCount } }',
      '`topics`: expected the slug or ID of a known topic, got "tarde"; did you mean "trade"?',
    ],
  ])('%s says what was meant', async (query, message) => {
    expect(await messages(query)).toEqual([['BAD_USER_INPUT', message]])
  })

  test('an unknown name beside a known one is an error too', async () => {
    expect(await messages('{ statements(filter: { topics: ["trade", "tarde"] }) { totalCount } }')).toMatchObject([
      ['BAD_USER_INPUT', expect.stringContaining('"tarde"')],
    ])
    expect(await messages('{ visits(filter: { to: [US, ZZ] }) { totalCount } }')).toMatchObject([
      ['BAD_USER_INPUT', expect.stringContaining('"ZZ"')],
    ])
  })

  test('a hostile name is reported like any other', async () => {
    for (const name of ["x'; DROP TABLE topic; --", '\\u0000', 'x'.repeat(5_000), '']) {
      const [[code] = []] = await messages(`{ topics(filter: { broader: ["${name}"] }) { totalCount } }`)
      expect(code).toBe('BAD_USER_INPUT')
    }
    expect(await dataOf(server, '{ topics(first: 1) { nodes { slug } } }')).toMatchObject({ topics: {} })
  })

  test('known names that match nothing leave a list empty', async () => {
    const query = '{ meetings(filter: { between: [NO, SE], topics: ["trade"] }) { totalCount nodes { slug } } }'
    expect(await dataOf(server, query)).toEqual({ meetings: { totalCount: 0, nodes: [] } })
  })

  test('names are looked up only if a page is empty or has several', async () => {
    const count = async (filter: string) =>
      (await sqlOf(() => ask(server, `{ statements(filter: { ${filter} }) { nodes { slug } } }`))).length
    expect(await count('topics: ["trade"], between: [IN, US]')).toBe(1)
    expect(await count('topics: ["trade", "energy"]')).toBe(2)
    expect(await count('topics: ["finance"], quotation: [DIRECT]')).toBe(2)
  })

  test.each(['UK', 'GBR', 'United Kingdom', 'united kingdom', 'GB', 'Great Britain'])(
    'a country can be called %s',
    async (name) => {
      expect(
        await dataOf(server, 'query ($code: CountryCode!) { country(code: $code) { code } }', { code: name }),
      ).toEqual({
        country: { code: 'GB' },
      })
    },
  )

  test.each([
    ['Burma', ['BUMM', 'MM']],
    ['burma', ['BUMM', 'MM']],
    ['UK', ['GB']],
    ['uk', ['GB']],
    ['IND', ['IN']],
    ['in', ['IN']],
    ['oman', ['OM']],
    ['ocean', ['IO']],
    ['cean', []],
    ['SUHH', ['SUHH']],
    ['Zaire', ['CD', 'ZRCD']],
    ['norw', ['NO']],
    ['Bharat', ['IN']],
    ['bhar', ['IN']],
    ['ndi', []],
    ['%', []],
    ['', []],
    ['  ', []],
    ["x'; DROP TABLE country; --", []],
    ['NATO', []],
  ])('countries are found by %j', async (search, expected) => {
    await database.pool.query(`UPDATE country SET names = '{Bharat}' WHERE code = 'IN'`)
    const query = 'query ($search: String) { countries(filter: { search: $search }) { totalCount nodes { code } } }'
    const codes = (await dataOf<{ countries: { nodes: { code: string }[] } }>(server, query, { search })).countries
      .nodes
    const found = codes.map(({ code }) => code)
    expect(search.toLowerCase() === 'uk' ? found.filter((code) => code === 'GB') : found).toEqual(expected)
  })

  test('a search for countries has at most 100 characters, and more conditions can be added', async () => {
    expect(await messages(`{ countries(filter: { search: "${'x'.repeat(101)}" }) { totalCount } }`)).toEqual([
      ['BAD_USER_INPUT', '`search`: expected at most 100 characters, got 101'],
    ])
    const query = '{ countries(filter: { search: "korea", codes: [KR] }) { totalCount nodes { code } } }'
    expect(await dataOf(server, query)).toEqual({ countries: { totalCount: 1, nodes: [{ code: 'KR' }] } })
  })

  test('countries are accepted by name in every filter', async () => {
    const query =
      '{ relation(between: ["India", "USA"]) { meetings { totalCount } } visits(filter: { from: ["IND"], to: ["United States"] }) { totalCount } }'
    expect(await dataOf(server, query)).toEqual({
      relation: { meetings: { totalCount: 3 } },
      visits: { totalCount: 1 },
    })
  })

  test('countries are accepted by a name that only the database has, in every filter', async () => {
    await database.pool.query(`UPDATE country SET names = '{Bharat}' WHERE code = 'IN'`)
    const query = `{
      relation(between: ["bharat", US]) { meetings(filter: { between: ["BHARAT", US] }) { totalCount } }
      country(code: "Bharat") { code }
      countries(filter: { codes: ["Bharat"] }) { nodes { code } }
      meetings(filter: { between: ["Bharat", US] }) { totalCount }
      visits(filter: { from: ["Bharat", NO] }) { totalCount }
      people(filter: { holding: { country: "Bharat" } }) { totalCount }
      person(slug: "s-jaishankar") {
        visits(filter: { from: ["Bharat"] }) { totalCount }
        none: meetings(filter: { between: ["Bharat", NO] }) { totalCount }
      }
    }`
    const byCode = query.replaceAll(/"bharat"/gi, 'IN')
    const found = await dataOf(server, query)
    expect(found).toEqual(await dataOf(server, byCode))
    expect(found).toMatchObject({ meetings: { totalCount: 3 }, person: { none: { totalCount: 0 } } })
  })

  test('the names of the database are read once for all names of a request, and only if there are any', async () => {
    const list = (name: string) => `visits(filter: { from: ["${name}"] }) { nodes { slug } }`
    const count = async (...names: string[]) =>
      (await sqlOf(() => ask(server, `{ ${names.map((name, i) => `_${i}: ${list(name)}`).join(' ')} }`))).length
    await database.pool.query(`UPDATE country SET names = '{Bharat,Hindustan}' WHERE code = 'IN'`)
    expect(await count('India', 'IN')).toBe(2)
    expect(await count('Bharat', 'Hindustan')).toBe(3)
  })

  test('a name that two countries have is no country, and the error lists both', async () => {
    await database.pool.query(`UPDATE country SET names = '{Twin Land}' WHERE code IN ('NO', 'SE')`)
    expect(await messages('{ visits(filter: { from: ["twin land"] }) { totalCount } }')).toEqual([
      ['BAD_USER_INPUT', '`from`: expected the code of one country, got "twin land", which can mean NO or SE'],
    ])
    await database.pool.query(`UPDATE country SET names = '{}' WHERE code IN ('NO', 'SE')`)
  })

  test('for many unknown names in one request, suggestions are searched at most three times', async () => {
    const lists = Array.from(
      { length: 10 },
      (_, i) => `_${i}: topics(filter: { broader: ["trade${i}"] }) { totalCount }`,
    )
    const statements = await sqlOf(async () =>
      expect(await messages(`{ ${lists.join(' ')} }`)).toEqual([
        ['BAD_USER_INPUT', expect.stringContaining('; did you mean "trade"')],
      ]),
    )
    expect(statements.filter((statement) => JSON.stringify(statement).includes('similarity')).length).toBe(3)
  })

  test.each([
    ['Germny', 'did you mean DE (Germany)?'],
    ['NATO', 'which is an organization'],
    ['CS', 'which can mean CSHH or CSXX'],
    ['', 'got ""'],
    ['💥', 'got "💥"'],
  ])('%s is no country, and the error says so', async (name, message) => {
    const response = await ask(server, 'query ($code: CountryCode!) { country(code: $code) { code } }', { code: name })
    expect(problemsOf(response)).toEqual([['BAD_USER_INPUT', expect.stringContaining(message)]])
  })
})
