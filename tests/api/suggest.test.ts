import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { attended, bundleWith, load, meeting, person, statement, topic } from '../fixtures.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { ask, dataOf, keepingServerOf, problemsOf, type Server, sqlOf } from './ask.ts'

interface Found {
  suggest: { kind: string; name: string; node: { key?: string; code?: string } }[]
}

describe.each(databaseKinds)('suggestions on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    await load(
      database,
      bundleWith({
        people: [
          person('ada', { name: 'Ada Marsh', names: ['Áda van der Meer', 'Ада Меер'] }),
          person('bo', { name: 'Bo Marsh' }),
          person('mar', { name: 'Marshall Meer-Ito' }),
          person('ito', { name: '伊藤博文' }),
        ],
        organizations: [{ slug: 'marsh-club', name: 'Friends of the Marsh_100%', kind: 'OTHER' }],
        topics: [{ ...topic('marshes'), name: 'Marshes' }],
        statements: [statement({ speakers: [{ person: 'bo' }], topics: ['marshes'] })],
        meetings: [
          meeting({
            participations: [attended('bo', { representing: 'IN' }), attended('ada', { representing: 'MH' })],
          }),
          meeting({ slug: 'again', participations: [attended('bo')] }),
        ],
      }),
    )
    server = await keepingServerOf(database)
  })
  afterAll(() => database.close())

  const SUGGEST = (args: string) => `{ suggest(${args}) { kind name node {
    ... on Person { key: slug } ... on Country { code } ... on Organization { key: slug } ... on Topic { key: slug }
  } } }`
  const suggest = async (args: string) =>
    (await dataOf<Found>(server, SUGGEST(args))).suggest.map(({ kind, name, node }) => [
      kind,
      node.key ?? node.code,
      name,
    ])

  test('are names that start with the text, then names with a word that does, those with more facts first', async () => {
    expect(await suggest('text: "marsh"')).toEqual([
      ['COUNTRY', 'MH', 'Marshall Islands'],
      ['TOPIC', 'marshes', 'Marshes'],
      ['PERSON', 'mar', 'Marshall Meer-Ito'],
      ['PERSON', 'bo', 'Bo Marsh'],
      ['PERSON', 'ada', 'Ada Marsh'],
      ['ORGANIZATION', 'marsh-club', 'Friends of the Marsh_100%'],
    ])
    expect(await suggest('text: "marsh", first: 2, kinds: [PERSON, TOPIC]')).toEqual([
      ['TOPIC', 'marshes', 'Marshes'],
      ['PERSON', 'mar', 'Marshall Meer-Ito'],
    ])
    expect(await suggest('text: "arsh"')).toEqual([])
  })

  test('say which of the recorded names matches, in any script, without regard to case, accents and signs', async () => {
    expect(await suggest('text: "ÀDA VAN"')).toEqual([['PERSON', 'ada', 'Áda van der Meer']])
    expect(await suggest('text: "Ада М"')).toEqual([['PERSON', 'ada', 'Ada Marsh']])
    expect(await suggest('text: "ада ме"')).toEqual([['PERSON', 'ada', 'Ада Меер']])
    expect(await suggest('text: "meer ito"')).toEqual([['PERSON', 'mar', 'Marshall Meer-Ito']])
    expect(await suggest('text: "伊藤"')).toEqual([['PERSON', 'ito', '伊藤博文']])
    expect(await suggest('text: "cote d’iv"')).toEqual([['COUNTRY', 'CI', "Côte d'Ivoire"]])
    expect(await suggest('text: "100%"')).toEqual([['ORGANIZATION', 'marsh-club', 'Friends of the Marsh_100%']])
    expect(await suggest('text: "%"')).toEqual([])
  })

  test('find countries by their codes and other names too', async () => {
    expect(await suggest('text: "uk", kinds: [COUNTRY]')).toEqual([
      ['COUNTRY', 'GB', 'United Kingdom'],
      ['COUNTRY', 'UA', 'Ukraine'],
    ])
  })

  test('take one SQL statement for each letter', async () => {
    await suggest('text: "m"')
    expect(await sqlOf(() => suggest('text: "ma"'))).toHaveLength(1)
  })

  test('refuse a text that is empty or too long, and a wrong number', async () => {
    for (const [args, message] of [
      ['text: ""', '`text`: expected 1 to 100 characters, got 0'],
      [`text: "${'m'.repeat(101)}"`, '`text`: expected 1 to 100 characters, got 101'],
      ['text: "m", first: 101', '`first`: expected 0 to 100, got 101'],
    ] as const) {
      expect(problemsOf(await ask(server, SUGGEST(args)))).toEqual([['BAD_USER_INPUT', message]])
    }
  })
})
