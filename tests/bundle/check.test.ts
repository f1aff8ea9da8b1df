import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import type { Database } from '../../src/database/open.ts'
import {
  agreement,
  attended,
  bundleWith,
  citation,
  load,
  meeting,
  person,
  position,
  problemsOf,
  source,
  statement,
  TEXT,
  topic,
  visit,
} from '../fixtures.ts'
import { contentOf, datasetOf, openEmpty } from '../support.ts'

let database: Database
beforeAll(async () => {
  database = await openEmpty('PGlite')
})
afterAll(() => database.close())

/** The problems for which a bundle is refused, after seeing that nothing of it was loaded. */
async function refusalOf(bundle: BundleInput) {
  const before = [await contentOf(database), await datasetOf(database)]
  const problems = await problemsOf(() => load(database, bundle))
  expect([await contentOf(database), await datasetOf(database)]).toEqual(before)
  return problems
}

type Case = [sentence: string, lists: Partial<BundleInput>, path: string, message: string]

describe('a bundle is refused', () => {
  const unknown = (slug: string, kind: string) =>
    `unknown ${kind} "${slug}"; expected one of this bundle or of an earlier one`
  const uncited = 'no fact is about this topic or a narrower one; expected a statement or an agreement about it'
  const misplaced = (start: number, end: number) =>
    `expected prefix, exact and suffix to be the words at ${start} to ${end} of gazette`
  const cite = (fields: object) => [meeting({ citations: [citation('met', fields)] })]
  const { length } = [...TEXT]
  const at = TEXT.indexOf('town hall')
  const inUnits = citation('town hall', { start: at, end: at + 'town hall'.length })
  const inItaly = attended('bo', { representing: 'IT', position: 'bo-minister' })

  it.each<Case>([
    ['for a country that there is not', { visits: [visit({ to: 'XY' })] }, 'visits[0].to', unknown('XY', 'country')],
    [
      'for a person that there is not',
      { positions: [position({ person: 'cy' })] },
      'positions[0].person',
      unknown('cy', 'person'),
    ],
    [
      'for an office that there is not',
      { meetings: [meeting({ participations: [attended('ada'), inItaly] })] },
      'meetings[0].participations[1].position',
      unknown('bo-minister', 'position'),
    ],
    [
      'for a visit that there is not',
      { meetings: [meeting({ visit: 'tour' })] },
      'meetings[0].visit',
      unknown('tour', 'visit'),
    ],
    [
      'for a meeting that there is not',
      { statements: [statement({ meeting: 'x' })] },
      'statements[0].meeting',
      unknown('x', 'meeting'),
    ],
    [
      'for an agreement that there is not',
      { statements: [statement({ agreement: 'x' })] },
      'statements[0].agreement',
      unknown('x', 'agreement'),
    ],
    [
      'for a topic that there is not',
      { statements: [statement({ topics: ['x'] })] },
      'statements[0].topics[0]',
      unknown('x', 'topic'),
    ],
    [
      'for an organization that there is not, among voices',
      { statements: [statement({ mentions: [{ person: 'bo' }, { organization: 'un' }] })] },
      'statements[0].mentions[1].organization',
      unknown('un', 'organization'),
    ],
    [
      'for a source that there is not',
      { meetings: [meeting({ citations: [citation(), citation('met', { source: 'diary' })] })] },
      'meetings[0].citations[1].source',
      'unknown source "diary"; expected a source of an earlier bundle, or one that comes before this record',
    ],

    [
      'for a citation that ends where it begins',
      { meetings: cite({ end: citation().start }) },
      'meetings[0].citations[0]',
      `expected start < end, got ${citation().start} and ${citation().start}`,
    ],
    [
      'for a citation that ends after its text',
      { meetings: cite({ end: length + 1 }) },
      'meetings[0].citations[0].end',
      `expected at most ${length}, the length of gazette, got ${length + 1}`,
    ],
    [
      'for a citation that ends after a text that is not held',
      { sources: [(({ text: _, ...rest }) => rest)(source())], meetings: cite({ end: length + 1 }) },
      'meetings[0].citations[0].end',
      `expected at most ${length}, the length of gazette, got ${length + 1}`,
    ],
    [
      'for words that stand elsewhere',
      { meetings: cite({ start: 0, end: 6 }) },
      'meetings[0].citations[0]',
      misplaced(0, 6),
    ],
    [
      'for offsets in UTF-16 units',
      { meetings: [meeting({ citations: [inUnits] })] },
      'meetings[0].citations[0]',
      misplaced(inUnits.start, inUnits.end),
    ],
    [
      'for another prefix',
      { meetings: cite({ prefix: 'never ' }) },
      'meetings[0].citations[0]',
      misplaced(citation().start, citation().end),
    ],
    [
      'for words of an attestation that stand elsewhere',
      { positions: [position({ attested: [{ when: '2031', citations: [citation('Ada', { start: 0, end: 3 })] }] })] },
      'positions[0].attested[0].citations[0]',
      misplaced(0, 3),
    ],

    [
      'for a hash of another text',
      { sources: [source({ sha256: '0'.repeat(64) })] },
      'sources[0].sha256',
      `expected ${'0'.repeat(64)}, but the SHA-256 of the text is ${source().sha256}`,
    ],
    [
      'for a length in UTF-16 units',
      { sources: [source({ length: TEXT.length })] },
      'sources[0].length',
      `expected ${TEXT.length} code points, but the text has ${length}`,
    ],

    ['for a topic that nothing cites', { topics: [topic('trade')] }, 'topics[0]', uncited],
    [
      'for a topic that only a topic cites which nothing cites',
      {
        topics: [topic('trade'), topic('rice'), topic('tea', 'crops'), topic('crops')],
        statements: [statement({ topics: ['trade', 'tea'] })],
      },
      'topics[1]',
      uncited,
    ],
    [
      'for a topic broader than itself',
      { topics: [topic('tea', 'tea')], statements: [statement({ topics: ['tea'] })] },
      'topics[0].broader',
      '"tea" would be broader than itself; expected broader topics that do not lead back to it',
    ],

    [
      'for a slug given twice',
      { people: [person('ada'), person('bo'), person('ada')] },
      'people[2]',
      'repeats people[0]: ada',
    ],
    [
      'for a death before the birth',
      {
        people: [person('ada', { born: '1960-05', died: '1960-04-30' }), person('bo', { born: '1960~', died: '1959' })],
      },
      'people[0].died',
      'expected a death on or after the birth (1960-05), got 1960-04-30',
    ],
    [
      'for a party given twice',
      { agreements: [agreement({ parties: ['IN', 'IT', 'IN'] })] },
      'agreements[0].parties[2]',
      'repeats agreements[0].parties[0]: pact/IN',
    ],
    [
      'for a topic given twice',
      { topics: [topic('tea')], statements: [statement({ topics: ['tea', 'tea'] })] },
      'statements[0].topics[1]',
      'repeats statements[0].topics[0]: trade-first/tea',
    ],
    [
      'for an office of somebody else',
      {
        positions: [position({ slug: 'of-ada', person: 'ada' })],
        meetings: [meeting({ participations: [attended('bo', { position: 'of-ada' })] })],
      },
      'meetings[0].participations[0].position',
      'of-ada is an office of ada; expected one of bo',
    ],
    [
      'for a Wikidata item of two people',
      { people: [person('ada', { wikidataId: 'Q1' }), person('bo', { wikidataId: 'Q1' })] },
      'people[1].wikidataId',
      'Q1 belongs to ada; expected another item, or the same slug for the same person',
    ],

    [
      'for a tenure that an attestation contradicts',
      { positions: [position({ tenure: '2020/2030', attested: [{ when: '2031-05-05', citations: [citation()] }] })] },
      'positions[0].tenure',
      'expected a tenure that includes the days on which it is attested (2031-05-05), got 2020/2030',
    ],
    [
      'for a visit to its own country',
      { visits: [visit({ from: 'CH' })] },
      'visits[0].to',
      'expected a country other than CH, from which the visit comes',
    ],
  ])('%s', async (_sentence, lists, path, message) => {
    expect(await refusalOf(bundleWith(lists))).toEqual([{ path, message }])
  })

  it('for a person who is twice at one meeting, and for the citations of both', async () => {
    const participations = [attended('ada'), attended('bo'), attended('ada', { role: 'HOST' })]
    const place = 'meetings[0].participations'
    const { start, end } = citation()
    expect(await refusalOf(bundleWith({ meetings: [meeting({ participations })] }))).toEqual([
      { path: `${place}[2]`, message: `repeats ${place}[0]: meeting/town-hall/ada` },
      {
        path: `${place}[2].citations[0]`,
        message: `repeats ${place}[0].citations[0]: participation/meeting/town-hall/ada/gazette/${start}-${end}`,
      },
    ])
  })

  it('for two topics that are each broader than the other', async () => {
    const topics = [topic('tea', 'crops'), topic('crops', 'trade'), topic('trade', 'tea'), topic('rice', 'crops')]
    const problems = await refusalOf(bundleWith({ topics, statements: [statement({ topics: ['rice'] })] }))
    expect(problems).toEqual(
      [0, 1, 2].map((i) => ({
        path: `topics[${i}].broader`,
        message: `"${topics[i]?.slug}" would be broader than itself; expected broader topics that do not lead back to it`,
      })),
    )
  })

  it('with every mistake at once', async () => {
    const bad = bundleWith({
      topics: [topic('trade')],
      meetings: [
        meeting({ host: 'XY' }),
        meeting({ slug: 'second', citations: [citation('Bo', { start: 0, end: 2 })] }),
      ],
      statements: [statement({ addressees: [{ person: 'cy' }] })],
    })
    const paths = (await refusalOf(bad)).map(({ path }) => path)
    expect(paths.sort()).toEqual([
      'meetings[0].host',
      'meetings[1].citations[0]',
      'statements[0].addressees[0].person',
      'topics[0]',
    ])
  })
})

