import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { quotationsIn } from '../../src/evidence/quotes/draft.ts'
import { wordsBySha256 } from '../../src/evidence/quotes/texts.ts'
import { sha256 } from '../../src/evidence/text.ts'
import { ask, dataOf, problemsOf, type Server, serverOf } from '../api/ask.ts'
import { bundleWith, load, person, source, statement, TEXT } from '../fixtures.ts'
import { databaseKinds, openEmpty, openSeeded } from '../support.ts'

const SPEECH = `On Monday Ada Meer spoke in the harbour of Trieste about fish & ships.
“The new treaty will not lower the price of bread for anyone in the two cities this winter,” she said.
“We have counted 1,200 boats, and each of them pays 5% of its catch to the fund,” Bo Ødegård replied.
Ada Meer also said that the talks on the railway to the north are going well and should end in spring.
Nobody answered the last question. «Le port reste ouvert», said a sign.`

const PAPER = `<?xml version="1.0"?>
<p>The two governments <hi rend="bold">agreed</hi> to meet
   again before the end of the year &amp; to write down every promise.</p>`

const citing = (exact: string, fields = {}) => {
  const start = [...(SPEECH.split(exact, 1)[0] as string)].length
  return { source: 'harbour', start, end: start + [...exact].length, exact, ...fields }
}

const textOf = (text: string) => ({ text, sha256: sha256(text), length: [...text].length })

const PROMISE = 'The new treaty will not lower the price of bread for anyone in the two cities this winter'
const BOATS = 'We have counted 1,200 boats, and each of them pays 5% of its catch to the fund'
const RAILWAY = 'the talks on the railway to the north are going well and should end in spring'

const bundle = bundleWith({
  organizations: [{ slug: 'harbour-news', name: 'Harbour News', kind: 'PUBLISHER' }],
  people: [person('ada', { name: 'Ada Meer' }), person('bo', { name: 'Bo Ødegård' })],
  sources: [
    source(),
    source({ slug: 'harbour', title: 'Fish and ships', publisher: 'harbour-news', published: '2031-05-06', ...textOf(SPEECH) }),
    source({ slug: 'paper', title: 'A paper', url: 'https://example.org/paper', ...textOf(PAPER) }),
  ],
  statements: [
    statement({ slug: 'bread', text: PROMISE, quoted: [PROMISE], citations: [citing(PROMISE)] }),
    statement({ slug: 'boats', text: BOATS, quoted: [BOATS], speakers: [{ person: 'bo' }], citations: [citing(BOATS)] }),
    statement({
      slug: 'railway', quotation: 'REPORTED', text: 'The railway talks end soon.', quoted: [],
      citations: [citing(RAILWAY)],
    }),
  ],
}) // biome-ignore format: short records

interface Item {
  text: string
  speaker?: string
  source?: string
  on?: string
}

interface Check {
  grade: string
  explanation: string
  places: { source: { slug: string }; exact: string }[]
  differences: { change: string; words: string }[]
}

const QUERY = `query ($items: [QuoteInput!]!) { verifyQuotes(items: $items) {
  grade explanation places { source { slug } exact } differences { change words }
} }`

const checked = async (server: Server, ...items: Item[]) =>
  (await dataOf<{ verifyQuotes: Check[] }>(server, QUERY, { items })).verifyQuotes

