import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { tabs } from '../../src/server/playground/tabs.ts'
import { databaseKinds, openEmpty, openSeeded } from '../support.ts'
import { type Answer, ask, dataOf, post, type Server, serverOf, sqlOf } from './ask.ts'
import { ada, generate, grace } from './generated.ts'

/** How often an operation comes: by Yoga first, and on the direct way from then on. */
const TIMES = 5

const list = (n: number) => `meetings(first: ${n}) { nodes { slug statements(first: 2) { nodes { slug } } } }`

/** Documents in which a selection leaves something out: one relation is asked for twice, with different arguments. */
const CONFLICTING = {
  'a list twice': `{ person(slug: "${ada}") { one: ${list(1)} two: ${list(2)} } }`,
  'a list twice, deeper': `{ people(first: 3) { nodes { slug meetings(first: 2) { nodes { slug
    first: statements(first: 1) { nodes { slug } } all: statements { nodes { slug } } } } } } }`,
  'two lists of the same rows': `{ person(slug: "${ada}") { ${list(2)} visits(first: 1) { nodes { slug } } } }`,
  'a list twice after one that is whole': `{ people(first: 2) { nodes { slug ${list(2)} } }
    person(slug: "${ada}") { one: ${list(1)} two: ${list(2)} } }`,
  'a list twice before one that is whole': `{ person(slug: "${ada}") { one: ${list(1)} two: ${list(2)} }
    people(first: 2) { nodes { slug ${list(2)} } } }`,
  'a list twice beside a record by its id': `{ person(slug: "${ada}") { id one: ${list(1)} two: ${list(2)} }
    node(id: "UGVyc29uOnBlcnNvbi0wMDA") { id ... on Person { name ${list(1)} } } }`,
  'positions at two days': `{ person(slug: "${ada}") { then: positions(on: "2020-01-01") { slug } now: positions { slug } } }`,
}

