import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { reinstateFacts, withdrawFacts } from '../../src/bundle/corrections/withdraw.ts'
import { exportRecords } from '../../src/bundle/export/export.ts'
import type { BundleInput } from '../../src/bundle/format.ts'
import { loadBundle, loadRecords } from '../../src/bundle/load/load.ts'
import { parseBundle } from '../../src/bundle/reading/parse.ts'
import type { Read } from '../../src/bundle/records.ts'
import type { Database } from '../../src/database/open.ts'
import { type SourceReport, verifySources } from '../../src/evidence/verify-sources.ts'
import { dataOf, type Server, serverOf } from '../api/ask.ts'
import {
  agreement,
  attended,
  bundleWith,
  bytesOf,
  citation,
  load,
  meeting,
  person,
  position,
  problemsOf,
  source,
  statement,
  topic,
  visit,
} from '../fixtures.ts'
import { contentOf, databaseKinds, openEmpty, removeFacts } from '../support.ts'

/** An edition of the log: a line for each meeting, in which its slug is its evidence. */
function edition(...slugs: string[]): {
  source: NonNullable<BundleInput['sources']>[number]
  meetings: NonNullable<BundleInput['meetings']>
} {
  return editionOf('log', ...slugs)
}

function editionOf(slug: string, ...slugs: string[]) {
  const text = `${slug}\n${slugs.join('\n')}\n`
  const log = source({
    slug,
    text,
    length: text.length,
    sha256: createHash('sha256').update(text).digest('hex'),
    published: '2031',
  })
  const cite = (words: string) => {
    const start = text.indexOf(`\n${words}\n`) + 1
    return { source: slug, start, end: start + words.length, exact: words }
  }
  return { source: log, cite, meetings: slugs.map((one) => meeting({ slug: one, citations: [cite(one)] })) }
}

const holding = (...editions: ReturnType<typeof edition>[]) =>
  bundleWith({
    sources: [source(), ...editions.map(({ source }) => source)],
    meetings: editions.flatMap(({ meetings }) => meetings),
  })

const everything = (): BundleInput =>
  bundleWith({
    topics: [topic('trade')],
    positions: [position()],
    visits: [visit({ participations: [attended('ada', { representing: 'IN', position: 'ada-minister' })] })],
    meetings: [
      meeting({
        visit: 'tour',
        participations: [attended('ada', { representing: 'IN' }), attended('bo', { representing: 'IT' })],
      }),
    ],
    agreements: [agreement({ topics: ['trade'] })],
    statements: [statement({ meeting: 'town-hall', agreement: 'pact', topics: ['trade'], countries: ['IN', 'IT'] })],
  })

