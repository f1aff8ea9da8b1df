import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { ask, dataOf, problemsOf, type Server, serverOf } from './ask.ts'
import { ada, generate, sorted } from './generated.ts'

interface Connection {
  edges: { cursor: string; node: { slug: string } }[]
  nodes: { slug: string }[]
  pageInfo: object
  totalCount: number
}

const PAGE =
  '{ edges { cursor node { slug } } nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }'
const ROOT = 'meetings'
const NESTED = `person(slug: "${ada}") { meetings`

describe.each(databaseKinds)('a connection on %s', (kind) => {
  let database: Database
  let server: Server
  /** The cursors of all meetings, in order. */
  let cursors: string[]

  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await generate(database)
    const { meetings } = await dataOf<{ meetings: Connection }>(server, `{ meetings(first: 100) ${PAGE} }`)
    cursors = meetings.edges.map(({ cursor }) => cursor)
  })
  afterAll(async () => await database.close())

  const plain = (at: string, args = '') => `{ ${at}${args} ${PAGE}${at.includes('{') ? '}' : ''} }`
  const question = (at: string) =>
    `query ($first: Int, $last: Int, $after: String, $before: String) ${plain(at, '(first: $first, last: $last, after: $after, before: $before)')}`

  async function read(at: string, variables: object, asked = question(at)): Promise<Connection> {
    const data = await dataOf<{ meetings: Connection; person: { meetings: Connection } }>(server, asked, variables)
    return data.meetings ?? data.person.meetings
  }

  /** The whole answer that holds the meetings from `from` to `to`. */
  function meetings(from: number, to: number, hasPreviousPage: boolean, hasNextPage: boolean): Connection {
    const nodes = sorted.meetings.slice(from, to).map((slug) => ({ slug }))
    const edges = nodes.map((node, i) => ({ cursor: cursors[from + i] as string, node }))
    const pageInfo = {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    }
    return { edges, nodes, pageInfo, totalCount: 48 }
  }

  describe.each([
    ['of the root', ROOT],
    ['of a record', NESTED],
  ])('%s', (_, at) => {
    test('has 20 records by default, also if `first` is null', async () => {
      expect(await read(at, {}, plain(at))).toEqual(meetings(0, 20, false, true))
      expect(await read(at, { first: null, last: null, after: null, before: null })).toEqual(
        meetings(0, 20, false, true),
      )
    })

    test('has as many as `first` says, from 0 to 100', async () => {
      expect(await read(at, { first: 0 })).toEqual(meetings(0, 0, false, true))
      expect(await read(at, { first: 1 })).toEqual(meetings(0, 1, false, true))
      expect(await read(at, { first: 47 })).toEqual(meetings(0, 47, false, true))
      expect(await read(at, { first: 48 })).toEqual(meetings(0, 48, false, false))
      expect(await read(at, { first: 100 })).toEqual(meetings(0, 48, false, false))
    })

    test('has the last ones as `last` says, in the same order', async () => {
      expect(await read(at, { last: 0 })).toEqual(meetings(48, 48, true, false))
      expect(await read(at, { last: 3 })).toEqual(meetings(45, 48, true, false))
      expect(await read(at, { last: 48 })).toEqual(meetings(0, 48, false, false))
      expect(await read(at, { last: 100 })).toEqual(meetings(0, 48, false, false))
    })

    test('starts after a cursor, and says that there is a previous page', async () => {
      expect(await read(at, { first: 5, after: cursors[9] })).toEqual(meetings(10, 15, true, true))
      expect(await read(at, { first: 38, after: cursors[9] })).toEqual(meetings(10, 48, true, false))
      expect(await read(at, { first: 5, after: cursors[47] })).toEqual(meetings(48, 48, true, false))
      expect(await read(at, { after: cursors[0] })).toEqual(meetings(1, 21, true, true))
    })

    test('ends before a cursor, and says that there is a next page', async () => {
      expect(await read(at, { last: 5, before: cursors[30] })).toEqual(meetings(25, 30, true, true))
      expect(await read(at, { last: 30, before: cursors[30] })).toEqual(meetings(0, 30, false, true))
      expect(await read(at, { last: 5, before: cursors[0] })).toEqual(meetings(0, 0, false, true))
    })

    test('has from 0 to 100 records', async () => {
      for (const name of ['first', 'last']) {
        for (const size of [101, -1, 500]) {
          const answer = await ask(server, question(at), { [name]: size })
          expect(problemsOf(answer)).toEqual([['BAD_USER_INPUT', `\`${name}\`: expected 0 to 100, got ${size}`]])
        }
      }
    })

    test('is read from the start or from the end, not from both', async () => {
      const answer = await ask(server, question(at), { first: 1, last: 1 })
      expect(problemsOf(answer)).toEqual([
        ['BAD_USER_INPUT', '`first` and `last`: expected only one of them, got both'],
      ])
    })

    test('refuses a cursor that is not its own', async () => {
      const encode = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
      const { people } = await dataOf<{ people: Connection }>(server, '{ people(first: 1) { edges { cursor } } }')
      const source = await dataOf<{ source: { citations: Connection } }>(
        server,
        '{ source(slug: "paper") { citations(first: 1) { edges { cursor } } } }',
      )
      const wrong = [
        '',
        'nonsense',
        '%%%',
        people.edges[0]?.cursor,
        source.source.citations.edges[0]?.cursor,
        encode(null),
        encode({}),
        encode([]),
        encode(['2026-02-05', '2026-02-05']),
        encode(['2026-02-05', '2026-02-05', null]),
        encode(['2026-02-05', '2026-02-05', 'a\0']),
        encode(['2026-13-05', '2026-02-05', 'a']),
        encode(['2026-02-30', '2026-02-05', 'a']),
        encode(['0000-01-01', '2026-02-05', 'a']),
        encode(['yesterday', null, 'a']),
        encode(["' OR true --", null, 'a']),
        encode(['2026-02-05', '2026-02-05', { not: 'a' }]),
        'x'.repeat(10_000),
      ]
      for (const name of ['after', 'before']) {
        for (const cursor of wrong) {
          const problems = problemsOf(await ask(server, question(at), { [name]: cursor }))
          const got = JSON.stringify(cursor)
          const shown = got.length > 100 ? `${got.slice(0, 99)}…` : got
          const expected = `\`${name}\`: expected a cursor from this list, got ${shown}`
          expect(problems, JSON.stringify(cursor)).toEqual([['BAD_USER_INPUT', expected]])
        }
      }
    })
  })

  test('is empty if there are no records', async () => {
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }
    const empty = { edges: [], nodes: [], pageInfo, totalCount: 0 }
    const question = `{ organizations ${PAGE} person(slug: "${sorted.people.at(-1)}") { visits ${PAGE} } }`
    expect(await dataOf(server, question)).toEqual({
      organizations: empty,
      person: { visits: empty },
    })
  })

  test('counts all records of its list on every page', async () => {
    const question = `{
      people(first: 0) { totalCount } meetings(last: 1) { totalCount } visits { totalCount } statements { totalCount }
      agreements { totalCount } positions { totalCount } sources { totalCount } topics { totalCount } organizations { totalCount }
      topic(slug: "everything") { meetings { totalCount } statements { totalCount } agreements { totalCount } }
      person(slug: "${ada}") { meetings { totalCount } visits { totalCount } statements { totalCount } }
    }`
    const count = (totalCount: number) => ({ totalCount })
    expect(await dataOf(server, question)).toEqual({
      people: count(25),
      meetings: count(48),
      visits: count(24),
      statements: count(48),
      agreements: count(23),
      positions: count(25),
      sources: count(1),
      topics: count(1),
      organizations: count(0),
      topic: { meetings: count(1), statements: count(48), agreements: count(23) },
      person: { meetings: count(48), visits: count(24), statements: count(48) },
    })
  })

  test('can be selected several times in one query, each time with its own page', async () => {
    const question = `{ person(slug: "${ada}") {
      start: meetings(first: 2) { nodes { slug } }
      end: meetings(last: 2) { nodes { slug topics { slug } } }
      middle: meetings(first: 1, after: "${cursors[19]}") { nodes { slug } }
    } }`
    const slugs = (from: number, to: number) => sorted.meetings.slice(from, to).map((slug) => ({ slug }))
    const { person } = await dataOf<{ person: { end: Connection } }>(server, question)
    expect({ ...person, end: { nodes: person.end.nodes.map(({ slug }) => ({ slug })) } }).toEqual({
      start: { nodes: slugs(0, 2) },
      end: { nodes: slugs(46, 48) },
      middle: { nodes: slugs(20, 21) },
    })
  })
})
