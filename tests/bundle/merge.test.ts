import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mergePeople } from '../../src/bundle/corrections/merge.ts'
import { exportRecords } from '../../src/bundle/export/export.ts'
import { loadRecords } from '../../src/bundle/load/load.ts'
import type { Placed } from '../../src/bundle/records.ts'
import type { Database } from '../../src/database/open.ts'
import { encodeGlobalId } from '../../src/schema/ids/global-id.ts'
import { ask, dataOf, serverOf } from '../api/ask.ts'
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
  statement,
} from '../fixtures.ts'
import { contentOf, databaseKinds, datasetOf, openEmpty, removeFacts } from '../support.ts'

/** Bo is also known as Ødegård; both are at one meeting, and both speak at once. */
const BUNDLE = bundleWith({
  people: [
    person('ada'),
    person('bo', { name: 'Bo', names: ['B.'] }),
    person('odegard', { name: 'Ødegård', wikidataId: 'Q2' }),
  ],
  positions: [position({ slug: 'odegard-minister', person: 'odegard' })],
  meetings: [
    meeting({
      participations: [
        attended('ada'),
        attended('bo', { citations: [citation('Bo')] }),
        attended('odegard', { citations: [citation('Bo'), citation('Italy')] }),
      ],
    }),
    meeting({ slug: 'second', participations: [attended('odegard', { position: 'odegard-minister' })] }),
  ],
  agreements: [
    agreement({
      events: [{ status: 'SIGNED', when: '2031-05-05', by: [{ person: 'odegard' }], citations: [citation()] }],
    }),
  ],
  statements: [statement({ speakers: [{ person: 'bo' }, { person: 'odegard' }], mentions: [{ person: 'odegard' }] })],
})