describe.each(databaseKinds)('a repeated operation on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await generate(database)
  })
  afterAll(async () => await database.close())

  async function textsOf(query: string, variables?: object): Promise<string[]> {
    const texts: string[] = []
    for (let i = 0; i < TIMES; i++) texts.push(await (await post(server, { query, variables })).text())
    return texts
  }

  test.each(Object.entries(CONFLICTING))('has the same answer each time: %s', async (_name, question) => {
    const [first, ...others] = await textsOf(question)
    expect(JSON.parse(first as string).errors).toBeUndefined()
    expect(new Set(others)).toEqual(new Set([first]))
  })

  test('returns each of its lists correctly, even if a selection leaves something out', async () => {
    const one = async (n: number) => await dataOf(server, `{ person(slug: "${ada}") { ${list(n)} } }`)
    const both = { one: (await one(1))['person'], two: (await one(2))['person'] } as Record<
      string,
      Record<string, unknown>
    >
    for (let i = 0; i < TIMES; i++) {
      expect(await dataOf(server, CONFLICTING['a list twice'])).toEqual({
        person: { one: both['one']?.['meetings'], two: both['two']?.['meetings'] },
      })
    }
  })

  test('uses its own variables, wherever they are', async () => {
    const question = `query Again($who: String!, $n: Int, $day: Date, $with: Boolean!) {
      person(slug: $who) {
        slug meetings(first: $n, filter: { during: { from: $day } }) { nodes { slug } }
        names @include(if: $with)
      }
    }`
    for (let i = 0; i < TIMES; i++) {
      for (const who of [ada, grace]) {
        for (const [n, day] of [
          [1, null],
          [3, '2026-02-03'],
          [2, '3000-01-01'],
        ] as const) {
          const variables = { who, n, day, with: i % 2 === 0 }
          const range = day === null ? '' : `, filter: { during: { from: "${day}" } }`
          expect(await dataOf(server, question, variables)).toEqual(
            await dataOf(
              server,
              `{ person(slug: "${who}") { slug meetings(first: ${n}${range}) { nodes { slug } } ${variables.with ? 'names' : ''} } }`,
            ),
          )
        }
      }
    }
  })

  test('returns what its conditions allow, if a fragment is spread with a condition and without one', async () => {
    const names = { slug: ada, name: 'Ada' }
    const fragment = 'fragment F on Person { slug name }'
    const one = `query ($x: Boolean!) { p: person(slug: "${ada}") { __typename ...F @include(if: $x) } q: person(slug: "${ada}") { ...F } } ${fragment}`
    const twice = `query ($x: Boolean!) { p: person(slug: "${ada}") { ...F @include(if: $x) ...F } } ${fragment}`
    for (let i = 0; i < TIMES; i++) {
      expect(await dataOf(server, one, { x: false })).toEqual({ p: { __typename: 'Person' }, q: names })
      expect(await dataOf(server, one, { x: true })).toEqual({ p: { __typename: 'Person', ...names }, q: names })
      expect(await dataOf(server, twice, { x: false })).toEqual({ p: names })
    }
    const two = `query A($x: Boolean!) { person(slug: "${ada}") { ...F @skip(if: $x) } } query B { person(slug: "${ada}") { ...F } } ${fragment}`
    const asked = async (operationName: string, variables = {}) =>
      (await (await post(server, { query: two, operationName, variables })).json()) as Answer
    for (let i = 0; i < TIMES; i++) {
      expect(await asked('A', { x: true })).toMatchObject({ data: { person: {} } })
      expect(await asked('B')).toMatchObject({ data: { person: names } })
    }
  })

  test('returns cursors for its order, even if the order is a variable', async () => {
    const question = `query ($order: MeetingOrder, $filter: MeetingFilter) {
      meetings(first: 2, orderBy: $order, filter: $filter) { pageInfo { endCursor } nodes { slug } }
    }`
    const alone = async (order: string, filter = '') =>
      await dataOf(
        server,
        `{ meetings(first: 2, orderBy: ${order}${filter}) { pageInfo { endCursor } nodes { slug } } }`,
      )
    const search = { search: 'meeting' }
    for (let i = 0; i < TIMES; i++) {
      expect(await dataOf(server, question, { order: 'RELEVANCE', filter: search })).toEqual(
        await alone('RELEVANCE', ', filter: { search: "meeting" }'),
      )
      expect(await dataOf(server, question, { order: 'OLDEST_FIRST' })).toEqual(await alone('OLDEST_FIRST'))
      expect(await dataOf(server, question, { order: 'NEWEST_FIRST', filter: null })).toEqual(
        await alone('NEWEST_FIRST'),
      )
    }
  })

  test.each([
    `{ meetings(first: 3) { nodes { citations { exact fact { __typename id citations { exact } ... on Meeting { title } } } } } }`,
    `{ statements(first: 3) { nodes { speakers { ... on Person { name ...P } ... on Organization { slug } } } } }
     fragment P on Person { positions { title } }`,
    `{ people(first: 3) { nodes { ...F } } } fragment F on Person { slug ...G meetings(first: 1) { nodes { ...M } } }
     fragment G on Person { name visits(first: 1) { nodes { slug } } } fragment M on Cited { note citations { exact } }`,
    `{ search(query: "meeting", first: 5) { nodes { node { __typename ... on Meeting { title } ... on Cited { note } } } } }`,
  ])('has the same response each time, for all types: %s', async (question) => {
    const [first, ...others] = await textsOf(question)
    expect(JSON.parse(first as string).errors).toBeUndefined()
    expect(new Set(others)).toEqual(new Set([first]))
  })

  test('takes the same number of SQL statements each time', async () => {
    const question =
      '{ people(first: 5) { nodes { name meetings(first: 2) { totalCount nodes { title topics { name } } } } } }'
    const counts: number[] = []
    for (let i = 0; i < TIMES; i++) counts.push((await sqlOf(async () => await dataOf(server, question))).length)
    expect(counts).toEqual(Array(TIMES).fill(2))
  })

  test('reports the same errors in the same places each time', async () => {
    const question = `query ($n: Int) {
      people(first: 1) { nodes { slug } }
        wrong: meetings(first: $n) { nodes { slug } }
      person(slug: "${ada}") {
        meetings(after: "no cursor") { nodes { slug } }
      }
    }`
    const answers: Answer[] = []
    for (let i = 0; i < TIMES; i++) {
      const { data, errors = [] } = await ask(server, question, { n: 101 })
      // Which of them comes first, depends on who waits for what.
      answers.push({ data, errors: errors.toSorted((a, b) => (String(a.path) < String(b.path) ? -1 : 1)) })
    }
    expect(answers[0]?.errors?.map(({ path, locations }) => [path, locations])).toEqual(
      expect.arrayContaining([[['wrong'], [{ line: 3, column: 9 }]]]),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })
})

test('the playground’s queries have the same response each time', async () => {
  const database = await openSeeded('PGlite')
  const server = serverOf(database)
  for (const { query, variables = '{}' } of tabs) {
    const answers = new Set<string>()
    for (let i = 0; i < TIMES; i++)
      answers.add(await (await post(server, { query, variables: JSON.parse(variables) })).text())
    expect(answers.size, query).toBe(1)
    expect([...answers].join()).not.toContain('"errors"')
  }
  await database.close()
})
