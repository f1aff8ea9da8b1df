import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import type { Database } from '../../src/database/open.ts'
import { storeText } from '../../src/evidence/attach-text.ts'
import { ask, dataOf, problemsOf, type Server, serverOf, sqlOf } from '../api/ask.ts'
import { bundleWith, citation, load, meeting, source, statement, TEXT, visit } from '../fixtures.ts'
import { contentOf, databaseKinds, datasetOf, openEmpty, openSeeded, removeFacts } from '../support.ts'

interface Page {
  nodes: { exact: string; fact: { __typename: string } }[]
  pageInfo: object
  totalCount: number
}

/** The facts that words support, in their order: their types, and the excerpts that they are located by. */
async function located(server: Server, text: string): Promise<string[]> {
  const question = 'query ($text: String!) { locate(text: $text) { nodes { exact fact { __typename } } } }'
  const { locate } = await dataOf<{ locate: Page }>(server, question, { text })
  return locate.nodes.map(({ exact, fact }) => `${fact.__typename}: ${exact}`)
}

/** The same source without its text. */
const { text: _withheld, ...withoutText } = source()

/** Cites all of TEXT from one phrase to another, of which it keeps an excerpt. */
function passage(from: string, to: string, exact: string): ReturnType<typeof citation> {
  const [{ start }, { end }] = [citation(from), citation(to)]
  return citation(exact, { start, end })
}

const firstSentence = (exact: string) => passage('𝔄da', 'town hall.', exact)
const lastSentences = (exact: string) => passage('“Trade', 'start”.', exact)

/** What is cited of TEXT: its first sentence by a visit and a meeting, its last ones by a statement. */
const facts: Partial<BundleInput> = {
  sources: [withoutText],
  visits: [visit({ citations: [firstSentence('minister of India')] })],
  meetings: [meeting({ citations: [firstSentence('met Bo Ødegård')] })],
  statements: [statement({ citations: [lastSentences('Trade first 🚢')] })],
}

/** A cursor of integers that no column has room for. */
const BEYOND = Buffer.from(JSON.stringify([0, '2026-02-05', 'a', 2 ** 31, 1, 'b'])).toString('base64url')

describe.each(databaseKinds)('in the article, on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(() => database.close())

  test.each([
    ['as they stand', 'strong momentum'],
    ['in another case', 'Strong MOMENTUM'],
    ['between curly quotation marks', '“strong momentum”'],
    ['between straight ones', ' "strong momentum" '],
    ['over two lines', 'strong\n\t momentum'],
    ['with an accent', 'ströng momentum'],
    ['in a footnote that this API made', '5 February 2026: “strong momentum”.'],
    ['in a sentence somebody wrote about them', 'He saw "strong momentum", he said.'],
  ])('words are located %s', async (_sentence, text) => {
    expect(await located(server, text)).toEqual(['Statement: strong momentum'])
  })

  test('a pasted paragraph locates the excerpts that it contains, in reading order', async () => {
    const text = 'US Treasury Secretary Scott Bessent saw “strong momentum” too, but no “historic deal”.'
    expect(await located(server, text)).toEqual([
      'Statement: strong momentum',
      'Attestation: US Treasury Secretary Scott Bessent',
      'Position: US Treasury Secretary Scott Bessent',
    ])
  })

  test.each([
    'strong % momentum',
    'strong_momentum',
    'strong\\momentum',
    "strong' OR '1'='1",
    'momentum strong',
    '中文的字',
    '😀 three',
  ])('other words are not: %s', async (text) => {
    expect(await located(server, text)).toEqual([])
  })

  const short = (text: string) => `\`text\`: expected at least 3 letters or digits, got ${JSON.stringify(text)}`
  test.each([
    ['nothing', '', short('')],
    ['white space', ' \n\u00a0', short(' \n\u00a0')],
    ['two letters', '“US”', short('“US”')],
    ['signs', '%_% -- \\', short('%_% -- \\')],
    ['NUL characters', '\0\0\0', short('\0\0\0')],
    ['a book', 'word '.repeat(2_001), '`text`: expected at most 10000 characters, got 10005'],
  ])('%s is refused, with what was expected', async (_sentence, text, message) => {
    const answer = await ask(server, 'query ($text: String!) { locate(text: $text) { totalCount } }', { text })
    expect(problemsOf(answer)).toEqual([['BAD_USER_INPUT', message]])
  })

  test('a NUL character is white space, and ten thousand characters are accepted', async () => {
    expect(await located(server, 'strong\0momentum')).toEqual(['Statement: strong momentum'])
    const long = `${'%_\\" lorem '.repeat(800)} strong momentum`
    expect(await located(server, long)).toEqual(['Statement: strong momentum'])
  })

  test('pages lead forward and backward through the same list', async () => {
    const page = 'nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
    interface Answer {
      locate: { nodes: { id: string }[]; pageInfo: Record<'startCursor' | 'endCursor', string>; totalCount?: number }
    }
    const ofPage = async (args: string) =>
      (await dataOf<Answer>(server, `{ locate(text: "trade", ${args}) { ${page} } }`)).locate
    const all = (await dataOf<Answer>(server, `{ locate(text: "trade", first: 100) { totalCount ${page} } }`)).locate
    const ids = all.nodes.map(({ id }) => id)
    expect(all.totalCount).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(10)

    const forward: string[] = []
    for (let cursor = ''; forward.length < ids.length; ) {
      const { nodes, pageInfo } = await ofPage(`first: 4${cursor && `, after: "${cursor}"`}`)
      forward.push(...nodes.map(({ id }) => id))
      cursor = pageInfo.endCursor
      expect(pageInfo).toMatchObject({ hasNextPage: forward.length < ids.length, hasPreviousPage: forward.length > 4 })
    }
    expect(forward).toEqual(ids)

    const backward: string[] = []
    for (let cursor = ''; backward.length < ids.length; ) {
      const { nodes, pageInfo } = await ofPage(`last: 4${cursor && `, before: "${cursor}"`}`)
      backward.unshift(...nodes.map(({ id }) => id))
      cursor = pageInfo.startCursor
      expect(pageInfo).toMatchObject({ hasPreviousPage: backward.length < ids.length })
    }
    expect(backward).toEqual(ids)
  })

  test.each([
    ['first: 101', '`first`: expected 0 to 100, got 101'],
    ['first: 1, last: 1', '`first` and `last`: expected only one of them, got both'],
    ['after: "x"', '`after`: expected a cursor from this list, got "x"'],
    [`after: "${BEYOND}"`, `\`after\`: expected a cursor from this list, got "${BEYOND}"`],
  ])('a page cannot be %s', async (args, message) => {
    const answer = await ask(server, `{ locate(text: "trade", ${args}) { totalCount } }`)
    expect(problemsOf(answer)).toEqual([['BAD_USER_INPUT', message]])
  })

  test.each([
    ['two statements', 'nodes { exact source { title } fact { __typename ... on Statement { text } } }', 2],
    ['one more for the total', 'totalCount nodes { exact }', 3],
    ['one more for all texts of its sources', 'nodes { verification url reference }', 3],
  ])('takes %s', async (_sentence, fields, statements) => {
    const sql = await sqlOf(() => dataOf(server, `{ locate(text: "trade") { ${fields} } }`))
    expect(sql).toHaveLength(statements)
  })
})

