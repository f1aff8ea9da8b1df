import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import type { Database } from '../../src/database/open.ts'
import {
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
} from '../fixtures.ts'
import { contentOf, databaseKinds, openEmpty, removeFacts } from '../support.ts'

const HERALD = 'On 10 May 2031 the minister Ada Meer had met Bo.'
const herald = source({
  slug: 'herald',
  text: HERALD,
  length: HERALD.length,
  sha256: createHash('sha256').update(HERALD).digest('hex'),
  published: '2031-05-11',
})
const inHerald = (exact = 'had met') => ({
  source: 'herald',
  start: HERALD.indexOf(exact),
  end: HERALD.indexOf(exact) + exact.length,
  exact,
})

/** A bundle of somebody who has read the Herald only. */
const heraldSays = (lists: Partial<BundleInput>) => bundleWith({ sources: [herald], ...lists })

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  beforeEach(() => removeFacts(database))
  afterAll(() => database.close())

  const sourcesOfCitations = async () =>
    (await database.prisma.citation.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id.replace(/\/\d.*/, ''))

  it('a second source of the same fact adds its citations to those of the first', async () => {
    const told = meeting({ participations: [attended('ada'), attended('bo')] })
    await load(database, bundleWith({ meetings: [told] }))
    const again = {
      ...told,
      citations: [inHerald()],
      participations: ['ada', 'bo'].map((slug) => attended(slug, { citations: [inHerald()] })),
    }
    expect(await load(database, heraldSays({ meetings: [again] }))).toMatchObject({ meetings: { changed: 1 } })
    const both = [
      'meeting/town-hall/gazette',
      'meeting/town-hall/herald',
      'participation/meeting/town-hall/ada/gazette',
      'participation/meeting/town-hall/ada/herald',
      'participation/meeting/town-hall/bo/gazette',
      'participation/meeting/town-hall/bo/herald',
    ]
    expect(await sourcesOfCitations()).toEqual(both)

    const before = await contentOf(database)
    expect(await load(database, bundleWith({ meetings: [told] }))).toMatchObject({ meetings: { unchanged: 1 } })
    expect(await load(database, heraldSays({ meetings: [again] }))).toMatchObject({ meetings: { unchanged: 1 } })
    expect(await contentOf(database)).toEqual(before)
  })

  it.each<[what: string, fields: Parameters<typeof meeting>[0]]>([
    ['another day', { when: '2031-05-06' }],
    ['another place', { place: 'Bern' }],
    ['one participant more', { participations: [attended('ada'), attended('bo')] }],
    ['one participant less', { participations: [] }],
  ])('a second source with %s is refused, and nothing of the first is lost', async (_what, fields) => {
    await load(database, bundleWith({ meetings: [meeting({ participations: [attended('ada')] })] }))
    const before = await contentOf(database)
    const cites = { citations: [inHerald()] }
    const participations = fields?.participations ?? [attended('ada')]
    const other = meeting({ ...fields, ...cites, participations: participations.map((one) => ({ ...one, ...cites })) })
    expect(await problemsOf(() => load(database, heraldSays({ meetings: [other] })))).toEqual([
      {
        path: 'meetings[0]',
        message:
          'town-hall already exists from gazette with different values, and this record does not cite that source; expected the same values, a citation of that source, or a different slug for a different account',
      },
    ])
    expect(await contentOf(database)).toEqual(before)
  })

  it('a bundle that cites all sources of a fact can correct it', async () => {
    await load(database, bundleWith({ meetings: [meeting()] }))
    const corrected = meeting({ place: 'Bern', citations: [citation(), inHerald()] })
    await load(database, bundleWith({ sources: [source(), herald], meetings: [corrected] }))
    expect(await database.prisma.meeting.findFirst()).toMatchObject({ place: 'Bern' })
  })

  it('attested days of an office add up and tighten its bounds', async () => {
    const attested = (when: string, cited = citation('minister')) => ({
      attested: [{ when, citations: [cited] }],
      citations: [cited],
    })
    await load(database, bundleWith({ positions: [position(attested('2031-05-05'))] }))
    await load(database, heraldSays({ positions: [position(attested('2031-05-10', inHerald('minister')))] }))
    const held = await database.prisma.position.findFirstOrThrow({ include: { attested: true } })
    expect(held.attested.map(({ edtf }) => edtf).sort()).toEqual(['2031-05-05', '2031-05-10'])
    expect([held.endOfTheBegin, held.beginOfTheEnd]).toEqual([new Date('2031-05-05'), new Date('2031-05-10')])

    const before = await contentOf(database)
    expect(await load(database, bundleWith({ positions: [position(attested('2031-05-05'))] }))).toMatchObject({
      positions: { unchanged: 1 },
    })
    expect(await contentOf(database)).toEqual(before)
  })

  it('a tenure that the days of another source contradict is refused', async () => {
    await load(
      database,
      bundleWith({ positions: [position({ attested: [{ when: '2031-05-05', citations: [citation()] }] })] }),
    )
    const ended = position({ tenure: '2020/2030', citations: [inHerald('minister')] })
    const problems = await problemsOf(() => load(database, heraldSays({ positions: [ended] })))
    expect(problems.map(({ path }) => path)).toContain('positions[0]')
  })

  it('an office cannot change to another person while a participation refers to it', async () => {
    await load(
      database,
      bundleWith({
        positions: [position()],
        meetings: [meeting({ participations: [attended('ada', { position: 'ada-minister' })] })],
      }),
    )
    expect(await problemsOf(() => load(database, bundleWith({ positions: [position({ person: 'bo' })] })))).toEqual([
      {
        path: 'positions[0].person',
        message: 'ada-minister is the office in a participation of ada; expected it to stay an office of ada',
      },
    ])
  })

  it('a slug cannot change to another person', async () => {
    await load(database, bundleWith({ people: [person('ada', { wikidataId: 'Q1' })] }))
    expect(
      await problemsOf(() => load(database, bundleWith({ people: [person('ada', { wikidataId: 'Q2' })] }))),
    ).toEqual([{ path: 'people[0].wikidataId', message: 'ada is Q1; expected another slug for another person' }])
  })

  it('a bundle with less about a person removes nothing', async () => {
    const organization = { slug: 'ministry', name: 'Ministry', kind: 'MINISTRY' as const }
    const known = { people: [person('ada', { name: 'Ada', names: ['آدا', 'A.'], wikidataId: 'Q1' })] }
    await load(database, bundleWith({ ...known, organizations: [{ ...organization, country: 'IN' }] }))
    const less = bundleWith({ people: [person('ada', { name: 'Adele' })], organizations: [organization] })
    await load(database, less)
    const [ada] = await database.prisma.person.findMany()
    expect(ada).toMatchObject({ name: 'Adele', names: ['آدا', 'A.', 'Ada'], wikidataId: 'Q1' })
    expect(await database.prisma.organization.findFirst()).toMatchObject({ countryCode: 'IN' })
    expect(await load(database, less)).toMatchObject({ people: { unchanged: 1 }, organizations: { unchanged: 1 } })
  })

  it('a tenure without an end depends on the day of publication of its source, even if that is corrected', async () => {
    const open = { positions: [position({ tenure: '2020/..' })] }
    await load(database, bundleWith(open))
    await load(database, bundleWith({ sources: [source({ published: '2029' })], people: [] }))
    const corrected = await contentOf(database)
    await removeFacts(database)
    await load(database, bundleWith({ ...open, sources: [source({ published: '2029' })] }))
    expect(corrected).toEqual(await contentOf(database))
  })

  it('a topic of a meeting is removed with the last statement about it, and so are its broader topics', async () => {
    const topics = [topic('tea', 'crops'), topic('crops'), topic('trade')]
    const about = (...topics: string[]) => [statement({ topics })]
    await load(database, bundleWith({ topics, statements: about('tea', 'trade') }))
    await load(database, bundleWith({ statements: about('trade') }))
    const { topic: left, topic_broader, search_document, search_index } = await contentOf(database)
    expect([left, topic_broader]).toMatchObject([[{ slug: 'trade' }], []])
    for (const searched of [search_document, search_index]) {
      expect(searched?.filter((document) => (document as { kind: string }).kind === 'TOPIC')).toHaveLength(1)
    }
  })

  it('a topic whose last statement is removed by the same change is refused', async () => {
    const topics = [topic('tea')]
    await load(database, bundleWith({ topics, statements: [statement({ topics: ['tea'] })] }))
    expect(await problemsOf(() => load(database, bundleWith({ topics, statements: [statement()] })))).toEqual([
      {
        path: 'topics[0]',
        message:
          'no fact is about this topic or a narrower one any more; expected a statement or an agreement about it',
      },
    ])
  })

  it('a fact that also cites another source loses the citations of a text that is replaced', async () => {
    const text = HERALD.replace('had met', 'met')
    const newer = { ...herald, text, length: text.length, sha256: createHash('sha256').update(text).digest('hex') }
    await load(database, heraldSays({ meetings: [meeting({ citations: [inHerald('Ada Meer')] })] }))
    const cites = { source: 'herald', start: text.indexOf('met'), end: text.indexOf('met') + 3, exact: 'met' }
    await load(database, bundleWith({ sources: [newer], meetings: [meeting({ citations: [cites] })] }))
    expect(await database.prisma.citation.findMany()).toMatchObject([{ exact: 'met' }])
  })

  it('quoted words must occur in the cited passage', async () => {
    const invented = statement({ quoted: ['Trade first 🚢', 'never said'] })
    expect(await problemsOf(() => load(database, bundleWith({ statements: [invented] })))).toEqual([
      { path: 'statements[0].quoted[1]', message: 'expected words of a passage that the statement cites' },
    ])
  })
})
