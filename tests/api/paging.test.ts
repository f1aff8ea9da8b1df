import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { dataOf, type Server, serverOf } from './ask.ts'
import { ada, firstAgreement, firstMeeting, firstVisit, generate, load, meetingOf, sorted } from './generated.ts'
import { type Connection, keysOf, page, walk } from './walk.ts'

/** Lists by where they are, with what they list; `ARGS` stands for a page's arguments. */
const LISTS: [list: string, keys: string[] | null, key?: string][] = [
  ['people(ARGS)', sorted.people],
  ['meetings(ARGS)', sorted.meetings],
  ['visits(ARGS)', sorted.visits],
  ['statements(ARGS)', sorted.statements],
  ['agreements(ARGS)', sorted.agreements],
  ['positions(ARGS)', sorted.positions],
  ['topics(ARGS)', ['everything']],
  ['sources(ARGS)', ['paper']],
  ['organizations(ARGS)', []],
  [`person(slug: "${ada}") { meetings(ARGS) }`, sorted.meetings],
  [`person(slug: "${ada}") { visits(ARGS) }`, sorted.visits],
  [`person(slug: "${ada}") { statements(ARGS) }`, sorted.statements],
  [`visit(slug: "${firstVisit}") { meetings(ARGS) }`, sorted.meetings],
  [`meeting(slug: "${firstMeeting}") { statements(ARGS) }`, sorted.statements],
  [`agreement(slug: "${firstAgreement}") { statements(ARGS) }`, sorted.statements],
  ['topic(slug: "everything") { meetings(ARGS) }', [firstMeeting]],
  ['topic(slug: "everything") { statements(ARGS) }', sorted.statements],
  ['topic(slug: "everything") { agreements(ARGS) }', sorted.agreements],
  ['source(slug: "paper") { citations(ARGS) }', null, 'id'],
  ['people(filter: { search: "ada OR zoe" }, orderBy: RELEVANCE, ARGS)', null],
  ['meetings(filter: { search: "meeting OR 037" }, orderBy: RELEVANCE, ARGS)', null],
  ['meetings(filter: { search: "meeting", during: { from: "2026-01-01" } }, orderBy: RELEVANCE, ARGS)', null],
  ['statements(filter: { search: "something" }, orderBy: RELEVANCE, ARGS)', sorted.statements.toSorted()],
  ['agreements(filter: { search: "accord OR zollverein" }, orderBy: RELEVANCE, ARGS)', null],
  ['relation(between: [IN, US]) { visits(filter: { search: "visit" }, orderBy: RELEVANCE, ARGS) }', null],
]

describe.each(databaseKinds)('page by page on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await generate(database)
  })
  afterAll(async () => await database.close())

  test.each(LISTS)('every record of %s comes once, in the same order in both directions', async (list, keys, key) => {
    const forward = await walk(server, list, 7, 'forward', key)
    expect(new Set(forward).size).toBe(forward.length)
    expect(await walk(server, list, 7, 'backward', key)).toEqual(forward)
    if (keys) expect(forward).toEqual(keys)
  })

  test('all countries come once, by name', async () => {
    const { rows } = await database.pool.query<{ code: string }>(
      'SELECT code FROM country ORDER BY name COLLATE "C", code COLLATE "C"',
    )
    const codes = rows.map(({ code }) => code)
    expect(codes.length).toBeGreaterThan(200)
    expect(await walk(server, 'countries(ARGS)', 100, 'forward', 'code')).toEqual(codes)
    expect(await walk(server, 'countries(ARGS)', 100, 'backward', 'code')).toEqual(codes)
  })

  test('citations of a source come in reading order', async () => {
    const question = '{ source(slug: "paper") { citations(first: 100) { nodes { id start end } } } }'
    const { source } = await dataOf<{ source: { citations: { nodes: { id: string; start: number; end: number }[] } } }>(
      server,
      question,
    )
    const { nodes } = source.citations
    const sortedNodes = nodes.toSorted((one, other) => one.start - other.start || one.end - other.end)
    expect(nodes).toHaveLength(100)
    expect(nodes).toEqual(sortedNodes)
  })

  test.each(['meetings(ARGS)', `person(slug: "${ada}") { meetings(ARGS) }`])(
    '%s can be read one by one',
    async (list) => {
      expect(await walk(server, list, 1, 'forward')).toEqual(sorted.meetings)
      expect(await walk(server, list, 1, 'backward')).toEqual(sorted.meetings)
    },
  )

  test.each(['meetings(ARGS)', `person(slug: "${ada}") { meetings(ARGS) }`])(
    'of %s, what is between two cursors can be read from either end',
    async (list) => {
      const { edges } = await page(server, list, 'first: 48')
      for (const [from, to] of [
        [0, 47],
        [10, 30],
        [33, 36],
        [20, 21],
        [30, 10],
      ] as const) {
        const between = `after: "${edges[from]?.cursor}", before: "${edges[to]?.cursor}"`
        const keys = sorted.meetings.slice(from + 1, to)
        expect(keysOf(await page(server, list, `first: 100, ${between}`))).toEqual(keys)
        expect(keysOf(await page(server, list, `last: 100, ${between}`))).toEqual(keys)
        expect(keysOf(await page(server, list, `first: 3, ${between}`))).toEqual(keys.slice(0, 3))
        expect(keysOf(await page(server, list, `last: 3, ${between}`))).toEqual(keys.slice(-3))
      }
    },
  )
})

describe.each(databaseKinds)('while records are added and removed on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await generate(database)
  })
  afterAll(async () => await database.close())

  test('pages neither skip nor repeat records, and a cursor stays valid without its record', async () => {
    const lists = [
      'meetings(ARGS)',
      `visit(slug: "${firstVisit}") { meetings(ARGS) }`,
      `person(slug: "${ada}") { meetings(ARGS) }`,
    ]
    const firsts: Connection[] = []
    for (const list of lists) firsts.push(await page(server, list, 'first: 10'))

    const cursorsRecord = firsts[0]?.nodes.at(-1)?.key as string
    await load(database, { meetings: [meetingOf('a-new-first', '0850-03-01'), meetingOf('z-new-last', '/')] })
    await database.pool.query('DELETE FROM meeting WHERE slug = $1', [cursorsRecord])

    for (const [i, list] of lists.entries()) {
      expect(keysOf(firsts[i] as Connection)).toEqual(sorted.meetings.slice(0, 10))
      const rest = await page(server, list, `first: 100, after: "${firsts[i]?.pageInfo.endCursor}"`)
      expect(keysOf(rest)).toEqual([...sorted.meetings.slice(10), 'z-new-last'])
      const start = await page(server, list, 'first: 3')
      expect(keysOf(start)).toEqual(['a-new-first', ...sorted.meetings.slice(0, 2)])
    }
  })
})