describe.each(databaseKinds)('in a source, on %s,', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await load(database, bundleWith(facts))
  })
  afterAll(() => database.close())

  test('words are located in the excerpts while its text is not stored, and in all cited passages once it is', async () => {
    const questions = [
      'minister of india',
      'in the Town Hall',
      '“then 日本.”',
      'hall. “Trade first',
      '5 May 2031',
      'Oedegard',
      'odegard',
    ]
    const answers = async () => {
      const found: Record<string, string[]> = {}
      for (const text of questions) found[text] = await located(server, text)
      return found
    }
    expect(await answers()).toEqual({
      'minister of india': ['Visit: minister of India'],
      'in the Town Hall': [],
      '“then 日本.”': [],
      // Not the very excerpt, which has a ship besides.
      'hall. “Trade first': [],
      '5 May 2031': [],
      Oedegard: [],
      odegard: ['Meeting: met Bo Ødegård'],
    })

    const { version } = await datasetOf(database)
    await storeText(database, 'gazette', TEXT)
    expect((await datasetOf(database)).version).toBe(version + 1n)

    const sentence = ['Meeting: met Bo Ødegård', 'Visit: minister of India']
    expect(await answers()).toEqual({
      'minister of india': ['Visit: minister of India', 'Meeting: met Bo Ødegård'],
      'in the Town Hall': sentence,
      '“then 日本.”': ['Statement: Trade first 🚢'],
      // Of either passage it has fewer than three words.
      'hall. “Trade first': [],
      '5 May 2031': [],
      Oedegard: [],
      odegard: sentence,
    })
  })

  test('words that run from one passage into another are located in both, if the text has them', async () => {
    expect(await located(server, 'In the town hall. "Trade first 🚢," she')).toEqual([
      'Meeting: met Bo Ødegård',
      'Visit: minister of India',
      'Statement: Trade first 🚢',
    ])
    expect(await located(server, 'Zürich, 5 May 2031. Ada Meer, minister')).toEqual([
      'Meeting: met Bo Ødegård',
      'Visit: minister of India',
    ])
    expect(await located(server, TEXT)).toEqual([
      'Meeting: met Bo Ødegård',
      'Visit: minister of India',
      'Statement: Trade first 🚢',
    ])
    expect(await located(server, 'Geneva, 5 May 2031. Ada Meer, minister')).toEqual([])
  })

  test('a bundle with the text does the same as attaching it, and one without it retains it', async () => {
    const kept = await contentOf(database)
    expect(kept['citation']).toHaveLength(3)
    await load(database, bundleWith(facts))
    expect(await contentOf(database)).toEqual(kept)

    const other = await openEmpty(kind)
    await load(other, bundleWith(facts))
    // Of the source alone: what cites it came before.
    await load(other, { format: 'bilateral-bundle', version: 1, sources: [source()] })
    expect(await contentOf(other)).toEqual(kept)
    await other.close()
  })

  test('a text is found by search once it is stored', async () => {
    const question = '{ search(query: "town hall", kinds: [SOURCE]) { nodes { node { ... on Source { slug } } } } }'
    expect(await dataOf(server, question)).toEqual({ search: { nodes: [{ node: { slug: 'gazette' } }] } })
  })

  test('a text that does not match the recorded hash is not stored', async () => {
    await expect(storeText(database, 'gazette', `${TEXT}\n`)).rejects.toThrow(
      /^expected the text of gazette with the SHA-256 /,
    )
    await expect(storeText(database, 'gazetta', TEXT)).rejects.toThrow('no source has the slug "gazetta"')
  })
})