/** The same as it would have been known from the start. */
const AS_ONE = bundleWith({
  people: [
    person('ada'),
    person('bo', { name: 'Bo', names: ['B.', 'Ødegård'], wikidataId: 'Q2', formerly: ['odegard'] }),
  ],
  positions: [position({ slug: 'odegard-minister', person: 'bo' })],
  meetings: [
    meeting({ participations: [attended('ada'), attended('bo', { citations: [citation('Bo'), citation('Italy')] })] }),
    meeting({ slug: 'second', participations: [attended('bo', { position: 'odegard-minister' })] }),
  ],
  agreements: [
    agreement({ events: [{ status: 'SIGNED', when: '2031-05-05', by: [{ person: 'bo' }], citations: [citation()] }] }),
  ],
  statements: [statement({ speakers: [{ person: 'bo' }], mentions: [{ person: 'bo' }] })],
})

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  beforeEach(() => removeFacts(database))
  afterAll(() => database.close())

  it('two people are merged as if they had been one from the start', async () => {
    await load(database, AS_ONE)
    const expected = await contentOf(database)
    await removeFacts(database)
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard')
    expect(await contentOf(database)).toEqual(expected)
    expect(await datasetOf(database)).toMatchObject({ version: 2n })
  })

  it('a bundle that still has two people loads as one, and changes nothing', async () => {
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard')
    const before = [await contentOf(database), await datasetOf(database)]
    expect(await load(database, BUNDLE)).toMatchObject({ people: { created: 0, changed: 0, unchanged: 3 } })
    expect([await contentOf(database), await datasetOf(database)]).toEqual(before)
  })

  it('a merged person is exported, and loads as merged', async () => {
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard')
    const expected = await contentOf(database)
    const records: Placed[] = []
    await exportRecords(database, {}, async (record) => void records.push(record as Placed))
    await removeFacts(database)
    await loadRecords(database, records)
    expect(await contentOf(database)).toEqual(expected)
  })

  it('the old slug and the old id redirect to the remaining person', async () => {
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard')
    const server = serverOf(database)
    const [bo, old, unknown] = ['bo', 'odegard', 'nobody'].map((slug) => encodeGlobalId('Person', slug))
    const one = { id: bo, slug: 'bo', names: ['Bo', 'B.', 'Ødegård'] }
    const fields = '... on Person { id slug names }'
    expect(
      await dataOf(
        server,
        `query ($old: ID!, $ids: [ID!]!) {
          person(slug: "odegard") { ${fields} } node(id: $old) { ${fields} } nodes(ids: $ids) { ${fields} }
        }`,
        { old, ids: [unknown, old, bo] },
      ),
    ).toEqual({ person: one, node: one, nodes: [null, one, one] })
    expect(
      (await ask(server, '{ search(query: "Ødegård", kinds: [PERSON]) { nodes { node { ... on Person { slug } } } } }'))
        .data,
    ).toEqual({
      search: { nodes: [{ node: { slug: 'bo' } }] },
    })
  })

  it('a citation that contradicts a part stays, beside one of the same words that supports it', async () => {
    const contradicting = citation('met', { stance: 'CONTRADICTS' })
    const participations = [attended('bo'), attended('odegard', { citations: [citation('met'), contradicting] })]
    await load(
      database,
      bundleWith({ people: ['bo', 'odegard'].map((slug) => person(slug)), meetings: [meeting({ participations })] }),
    )
    await mergePeople(database, 'bo', 'odegard')
    const { rows } = await database.pool.query(
      'SELECT id, stance FROM citation WHERE participation_id IS NOT NULL ORDER BY id',
    )
    const { start, end } = contradicting
    const id = `participation/meeting/town-hall/bo/gazette/${start}-${end}`
    expect(rows).toEqual([
      { id, stance: 'SUPPORTS' },
      { id: `${id}/contradicts`, stance: 'CONTRADICTS' },
    ])
  })

  it('a filter accepts the old slug or the old id of a merged person', async () => {
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard')
    const question = `query ($names: [ID!], $one: ID) {
      meetings(filter: { participants: $names }) { nodes { slug } }
      statements(filter: { speakers: $names }) { nodes { slug } }
      positions(filter: { person: $one }) { nodes { slug } }
      people(filter: { met: $names }) { nodes { slug } }
      person(slug: "ada") { meetings(filter: { participants: $names }) { nodes { slug } } }
      ranked: meetings(filter: { participants: $names, search: "hall" }, orderBy: RELEVANCE) { nodes { slug } }
    }`
    const answers = ['bo', 'odegard', encodeGlobalId('Person', 'odegard')].map((name) =>
      dataOf(serverOf(database), question, { names: [name], one: name }),
    )
    const [now, ...before] = await Promise.all(answers)
    expect(now).toMatchObject({
      meetings: { nodes: [{ slug: 'second' }, { slug: 'town-hall' }] },
      people: { nodes: [{ slug: 'ada' }] },
      positions: { nodes: [{ slug: 'odegard-minister' }] },
      ranked: { nodes: [{ slug: 'second' }, { slug: 'town-hall' }] },
    })
    expect(before).toEqual([now, now])
  })

  it('a merged person can be merged again by any slug, and all slugs redirect to the last', async () => {
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard')
    await mergePeople(database, 'ada', 'odegard')
    expect(await database.prisma.personAlias.findMany({ orderBy: { slug: 'asc' } })).toEqual([
      { slug: 'bo', personSlug: 'ada' },
      { slug: 'odegard', personSlug: 'ada' },
    ])
    const before = await contentOf(database)
    await load(database, BUNDLE)
    expect(await contentOf(database)).toEqual(before)
  })

  it.each<[what: string, kept: string, merged: string, message: string]>([
    ['a person with itself', 'bo', 'bo', 'bo and bo are already the same person: bo'],
    [
      'a person that there is not',
      'bo',
      'nobody',
      'no person has the slug "nobody"; find people by name with the query { search }',
    ],
    ['two of Wikidata', 'odegard', 'cy', 'expected one Wikidata item, but odegard has Q2 and cy has Q3'],
  ])('%s cannot be merged, and nothing changes', async (_what, kept, merged, message) => {
    await load(database, { ...BUNDLE, people: [...(BUNDLE.people ?? []), person('cy', { wikidataId: 'Q3' })] })
    const before = [await contentOf(database), await datasetOf(database)]
    await expect(mergePeople(database, kept, merged)).rejects.toThrow(message)
    expect([await contentOf(database), await datasetOf(database)]).toEqual(before)
  })

  it('a slug of an existing person does not redirect', async () => {
    const people = [person('ada', { formerly: ['bo'] }), person('bo')]
    expect(await problemsOf(() => load(database, bundleWith({ people })))).toEqual([
      {
        path: 'people[0].formerly[0]',
        message: 'bo belongs to another person; expected a slug that was merged into ada',
      },
    ])
  })
})
