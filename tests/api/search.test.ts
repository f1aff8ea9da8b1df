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

  test.each(['Muhammad Usman', 'Mahommed Usman', 'Mehmed Usman'])(
    'for %s finds a name that importers take for the same',
    async (query) => {
      await load(database, { people: [{ slug: 'mohammed', name: 'Mohammed Usman' }] })
      expect((await people(query))[0]).toBe('mohammed')
      expect((await people(query.split(' ')[0] as string))[0]).toBe('mohammed')
    },
  )

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

  describe('for the holder of an office in a year', () => {
    beforeAll(async () => {
      const held = (person: string, title: string, country: string, tenure: string, attested: string[] = []) => ({
        slug: `${person}-${tenure.replaceAll(/\W/g, '')}`,
        person,
        title,
        post: `${title} ${country}`.toLowerCase().replaceAll(' ', '-'),
        country,
        tenure,
        attested: attested.map((when) => ({ when, citations: cite() })),
        citations: cite(),
      })
      const names = ['under', 'real', 'before', 'assistant', 'known', 'other', 'envoy', 'twice-held']
      await load(database, {
        people: names.map((slug) => ({ slug: `h-${slug}`, name: `Holder ${slug}` })),
        sources: [{ slug: 'paper', title: 'A paper', published: '2026-02-05', sha256: '0'.repeat(64), length: 1_000 }],
        positions: [
          held('h-under', 'Under Secretary of Ferries', 'US', '1961/1965'),
          held('h-real', 'Secretary of Ferries', 'US', '1961-05-01/1964'),
          held('h-before', 'Secretary of Ferries', 'US', '1955/1961-05-01'),
          held('h-assistant', 'Assistant Secretary of Ferries for Piers', 'US', '1963'),
          held('h-known', 'Foreign Minister', 'NO', '/', ['1960-02-03', '1964-05-06']),
          held('h-other', 'Foreign Minister', 'NO', '/', ['1970-02-03']),
          held('h-envoy', 'Minister of External Relations', 'SE', '1963'),
          held('h-twice-held', 'Secretary of Ferries', 'US', '1801'),
          held('h-twice-held', 'Secretary of Piers', 'US', '1805'),
        ],
      })
    })

    test.each([
      ['who was secretary of ferries in 1963?', ['h-real', 'h-under', 'h-assistant']],
      ['Secretary of Ferries 1961', ['h-before', 'h-real', 'h-under']],
      ['American secretary of ferries 1801', ['h-twice-held']],
      ['foreign minister of Norway 1962', ['h-known', 'h-other']],
      ['Norwegian foreign minister 1969', ['h-other', 'h-known']],
      ['foreign minister of Sweden 1963', ['h-envoy']],
      ['secretary of ferries 1850', []],
    ])('%s', async (query, expected) => {
      const slugs = await people(query)
      expect(slugs.slice(0, expected.length)).toEqual(expected)
      expect(new Set(slugs).size).toBe(slugs.length)
    })

    test('comes first among all kinds, on every page, and in lists', async () => {
      expect((await found('who was secretary of ferries in 1963?'))[0]).toBe('h-real')
      const page = `query ($after: String) {
        search(query: "secretary of ferries 1963", first: 1, after: $after) {
          nodes { node { ... on Person { slug } } } pageInfo { endCursor }
        }
        people(filter: { search: "secretary of ferries 1963" }, orderBy: RELEVANCE, first: 2) { nodes { slug } }
        some: people(filter: { search: "secretary of ferries 1963" }) { totalCount }
      }`
      type Page = { search: { nodes: { node: { slug: string } }[]; pageInfo: { endCursor: string } } }
      const first = await dataOf<Page>(server, page, {})
      expect(first).toMatchObject({ people: { nodes: [{ slug: 'h-real' }, { slug: 'h-under' }] } })
      const second = await dataOf<Page>(server, page, { after: first.search.pageInfo.endCursor })
      expect(second.search.nodes).toEqual([{ node: { slug: 'h-under' } }])
    })
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
