import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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
  statement,
  topic,
} from '../fixtures.ts'
import { databaseKinds, openEmpty, openSeeded, removeFacts } from '../support.ts'

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmpty(kind)
  })
  beforeEach(() => removeFacts(database))
  afterAll(() => database.close())

  /** The rows of a table as `owner: other`, what is stated marked by a star. */
  async function rowsOf(table: string, owner: string, other: string): Promise<string[]> {
    const { rows } = await database.pool.query(
      `SELECT ${owner} || ': ' || ${other} || CASE WHEN stated THEN '*' ELSE '' END AS row FROM ${table} ORDER BY 1`,
    )
    return rows.map(({ row }) => row)
  }
  const topicsOfStatements = () => rowsOf('statement_topic', 'statement_slug', 'topic_slug')
  const topicsOfMeetings = () => rowsOf('meeting_topic', 'meeting_slug', 'topic_slug')
  const topicsOfAgreements = () => rowsOf('agreement_topic', 'agreement_slug', 'topic_slug')
  const countriesOfStatements = () => rowsOf('statement_country', 'statement_slug', 'country_code')

  const topics = [topic('tea', 'crops', 'drinks'), topic('crops'), topic('drinks')]
  const meetings = [meeting(), meeting({ slug: 'second' })]

  it('a topic includes its broader topics, and a meeting has the topics of its statements', async () => {
    const statements = [
      statement({ topics: ['green-tea'], meeting: 'town-hall' }),
      statement({ slug: 'on-tea', topics: ['tea', 'drinks'], meeting: 'town-hall' }),
      statement({ slug: 'elsewhere', topics: ['crops'] }),
    ]
    const narrower = topic('green-tea', 'tea')
    const agreements = [agreement({ topics: ['tea'] })]
    await load(database, bundleWith({ topics: [narrower, ...topics], meetings, statements, agreements }))
    expect(await topicsOfStatements()).toEqual([
      'elsewhere: crops*',
      'on-tea: crops',
      'on-tea: drinks*',
      'on-tea: tea*',
      'trade-first: crops',
      'trade-first: drinks',
      'trade-first: green-tea*',
      'trade-first: tea',
    ])
    expect(await topicsOfMeetings()).toEqual([
      'town-hall: crops',
      'town-hall: drinks*',
      'town-hall: green-tea*',
      'town-hall: tea*',
    ])
    expect(await topicsOfAgreements()).toEqual(['pact: crops', 'pact: drinks', 'pact: tea*'])
  })

  it('a statement that moves to another meeting moves its topics too', async () => {
    const about = (meeting: string) =>
      bundleWith({ topics, meetings, statements: [statement({ topics: ['tea'], meeting })] })
    await load(database, about('town-hall'))
    expect(await topicsOfMeetings()).toEqual(['town-hall: crops', 'town-hall: drinks', 'town-hall: tea*'])
    await load(database, about('second'))
    expect(await topicsOfMeetings()).toEqual(['second: crops', 'second: drinks', 'second: tea*'])
  })

  it('a topic that is derived and also stated is stored once', async () => {
    const about = (...stated: string[]) => bundleWith({ topics, statements: [statement({ topics: stated })] })
    await load(database, about('tea'))
    await load(database, about('tea', 'crops'))
    expect(await topicsOfStatements()).toEqual(['trade-first: crops*', 'trade-first: drinks', 'trade-first: tea*'])
    await load(database, about('tea'))
    expect(await topicsOfStatements()).toEqual(['trade-first: crops', 'trade-first: drinks', 'trade-first: tea*'])
  })

  it('a topic that becomes narrower than another changes facts loaded before', async () => {
    const statements = [statement({ topics: ['tea'], meeting: 'town-hall' })]
    await load(
      database,
      bundleWith({ topics: [topic('tea')], meetings, statements, agreements: [agreement({ topics: ['tea'] })] }),
    )
    await load(database, bundleWith({ topics: [topic('tea', 'trade'), topic('trade')] }))
    expect(await topicsOfStatements()).toEqual(['trade-first: tea*', 'trade-first: trade'])
    expect(await topicsOfMeetings()).toEqual(['town-hall: tea*', 'town-hall: trade'])
    expect(await topicsOfAgreements()).toEqual(['pact: tea*', 'pact: trade'])
    await load(database, bundleWith({ topics: [topic('tea')] }))
    expect(await topicsOfStatements()).toEqual(['trade-first: tea*'])
    expect(await topicsOfMeetings()).toEqual(['town-hall: tea*'])
  })

  it('two concurrent loads derive what follows from both together', async () => {
    await load(database, bundleWith({ topics: [topic('tea')], statements: [statement({ topics: ['tea'] })] }))
    const held = { sources: [], people: [] }
    await Promise.all([
      load(database, bundleWith({ ...held, topics: [topic('tea', 'trade'), topic('trade')] })),
      load(database, bundleWith({ ...held, statements: [statement({ slug: 'another', topics: ['tea'] })] })),
    ])
    expect(await topicsOfStatements()).toEqual([
      'another: tea*',
      'another: trade',
      'trade-first: tea*',
      'trade-first: trade',
    ])
  })

  describe('a statement is between', () => {
    const organizations = [
      { slug: 'ministry', name: 'Ministry', kind: 'MINISTRY', country: 'FR' } as const,
      { slug: 'alliance', name: 'Alliance', kind: 'ALLIANCE', members: ['CH'] } as const,
    ].map((organization) => ({ ...organization, members: [] as string[] }))
    const to = (...addressees: string[]) => ({ addressees: addressees.map((slug) => ({ person: slug })) })

    it('the countries it names and those of its speakers and addressees, but not of the people it mentions', async () => {
      await load(
        database,
        bundleWith({
          organizations,
          people: [person('ada'), person('bo'), person('cy')],
          positions: [
            position(),
            position({ slug: 'bo-in-france', person: 'bo', country: undefined as never, organization: 'ministry' }),
            position({ slug: 'cy-minister', person: 'cy', country: 'DE' }),
          ],
          statements: [
            statement({ ...to('bo'), mentions: [{ person: 'cy' }], countries: ['JP', 'IN'] }),
            statement({ slug: 'by-ministry', speakers: [{ organization: 'ministry' }, { organization: 'alliance' }] }),
          ],
        }),
      )
      expect(await countriesOfStatements()).toEqual([
        'by-ministry: FR',
        'trade-first: FR',
        'trade-first: IN*',
        'trade-first: JP*',
      ])
    })

    it('the countries that its speakers represent at the meeting it is about', async () => {
      const participations = [attended('ada', { representing: 'IN' }), attended('bo', { representing: 'IT' })]
      await load(
        database,
        bundleWith({
          meetings: [
            meeting({ participations }),
            meeting({ slug: 'second', participations: [attended('ada', { representing: 'US' })] }),
          ],
          statements: [statement({ meeting: 'town-hall' }), statement({ slug: 'of-none' })],
        }),
      )
      expect(await countriesOfStatements()).toEqual(['trade-first: IN'])
    })

    it.each([
      ['2031', ['trade-first: IN']],
      ['2031-05-05/', ['trade-first: IN']],
      ['/2031-05-05', ['trade-first: IN']],
      ['/', ['trade-first: IN']],
      ['2020/2030', []],
      ['2031-05-06/..', []],
    ])('the country of an office that was or may have been held then: %s', async (tenure, countries) => {
      await load(database, bundleWith({ positions: [position({ tenure })], statements: [statement()] }))
      expect(await countriesOfStatements()).toEqual(countries)
    })

    it('the country of an office that a later bundle adds, until a correction removes it', async () => {
      await load(database, bundleWith({ statements: [statement()] }))
      expect(await countriesOfStatements()).toEqual([])
      await load(database, bundleWith({ positions: [position()] }))
      expect(await countriesOfStatements()).toEqual(['trade-first: IN'])
      await load(database, bundleWith({ positions: [position({ tenure: '2020/2030' })] }))
      expect(await countriesOfStatements()).toEqual([])
    })

    it('a country of a speaker that is no longer named', async () => {
      await load(
        database,
        bundleWith({ positions: [position()], statements: [statement({ countries: ['IN', 'IT'] })] }),
      )
      expect(await countriesOfStatements()).toEqual(['trade-first: IN*', 'trade-first: IT*'])
      await load(database, bundleWith({ statements: [statement()] }))
      expect(await countriesOfStatements()).toEqual(['trade-first: IN'])
    })
  })

  it('a participant can have held several offices, the most likely ranked first', async () => {
    const office = (slug: string, tenure: string, country: string) => position({ slug, tenure, country })
    const positions = [
      office('unknown', '/', 'IN'),
      office('possible', '2031', 'IN'),
      office('certain', '2030/2032', 'IN'),
      office('ended', '2020/2030', 'IN'),
      office('of-italy', '2030/2032', 'IT'),
      office('recorded', '/', 'IN'),
    ]
    const unnamed = [citation('Meer', { supports: ['person'] })]
    const recorded = { representing: 'IN', position: 'recorded', citations: unnamed }
    const named = { ...recorded, citations: [citation('minister', { supports: ['position'] })] }
    const whole = { ...recorded, citations: [citation('minister')] }
    await load(
      database,
      bundleWith({
        positions,
        meetings: [
          meeting({ participations: [attended('ada', recorded)] }),
          meeting({ slug: 'named', participations: [attended('ada', named)] }),
          meeting({ slug: 'whole', participations: [attended('ada', whole)] }),
        ],
      }),
    )
    const { rows } = await database.pool.query(
      `SELECT participation_id AS at, string_agg(position_slug || ' ' || certainty, ', ' ORDER BY rank) AS offices
       FROM participation_office GROUP BY 1 ORDER BY 1`,
    )
    const others = 'certain CERTAIN, possible POSSIBLE, unknown UNKNOWN, of-italy CERTAIN'
    expect(rows).toEqual([
      { at: 'meeting/named/ada', offices: `recorded CERTAIN, ${others}` },
      { at: 'meeting/town-hall/ada', offices: `recorded UNKNOWN, ${others}` },
      { at: 'meeting/whole/ada', offices: `recorded CERTAIN, ${others}` },
    ])
  })

  it.each([
    [['ANNOUNCED 2031-05-05'], 'ANNOUNCED'],
    [['SIGNED 2031-05-05', 'ANNOUNCED 2031-05-04'], 'SIGNED'],
    [['IN_FORCE 2031-05-04', 'IN_NEGOTIATION 2031-05-05'], 'IN_NEGOTIATION'],
    [['SIGNED 2031-05', 'IN_NEGOTIATION 2031-05-31'], 'SIGNED'],
    [['ENDED /', 'IN_FORCE 2031'], 'ENDED'],
  ])('an agreement with the events %j is %s', async (events, status) => {
    const made = agreement().events.flatMap(({ citations }) =>
      events.map((event) => {
        const [status, when] = event.split(' ') as ['SIGNED', string]
        return { status, when, citations }
      }),
    )
    await load(database, bundleWith({ agreements: [agreement({ events: made })] }))
    expect(await database.prisma.agreement.findMany({ select: { status: true } })).toEqual([{ status }])
  })
})