describe.each(databaseKinds)('of several citations, on %s,', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  afterAll(() => database.close())

  test('those of older sources come first, those of sources without a date last', async () => {
    const dates = { young: '2031-05-07', undated: '/', old: '1881' }
    await load(
      database,
      bundleWith({
        sources: Object.entries(dates).map(([slug, published]) => source({ slug, published })),
        meetings: Object.keys(dates).map((slug) => meeting({ slug, citations: [citation('met', { source: slug })] })),
      }),
    )
    const question = '{ locate(text: "met") { nodes { source { slug } } } }'
    expect(await dataOf(serverOf(database), question)).toEqual({
      locate: { nodes: [{ source: { slug: 'old' } }, { source: { slug: 'young' } }, { source: { slug: 'undated' } }] },
    })
  })

  test('exact matches come first, then near matches, then longer and shorter ones', async () => {
    await removeFacts(database)
    const words = [
      { exact: 'first', prefix: 'India–US trade ' },
      { exact: 'INDIA - US trade' },
      { exact: 'trade first' },
      { exact: 'india-us TRADE first' },
      { exact: 'the India–US trade first and last' },
    ]
    const citations = words.map((fields, start) => ({ source: 'gazette', start, end: start + 50, ...fields }))
    await load(
      database,
      bundleWith({ sources: [{ ...withoutText, length: 6_000 }], meetings: [meeting({ citations })] }),
    )
    expect(await located(serverOf(database), 'India–US trade first')).toEqual([
      'Meeting: the India–US trade first and last',
      'Meeting: india-us TRADE first',
      'Meeting: first',
      'Meeting: trade first',
    ])
  })

  test('words of any script and length are located', async () => {
    await removeFacts(database)
    const words = [
      '印度外长与美国国务卿在华盛顿会面',
      'भारत और अमेरिका के बीच वार्ता',
      `${'x'.repeat(4_000)} and more`,
      'İstanbul’da görüştüler',
    ]
    const citations = words.map((exact, start) => ({ source: 'gazette', start, end: start + 5_000, exact }))
    await load(
      database,
      bundleWith({ sources: [{ ...withoutText, length: 6_000 }], meetings: [meeting({ citations })] }),
    )
    for (const exact of words) {
      expect(await located(serverOf(database), exact)).toEqual([`Meeting: ${exact}`])
      expect(await located(serverOf(database), `今天 ${exact} (2031)`)).toEqual([`Meeting: ${exact}`])
    }
    expect(await located(serverOf(database), '据报道印度外长与美国国务卿在华盛顿会面了。')).toEqual([
      `Meeting: ${words[0]}`,
    ])
    expect(await located(serverOf(database), '国务卿在华')).toEqual([`Meeting: ${words[0]}`])
  })

  test('invisible characters and other forms of letters are ignored, in the source and in the words', async () => {
    await removeFacts(database)
    const words = [
      'co\u00adoper\u00adation on ferries',
      'har\u200bbour\ufeff fees',
      '\u02bfAbd al-Kar\u012bm met O\u02bbtkir',
      '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \u06a9\u0631\u06cc\u0645\u06cc',
      '\u1112\u1161\u11ab\u1100\u116e\u11a8 \u1106\u116e\u110b\u1167\u11a8',
    ]
    const citations = words.map((exact, start) => ({ source: 'gazette', start, end: start + 50, exact }))
    await load(
      database,
      bundleWith({ sources: [{ ...withoutText, length: 6_000 }], meetings: [meeting({ citations })] }),
    )
    for (const [i, text] of [
      'cooperation on ferries',
      'harbour fees',
      "'Abd al-Karim met O\u2019tkir",
      '\u0639\u0644\u064a\u0631\u0636\u0627 \u0643\u0631\u064a\u0645\u064a',
      '\ud55c\uad6d \ubb34\uc5ed',
    ].entries()) {
      expect(await located(serverOf(database), text), text).toEqual([`Meeting: ${words[i]}`])
      expect(await located(serverOf(database), `\u200e${words[i]}\u200b`)).toEqual([`Meeting: ${words[i]}`])
    }
  })
})
