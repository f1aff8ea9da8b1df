import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { processorTime } from '../processor-time.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { dataOf, type Server, serverOf } from './ask.ts'
import { cite, load } from './generated.ts'

describe.each(databaseKinds)('a search on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
    await load(database, {
      people: [
        { slug: 'a-larsen', name: 'Ana Lund Larsen' },
        { slug: 'jane-tracey', name: 'Jane Tracey' },
        { slug: 'ivan', name: 'Ivan' },
        { slug: 'z-lund', name: 'Anna Lundh', names: ['Ana Lund'] },
        { slug: 'alike', name: 'Zephyra Compact' },
        { slug: 'once', name: 'Ada of the long and noble house of Quill' },
        { slug: 'twice', name: 'Ada Quill', names: ['Bea of the long and noble house of Quill'] },
      ],
    })
  })
  afterAll(async () => await database.close())

  /** The slugs of what is found, the best first. */
  async function found(query: string, kinds?: string[]): Promise<string[]> {
    const question = `query ($query: String!, $kinds: [SearchKind!]) {
      search(query: $query, kinds: $kinds, first: 100) { totalCount nodes { excerpt node {
        ... on Person { slug } ... on Meeting { slug } ... on Visit { slug } ... on Topic { slug }
        ... on Statement { slug } ... on Agreement { slug } ... on Organization { slug } ... on Source { slug }
      } } }
    }`
    const { search } = await dataOf<{ search: { totalCount: number; nodes: { node: { slug: string } }[] } }>(
      server,
      question,
      { query, kinds },
    )
    expect(search.totalCount).toBe(search.nodes.length)
    return search.nodes.map(({ node }) => node.slug)
  }
  const people = async (query: string) => await found(query, ['PERSON'])

  test.each([
    ['trade energy OR '.repeat(28), 'modi'],
    ['a OR b OR '.repeat(1_000), ''],
    ['trade OR energy OR '.repeat(500), 'modi'],
    [Array.from({ length: 500 }, (_, i) => `trade w${i} OR `).join(''), 'modi'],
    [Array.from({ length: 500 }, (_, i) => `"trade w${i}" x${i} OR `).join(''), 'modi'],
    [Array.from({ length: 500 }, (_, i) => `w${i} `).join(''), 'modi'],
    ['"'.repeat(10_000), ''],
    ['" '.repeat(5_000), '"modi'],
    ['"trade '.repeat(1_500), ''],
    ['-'.repeat(10_000), ''],
    ['- '.repeat(5_000), 'modi'],
    ['-trade '.repeat(1_500), 'modi'],
    ['trade-'.repeat(1_500), ''],
    ['(trade & energy) | !('.repeat(500), ''],
    ['x'.repeat(10_000), ''],
  ])('for %j and similar text is fast', async (many, last) => {
    expect(await processorTime(() => found(`${many}${last}`))).toBeLessThan(10)
  })

  test('finds what any of its alternatives finds, even if they are repeated', async () => {
    const once = await found('trade energy OR bessent')
    expect(once.length).toBeGreaterThan(5)
    expect(await found(`${'trade energy OR energy trade OR '.repeat(20)}bessent`)).toEqual(once)
  })

  test('treats a dash as punctuation, and a minus directly before a word as an exclusion', async () => {
    const both = await found('Jaishankar Rubio')
    expect(both).toContain('jaishankar-rubio-2026-02')
    for (const query of [
      'Jaishankar – Rubio',
      'Jaishankar - Rubio',
      'Jaishankar — Rubio',
      'Jaishankar –Rubio',
      'Jaishankar -- Rubio',
      'Jaishankar --Rubio',
      '- Jaishankar- Rubio -',
      'Jaishankar– Rubio',
    ]) {
      // biome-ignore format: one line
      expect(await found(query), query).toEqual(both)
    }
    expect(await found('Jaishankar -Rubio')).not.toContain('jaishankar-rubio-2026-02')
    expect(await found('Jaishankar -"Rubio"')).not.toContain('jaishankar-rubio-2026-02')
    expect(await found('Jaishankar -Rubio')).toContain('jaishankar-bessent-2026-02')
    expect(await found('Indo‑Pacific')).toEqual(await found('Indo-Pacific'))
  })

  test('reads the first whole words of a long query', async () => {
    const query = `${'the '.repeat(248)}rubio trade`
    expect(query.slice(0, 1_000)).toMatch(/ rubio tr$/)
    expect((await found(query)).toSorted()).toEqual((await found('rubio')).toSorted())
  })

  test.each(['', ' ', '-trade', '-trade -energy', '-trade the', '-trade OR -energy', 'OR', '"', '-', '???'])(
    'for %j, which has no search words, finds nothing',
    async (query) => {
      expect(await found(query)).toEqual([])
    },
  )

  test.each([
    ['Bessant', 'scott-bessent'],
    ['Rubyo', 'marco-rubio'],
    ['Rubioo', 'marco-rubio'],
    ['Trmup', 'donald-trump'],
    ['Jaishanker', 's-jaishankar'],
    ['Marco Rubyo', 'marco-rubio'],
  ])('for the misspelt name %s finds %s', async (query, slug) => {
    expect(await people(query)).toEqual([slug])
  })

  test('does not match a word with a name that only looks like it', async () => {
    for (const word of ['trade', 'Iran', 'treaty', 'trump-like', 'lundberg']) {
      expect(await people(word), word).toEqual([])
    }
  })

  test('ranks an exact name first, even if it is one of several', async () => {
    expect((await people('Ana Lund'))[0]).toBe('z-lund')
    expect(await people('anna lundh')).toEqual(['z-lund'])
  })

  test('ranks texts higher if they have a word more often, or words closer together', async () => {
    for (const query of ['quill', 'quill OR quince']) expect(await people(query), query).toEqual(['twice', 'once'])
    expect(await people('quill ada -quince')).toEqual(['twice', 'once'])
  })

  test('ranks a title before a text and before a similar name', async () => {
    const [meeting, statement] = ['jaishankar-rubio-2026-02', 'daijiworld-ministerial']
    const write = async (column: 'title' | 'body', words: string, key: string) =>
      await database.pool.query(`UPDATE search_document SET ${column} = $1 WHERE key = $2`, [words, key])
    await write('title', 'zephyr compact', meeting)
    await write('body', 'zephyr compact, they said; '.repeat(3), statement)
    expect(await found('zephyr compact')).toEqual([meeting, statement, 'alike'])
    expect((await found('zephyr'))[0]).toBe(meeting)
  })

  test('finds a phrase in one name, not across two', async () => {
    expect(await people('"Ana Lund"')).toEqual(expect.arrayContaining(['z-lund', 'a-larsen']))
    expect(await people('"Lundh Ana"')).toEqual([])
  })

  test('pages without a gap from words in titles to single words in texts', async () => {
    const texts = [
      'A quorum.',
      'One quorum, two QUORUMS.',
      'The quorum of quorums is no quorum.',
      'Nothing but in its title.',
    ]
    const slugs = [...'abcdefghijklmnopqrstuvwx'].map((letter) => `s-${letter}`)
    await load(database, {
      people: [{ slug: 'q', name: 'Quorum' }],
      sources: [{ slug: 'paper', title: 'A paper', published: '2026-02-05', sha256: '0'.repeat(64), length: 1_000 }],
      statements: slugs.map((slug, i) => ({
        slug,
        text: texts[i % texts.length] as string,
        quotation: 'REPORTED',
        said: '2026-02-04',
        speakers: [{ person: 'ivan' }],
        citations: cite(),
      })),
    })
    await database.pool.query(`UPDATE search_document SET title = 'quorum' WHERE body LIKE 'nothing but in its title%'`)
    const statements = [3, 2, 1, 0].flatMap((text) => slugs.filter((_, i) => i % texts.length === text))

    const question = `query ($query: String!, $kinds: [SearchKind!], $first: Int!, $after: String) {
      search(query: $query, kinds: $kinds, first: $first, after: $after) {
        nodes { score node { ... on Person { slug } ... on Statement { slug } } } pageInfo { endCursor hasNextPage }
      }
    }`
    interface Answer {
      readonly search: {
        readonly nodes: { score: number; node: { slug: string } }[]
        readonly pageInfo: { endCursor: string; hasNextPage: boolean }
      }
    }
    for (const [query, kinds, expected] of [
      ['quorum', ['STATEMENT'], statements],
      ['the quorums', ['STATEMENT'], statements],
      ['quorum OR quince', ['STATEMENT'], statements],
      ['quorum -quince', ['STATEMENT'], statements],
      ['quorum -the', ['STATEMENT'], statements],
      ['"quorum"', null, ['q', ...statements]],
      ['quorum', null, ['q', ...statements]],
    ] as const) {
      // Pages that end where another sort of texts begins, and before and after it.
      for (const first of [1, 5, 6, 7, 17, 18, 19, 100]) {
        const nodes: Answer['search']['nodes'] = []
        for (let page = { endCursor: null as string | null, hasNextPage: true }; page.hasNextPage; ) {
          const variables = { query, kinds, first, after: page.endCursor }
          const { search }: Answer = await dataOf<Answer>(server, question, variables)
          nodes.push(...search.nodes)
          page = search.pageInfo
        }
        expect(
          nodes.map(({ node }) => node.slug),
          `${query} of ${kinds}, ${first} a page`,
        ).toEqual(expected)
        const scores = nodes.map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      }
    }
  })
})
