import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import type { Database } from '../../src/database/open.ts'
import { bundleWith, citation, load, meeting, relationEvent, visit } from '../fixtures.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { dataOf, type Server, serverOf, sqlOf } from './ask.ts'

const event = (
  slug: string,
  kind: NonNullable<BundleInput['relationEvents']>[number]['kind'],
  when: string,
  fields: object = {},
) => relationEvent({ slug, kind, when, title: `Title of ${slug}`, countries: ['US', 'IQ'], ...fields })

const relationEvents = [
  event('recognized', 'RECOGNIZED', '1930-01-09', {
    title: 'Recognition of Iraq',
    by: 'US',
    description: 'By the signing of a convention in London.',
    note: 'The date of the signing.',
    citations: [citation('met', { supports: ['kind', 'by'] })],
  }),
  event('established', 'RELATIONS_ESTABLISHED', '1931'),
  event('raised', 'RAISED_TO_EMBASSY', '1946-12-28'),
  event('severed', 'RELATIONS_SEVERED', '1967-06-07', { by: 'IQ' }),
  event('closed', 'MISSION_CLOSED', '1967-06'),
  event('resumed', 'RELATIONS_RESUMED', '1984-11-26'),
  event('again', 'OTHER', '/'),
  event('elsewhere', 'RECOGNIZED', '1947-08-15', { countries: ['IN', 'US'] }),
]

