import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refold } from '../../src/bundle/derived/refold.ts'
import type { Database } from '../../src/database/open.ts'
import { processorTime } from '../processor-time.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { dataOf, type Server, serverOf } from './ask.ts'
import { cite, load } from './generated.ts'

/** Statements by slug. */
const TEXTS: Readonly<Record<string, string>> = {
  slash: 'The customs/veterinary office reopened.',
  stop: 'They closed the session.Afterwards they ate; see keeper@harbour.example or https://sea.example/mulberry?id=quince&x=plum.',
  rocket: 'The Kestrel-16 flew over the G-20 and the COVID19 ward.',
  spaced: 'A Heron 23 landed.',
  wool: 'Duties on wool and flax fell.',
  sum: 'They paid 12,500 crowns in the budget of 2031-32.',
  signs: 'Iron<tin>zinc&lead~salt_and.pepper',
  hidden: 'A co\u00adoper\u00adation over har\u200bbour fees',
  hyphen: 'The pre-eminent envoy of the U.S. spoke.',
  decade: 'Trade grew in the 1960s.',
  possessive: 'Norway’s envoy quoted l’accord.',
  chinese: '两国外长王毅与岸田文雄就贸易协定举行会谈',
  japanese: '両国は自由貿易について協議した',
  thai: 'การค้าระหว่างประเทศเติบโต',
  korean: '양국은 무역협정을 체결했다',
  russian: 'Стороны обсудили торговлю.',
}

const PEOPLE = [
  { slug: 'okina', name: 'O\u02bbtkir Sultonov' },
  { slug: 'ayn', name: '\u02bfAbd al-Kar\u012bm Sa\u02bfd\u012b' },
  {
    slug: 'persian',
    name: '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \u06a9\u0631\u06cc\u0645\u06cc',
    names: ['Alireza Karimi'],
  },
  { slug: 'lavrov', name: 'Сергей Лавров' },
  { slug: 'kishida', name: '岸田文雄' },
  { slug: 'gorbachev', name: 'Mikhail Gorbachev' },
  { slug: 'hussein', name: 'Hussein' },
]

