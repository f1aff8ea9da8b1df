import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { attended, bundleWith, load, meeting, position, problemsOf, visit } from '../fixtures.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { ask, dataOf, problemsOf as problems, type Server, serverOf } from './ask.ts'

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database
  let server: Server

  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    const envoy = { post: 'envoy', title: 'Envoy' }
    await load(
      database,
      bundleWith({
        positions: [
          position({
            ...envoy,
            slug: 'ada-to-italy',
            accreditedTo: 'IT',
            appointed: '1933-05-01',
            tenure: '1933-06-10/1935-07',
          }),
          position({
            ...envoy,
            slug: 'bo-to-india',
            person: 'bo',
            country: 'IT',
            accreditedTo: 'IN',
            appointed: '1934',
            tenure: '/',
          }),
          position({
            ...envoy,
            slug: 'bo-to-soviet-union',
            person: 'bo',
            country: 'IT',
            accreditedTo: 'SUHH',
            tenure: '1930/1931',
          }),
          position({ slug: 'ada-minister', tenure: '1940-05-05/1941' }),
        ],
        meetings: [
          meeting({ when: '1933-05-20', participations: [attended('ada', { representing: 'IN' }), attended('bo')] }),
        ],
        visits: [
          visit({
            slug: 'of-the-president',
            kind: 'STATE',
            when: '1933-03-01/1933-03-09',
            official: '1933-03-03/1933-03-05',
          }),
          visit({ slug: 'of-the-minister', accompanying: ['of-the-president'] }),
        ],
      }),
    )
  })
  afterAll(() => database.close())

  it('a relation lists the heads of mission in both directions', async () => {
    const query = `{
      relation(between: [IT, IN]) {
        positions { totalCount nodes { slug accreditedTo { name } } }
        newest: positions(orderBy: NEWEST_FIRST, first: 1) { nodes { slug } pageInfo { hasNextPage } }
        italian: positions(filter: { country: IT }) { nodes { slug } }
      }
      positions(filter: { accreditedTo: [SUHH] }) { nodes { slug accreditedTo { name } } }
    }`
    expect(await dataOf(server, query)).toEqual({
      relation: {
        positions: {
          totalCount: 2,
          nodes: [
            { slug: 'ada-to-italy', accreditedTo: { name: 'Italy' } },
            { slug: 'bo-to-india', accreditedTo: { name: 'India' } },
          ],
        },
        newest: { nodes: [{ slug: 'bo-to-india' }], pageInfo: { hasNextPage: true } },
        italian: { nodes: [{ slug: 'bo-to-india' }] },
      },
      positions: {
        nodes: [{ slug: 'bo-to-soviet-union', accreditedTo: { name: expect.stringMatching(/Soviet|USSR/) } }],
      },
    })
  })

  it.each([
    ['ada-to-italy', '1933-04-30', 'NO', 'Appointed on 1 May 1933.'],
    ['ada-to-italy', '1933-05-01', 'POSSIBLE', 'Appointed on 1 May 1933; entry on duty on 10 June 1933.'],
    [
      'ada-to-italy',
      '1933-06-10',
      'CERTAIN',
      'The tenure had begun by 10 June 1933 and had not ended before 1 July 1935.',
    ],
    ['ada-to-italy', '1935-07-15', 'POSSIBLE', 'The tenure ended between 1 July 1935 and 31 July 1935.'],
    ['ada-to-italy', '1935-08-01', 'NO', 'The tenure ended on 31 July 1935 at the latest.'],
    [
      'bo-to-india',
      '1936-01-01',
      'UNKNOWN',
      'Appointed in 1934; no source dates the entry on duty. No source says how long after 1 January 1934 it ended.',
    ],
    ['ada-minister', '1940-05-04', 'NO', 'The tenure began on 5 May 1940.'],
  ])('%s on %s: %s, with the reason', async (slug, on, certainty, reason) => {
    const query = `query ($on: Date!) { positions { nodes { slug heldOn(date: $on) held(on: $on) { certainty reason } } } }`
    const { positions } = await dataOf<{ positions: { nodes: { slug: string }[] } }>(server, query, { on })
    expect(positions.nodes.find((position) => position.slug === slug)).toEqual({
      slug,
      heldOn: certainty,
      held: { certainty, reason },
    })
  })

  it.each([
    ['on: "1940-06-01"', ['ada-minister', 'bo-to-india']],
    ['on: "1940-06-01", match: POSSIBLE', ['ada-minister', 'bo-to-india']],
    ['on: "1940-06-01", match: CERTAIN', ['ada-minister']],
    ['on: "1940-05-05", match: CERTAIN', ['ada-minister']],
    ['on: "1940-05-04", match: CERTAIN', []],
    ['on: "1941-01-02", match: CERTAIN', []],
    ['on: "1941-01-02", match: null', ['ada-minister', 'bo-to-india']],
    ['on: "1930-06-01", match: CERTAIN', []],
  ])('offices held %s are listed newest first', async (filter, slugs) => {
    const query = `{ positions(filter: { ${filter} }) { totalCount nodes { slug } } }`
    const nodes = slugs.map((slug) => ({ slug }))
    expect(await dataOf(server, query)).toEqual({ positions: { totalCount: slugs.length, nodes } })
  })

  it('pages of the offices of a day continue, and another order can be chosen', async () => {
    const page = async (rest: string) => {
      const query = `{ positions(filter: { on: "1940-06-01" }, first: 1${rest}) { nodes { slug } pageInfo { endCursor } } }`
      return (await dataOf<{ positions: { nodes: object[]; pageInfo: { endCursor: string } } }>(server, query))
        .positions
    }
    const { pageInfo } = await page('')
    expect((await page(`, after: "${pageInfo.endCursor}"`)).nodes).toEqual([{ slug: 'bo-to-india' }])
    expect((await page(', orderBy: OLDEST_FIRST')).nodes).toEqual([{ slug: 'bo-to-india' }])
  })

  it('the offices of a person on a day are listed newest first, possible or certain', async () => {
    const query = `{ person(slug: "ada") {
      all: positions { slug }
      possibly: positions(on: "1935-07-10") { slug }
      surely: positions(on: "1935-07-10", match: CERTAIN) { slug }
      june: positions(on: "1935-06-10", match: CERTAIN) { slug }
    } }`
    expect(await dataOf(server, query)).toEqual({
      person: {
        all: [{ slug: 'ada-to-italy' }, { slug: 'ada-minister' }],
        possibly: [{ slug: 'ada-to-italy' }],
        surely: [],
        june: [{ slug: 'ada-to-italy' }],
      },
    })
  })

  it('a match without a day is refused', async () => {
    for (const query of [
      '{ positions(filter: { match: CERTAIN }) { totalCount } }',
      '{ person(slug: "ada") { positions(match: CERTAIN) { slug } } }',
    ]) {
      const response = await ask(server, query)
      expect(problems(response)).toEqual([['BAD_USER_INPUT', '`match`: expected a day in `on`, to which it applies']])
    }
  })

  it('somebody who was appointed may have taken part in the office', async () => {
    const query = '{ meetings { nodes { participations { position { slug } positionCertainty } } } }'
    const { meetings } = await dataOf<{ meetings: { nodes: { participations: object[] }[] } }>(server, query)
    expect(meetings.nodes[0]?.participations[0]).toEqual({
      position: { slug: 'ada-to-italy' },
      positionCertainty: 'POSSIBLE',
    })
  })

  it('a visit has its kind, the official days, and the visits that it accompanied', async () => {
    const query = `{ visits(filter: { kinds: [STATE, TRANSIT] }) {
      nodes { slug kind when { edtf } official { edtf beginOfTheBegin label } accompaniedBy { slug accompanying { slug } official { edtf } } }
    } }`
    expect(await dataOf(server, query)).toEqual({
      visits: {
        nodes: [
          {
            slug: 'of-the-president',
            kind: 'STATE',
            when: { edtf: '1933-03-01/1933-03-09' },
            official: { edtf: '1933-03-03/1933-03-05', beginOfTheBegin: '1933-03-03', label: '3–5 March 1933' },
            accompaniedBy: [{ slug: 'of-the-minister', accompanying: [{ slug: 'of-the-president' }], official: null }],
          },
        ],
      },
    })
  })

  it.each([
    [
      'an appointment after the begin',
      { positions: [position({ appointed: '1934-01-01', tenure: '1933-06-10/' })] },
      'positions[0].appointed',
    ],
    [
      'accreditation to the own country',
      { positions: [position({ accreditedTo: 'IN' })] },
      'positions[0].accreditedTo',
    ],
    [
      'a visit that accompanies itself',
      { visits: [visit({ slug: 'v', accompanying: ['v'] })] },
      'visits[0].accompanying',
    ],
    ['an unknown visit', { visits: [visit({ accompanying: ['nowhere'] })] }, 'visits[0].accompanying[0]'],
  ])('%s is refused', async (_sentence, lists, path) => {
    const problems = await problemsOf(() => load(database, bundleWith(lists)))
    expect(problems.map((problem) => problem.path)).toEqual([path])
  })
})