describe.each(databaseKinds)('on %s, a quotation', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await load(database, bundle)
  })
  afterAll(() => database.close())

  test.each<[string, string, Item]>([
    ['word for word is', 'EXACT', { text: PROMISE }],
    ['with quotation marks and the comma of the writer is', 'EXACT', { text: '“each of them pays 5% of its catch,”' }],
    ['of its speaker is', 'EXACT', { text: PROMISE, speaker: 'ada' }],
    ['of a speaker known by the surname is', 'EXACT', { text: BOATS, speaker: 'Ødegård' }],
    ['with the title of the speaker is', 'EXACT', { text: BOATS, speaker: 'Minister Bo Odegard' }],
    ['of its day and source is', 'EXACT', { text: BOATS, source: 'harbour', on: '2031-05-05' }],
    ['of the source itself, named as the speaker, is', 'EXACT', { text: 'Nobody answered the last question', speaker: 'Harbour News' }],
    ['through the tags of XML is', 'EXACT', { text: 'agreed to meet again before the end of the year & to write' }],
    ['in other marks and case is', 'VARIANT', { text: 'we have counted 1,200 boats – and each of THEM pays' }],
    ['with an ellipsis that leaves nothing out is', 'VARIANT', { text: 'The new treaty will not … lower the price of bread' }],
    ['with straight accents is', 'VARIANT', { text: 'Bo Odegard replied' }],
    ['with another word is', 'ALTERED', { text: PROMISE.replace('bread', 'milk') }],
    ['without its “not” is', 'ALTERED', { text: PROMISE.replace(' not', '') }],
    ['with another number is', 'ALTERED', { text: BOATS.replace('1,200', '12,000') }],
    ['with another sign is', 'ALTERED', { text: 'each of them pays 5€ of its catch to the fund' }],
    ['of few words of which the middle one differs is', 'ALTERED', { text: 'the price of butter for anyone' }],
    ['put together from two places is', 'STITCHED', { text: 'The new treaty will not lower pays 5% of its catch to the fund' }],
    ['in which an ellipsis leaves out words is', 'STITCHED', { text: 'The new treaty will not lower the price … this winter' }],
    ['of another speaker is', 'MISATTRIBUTED', { text: PROMISE, speaker: 'Bo Ødegård' }],
    ['of another source is', 'MISATTRIBUTED', { text: PROMISE, source: 'paper' }],
    ['of another day is', 'MISATTRIBUTED', { text: PROMISE, on: '2031-04-01' }],
    ['of a paraphrase is', 'PARAPHRASE_IN_QUOTES', { text: RAILWAY, speaker: 'Ada Meer' }],
    ['of a paraphrase, without a speaker, is', 'PARAPHRASE_IN_QUOTES', { text: 'the railway to the north' }],
    ['of the paraphrase of somebody else is', 'MISATTRIBUTED', { text: RAILWAY, speaker: 'Bo Ødegård' }],
    ['that nobody said is', 'NOT_FOUND', { text: 'We shall build a bridge of friendship over every sea', speaker: 'ada' }],
    ['of common words that nobody said is', 'NOT_FOUND', { text: 'who are they and what have we' }],
  ])('%s %s', async (_sentence, grade, item) => {
    const [check] = await checked(server, item)
    expect(check?.grade, check?.explanation).toBe(grade)
  }) // biome-ignore format: a table

  test('that is altered shows each word that differs, and what the source has', async () => {
    const [check] = await checked(server, { text: 'The new treaty will lower the price of fine bread' })
    expect(check).toEqual({
      grade: 'ALTERED',
      explanation: 'Almost the words of “Fish and ships”, but not the same.',
      places: [{ source: { slug: 'harbour' }, exact: 'The new treaty will not lower the price of bread' }],
      differences: [
        { change: 'SAME', words: 'The new treaty will' },
        { change: 'LEFT_OUT', words: 'not' },
        { change: 'SAME', words: 'lower the price of' },
        { change: 'ADDED', words: 'fine' },
        { change: 'SAME', words: 'bread' },
      ],
    })
  })

  test('has a footnote, its place in code points and the citations of facts', async () => {
    const query = `{ verifyQuotes(items: [{ text: "\u{1F6A2},” she said" }, { text: "the two cities" }]) {
      places { start end prefix isQuoted reference url citations { exact fact { ... on Statement { slug } } } }
    } }`
    const start = [...(TEXT.split('she said')[0] as string)].length
    expect(await dataOf(server, query)).toMatchObject({
      verifyQuotes: [
        { places: [{ start, end: start + 8, isQuoted: false }, {}] },
        {
          places: [
            {
              isQuoted: true,
              reference: 'Harbour News, Fish and ships, 6 May 2031: “the two cities”.',
              url: null,
              citations: [{ exact: PROMISE, fact: { slug: 'bread' } }],
            },
          ],
        },
      ],
    })
  })

  test('beyond a limit is refused, and the message names the limit', async () => {
    const refusal = async (items: Item[]) =>
      problemsOf(await ask(server, QUERY, { items })).map(([, message]) => message)
    expect(await refusal(new Array(201).fill({ text: 'one two three' }))).toEqual([
      '`items`: expected at most 200 quotations, got 201',
    ])
    expect(await refusal([{ text: 'fine words' }, { text: 'x'.repeat(10_001) }])).toEqual([
      '`items`: quotation 2: expected at most 10000 characters, got 10001',
    ])
    expect(await refusal([{ text: '“a.”' }])).toEqual(['`items`: quotation 1: expected at least 3 letters or digits'])
    expect(await refusal([{ text: 'fine words', source: 'nowhere' }])).toEqual([
      '`items`: quotation 1: no source has the slug "nowhere"',
    ])
  })
})

describe.each(databaseKinds)('in an article whose text is not stored, on %s, a quotation', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(() => database.close())

  test('is exact if an excerpt has it, and is otherwise neither found nor missing', async () => {
    const checks = await checked(
      server,
      { text: 'strong momentum', speaker: 'S. Jaishankar' },
      { text: 'strong momentum', speaker: 'Marco Rubio' },
      { text: 'a bridge of friendship over every sea' },
    )
    expect(checks.map(({ grade }) => grade)).toEqual(['EXACT', 'MISATTRIBUTED', 'TEXT_NOT_HELD'])
  })
})

test('the words of texts are cached within a bound', () => {
  expect(wordsBySha256.maxSize).toBe(64_000_000)
  expect(wordsBySha256.calculatedSize).toBeGreaterThan(0)
})

test('the quotations of a draft are those in quotation marks and in blocks', () => {
  const draft = [
    'She said “strong momentum” and "a start", not “x”.',
    '',
    '> Trade first,',
    '> then fish.',
    'Er sagte „Guten Tag“ und «bonjour tout le monde». “An open one',
    '',
    'ends here. It’s ‘single’.',
  ].join('\n')
  expect(quotationsIn(draft)).toEqual([
    { text: 'strong momentum', line: 1 },
    { text: 'a start', line: 1 },
    { text: 'Trade first,\nthen fish.', line: 3 },
    { text: 'Guten Tag', line: 5 },
    { text: 'bonjour tout le monde', line: 5 },
  ])
})