const COUNTS = `{
  visits { totalCount } meetings { totalCount } statements { totalCount } agreements { totalCount } positions { totalCount }
  search(query: "town hall OR tour OR pact OR trade first", kinds: [VISIT, MEETING, AGREEMENT, STATEMENT]) { totalCount }
  locate(text: "met Bo") { totalCount }
  relation(between: [IN, IT]) { timeline { totalCount } activity(by: YEAR) { period } topics { count } people { count } }
  about { facts { meetings citations } }
}`

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
  })
  beforeEach(() => removeFacts(database))
  afterAll(() => database.close())

  // biome-ignore lint/suspicious/noExplicitAny: the queries of this file select different fields
  const ask = async (query: string) => await dataOf<any>(server, query)
  const reasonOf = async (type: string, slug: string) =>
    (await ask(`{ it: ${type}(slug: "${slug}") { withdrawn { reason by } } }`))['it']

  it.each(['positions/ada-minister', 'visits/tour', 'meetings/town-hall', 'agreements/pact', 'statements/trade-first'])(
    '%s can be withdrawn and restored, and then everything is as before',
    async (name) => {
      await load(database, everything())
      const [content, counts] = [await contentOf(database), await ask(COUNTS)]
      expect(await withdrawFacts(database, [name], { reason: 'an error of the editors' }, true)).toEqual([name])
      expect(await contentOf(database)).toEqual(content)
      await withdrawFacts(database, [name], { reason: 'an error of the editors' })
      expect(await ask(COUNTS)).not.toEqual(counts)
      expect(await reinstateFacts(database, [name])).toEqual([name])
      expect(await contentOf(database)).toEqual(content)
      expect(await ask(COUNTS)).toEqual(counts)
    },
  )

  it('an export restores withdrawn facts, their reasons and the references to them in an empty database', async () => {
    const other = await openEmpty(kind)
    const exported = async (from: Database) => {
      const items: Read[] = []
      await exportRecords(from, {}, async (item) => void items.push(item))
      return items
    }
    await load(database, everything())
    await load(database, holding(edition('a', 'b')))
    await load(database, holding(edition('a')))
    await withdrawFacts(database, ['tour', 'ada-minister'], { reason: 'never took place', note: 'See the Herald.' })
    await withdrawFacts(database, ['pact', 'trade-first'], { reason: 'an error of the editors' })
    const items = await exported(database)
    await loadRecords(other, items)
    // Rows that are derived from two withdrawn facts can belong to either.
    const facts = async (from: Database) => ({ ...(await contentOf(from)), withdrawn_row: [] })
    expect(await facts(other)).toEqual(await facts(database))
    expect(await exported(other)).toEqual(items)
    for (const one of [database, other]) await reinstateFacts(one, ['tour', 'ada-minister', 'pact', 'trade-first', 'b'])
    expect(await contentOf(other)).toEqual(await contentOf(database))
    await other.close()
  })

  it('a person has dates of life, which a bundle without them does not remove', async () => {
    await load(database, bundleWith({ people: [person('ada', { born: '1960', died: '2035-05-05~' }), person('bo')] }))
    await load(database, bundleWith({ people: [person('ada', { name: 'Ada' })] }))
    expect(await ask('{ people { nodes { name born { edtf endOfTheEnd } died { label endOfTheEnd } } } }')).toEqual({
      people: {
        nodes: [
          {
            name: 'Ada',
            born: { edtf: '1960', endOfTheEnd: '1960-12-31' },
            died: { label: expect.stringContaining('5 May 2035'), endOfTheEnd: null },
          },
          { name: 'Name of bo', born: null, died: null },
        ],
      },
    })
    const impossible = bundleWith({ people: [person('ada', { died: '1950' })] })
    expect(await problemsOf(() => load(database, impossible))).toEqual([
      { path: 'people[0].died', message: 'expected a death on or after the birth (1960), got 1950' },
    ])
  })

  it('a part that was withdrawn alone stays so, is exported and imported, and can be restored', async () => {
    const other = await openEmpty(kind)
    const bundle = everything()
    const [office] = bundle.positions ?? []
    const attested = [{ when: '2031-05-05', citations: [citation()] }]
    const given = { ...bundle, positions: [{ ...office, attested } as never] }
    await load(database, given)
    const content = await contentOf(database)
    const parts = ['participation/meeting/town-hall/bo', 'attestation/ada-minister/2031-05-05']
    expect(await withdrawFacts(database, parts, { reason: 'an error of the editors' })).toEqual(parts)
    expect(await ask('{ meetings { nodes { participations { person { slug } } } } }')).toEqual({
      meetings: { nodes: [{ participations: [{ person: { slug: 'ada' } }] }] },
    })
    expect(await ask('{ positions { nodes { tenure { endOfTheBegin } } } }')).toEqual({
      positions: { nodes: [{ tenure: { endOfTheBegin: null } }] },
    })
    const withdrawn = await contentOf(database)
    await load(database, given)
    const [first] = given.meetings ?? []
    const changed = { ...given, meetings: [{ ...first, place: 'Bern' } as never] }
    expect((await load(database, changed)).corrections?.stayed).toEqual([
      { record: parts[0], reason: 'an error of the editors' },
    ])
    await load(database, given)
    expect(await contentOf(database)).toEqual(withdrawn)
    const items: Read[] = []
    await exportRecords(database, {}, async (item) => void items.push(item))
    await loadRecords(other, items)
    expect(await contentOf(other)).toEqual(withdrawn)
    for (const one of [database, other]) {
      await reinstateFacts(one, parts)
      expect(await contentOf(one)).toEqual(content)
    }
    await expect(withdrawFacts(other, ['participation/visit/nobody'], { reason: 'x' })).rejects.toThrow('no fact has')
    await other.close()
  })

  it('a part of a withdrawn record is restored only with it', async () => {
    await load(database, everything())
    const content = await contentOf(database)
    const part = 'participation/meeting/town-hall/bo'
    await withdrawFacts(database, [part], { reason: 'an error' })
    await withdrawFacts(database, ['town-hall'], { reason: 'never held' })
    const withdrawn = await contentOf(database)
    await expect(reinstateFacts(database, [part])).rejects.toThrow('meetings/town-hall is withdrawn, too')
    expect(await contentOf(database)).toEqual(withdrawn)
    await reinstateFacts(database, [part, 'town-hall'])
    expect(await contentOf(database)).toEqual(content)
  })

  it('two editions that are loaded at once follow each other', async () => {
    await load(database, holding(edition('a', 'b', 'c')))
    await Promise.all([load(database, holding(edition('a', 'c'))), load(database, holding(edition('b', 'c', 'd')))])
    const { meetings } = await ask('{ meetings { nodes { slug } } }')
    const slugs = meetings.nodes.map(({ slug }: { slug: string }) => slug).sort()
    expect([
      ['a', 'c'],
      ['b', 'c', 'd'],
    ]).toContainEqual(slugs)
    for await (const { mismatches } of verifySources(database)) expect(mismatches).toEqual([])
  })

  it('a status and a tenure follow from what remains after parts were withdrawn', async () => {
    const both = editionOf('two', 'fact')
    const facts = (one: ReturnType<typeof editionOf>, all: boolean) => {
      const at = (when: string) => ({ when, citations: [one.cite('later')] })
      return bundleWith({
        sources: [one.source, both.source],
        positions: [position({ attested: all ? [at('2031-06-01')] : [], citations: [both.cite('fact')] })],
        agreements: [
          agreement({
            citations: [both.cite('fact')],
            events: [
              { status: 'ANNOUNCED', when: '2031-05-05', citations: [both.cite('fact')] },
              ...(all ? [{ status: 'SIGNED' as const, ...at('2031-06-01') }] : []),
            ],
          }),
        ],
      })
    }
    const state = () =>
      ask('{ agreement(slug: "pact") { status } positions { nodes { tenure { endOfTheBegin beginOfTheEnd } } } }')
    await load(database, facts(editionOf('none', 'later'), false))
    const before = await state()
    await load(database, facts(editionOf('one', 'later'), true))
    expect(await state()).not.toEqual(before)
    await load(database, bundleWith({ sources: [editionOf('one', 'z').source] }))
    expect(await state()).toEqual(before)
  })

  it('a withdrawn fact is in no list, and can be read by its slug and ID with all that it had', async () => {
    await load(database, everything())
    const MEETING = `{ it: meeting(slug: "town-hall") {
      id title when { label } countries { code } topics { slug } contradictedBy { exact }
      participations { id person { name } representing { code } position { title } positionCertainty }
      citations { exact verification stance edition { isPresent } fact { id } }
    } }`
    const before = await ask(MEETING)
    await withdrawFacts(database, ['town-hall'], { reason: 'never held', note: 'See the Herald.' })
    expect(await ask(MEETING)).toEqual(before)
    const { participations } = before.it as { participations: { id: string }[] }
    const {
      meeting: { id },
    } = await ask('{ meeting(slug: "town-hall") { id } }')
    const withdrawn = { reason: 'never held', note: 'See the Herald.', by: 'EDITOR', citations: [] }
    const fields = '... on Cited { withdrawn { reason note by citations { exact } } }'
    expect(await ask(`{ nodes(ids: ["${id}", "${participations[0]?.id}"]) { id ${fields} } }`)).toEqual({
      nodes: [id, participations[0]?.id].map((id) => ({ id, withdrawn })),
    })
    expect(
      await ask(
        '{ meetings { nodes { slug } } statement(slug: "trade-first") { meeting { slug } withdrawn { reason } } person(slug: "ada") { meetings { totalCount nodes { slug } } } }',
      ),
    ).toEqual({
      meetings: { nodes: [] },
      statement: { meeting: null, withdrawn: null },
      person: { meetings: { totalCount: 0, nodes: [] } },
    })
  })

  it('a fact that an editor withdrew stays so when its file is imported again, and what refers to it is loaded', async () => {
    await load(database, everything())
    await withdrawFacts(database, ['tour'], { reason: 'another person' })
    const content = await contentOf(database)
    const stayed = [{ record: 'visits/tour', reason: 'another person' }]
    expect(await load(database, everything())).toMatchObject({ corrections: { stayed, withdrawn: [] } })
    expect(await contentOf(database)).toEqual(content)
    const changed = everything()
    const [first] = changed.meetings ?? []
    await load(database, { ...changed, meetings: [{ ...first, place: 'Bern' } as never] })
    expect(await ask('{ meeting(slug: "town-hall") { place visit { slug } } visits { totalCount } }')).toEqual({
      meeting: { place: 'Bern', visit: null },
      visits: { totalCount: 0 },
    })
    await reinstateFacts(database, ['tour'])
    expect(await ask('{ meeting(slug: "town-hall") { visit { slug } } }')).toEqual({
      meeting: { visit: { slug: 'tour' } },
    })
  })

  it('a bundle can withdraw a fact with a passage that contradicts it', async () => {
    const withdraw = [
      { kind: 'meetings' as const, slug: 'town-hall', reason: 'denied', citations: [citation('a start')] },
    ]
    const bundle = { ...everything(), withdraw }
    expect(await load(database, bundle)).toMatchObject({ meetings: { created: 1, withdrawn: 1 } })
    expect(
      await ask(
        '{ meeting(slug: "town-hall") { withdrawn { reason by citations { exact stance verification } } } meetings { totalCount } }',
      ),
    ).toEqual({
      meeting: {
        withdrawn: {
          reason: 'denied',
          by: 'EDITOR',
          citations: [{ exact: 'a start', stance: 'CONTRADICTS', verification: 'VERIFIED' }],
        },
      },
      meetings: { totalCount: 0 },
    })
    const content = await contentOf(database)
    await load(database, bundle)
    expect(await contentOf(database)).toEqual(content)
    const problems = await problemsOf(() =>
      load(database, bundleWith({ withdraw: [{ kind: 'visits', slug: 'nowhere', reason: 'none' }] })),
    )
    expect(problems).toEqual([
      {
        path: 'withdraw[0].slug',
        message: 'unknown visit "nowhere"; expected one of this bundle or of an earlier one',
      },
    ])
  })

  it('facts that a new edition does not have are withdrawn, come back with a later one, and still verify', async () => {
    await load(database, holding(edition('a', 'b', 'c')))
    const first = await contentOf(database)
    const report = await load(database, holding(edition('a', 'c', 'd')))
    const withdrawn = [{ record: 'meetings/b', reason: 'not in the edition of 2031 of log' }]
    expect(report).toMatchObject({
      meetings: { created: 1, changed: 1, unchanged: 1, withdrawn: 1 },
      corrections: { withdrawn, restored: [] },
    })
    expect(
      await ask(
        '{ meeting(slug: "b") { withdrawn { reason } citations { exact verification edition { isPresent } } } }',
      ),
    ).toEqual({
      meeting: {
        withdrawn: { reason: 'not in the edition of 2031 of log' },
        citations: [{ exact: 'b', verification: 'VERIFIED', edition: { isPresent: false } }],
      },
    })
    const reports: SourceReport[] = []
    for await (const report of verifySources(database)) reports.push(report)
    expect(reports.flatMap(({ mismatches }) => mismatches)).toEqual([])
    expect(reports.find(({ source }) => source === 'log')).toMatchObject({ citations: 4, verified: 4 })
    expect(await load(database, holding(edition('a', 'b', 'c')))).toMatchObject({
      meetings: { created: 1, changed: 1, withdrawn: 1 },
      corrections: { restored: ['meetings/b'] },
    })
    await withdrawFacts(database, ['meetings/a'], { reason: 'x' })
    await reinstateFacts(database, ['meetings/a', 'meetings/d'])
    await withdrawFacts(database, ['meetings/d'], { reason: 'x' })
    expect((await contentOf(database))['meeting']).toEqual(first['meeting'])
  })

  it('a fact that moves to another file is not withdrawn', async () => {
    await load(database, holding(editionOf('one', 'a', 'b')))
    const report = await load(database, holding(editionOf('one', 'a'), editionOf('two', 'b')))
    expect(report).toMatchObject({ meetings: { created: 0, changed: 1, unchanged: 1 } })
    expect(report.corrections).toBeUndefined()
    expect(await ask('{ meeting(slug: "b") { citations { source { slug } } } }')).toEqual({
      meeting: { citations: [{ source: { slug: 'two' } }] },
    })
  })

  it('a fact of two sources loses only the citation of one, and parts that are gone are withdrawn', async () => {
    const [one, two] = [editionOf('one', 'a', 'ada', 'bo'), editionOf('two', 'a')]
    const both = meeting({ slug: 'a', citations: [one.cite('a'), two.cite('a')] })
    await load(database, bundleWith({ sources: [one.source, two.source], meetings: [both] }))
    await load(database, bundleWith({ sources: [editionOf('one', 'z').source] }))
    expect(await ask('{ meeting(slug: "a") { withdrawn { reason } citations { source { slug } } } }')).toEqual({
      meeting: { withdrawn: null, citations: [{ source: { slug: 'two' } }] },
    })
    const people = (...slugs: string[]) => {
      const text = editionOf('one', 'a', ...slugs)
      const participations = slugs.map((slug) => attended(slug, { citations: [text.cite(slug)] }))
      return bundleWith({
        sources: [text.source],
        meetings: [meeting({ slug: 'p', citations: [text.cite('a')], participations })],
      })
    }
    await load(database, people('ada', 'bo'))
    const { p } = await ask('{ p: meeting(slug: "p") { participations { id } } }')
    expect(await load(database, people('bo'))).toMatchObject({
      corrections: { withdrawn: [{ record: 'participation/meeting/p/ada' }] },
    })
    const [{ id }] = p.participations
    expect(
      await ask(
        `{ node(id: "${id}") { ... on Participation { person { slug } occasion { ... on Meeting { slug participations { person { slug } } } } withdrawn { by } citations { verification } } } }`,
      ),
    ).toEqual({
      node: {
        person: { slug: 'ada' },
        occasion: { slug: 'p', participations: [{ person: { slug: 'bo' } }] },
        withdrawn: { by: 'EDITION' },
        citations: [{ verification: 'VERIFIED' }],
      },
    })
  })

  it('missing facts can stay, and most facts of a source are withdrawn only after a confirmation', async () => {
    const slugs = Array.from({ length: 22 }, (_, i) => `m${i}`)
    await load(database, holding(edition('a', ...slugs)))
    const content = await contentOf(database)
    await expect(load(database, holding(edition('a')))).rejects.toThrow(
      'the new edition of log no longer has 22 of the 23 facts that cite it, and nothing was loaded',
    )
    expect(await contentOf(database)).toEqual(content)
    const shorter = parseBundle(bytesOf(holding(edition('a'))))
    expect(await loadBundle(database, shorter, { keepMissing: true, dryRun: true })).toMatchObject({
      corrections: { kept: slugs.map((slug) => `meetings/${slug}`).sort() },
    })
    expect(await loadBundle(database, shorter, { yes: true })).toMatchObject({ meetings: { withdrawn: 22 } })
  })

  it('a bundle with the same text and fewer records withdraws nothing', async () => {
    const { source: log, meetings } = edition('a', 'b')
    await load(database, bundleWith({ sources: [log], meetings }))
    expect((await load(database, bundleWith({ sources: [log], people: [person('ada')] }))).corrections).toBeUndefined()
    expect(await reasonOf('meeting', 'a')).toEqual({ withdrawn: null })
  })

  it('a citation that contradicts a fact does not support it', async () => {
    const contradiction = citation('a start', { stance: 'CONTRADICTS' })
    await load(database, bundleWith({ meetings: [meeting({ citations: [citation(), contradiction] })] }))
    expect(await ask('{ meeting(slug: "town-hall") { citations { exact } contradictedBy { exact stance } } }')).toEqual(
      {
        meeting: { citations: [{ exact: 'met' }], contradictedBy: [{ exact: 'a start', stance: 'CONTRADICTS' }] },
      },
    )
    const alone = bundleWith({ meetings: [meeting({ citations: [contradiction] })] })
    expect(await problemsOf(() => load(database, alone))).toMatchObject([{ path: 'meetings[0].citations' }])
  })
})
