import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Kind, kinds } from '../../src/bundle/concepts.ts'
import type { Bundle } from '../../src/bundle/format.ts'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { parseBundle } from '../../src/bundle/reading/parse.ts'
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
  topic,
  visit,
} from '../fixtures.ts'
import { contentOf, databaseKinds, datasetOf, openEmpty, openSeeded, removeFacts } from '../support.ts'

const seed = new URL('../../prisma/seed/india-us-2026-02-05.json', import.meta.url)
const readSeed = async () => parseBundle(await readFile(seed))
/** The kinds of which a bundle has records. */
const filled = (bundle: Bundle) => kinds.filter((kind) => bundle[kind].length > 0)

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  beforeEach(() => removeFacts(database))
  afterAll(() => database.close())

  it('a first load creates every record, and the version of the data is 1', async () => {
    const bundle = await readSeed()
    const created = (kind: Kind) => ({ created: bundle[kind].length, changed: 0, unchanged: 0 })
    const report = Object.fromEntries(filled(bundle).map((kind) => [kind, created(kind)]))
    // Countries are there from the start.
    const countries = { created: 0, changed: 0, unchanged: bundle.countries.length }
    expect(await loadBundle(database, bundle)).toEqual({ ...report, countries })
    expect(await datasetOf(database)).toMatchObject({ version: 1n })
  })

  it('a load leaves no pending list in an index, which every search would have to read', async () => {
    await loadBundle(database, await readSeed())
    for (const index of ['search_index_vector_idx', 'search_index_names_idx', 'citation_passage_idx']) {
      const { rows } = await database.pool.query('SELECT gin_clean_pending_list($1::regclass)::int AS pages', [index])
      expect(rows, index).toEqual([{ pages: 0 }])
    }
  })

  it('a second load of the same bundle changes nothing, not even the day of the last change', async () => {
    const bundle = await readSeed()
    await loadBundle(database, bundle)
    const before = [await contentOf(database), await datasetOf(database)]
    const unchanged = (kind: Kind) => ({ created: 0, changed: 0, unchanged: bundle[kind].length })
    const report = Object.fromEntries(filled(bundle).map((kind) => [kind, unchanged(kind)]))
    expect(await loadBundle(database, bundle)).toEqual(report)
    expect([await contentOf(database), await datasetOf(database)]).toEqual(before)
  })

  it('a duplicate record is reported, even if it has not changed since the last load', async () => {
    await load(database, bundleWith({ people: [person('ada'), person('bo'), person('cy')] }))
    const [ada, changed] = [person('ada'), person('ada', { name: 'Adele' })]
    for (const [first, second] of [
      [ada, ada],
      [ada, changed],
      [changed, ada],
      [changed, changed],
    ] as const) {
      const problems = await problemsOf(() => load(database, bundleWith({ people: [first, person('bo'), second] })))
      expect(problems).toEqual([{ path: 'people[2]', message: expect.stringMatching(/^repeats .*: ada$/) }])
    }
  })

  it('a record whose row was deleted is loaded again', async () => {
    await load(database, bundleWith({ meetings: [meeting()] }))
    await database.pool.query('DELETE FROM meeting')
    expect(await load(database, bundleWith({ meetings: [meeting()] }))).toMatchObject({ meetings: { created: 1 } })
  })

  it('a text that is added later is compared with unchanged citations', async () => {
    const { text: _, ...untold } = source()
    const cites = [meeting({ citations: [citation('met', { start: 0, end: 3 })] })]
    await load(database, bundleWith({ sources: [untold], meetings: cites }))
    expect(await problemsOf(() => load(database, bundleWith({ meetings: cites })))).toEqual([
      {
        path: 'meetings[0].citations[0]',
        message: 'expected prefix, exact and suffix to be the words at 0 to 3 of gazette',
      },
    ])
  })

  it('two concurrent loads succeed, as if one had followed the other', async () => {
    const [first, second] = await Promise.all([
      load(database, bundleWith({ meetings: [meeting()] })),
      load(database, bundleWith({ meetings: [meeting()] })),
    ])
    const people = [first, second].map((report) => report.people)
    expect(people).toContainEqual({ created: 2, changed: 0, unchanged: 0 })
    expect(people).toContainEqual({ created: 0, changed: 0, unchanged: 2 })
    expect(await datasetOf(database)).toMatchObject({ version: 1n })
  })

  it('a load that fails in the database leaves nothing, and the next one succeeds', async () => {
    const before = [await contentOf(database), await datasetOf(database)]
    await database.pool.query(`ALTER TABLE meeting ADD CONSTRAINT no_calls CHECK (kind <> 'CALL')`)
    const bundle = bundleWith({ meetings: [meeting(), meeting({ slug: 'phone', kind: 'CALL' })] })
    await expect(load(database, bundle)).rejects.toThrow(/no_calls/)
    expect([await contentOf(database), await datasetOf(database)]).toEqual(before)
    await database.pool.query('ALTER TABLE meeting DROP CONSTRAINT no_calls')
    expect(await load(database, bundle)).toMatchObject({ meetings: { created: 2 } })
  })

  it('a changed record replaces the earlier one together with its parts', async () => {
    const participations = [attended('ada'), attended('bo', { representing: 'IT' })]
    const met = meeting({ participations, place: 'Zürich', citations: [citation('met'), citation('“a start”.')] })
    const said = statement({ addressees: [{ person: 'bo' }], topics: ['trade', 'tea'], countries: ['IN', 'IT'] })
    const topics = [topic('trade'), topic('tea', 'trade'), topic('crops', 'trade')]
    await load(
      database,
      bundleWith({ topics, meetings: [met], statements: [said, statement({ slug: 'other', topics: ['crops'] })] }),
    )

    const { place: _, ...elsewhere } = met
    const changed = bundleWith({
      topics,
      meetings: [
        { ...elsewhere, participations: [attended('bo', { role: 'HOST' })], citations: [citation('“a start”.')] },
      ],
      statements: [
        {
          ...said,
          speakers: [{ person: 'bo' }],
          addressees: [],
          topics: ['tea', 'crops'],
          countries: ['IN'],
          meeting: 'town-hall',
        },
        statement({ slug: 'other', topics: ['crops'] }),
        statement({ slug: 'new' }),
      ],
    })
    expect(await load(database, changed)).toEqual({
      sources: { created: 0, changed: 0, unchanged: 1 },
      people: { created: 0, changed: 0, unchanged: 2 },
      topics: { created: 0, changed: 0, unchanged: 3 },
      meetings: { created: 0, changed: 1, unchanged: 0 },
      statements: { created: 1, changed: 1, unchanged: 1 },
    })
    expect(await datasetOf(database)).toMatchObject({ version: 2n })

    const replaced = await contentOf(database)
    await removeFacts(database)
    await load(database, changed)
    expect(replaced).toEqual(await contentOf(database))
  })

  it.each<[part: string, change: Parameters<typeof meeting>[0]]>([
    ['a participation', { participations: [attended('ada')] }],
    ['a citation', { citations: [citation('met')] }],
    ['a note', { note: 'Perhaps.' }],
    ['the order of participations', { participations: [attended('bo'), attended('ada')] }],
  ])('a record of which only %s differs counts as changed', async (_part, change) => {
    const whole = {
      participations: [attended('ada'), attended('bo')],
      citations: [citation('met'), citation('town hall')],
    }
    await load(database, bundleWith({ meetings: [meeting(whole)] }))
    const report = await load(database, bundleWith({ meetings: [meeting({ ...whole, ...change })] }))
    expect(report).toMatchObject({ people: { changed: 0 }, meetings: { created: 0, changed: 1, unchanged: 0 } })
  })

  it('parts of parts go with them', async () => {
    const signed = { status: 'SIGNED' as const, when: '2031-05-05', by: [{ person: 'ada' }], citations: [citation()] }
    const office = position({ attested: [{ when: '2031-05-05', citations: [citation()] }] })
    const tour = visit({ participations: [attended('ada', { position: 'ada-minister' })] })
    await load(
      database,
      bundleWith({ positions: [office], visits: [tour], agreements: [agreement({ events: [signed] })] }),
    )
    await load(database, bundleWith({ positions: [position()], visits: [visit()], agreements: [agreement()] }))

    const {
      attestation,
      participation,
      agreement_event_actor,
      agreement_event,
      citation: citations,
    } = await contentOf(database)
    expect({ attestation, participation, agreement_event_actor }).toEqual({
      attestation: [],
      participation: [],
      agreement_event_actor: [],
    })
    expect(agreement_event).toMatchObject([{ id: 'pact/ANNOUNCED/2031-05-05' }])
    expect(citations).toMatchObject([
      { agreement_slug: 'pact' },
      { agreement_event_id: 'pact/ANNOUNCED/2031-05-05' },
      { position_slug: 'ada-minister' },
      { visit_slug: 'tour' },
    ])
  })

  it('a repeated name counts once', async () => {
    const names = ['Ada', 'Adele', 'Ada', 'A. Meer', 'Adele']
    await load(database, bundleWith({ people: [person('ada', { name: 'Ada', names })] }))
    expect(await database.prisma.person.findMany({ select: { name: true, names: true } })).toEqual([
      { name: 'Ada', names: ['Adele', 'A. Meer'] },
    ])
  })

  it('a refused bundle leaves its connection usable', async () => {
    await problemsOf(() => load(database, bundleWith({ visits: [visit({ to: 'XY' })] })))
    expect(await load(database, bundleWith())).toEqual({
      sources: { created: 1, changed: 0, unchanged: 0 },
      people: { created: 2, changed: 0, unchanged: 0 },
    })
  })
})

it('a bundle gives the same facts in any order of its records', async () => {
  const bundle = await readSeed()
  const database = await openSeeded('PGlite')
  const expected = await contentOf(database)
  const shuffled = fc.record(
    Object.fromEntries(
      kinds.map((kind) => [kind, fc.shuffledSubarray<unknown>(bundle[kind], { minLength: bundle[kind].length })]),
    ),
  )
  await fc.assert(
    fc.asyncProperty(shuffled, async (lists) => {
      await removeFacts(database)
      await loadBundle(database, { ...bundle, ...lists } as Bundle)
      expect(await contentOf(database)).toEqual(expected)
    }),
    { numRuns: 5, endOnFailure: true },
  )
  await database.close()
})
