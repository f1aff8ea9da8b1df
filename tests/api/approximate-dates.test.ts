import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { attended, bundleWith, citation, load, meeting, position } from '../fixtures.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { dataOf, type Server, serverOf } from './ask.ts'

describe.each(databaseKinds)('on %s an approximate date', (kind) => {
  let database: Database
  let server: Server

  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    const said = [citation('minister')]
    const about = (slug: string, when: string) =>
      meeting({ slug, when, participations: [attended('ada', { representing: 'IN' }), attended('bo')] })
    await load(
      database,
      bundleWith({
        positions: [
          position({ tenure: '1861-05-16/1862-04-12~' }),
          position({ slug: 'bo-envoy', person: 'bo', post: 'envoy', tenure: '1862?/..', country: 'IT' }),
          position({
            slug: 'ada-envoy',
            post: 'envoy',
            tenure: '1860/1861-05~',
            attested: [{ when: '1861-09-01', citations: said }],
          }),
        ],
        meetings: [
          about('on-the-day', '1861-05-16'),
          about('late-in-may', '1861-05-28'),
          about('in-the-width', '1862-04-20'),
          about('beyond-it', '1862-05-20'),
          about('about-may', '1861-06~'),
        ],
      }),
    )
  })
  afterAll(() => database.close())

  it('has no outer bound, but the days that it is taken to mean', async () => {
    const { positions } = await dataOf(
      server,
      '{ positions { nodes { slug tenure { label beginOfTheBegin endOfTheBegin beginOfTheEnd endOfTheEnd likely { from to } } } } }',
    )
    expect(positions).toEqual({
      nodes: [
        {
          slug: 'ada-envoy',
          tenure: {
            label: '1860 – about May 1861',
            beginOfTheBegin: '1860-01-01',
            endOfTheBegin: '1860-12-31',
            beginOfTheEnd: '1861-09-01',
            endOfTheEnd: null,
            likely: { from: '1860-01-01', to: '1861-09-01' },
          },
        },
        {
          slug: 'ada-minister',
          tenure: {
            label: '16 May 1861 – about 12 April 1862',
            beginOfTheBegin: '1861-05-16',
            endOfTheBegin: '1861-05-16',
            beginOfTheEnd: '1861-05-16',
            endOfTheEnd: null,
            likely: { from: '1861-05-16', to: '1862-04-22' },
          },
        },
        {
          slug: 'bo-envoy',
          tenure: {
            label: 'from 1862 (uncertain), not ended when published',
            beginOfTheBegin: null,
            endOfTheBegin: null,
            beginOfTheEnd: '2031-05-06',
            endOfTheEnd: null,
            likely: { from: '1862-01-01', to: null },
          },
        },
      ],
    })
  })

  it('makes an office possible within its width and unknown beyond', async () => {
    const days = {
      start: '1861-05-16',
      end: '1862-04-12',
      width: '1862-04-22',
      later: '1862-04-23',
      before: '1861-05-15',
    }
    const fields = Object.entries(days).map(([name, day]) => `${name}: heldOn(date: "${day}")`)
    const { positions } = await dataOf(
      server,
      `{ positions(filter: { post: "minister-of-india" }) { nodes { ${fields.join(' ')} } } }`,
    )
    expect(positions).toEqual({
      nodes: [{ start: 'CERTAIN', end: 'POSSIBLE', width: 'POSSIBLE', later: 'UNKNOWN', before: 'NO' }],
    })
  })

  it('leaves an office in the list of those that may have been held on a day', async () => {
    const on = async (day: string) => {
      const query = 'query ($on: Date) { positions(filter: { on: $on }, orderBy: OLDEST_FIRST) { nodes { slug } } }'
      const { positions } = await dataOf<{ positions: { nodes: { slug: string }[] } }>(server, query, { on: day })
      return positions.nodes.map(({ slug }) => slug)
    }
    expect(await on('1859-12-31')).toEqual(['bo-envoy'])
    expect(await on('1861-01-01')).toEqual(['ada-envoy', 'bo-envoy'])
    expect(await on('1990-01-01')).toEqual(['ada-envoy', 'ada-minister', 'bo-envoy'])
  })

  it('of a tenure or a meeting never makes the office of a participant certain', async () => {
    const query = '{ meetings { nodes { slug participations { position { slug } positionCertainty } } } }'
    const { meetings } = await dataOf<{ meetings: { nodes: { slug: string; participations: object[] }[] } }>(
      server,
      query,
    )
    const ofAda = Object.fromEntries(meetings.nodes.map(({ slug, participations: [ada] }) => [slug, ada]))
    expect(ofAda).toEqual({
      'on-the-day': { position: { slug: 'ada-envoy' }, positionCertainty: 'CERTAIN' },
      'late-in-may': { position: { slug: 'ada-envoy' }, positionCertainty: 'CERTAIN' },
      'in-the-width': { position: { slug: 'ada-minister' }, positionCertainty: 'POSSIBLE' },
      'beyond-it': { position: { slug: 'ada-envoy' }, positionCertainty: 'UNKNOWN' },
      'about-may': { position: { slug: 'ada-envoy' }, positionCertainty: 'POSSIBLE' },
    })
  })

  it('is found and sorted within its width', async () => {
    const during = async (from: string, to: string, match = 'POSSIBLE') => {
      const query = 'query ($during: DateRange) { meetings(filter: { during: $during }) { nodes { slug } } }'
      const variables = { during: { from, to, match } }
      const { meetings } = await dataOf<{ meetings: { nodes: { slug: string }[] } }>(server, query, variables)
      return meetings.nodes.map(({ slug }) => slug)
    }
    expect(await during('1861-05-01', '1861-05-16')).toEqual(['about-may', 'on-the-day'])
    expect(await during('1861-07-31', '1861-12-31')).toEqual(['about-may'])
    expect(await during('1861-08-01', '1861-12-31')).toEqual([])
    expect(await during('1800-01-01', '1899-12-31', 'CERTAIN')).not.toContain('about-may')
  })
})