describe.each(databaseKinds)('words on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await load(database, {
      people: PEOPLE,
      sources: [{ slug: 'paper', title: 'A paper', published: '2026-02-05', sha256: '0'.repeat(64), length: 1_000 }],
      positions: [
        {
          slug: 'king',
          person: 'hussein',
          post: 'king-of-jordan',
          title: 'King',
          country: 'JO',
          tenure: '1952/1999',
          citations: cite(),
        },
      ],
      visits: [
        {
          slug: 'royal-visit',
          title: 'A journey',
          from: 'JO',
          to: 'US',
          when: '1964-04-14',
          participations: [
            { person: 'hussein', role: 'VISITOR', representing: 'JO', position: 'king', citations: cite() },
          ],
          citations: cite(),
        },
      ],
      statements: Object.entries(TEXTS).map(([slug, text]) => ({
        slug,
        text,
        quotation: 'REPORTED',
        said: '2026-02-04',
        speakers: [{ person: 'okina' }],
        citations: cite(),
      })),
    })
  })
  afterAll(() => database.close())

  async function found(query: string, kinds: readonly string[] | null = null): Promise<string[]> {
    const question = `query ($query: String!, $kinds: [SearchKind!]) { search(query: $query, kinds: $kinds, first: 100) {
      totalCount nodes { node { ... on Person { slug } ... on Visit { slug } ... on Statement { slug } ... on Source { slug } } }
    } }`
    const { search } = await dataOf<{ search: { totalCount: number; nodes: { node: { slug: string } }[] } }>(
      server,
      question,
      { query, kinds },
    )
    expect(search.totalCount).toBe(search.nodes.length)
    return search.nodes.map(({ node }) => node.slug)
  }
  const filtered = async (search: string) => {
    const question = 'query ($search: String!) { statements(filter: { search: $search }) { nodes { slug } } }'
    const { statements } = await dataOf<{ statements: { nodes: { slug: string }[] } }>(server, question, { search })
    return statements.nodes.map(({ slug }) => slug)
  }

  test.each([
    ['slash', 'customs', 'veterinary', 'customs veterinary', 'customs/veterinary', '"customs veterinary"'],
    [
      'stop',
      'session',
      'afterwards',
      'keeper',
      'harbour.example',
      'keeper@harbour.example',
      'mulberry',
      'quince',
      'plum',
    ],
    ['rocket', 'Kestrel 16', 'Kestrel-16', 'Kestrel16', 'G20', 'G-20', '"G 20"', 'COVID19', 'Covid 19', 'covid-19'],
    ['spaced', 'Heron-23', 'Heron23', 'Heron 23'],
    ['wool', 'wool/flax', 'wool,flax', 'wool.flax', 'wool-flax', 'wool & flax', 'wool·flax'],
    ['sum', '12,500', '12500', '32', '2031-32', '2031'],
    ['signs', 'iron', 'tin', 'zinc', 'lead', 'salt', 'pepper', 'Iron<tin>'],
    ['hidden', 'cooperation', 'co\u00adoperation', '"harbour fees"'],
    ['hyphen', 'preeminent', 'pre-eminent', 'eminent', 'U.S.', 'US envoy spoke'],
    ['decade', '1960s', '1960’s', 'trade "1960s"'],
    ['possessive', 'Norway', "Norway's", 'accord', 'l’accord'],
    ['chinese', '贸易协定', '王毅', '协', '谈', '"就贸易协定举行"', '岸田文雄 贸易'],
    ['japanese', '自由貿易', '協議'],
    ['thai', 'การค้า', 'ประเทศ'],
    ['korean', '무역', '협정', '무역협정'],
    ['russian', 'торговлю', 'СТОРОНЫ'],
  ])('of the statement “%s” are found however they are written', async (slug, ...queries) => {
    for (const query of queries) {
      expect(await found(query, ['STATEMENT']), query).toEqual([slug])
      expect(await filtered(query), query).toEqual([slug])
    }
  })

  test.each([
    ['okina', "O'tkir", 'O\u2019tkir', 'Otkir', 'O\u02bbtkir'],
    ['ayn', 'Sadi', "Sa'di", 'Abd al-Karim', 'abdal karim'],
    [
      'persian',
      '\u0639\u0644\u064a \u0631\u0636\u0627 \u0643\u0631\u064a\u0645\u064a',
      '\u0643\u0631\u064a\u0645\u064a',
    ],
    ['lavrov', 'Лаврв', 'Лавров', 'Lavrov', 'Сергей Лаврв'],
    ['kishida', '岸田', '岸田文雄'],
    ['gorbachev', 'Gorbatschow', 'Горбачёв', 'Gorbachov', 'Gorbatchev'],
  ])('find the person %s in every spelling', async (slug, ...queries) => {
    for (const query of queries) expect(await found(query, ['PERSON']), query).toEqual([slug])
  })

  test('of offices, countries, years and participants find a person and a visit', async () => {
    for (const query of [
      'King Hussein of Jordan',
      'Jordanian king',
      'king of jordan 1960s',
      'Who was king of Jordan in 1970?',
    ]) {
      expect((await found(query))[0], query).toBe('hussein')
    }
    expect(await found('royal visit Jordan 1964', ['VISIT'])).toEqual(['royal-visit'])
    expect(await found('visit of Hussein to the United States in the 1960s', ['VISIT'])).toEqual(['royal-visit'])
  })

  test('that few records have together find records with most of them, which follow', async () => {
    expect(await found('wool flax barley', ['STATEMENT'])).toEqual(['wool'])
    expect(await found('Which duties did the farmers pay on flax?', ['STATEMENT'])).toEqual(['wool'])
    expect(await filtered('wool flax barley')).toEqual([])
    for (const query of ['"wool flax barley"', 'wool flax -duties', 'barley or rye']) {
      expect(await found(query, ['STATEMENT']), query).toEqual([])
    }
  })

  test('without sense are answered fast', async () => {
    for (const query of [
      'w x '.repeat(5_000),
      '!&|()<->:*'.repeat(1_000),
      "'\\'".repeat(3_000),
      '\0'.repeat(100),
      '贸'.repeat(900),
      'a-'.repeat(5_000),
    ]) {
      expect(await processorTime(() => found(query))).toBeLessThan(10)
    }
  })

  test('in an excerpt are marked without the signs around them', async () => {
    const question = '{ search(query: "veterinary kestrel OR 16", kinds: [STATEMENT]) { nodes { excerpt } } }'
    const { search } = await dataOf<{ search: { nodes: { excerpt: string }[] } }>(server, question)
    expect(search.nodes.map(({ excerpt }) => excerpt)).toEqual([
      '<mark>Kestrel</mark>-<mark>16</mark> flew over the G-20 and the COVID19 ward',
    ])
  })

  test('that an older version stored are updated once', async () => {
    const stored = async () =>
      (
        await database.pool.query(
          'SELECT * FROM search_document JOIN search_index USING (kind, key) ORDER BY kind, key',
        )
      ).rows
    const expected = await stored()
    await database.pool.query(`UPDATE search_document SET title = '-', body = text, names = names || '-'`)
    await refold(database)
    expect(await stored()).not.toEqual(expected)
    await database.pool.query('UPDATE dataset SET folding = 0')
    await refold(database)
    expect(await stored()).toEqual(expected)
  })
})
