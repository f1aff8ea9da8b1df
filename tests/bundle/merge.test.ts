import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mergePeople } from '../../src/bundle/corrections/merge.ts'
import { unmergePerson } from '../../src/bundle/corrections/unmerge.ts'
import { reinstateFacts, withdrawFacts } from '../../src/bundle/corrections/withdraw.ts'
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
  visit,
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

/** They are at one meeting, which speaks against a merge. */
const FORCE = { force: true }

/** All rows of all tables, without what is remembered to undo merges. */
async function factsOf(database: Database) {
  const { merged_row, person_merge, person_unmerge, withdrawn_row, ...facts } = await contentOf(database)
  const rows = withdrawn_row as { content: object }[]
  return { ...facts, withdrawn_row: rows.map((row) => ({ ...row, content: { ...row.content, digest: null } })) }
}

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
    const expected = await factsOf(database)
    await removeFacts(database)
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard', FORCE)
    expect(await factsOf(database)).toEqual(expected)
    expect(await datasetOf(database)).toMatchObject({ version: 2n })
  })

  it('a bundle that still has two people loads as one, and changes nothing', async () => {
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard', FORCE)
    const before = [await contentOf(database), await datasetOf(database)]
    expect(await load(database, BUNDLE)).toMatchObject({ people: { created: 0, changed: 0, unchanged: 3 } })
    expect([await contentOf(database), await datasetOf(database)]).toEqual(before)
  })

  it('a merged person is exported, and loads as merged', async () => {
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard', FORCE)
    const expected = await factsOf(database)
    const records: Placed[] = []
    await exportRecords(database, {}, async (record) => void records.push(record as Placed))
    await removeFacts(database)
    await loadRecords(database, records)
    expect(await factsOf(database)).toEqual(expected)
  })

  it('the old slug and the old id redirect to the remaining person', async () => {
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard', FORCE)
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
    await mergePeople(database, 'bo', 'odegard', FORCE)
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
    await mergePeople(database, 'bo', 'odegard', FORCE)
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
    await mergePeople(database, 'bo', 'odegard', FORCE)
    await mergePeople(database, 'ada', 'odegard', FORCE)
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
  ])('%s cannot be merged, and nothing changes', async (_what, kept, merged, message) => {
    await load(database, BUNDLE)
    const before = [await contentOf(database), await datasetOf(database)]
    await expect(mergePeople(database, kept, merged)).rejects.toThrow(message)
    expect([await contentOf(database), await datasetOf(database)]).toEqual(before)
  })

  it('people of whom records say that they are two are merged only by force, and the refusal names the records', async () => {
    const tenure = (slug: string, person: string, country: string, tenure: string) =>
      position({ slug, person, country, tenure, post: `minister-of-${country.toLowerCase()}` })
    await load(
      database,
      bundleWith({
        people: [
          person('ada'),
          person('bo', { wikidataId: 'Q2', born: '1960', died: '2035' }),
          person('cy', { wikidataId: 'Q3', born: '1962-05' }),
          person('dee', { born: '1960~' }),
        ],
        positions: [
          tenure('p-bo', 'bo', 'IT', '2030-01-01/2032-01-01'),
          tenure('p-cy', 'cy', 'IN', '2031-01-01/2033-01-01'),
          tenure('p-dee', 'dee', 'IN', '2032-01-02/2033-01-01'),
        ],
        visits: [visit({ participations: [attended('bo'), attended('cy')] })],
        meetings: [meeting({ participations: [attended('bo'), attended('cy')] })],
      }),
    )
    const before = await contentOf(database)
    await expect(mergePeople(database, 'bo', 'cy')).rejects.toThrow(
      [
        'bo and cy were not merged, because records say that they are two people; if these are wrong, force the merge:',
        '  people/bo and people/cy: the Wikidata items Q2 and Q3',
        '  people/bo and people/cy: born 1960 and 1962-05',
        '  meetings/town-hall: both took part',
        '  visits/tour: both took part',
        '  positions/p-bo and positions/p-cy: offices of IT and IN on 2031-01-01',
      ].join('\n'),
    )
    expect(await contentOf(database)).toEqual(before)
    await mergePeople(database, 'bo', 'dee')
    await mergePeople(database, 'bo', 'cy', FORCE)
    expect(await database.prisma.person.findMany({ where: { slug: { not: 'ada' } } })).toMatchObject([
      { slug: 'bo', wikidataId: 'Q2', born: '1960', died: '2035' },
    ])
  })

  it('a dry run reports what becomes of each fact, and changes nothing', async () => {
    await load(database, BUNDLE)
    await withdrawFacts(database, ['second'], { reason: 'never held' })
    const before = [await contentOf(database), await datasetOf(database)]
    const report = await mergePeople(database, 'bo', 'odegard', { force: true, dryRun: true })
    const fate = (record: string, part: string, outcome: string, more = {}) => ({
      ...{ record, part, outcome, isWithdrawn: false },
      ...more,
    })
    expect(report).toEqual({
      kept: 'bo',
      merged: 'odegard',
      facts: [
        fate('agreements/pact', 'actor', 'MOVES'),
        fate('meetings/second', 'participation', 'MOVES', { isWithdrawn: true, citations: { moved: 1, dropped: 0 } }),
        fate('meetings/town-hall', 'participation', 'JOINED', { citations: { moved: 1, dropped: 1 } }),
        fate('positions/odegard-minister', 'position', 'MOVES'),
        fate('statements/trade-first', 'mention', 'MOVES'),
        fate('statements/trade-first', 'speaker', 'DUPLICATE'),
      ],
    })
    expect([await contentOf(database), await datasetOf(database)]).toEqual(before)
  })

  it('a withdrawn fact of a merged person can be restored, and is one of the other person', async () => {
    const facts = ['meetings/second', 'meetings/town-hall', 'statements/trade-first', 'odegard-minister', 'pact']
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard', FORCE)
    const expected = await factsOf(database)
    await removeFacts(database)
    await load(database, BUNDLE)
    await withdrawFacts(database, facts, { reason: 'a test' })
    await mergePeople(database, 'bo', 'odegard', FORCE)
    await reinstateFacts(database, facts)
    expect(await factsOf(database)).toEqual(expected)
  })

  it('unmerge gives a slug its record, names and facts back, and later imports do not merge it again', async () => {
    await load(database, BUNDLE)
    const before = await factsOf(database)
    await mergePeople(database, 'bo', 'odegard', FORCE)
    const merged = [await contentOf(database), await datasetOf(database)]
    await unmergePerson(database, 'odegard', true)
    expect([await contentOf(database), await datasetOf(database)]).toEqual(merged)
    expect(await unmergePerson(database, 'odegard')).toMatchObject({
      from: 'bo',
      facts: expect.arrayContaining([
        { record: 'meetings/town-hall', outcome: 'SEPARATED' },
        { record: 'positions/odegard-minister', outcome: 'MOVES' },
      ]),
    })
    expect(await factsOf(database)).toEqual(before)
    expect(await load(database, BUNDLE)).toMatchObject({
      people: { created: 0, changed: 0, unchanged: 3 },
      meetings: { created: 0, changed: 0, unchanged: 2 },
      corrections: { unmerged: [{ slug: 'odegard', person: 'bo' }] },
    })
    expect(await factsOf(database)).toEqual(before)
    expect(await problemsOf(() => load(database, AS_ONE))).toContainEqual({
      path: 'people[1].formerly[0]',
      message:
        'odegard is another person, as the merge into bo was undone; expected two people, or a merge of them first',
    })
    await expect(unmergePerson(database, 'odegard')).rejects.toThrow('odegard was not merged into another person')
  })

  it('unmerge gives back what was loaded since the merge, withdrawn facts too, and undoes a chain of merges one by one', async () => {
    const later = {
      ...BUNDLE,
      meetings: [
        ...(BUNDLE.meetings ?? []).map((one) => ({ ...one, place: 'Bern' })),
        meeting({
          slug: 'third',
          participations: [attended('odegard'), attended('bo', { citations: [citation('Bo')] })],
        }),
      ],
    }
    await load(database, later)
    await withdrawFacts(database, ['second'], { reason: 'never held' })
    const before = await factsOf(database)
    await removeFacts(database)
    await load(database, BUNDLE)
    await mergePeople(database, 'bo', 'odegard', FORCE)
    const once = await factsOf(database)
    await mergePeople(database, 'ada', 'bo', FORCE)
    expect(await load(database, BUNDLE)).toMatchObject({
      corrections: {
        merged: [
          { slug: 'bo', person: 'ada' },
          { slug: 'odegard', person: 'ada' },
        ],
      },
    })
    await unmergePerson(database, 'bo')
    expect(await factsOf(database)).toEqual(once)
    await mergePeople(database, 'ada', 'bo', FORCE)
    await load(database, later)
    await withdrawFacts(database, ['second'], { reason: 'never held' })
    await expect(unmergePerson(database, 'odegard')).rejects.toThrow('unmerge bo first')
    await unmergePerson(database, 'bo')
    await unmergePerson(database, 'odegard')
    expect(await factsOf(database)).toEqual(before)
  })

  it('unmerge gives back former slugs, too', async () => {
    const people = (BUNDLE.people ?? []).map((one) => (one.slug === 'odegard' ? { ...one, formerly: ['oede'] } : one))
    await load(database, { ...BUNDLE, people })
    const before = await factsOf(database)
    await mergePeople(database, 'bo', 'odegard', FORCE)
    await unmergePerson(database, 'odegard')
    expect(await factsOf(database)).toEqual(before)
    expect(await load(database, { ...BUNDLE, people })).toMatchObject({
      people: { created: 0, changed: 0, unchanged: 3 },
    })
  })

  it('people of one record are not merged while the part of one is withdrawn alone', async () => {
    await load(database, BUNDLE)
    const part = 'participation/meeting/town-hall/odegard'
    await withdrawFacts(database, [part], { reason: 'an error' })
    const before = await contentOf(database)
    for (const [kept, merged] of [
      ['bo', 'odegard'],
      ['odegard', 'bo'],
    ] as const)
      await expect(mergePeople(database, kept, merged, FORCE)).rejects.toThrow(`${part} is withdrawn alone`)
    expect(await contentOf(database)).toEqual(before)
  })

  it('a merge that came with a bundle cannot be undone, and says why', async () => {
    await load(database, AS_ONE)
    await expect(unmergePerson(database, 'odegard')).rejects.toThrow('it cannot be undone')
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
