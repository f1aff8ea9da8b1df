import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { dataOf, type Server, serverOf } from './ask.ts'

const day = (date: string) => ({
  edtf: date,
  beginOfTheBegin: date,
  endOfTheBegin: date,
  beginOfTheEnd: date,
  endOfTheEnd: date,
})
/** On one of these days. */
const within = (from: string, to: string) => ({
  edtf: `[${from}..${to}]`,
  beginOfTheBegin: from,
  endOfTheBegin: to,
  beginOfTheEnd: from,
  endOfTheEnd: to,
})
const SPAN = '{ edtf beginOfTheBegin endOfTheBegin beginOfTheEnd endOfTheEnd }'

const visitor = (role: string) => ({
  person: { slug: 's-jaishankar' },
  role,
  representing: { code: 'IN' },
  position: { title: 'External Affairs Minister' },
  positionCertainty: 'CERTAIN',
})
const american = (slug: string, role: string, title: string) => ({
  person: { slug },
  role,
  representing: { code: 'US' },
  position: { title },
  positionCertainty: 'CERTAIN',
})
const PARTICIPATIONS =
  'participations { person { slug } role representing { code } position { title } positionCertainty }'

describe.each(databaseKinds)('the article of 5 February 2026 on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  test('names five people, whose offices are certain on its day and unknown a year before and after', async () => {
    const question = `{ people { nodes { name names wikidataId positions {
      post title country { code } organization { slug } tenure ${SPAN} attested { when { edtf } }
      thatDay: heldOn(date: "2026-02-05")
      yearBefore: heldOn(date: "2025-02-05")
      yearAfter: heldOn(date: "2027-02-05")
    } } } }`
    const held = (post: string, title: string, code: string) => [
      {
        post,
        title,
        country: { code },
        organization: null,
        tenure: {
          edtf: '/',
          beginOfTheBegin: null,
          endOfTheBegin: '2026-02-05',
          beginOfTheEnd: '2026-02-05',
          endOfTheEnd: null,
        },
        attested: [{ when: { edtf: '2026-02-05' } }],
        thatDay: 'CERTAIN',
        yearBefore: 'UNKNOWN',
        yearAfter: 'UNKNOWN',
      },
    ]
    const person = (name: string, names: string[], positions: object[]) => ({
      name,
      names,
      wikidataId: null,
      positions,
    })
    expect(await dataOf(server, question)).toEqual({
      people: {
        nodes: [
          person('Donald Trump', ['Donald Trump'], held('president-of-the-united-states', 'US President', 'US')),
          person('Marco Rubio', ['Marco Rubio', 'Rubio'], held('us-secretary-of-state', 'US Secretary of State', 'US')),
          person('Narendra Modi', ['Narendra Modi'], held('prime-minister-of-india', 'Prime Minister', 'IN')),
          person(
            'S. Jaishankar',
            ['S. Jaishankar', 'Jaishankar'],
            held('external-affairs-minister-of-india', 'External Affairs Minister', 'IN'),
          ),
          person(
            'Scott Bessent',
            ['Scott Bessent'],
            held('us-secretary-of-the-treasury', 'US Treasury Secretary', 'US'),
          ),
        ],
      },
    })
  })

  test('has a visit of three days, to which all meetings belong', async () => {
    const question = `{ visits { totalCount nodes {
      title from { name } to { name } when ${SPAN} places description ${PARTICIPATIONS} meetings { nodes { slug } }
    } } }`
    expect(await dataOf(server, question)).toEqual({
      visits: {
        totalCount: 1,
        nodes: [
          {
            title: 'Visit of External Affairs Minister Jaishankar to the United States',
            from: { name: 'India' },
            to: { name: 'United States' },
            when: {
              edtf: '2026-02-02/2026-02-04',
              beginOfTheBegin: '2026-02-02',
              endOfTheBegin: '2026-02-02',
              beginOfTheEnd: '2026-02-04',
              endOfTheEnd: '2026-02-04',
            },
            places: [],
            description: null,
            participations: [visitor('VISITOR')],
            meetings: {
              nodes: [
                { slug: 'critical-minerals-ministerial-2026-02' },
                { slug: 'jaishankar-bessent-2026-02' },
                { slug: 'jaishankar-rubio-2026-02' },
              ],
            },
          },
        ],
      },
    })
  })

  test('has three meetings, each on one day of the visit, between the countries of the participants', async () => {
    const question = `{ meetings { nodes {
      title kind when ${SPAN} place host { code } visit { slug } countries { code } ${PARTICIPATIONS}
    } } }`
    const meeting = (title: string, kind: string, participations: object[]) => ({
      title,
      kind,
      when: within('2026-02-02', '2026-02-04'),
      place: null,
      host: null,
      visit: { slug: 'jaishankar-united-states-2026-02' },
      countries: [{ code: 'IN' }, { code: 'US' }],
      participations,
    })
    expect(await dataOf(server, question)).toEqual({
      meetings: {
        nodes: [
          meeting('Critical Minerals Ministerial', 'MINISTERIAL', [
            visitor('PARTICIPANT'),
            american('marco-rubio', 'CONVENER', 'US Secretary of State'),
          ]),
          meeting('Meeting of Jaishankar and Bessent', 'BILATERAL', [
            visitor('PARTICIPANT'),
            american('scott-bessent', 'PARTICIPANT', 'US Treasury Secretary'),
          ]),
          meeting('Meeting of Jaishankar and Rubio', 'BILATERAL', [
            visitor('PARTICIPANT'),
            american('marco-rubio', 'PARTICIPANT', 'US Secretary of State'),
          ]),
        ],
      },
    })
  })

  test('lists each meeting with the person at it, and each participation with its occasion', async () => {
    const question = `{ person(slug: "marco-rubio") {
      meetings { totalCount nodes { slug participations { occasion { __typename ... on Meeting { slug } } } } }
      visits { totalCount nodes { slug } }
    } visits { nodes { participations { occasion { __typename ... on Visit { slug } } } } } }`
    const meeting = (slug: string) => {
      const participation = { occasion: { __typename: 'Meeting', slug } }
      return { slug, participations: [participation, participation] }
    }
    expect(await dataOf(server, question)).toEqual({
      person: {
        meetings: {
          totalCount: 2,
          nodes: [meeting('critical-minerals-ministerial-2026-02'), meeting('jaishankar-rubio-2026-02')],
        },
        visits: { totalCount: 0, nodes: [] },
      },
      visits: {
        nodes: [{ participations: [{ occasion: { __typename: 'Visit', slug: 'jaishankar-united-states-2026-02' } }] }],
      },
    })
  })

  test('has a trade agreement that is announced, then in negotiation, and whose end is not an event', async () => {
    const question = `{ agreements { nodes {
      slug title kind description status parties { code } topics { slug }
      events { status when ${SPAN} agreement { slug } by { __typename ... on Person { slug } ... on Organization { slug } } }
      statements { totalCount nodes { slug } }
    } } }`
    const slug = 'india-us-trade-agreement-2026'
    expect(await dataOf(server, question)).toEqual({
      agreements: {
        nodes: [
          {
            slug,
            title: 'India–US trade agreement',
            kind: 'DEAL',
            description:
              'A trade agreement between India and the US that is meant to reduce trade barriers and expand market access.',
            status: 'IN_NEGOTIATION',
            parties: [{ code: 'IN' }, { code: 'US' }],
            topics: [{ slug: 'market-access' }, { slug: 'trade-agreements' }, { slug: 'trade-barriers' }],
            events: [
              {
                status: 'ANNOUNCED',
                when: within('2026-02-01', '2026-02-04'),
                agreement: { slug },
                by: [
                  { __typename: 'Person', slug: 'donald-trump' },
                  { __typename: 'Person', slug: 'narendra-modi' },
                ],
              },
              { status: 'IN_NEGOTIATION', when: day('2026-02-05'), agreement: { slug }, by: [] },
            ],
            statements: {
              totalCount: 5,
              nodes: [
                { slug: 'jaishankar-deal-close-to-completion' },
                { slug: 'jaishankar-historic-trade-deal' },
                { slug: 'rubio-jaishankar-welcome-deal' },
                { slug: 'daijiworld-trade-agreement-aims' },
                { slug: 'jaishankar-strong-momentum' },
              ],
            },
          },
        ],
      },
    })
  })

  test('names four organizations, none with members and only one with a country', async () => {
    const question = '{ organizations { nodes { slug name names kind country { code } members { code } } } }'
    const organization = (slug: string, names: string[], kind: string, code?: string) => {
      return { slug, name: names[0], names, kind, country: code ? { code } : null, members: [] }
    }
    expect(await dataOf(server, question)).toEqual({
      organizations: {
        nodes: [
          organization('daijiworld', ['Daijiworld Media Network'], 'PUBLISHER'),
          organization('quad', ['Quadrilateral Security Dialogue', 'Quad'], 'ALLIANCE'),
          organization('us-department-of-state', ['US State Department'], 'MINISTRY', 'US'),
          organization('x', ['X'], 'PLATFORM'),
        ],
      },
    })
  })

  test('is a source whose hash is stored but whose text is not', async () => {
    const question = `{ sources { nodes {
      slug title publisher { slug } url language published ${SPAN} license sha256 fullText citations { totalCount }
    } } }`
    expect(await dataOf(server, question)).toEqual({
      sources: {
        nodes: [
          {
            slug: 'daijiworld-2026-02-05',
            title: '[External Affairs Minister Jaishankar’s visit to the United States, 2–4 February 2026]',
            publisher: { slug: 'daijiworld' },
            url: null,
            language: 'en',
            published: day('2026-02-05'),
            license: null,
            sha256: '2cdd3217ccdf312bbade9bb392a5d878a3da06f25be43028d533f075c930e421',
            fullText: null,
            citations: { totalCount: 89 },
          },
        ],
      },
    })
  })
})
