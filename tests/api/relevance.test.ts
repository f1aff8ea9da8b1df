import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { ask, dataOf, problemsOf, type Server, serverOf, sqlOf } from './ask.ts'
import { keysOf, page, walk } from './walk.ts'

const WORDS = 'trade OR minerals OR cooperation OR Jaishankar OR Rubio OR Washington OR state OR ministry'

const LISTS = {
  people: 'PERSON',
  meetings: 'MEETING',
  visits: 'VISIT',
  topics: 'TOPIC',
  statements: 'STATEMENT',
  agreements: 'AGREEMENT',
  organizations: 'ORGANIZATION',
  sources: 'SOURCE',
} as const
type List = keyof typeof LISTS

describe.each(databaseKinds)('sorting by relevance on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  const listed = (list: string, filter = '') =>
    `${list}(filter: { search: "${WORDS}"${filter} }, orderBy: RELEVANCE, ARGS)`

  /** The slugs of the records of a kind that the query `search` finds, best first. */
  async function found(list: List): Promise<string[]> {
    const slugs = '... on Node { id }'
    const question = `{ search(query: "${WORDS}", kinds: [${LISTS[list]}], first: 100) { nodes { node { ${slugs} } } } }`
    const { search } = await dataOf<{ search: { nodes: { node: { id: string } }[] } }>(server, question)
    return search.nodes.map(({ node }) => Buffer.from(node.id, 'base64url').toString().replace(/^.*:/, ''))
  }

  test.each(Object.keys(LISTS) as List[])('%s come as `search` ranks them, page by page either way', async (list) => {
    const expected = await found(list)
    expect(expected.length).toBeGreaterThan(0)
    for (const size of [1, 3]) {
      expect(await walk(server, listed(list), size, 'forward')).toEqual(expected)
      expect(await walk(server, listed(list), size, 'backward')).toEqual(expected)
    }
  })

  test('returns the records that meet the rest of the filter, and those of a relation or a counterpart', async () => {
    const ranked = await found('statements')
    expect(ranked).not.toEqual(ranked.toSorted())
    const count = async (list: string) => {
      const question = `{ ${list.replace('ARGS)', 'first: 0) { totalCount }')} }`
      return JSON.stringify(await dataOf(server, question))
    }
    for (const [list, all] of [
      [listed('statements', ', speakers: ["marco-rubio"]'), 'statements(filter: { speakers: ["marco-rubio"] }, ARGS)'],
      [`relation(between: [IN, US]) { ${listed('statements')} }`, 'relation(between: [IN, US]) { statements(ARGS) }'],
    ] as const) {
      const others = new Set(await walk(server, all, 100, 'forward'))
      const expected = ranked.filter((slug) => others.has(slug))
      expect(expected.length).toBeGreaterThan(1)
      expect(await walk(server, list, 2, 'forward')).toEqual(expected)
      expect(await walk(server, list, 2, 'backward')).toEqual(expected)
      expect(await count(list)).toContain(`"totalCount":${expected.length}`)
    }

    const person = 'person(slug: "s-jaishankar")'
    const meetings = listed('meetings').replace('ARGS)', 'first: 100) { nodes { slug } }')
    const { person: met } = await dataOf<{
      person: { counterparts: { person: { slug: string }; meetings: { nodes: { slug: string }[] } }[] }
    }>(server, `{ ${person} { counterparts { person { slug } ${meetings} } } }`)
    const best = await found('meetings')
    for (const { person, meetings } of met.counterparts) {
      const both = `participants: ["${person.slug}"]`
      const theirs = await walk(server, `meetings(filter: { ${both} }, ARGS)`, 100, 'forward')
      expect(meetings.nodes.map(({ slug }) => slug)).toEqual(best.filter((slug) => theirs.includes(slug)))
    }
  })

  test('reads the records between two cursors from either end', async () => {
    const list = listed('statements')
    const all = await page(server, list, 'first: 100')
    const [after, before] = [all.edges[1]?.cursor, all.edges.at(-2)?.cursor]
    const keys = keysOf(all).slice(2, -2)
    const between = `after: "${after}", before: "${before}"`
    expect(keysOf(await page(server, list, `first: 100, ${between}`))).toEqual(keys)
    expect(keysOf(await page(server, list, `last: 100, ${between}`))).toEqual(keys)
    expect(keysOf(await page(server, list, `last: 2, ${between}`))).toEqual(keys.slice(-2))
    expect(keysOf(await page(server, list, 'first: 0'))).toEqual([])
    expect(keysOf(await page(server, listed('statements').replace(WORDS, 'zyzzyva'), 'first: 5'))).toEqual([])
  })

  test('takes two SQL statements for a search alone, three with other conditions, and none for counting', async () => {
    const cost = async (list: string, records: string) => {
      const question = `{ ${list.replace('ARGS)', `first: 3) { ${records} }`)} }`
      await dataOf(server, question)
      return (await sqlOf(async () => await dataOf(server, question))).length
    }
    const rich = 'totalCount nodes { text topics { name meetings(first: 2) { nodes { title } } } }'
    expect(await cost(listed('statements'), 'nodes { text }')).toBe(2)
    expect(await cost(listed('statements', ', topics: null'), rich)).toBe(2)
    expect(await cost(listed('statements', ', topics: ["trade"]'), rich)).toBe(3)
    expect(await cost(`relation(between: [IN, US]) { ${listed('statements')} }`, rich)).toBe(3)
  })

  test('is refused without a search, in a nested list, and with a cursor of another list', async () => {
    const without = 'RELEVANCE needs a search; add `search` to `filter`'
    const hanging = 'RELEVANCE is not available in a nested list; use another order, or a top-level list with a filter'
    const { edges } = await page(server, 'meetings(ARGS)', 'first: 1')
    const cursor = edges[0]?.cursor
    for (const [question, message] of [
      ['meetings(orderBy: RELEVANCE) { totalCount }', without],
      ['meetings(orderBy: RELEVANCE, filter: { kinds: [CALL] }) { totalCount }', without],
      ['meetings(orderBy: RELEVANCE, filter: { search: null }) { totalCount }', without],
      [
        'person(slug: "s-jaishankar") { meetings(orderBy: RELEVANCE, filter: { search: "x" }) { totalCount } }',
        hanging,
      ],
      ['topics { nodes { statements(orderBy: RELEVANCE, filter: { search: "x" }) { totalCount } } }', hanging],
      [
        `meetings(orderBy: RELEVANCE, filter: { search: "x" }, after: "${cursor}") { totalCount }`,
        'expected a cursor from this list',
      ],
      ['meetings(orderBy: RELEVANCE, filter: { search: "x" }, first: 101) { totalCount }', 'expected 0 to 100'],
    ] as const) {
      const sql = await sqlOf(async () => {
        const problems = problemsOf(await ask(server, `{ ${question} }`))
        expect(problems, question).toEqual([['BAD_USER_INPUT', expect.stringContaining(message)]])
      })
      expect(sql).toEqual([])
    }
    const { edges: ranked } = await page(server, listed('meetings'), 'first: 1')
    const answer = await ask(server, `{ meetings(after: "${ranked[0]?.cursor}") { totalCount } }`)
    expect(problemsOf(answer)).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining('expected a cursor from this list')],
    ])
  })

  test('neither skips nor repeats records while others are added and removed, and a cursor stays valid without its record', async () => {
    const list = listed('statements')
    const every = await found('statements')
    const { nodes, pageInfo } = await page(server, list, 'first: 3')
    const [first, , last] = nodes.map(({ key }) => key)
    await database.pool.query('DELETE FROM statement WHERE slug = ANY ($1)', [[first, last]])
    expect(keysOf(await page(server, list, 'first: 100'))).toEqual(
      every.filter((slug) => slug !== first && slug !== last),
    )
    await database.pool.query(`DELETE FROM search_document WHERE kind = 'STATEMENT' AND key = $1`, [last])
    expect(keysOf(await page(server, list, `first: 100, after: "${pageInfo.endCursor}"`))).toEqual(every.slice(3))
  })
})