it.each(databaseKinds)(
  'a migrated database has the same years and totals of relations as a loaded one, on %s',
  async (kind) => {
    const database = await openSeeded(kind)
    const rows = async () => (await database.pool.query('SELECT * FROM pair_year ORDER BY one, two, kind, year')).rows
    const loaded = await rows()
    expect(new Set(loaded.map((row) => row.kind))).toEqual(
      new Set(['AGREEMENT_EVENT', 'MEETING', 'STATEMENT', 'VISIT']),
    )
    await database.pool.query('DELETE FROM pair_year')
    const migration = await readFile('prisma/migrations/0009_pair_years/migration.sql', 'utf8')
    await database.pool.query(migration.slice(migration.indexOf('INSERT INTO')))
    const totals = async () => (await database.pool.query('SELECT * FROM pair_total ORDER BY one, two, kind')).rows
    const loadedTotals = await totals()
    expect(loadedTotals.map(({ kind }) => kind)).toContain('AGREEMENT')
    await database.pool.query('DELETE FROM pair_total')
    const later = await readFile('prisma/migrations/0022_pair_totals/migration.sql', 'utf8')
    await database.pool.query(later.slice(later.indexOf('CREATE TEMPORARY TABLE')))
    expect(await rows()).toEqual(loaded)
    expect(await totals()).toEqual(loadedTotals)
    await database.close()
  },
)

it.each(databaseKinds)('a load neither writes nor locks derived rows that do not change, on %s', async (kind) => {
  const database = await openSeeded(kind)
  // Where a row lies, and who last locked it.
  const rows = async () => {
    const tables = ['statement_topic', 'agreement_topic', 'meeting_topic', 'statement_country', 'meeting_pair']
    const further = ['statement_pair', 'pair_year', 'pair_total', 'participation_office']
    const each = [...tables, ...further].map((table) => `SELECT '${table}' AS "table", ctid, xmax FROM ${table}`)
    return (await database.pool.query(`${each.join(' UNION ALL ')} ORDER BY 1, 2`)).rows
  }
  const before = await rows()
  expect(new Set(before.map((row) => row.table)).size).toBe(9)
  await load(database, bundleWith({ statements: [statement()] }))
  expect(await rows()).toEqual(before)
  await database.close()
})
