import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { ask, dataOf, problemsOf, type Server, serverOf, sqlOf } from './ask.ts'

const COUNTS = 'visits meetings statements agreements agreementEvents relationEvents positions'
const coverageOf = (codes: string) =>
  `{ relation(between: [${codes}]) { coverage { first last ${COUNTS} sources { count first last source { slug title } } } } }`

const NOTHING = {
  first: null,
  last: null,
  visits: 0,
  meetings: 0,
  statements: 0,
  agreements: 0,
  agreementEvents: 0,
  relationEvents: 0,
  positions: 0,
  sources: [],
}

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(() => database.close())

  it('coverage says how many facts of each kind there are, from when to when, and from which sources', async () => {
    expect(await dataOf(server, coverageOf('US, IN'))).toEqual({
      relation: {
        coverage: {
          first: '2026-02-01',
          last: '2026-02-05',
          visits: 1,
          meetings: 3,
          statements: 27,
          agreements: 1,
          agreementEvents: 2,
          relationEvents: 0,
          positions: 0,
          sources: [
            {
              count: 34,
              first: '2026-02-01',
              last: '2026-02-05',
              source: {
                slug: 'daijiworld-2026-02-05',
                title: '[External Affairs Minister Jaishankar’s visit to the United States, 2–4 February 2026]',
              },
            },
          ],
        },
      },
    })
  })

  it('coverage of two countries without facts is empty', async () => {
    expect(await dataOf(server, coverageOf('NO, SE'))).toEqual({ relation: { coverage: NOTHING } })
  })

  it('coverage has as many sources as requested, at most 100', async () => {
    const sources = (first: number) =>
      ask(server, `{ relation(between: [IN, US]) { coverage { sources(first: ${first}) { count } } } }`)
    const counts = async (first: number) =>
      ((await sources(first)).data as { relation: { coverage: { sources: unknown[] } } }).relation.coverage.sources
        .length
    expect([await counts(0), await counts(1)]).toEqual([0, 1])
    expect(problemsOf(await sources(101))[0]?.[0]).toBe('BAD_USER_INPUT')
    expect(problemsOf(await sources(-1))[0]?.[0]).toBe('BAD_USER_INPUT')
  })

  it('coverage needs one SQL statement, one more for the sources, and no more for several relations', async () => {
    await ask(server, coverageOf('IN, US'))
    const query = coverageOf('IN, US').replace('title', 'title publisher { name } published { label }')
    expect(await sqlOf(() => ask(server, query))).toHaveLength(2)
    const several =
      'relations(first: 3) { nodes { coverage { visits first } activity(by: DECADE, during: { from: "1900-01-01", to: "2026-12-31" }) { period visits } } }'
    expect(await sqlOf(() => ask(server, `{ ${several} }`))).toHaveLength(3)
    expect(await sqlOf(() => ask(server, '{ relation(between: [IN, US]) { coverage { visits } } }'))).toHaveLength(1)
  })

  it('coverage counts visits to each of the two countries, and refuses others', async () => {
    const visitsTo = (country: string) =>
      ask(server, `{ relation(between: [IN, US]) { coverage { visitsTo(country: ${country}) } } }`)
    expect(await visitsTo('US')).toMatchObject({ data: { relation: { coverage: { visitsTo: 1 } } } })
    expect(await visitsTo('IN')).toMatchObject({ data: { relation: { coverage: { visitsTo: 0 } } } })
    expect(problemsOf(await visitsTo('CH'))).toEqual([['BAD_USER_INPUT', '`country`: expected IN or US, got "CH"']])
  })

  it('activity counts visits to each of the two countries, and refuses others', async () => {
    const visitsTo = (country: string) =>
      ask(server, `{ relation(between: [IN, US]) { activity(by: YEAR) { period visitsTo(country: ${country}) } } }`)
    const yearOf = (visitsTo: number) => ({ relation: { activity: [{ period: '2026', visitsTo }] } })
    expect(await visitsTo('US')).toMatchObject({ data: yearOf(1) })
    expect(await visitsTo('IN')).toMatchObject({ data: yearOf(0) })
    expect(problemsOf(await visitsTo('FR'))).toEqual([['BAD_USER_INPUT', '`country`: expected IN or US, got "FR"']])
  })

  it('sources can be listed by their import, but not with a filter', async () => {
    const latest = (args: string) =>
      ask(
        server,
        `{ sources(orderBy: LATEST_IMPORT_FIRST${args}) { totalCount edges { cursor node { slug importedAt } } } }`,
      )
    type Sources = {
      sources: { totalCount: number; edges: { cursor: string; node: { slug: string; importedAt: string } }[] }
    }
    const { sources } = (await latest('')).data as Sources
    expect(sources.totalCount).toBe(sources.edges.length)
    const times = sources.edges.map(({ node }) => node.importedAt)
    expect(times).toEqual(times.toSorted().toReversed())
    expect(times[0]).toMatch(/^\d{4}-/)
    const [first, ...others] = sources.edges
    expect((await latest(`, after: "${first?.cursor}"`)).data).toMatchObject({ sources: { edges: others } })
    expect(problemsOf(await latest(', filter: { search: "trade" }'))[0]?.[0]).toBe('BAD_USER_INPUT')
    expect(problemsOf(await latest(', after: "WyJ4Il0"'))[0]?.[0]).toBe('BAD_USER_INPUT')
  })
})