describe.each(databaseKinds)('relation events on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    const when = '1930-01-09'
    await load(
      database,
      bundleWith({
        relationEvents,
        visits: [visit({ slug: 'recognized', from: 'US', to: 'IQ', when })],
        meetings: [
          meeting({
            slug: 'recognized',
            when,
            participations: ['US', 'IQ'].map((representing, i) => ({
              person: ['ada', 'bo'][i] as string,
              role: 'PARTICIPANT' as const,
              representing,
              citations: [citation('met')],
            })),
          }),
        ],
      }),
    )
  })
  afterAll(async () => await database.close())

  const ask = <Data>(query: string, variables: object = {}) => dataOf<Data>(server, query, variables)

  test('have their kind, countries, the one that acted, date, description, note and citations', async () => {
    const query = `{ relationEvent(slug: "recognized") {
      id slug kind title countries { code name } by { code } when { edtf label } description note
      citations { exact supports verification fact { __typename ... on RelationEvent { slug } } }
    } }`
    const id = Buffer.from('RelationEvent:recognized').toString('base64url')
    const answer = {
      id,
      slug: 'recognized',
      kind: 'RECOGNIZED',
      title: 'Recognition of Iraq',
      countries: [
        { code: 'IQ', name: 'Iraq' },
        { code: 'US', name: 'United States' },
      ],
      by: { code: 'US' },
      when: { edtf: '1930-01-09', label: '9 January 1930' },
      description: 'By the signing of a convention in London.',
      note: 'The date of the signing.',
      citations: [
        {
          exact: 'met',
          supports: ['kind', 'by'],
          verification: 'VERIFIED',
          fact: { __typename: 'RelationEvent', slug: 'recognized' },
        },
      ],
    }
    expect(await ask(query)).toEqual({ relationEvent: answer })
    expect(await ask(query.replace('recognized', id))).toEqual({ relationEvent: answer })
    expect(
      await ask('query ($id: ID!) { node(id: $id) { id ... on RelationEvent { title } ... on Cited { note } } }', {
        id,
      }),
    ).toEqual({ node: { id, title: answer.title, note: answer.note } })
    expect(await ask('{ relationEvent(slug: "nothing") { id } }')).toEqual({ relationEvent: null })
  })

  test.each([
    ['all, the oldest first', '', 'recognized established raised elsewhere closed severed resumed again'],
    [
      'the newest first',
      '(orderBy: NEWEST_FIRST)',
      'resumed severed closed elsewhere raised established recognized again',
    ],
    [
      'between two countries',
      '(filter: { between: [IQ, US] })',
      'recognized established raised closed severed resumed again',
    ],
    ['of one country', '(filter: { between: [IN] })', 'elsewhere'],
    ['between three countries', '(filter: { between: [IN, IQ, US] })', ''],
    ['of some kinds', '(filter: { kinds: [RECOGNIZED, OTHER] })', 'recognized elsewhere again'],
    ['in a range of days', '(filter: { during: { from: "1967-06-08", to: "1984-11-25", match: CERTAIN } })', ''],
    ['possibly in a range of days', '(filter: { during: { from: "1967-06-08", to: "1984-11-25" } })', 'closed again'],
    ['by words of the title', '(filter: { search: "recognition of iraq" })', 'recognized'],
    ['by words for the kind and a country', '(filter: { search: "recognition of india" })', 'elsewhere'],
    ['by words for the kind', '(filter: { search: "recognition" })', 'recognized elsewhere'],
  ])('are listed: %s', async (_which, args, slugs) => {
    const { relationEvents } = await ask<{ relationEvents: { totalCount: number; nodes: { slug: string }[] } }>(
      `{ relationEvents${args} { totalCount nodes { slug } } }`,
    )
    expect(relationEvents.nodes.map(({ slug }) => slug).join(' ')).toBe(slugs)
    expect(relationEvents.totalCount).toBe(relationEvents.nodes.length)
  })

  test('are found by a search', async () => {
    expect(
      await ask(
        '{ search(query: "recognition of iraq", kinds: [RELATION_EVENT], first: 1) { nodes { node { ... on RelationEvent { slug } } } } }',
      ),
    ).toEqual({
      search: { nodes: [{ node: { slug: 'recognized' } }] },
    })
  })

  test('are in the lists, the timeline and the activity of their relation, and make a relation of two countries', async () => {
    const query = `{
      relation(between: [US, IQ]) {
        events(filter: { kinds: [RELATIONS_SEVERED] }) { totalCount nodes { slug } }
        timeline(kinds: [RELATION_EVENT], during: { to: "1931-01-01" }) { totalCount nodes { ... on RelationEvent { slug } } }
        activity(by: DECADE, during: { from: "1960-01-01", to: "1989-01-01" }) { period relationEvents }
      }
      country(code: IN) { relations { countries { code } } }
      countries(filter: { inFacts: true }) { nodes { code } }
      about { facts { relationEvents } }
    }`
    expect(await ask(query)).toEqual({
      relation: {
        events: { totalCount: 1, nodes: [{ slug: 'severed' }] },
        timeline: { totalCount: 3, nodes: [{ slug: 'recognized' }, { slug: 'established' }, { slug: 'again' }] },
        activity: [
          { period: '196X', relationEvents: 2 },
          { period: '197X', relationEvents: 0 },
          { period: '198X', relationEvents: 1 },
        ],
      },
      country: { relations: [{ countries: [{ code: 'IN' }, { code: 'US' }] }] },
      countries: { nodes: [{ code: 'IN' }, { code: 'IQ' }, { code: 'US' }] },
      about: { facts: { relationEvents: relationEvents.length } },
    })
  })

  test('of one day and with one slug are paged through with facts of other kinds', async () => {
    const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
      relation(between: [US, IQ]) { timeline(during: { from: "1930-01-09", to: "1930-01-09" }, first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { __typename } }
      } }
    }`
    type Page = { relation: { timeline: { edges: { cursor: string; node: { __typename: string } }[] } } }
    const walk = async (turn: (cursor: string | undefined) => object) => {
      const seen: string[] = []
      for (let cursor: string | undefined; ; ) {
        const [edge] = (await ask<Page>(query, turn(cursor))).relation.timeline.edges
        if (!edge) return seen
        seen.push(edge.node.__typename)
        cursor = edge.cursor
      }
    }
    const order = ['Meeting', 'RelationEvent', 'Visit', 'RelationEvent']
    expect(await walk((after) => ({ first: 1, after }))).toEqual(order)
    expect(await walk((before) => ({ last: 1, before }))).toEqual(order.toReversed())
  })

  test('take one SQL statement per list and timeline', async () => {
    const cost = async (query: string) => {
      await ask(query)
      return await sqlOf(async () => await ask(query))
    }
    const shown = 'slug countries { name } by { name } when { label } citations { exact source { title } }'
    expect(await cost(`{ relationEvents { nodes { ${shown} } } }`)).toHaveLength(1)
    for (const field of [
      `events { nodes { ${shown} } }`,
      `timeline { nodes { __typename ... on RelationEvent { ${shown} } } }`,
      'status(on: "1950-01-01") { certainty reason }',
    ]) {
      expect(await cost(`{ relation(between: [IQ, US]) { ${field} } }`), field).toHaveLength(1)
    }
    const status = `status(on: "1950-01-01") { certainty events { ${shown} } }`
    expect(await cost(`{ relation(between: [IQ, US]) { ${status} } }`)).toHaveLength(2)
  })

  test.each([
    ['1930-06-01', 'UNKNOWN', 'Relations established in 1931; no earlier event is recorded.', 'established'],
    [
      '1931-06-01',
      'POSSIBLE',
      'Relations established in 1931. No source says whether that was before or after this day.',
      'established',
    ],
    [
      '1960-01-01',
      'CERTAIN',
      'Legation raised to embassy on 28 December 1946; the next recorded event: relations severed on 7 June 1967.',
      'raised severed',
    ],
    ['1967-06-07', 'CERTAIN', 'Relations severed on 7 June 1967, the same day.', 'severed'],
    [
      '1967-06-08',
      'NO',
      'Relations severed on 7 June 1967; the next recorded event: relations resumed on 26 November 1984.',
      'severed resumed',
    ],
    ['1990-01-01', 'UNKNOWN', 'Relations resumed on 26 November 1984; no later event is recorded.', 'resumed'],
  ])('say whether there were diplomatic relations on %s: %s', async (on, certainty, reason, slugs) => {
    const query = `query ($on: Date!) {
      relation(between: [IQ, US]) { status(on: $on) { on certainty reason events { slug } } }
    }`
    const events = slugs.split(' ').map((slug) => ({ slug }))
    expect(await ask(query, { on })).toEqual({ relation: { status: { on, certainty, reason, events } } })
  })

  test('that only recognize say nothing of diplomatic relations', async () => {
    expect(
      await ask('{ relation(between: [IN, US]) { status(on: "1947-08-15") { certainty reason events { slug } } } }'),
    ).toEqual({
      relation: {
        status: {
          certainty: 'UNKNOWN',
          reason: 'No event before or after this day says whether there were relations.',
          events: [],
        },
      },
    })
  })

  test('of a state say nothing of the time in which another state was in its place', async () => {
    const query = `query ($between: [CountryCode!]!, $on: Date!) { relation(between: $between) { status(on: $on) { certainty reason } } }`
    const place = await openEmpty(kind)
    try {
      const countries = ['RU', 'US']
      const events = [
        event('interrupted', 'RELATIONS_INTERRUPTED', '1917-12-06', { countries }),
        event('established', 'RELATIONS_ESTABLISHED', '1991-12-31', { countries }),
      ]
      await load(place, bundleWith({ relationEvents: events }))
      const statusOn = (on: string) => dataOf(serverOf(place), query, { between: ['RU', 'US'], on })
      expect(await statusOn('1920-01-01')).toMatchObject({ relation: { status: { certainty: 'NO' } } })
      const reason = 'On this day, the Soviet Union (SUHH) was in the place of RU: ask for its relation.'
      expect(await statusOn('1950-01-01')).toEqual({ relation: { status: { certainty: 'UNKNOWN', reason } } })
    } finally {
      await place.close()
    }
  })
})