describe('a bundle is refused if it contradicts an earlier one', () => {
  beforeAll(async () => {
    await load(
      database,
      bundleWith({
        people: [person('ada', { wikidataId: 'Q1' })],
        topics: [topic('tea', 'crops'), topic('crops')],
        statements: [statement({ topics: ['tea'] })],
      }),
    )
  })
  const alone = (lists: Partial<BundleInput>) => ({ ...bundleWith(lists), sources: [], people: [], ...lists })

  it.each<Case>([
    [
      'words at another place of its text',
      { meetings: [meeting({ citations: [citation('met', { start: 0, end: 3 })] })] },
      'meetings[0].citations[0]',
      'expected prefix, exact and suffix to be the words at 0 to 3 of gazette',
    ],
    [
      'its person by another slug',
      { people: [person('ada-meer', { wikidataId: 'Q1' })] },
      'people[0].wikidataId',
      'Q1 belongs to ada; expected another item, or the same slug for the same person',
    ],
    [
      'its order of topics',
      { topics: [topic('crops', 'tea')] },
      'topics[0].broader',
      '"crops" would be broader than itself; expected broader topics that do not lead back to it',
    ],
  ])('%s', async (_sentence, lists, path, message) => {
    expect(await refusalOf(alone(lists))).toEqual([{ path, message }])
  })
})
