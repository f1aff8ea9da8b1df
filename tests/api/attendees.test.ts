import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BundleInput } from '../../src/bundle/format.ts'
import type { Database } from '../../src/database/open.ts'
import { attended, bundleWith, citation, load, meeting, position, problemsOf, statement, visit } from '../fixtures.ts'
import { globalId } from '../model/questions.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { ask, dataOf, type Server, serverOf, sqlOf } from './ask.ts'

type Attendee = NonNullable<NonNullable<BundleInput['meetings']>[number]['participations']>[number]

const cited = { role: 'PARTICIPANT' as const, citations: [citation()] }
const nato: Attendee = { organization: 'nato', ...cited }
const unnamed = (words: string, fields: Partial<Attendee> = {}): Attendee => ({ unnamed: words, ...cited, ...fields })
const envoy = attended('ada', { representingOrganization: 'un', role: 'MEDIATOR' })
const minister = unnamed('Foreign Minister / ministre d’Élysée', { representing: 'FR' })
const interpreter = unnamed('Interpreter', { representing: 'IN', role: 'INTERPRETER' })

const organizations: BundleInput['organizations'] = [
  { slug: 'nato', name: 'NATO', kind: 'ALLIANCE' },
  { slug: 'un', name: 'United Nations', kind: 'ALLIANCE' },
]

const talks = bundleWith({
  organizations,
  positions: [
    position(),
    position({ slug: 'ada-envoy', post: 'un-envoy', title: 'Envoy', country: undefined, organization: 'un' }),
  ],
  visits: [visit({ participations: [attended('bo', { role: 'VISITOR' }), unnamed('Aides', { representing: 'IN' })] })],
  meetings: [
    meeting({ slug: 'hall', when: '2031-05-04', visit: 'tour', participations: [attended('bo')] }),
    meeting({ visit: 'tour', participations: [envoy, nato, minister, interpreter] }),
  ],
  statements: [statement({ speakers: [{ organization: 'nato' }], meeting: 'town-hall' })],
})

const ATTENDEES = `attendees {
  name person { slug } organization { slug } unnamed role representing { code } representingOrganization { slug }
  position { slug } positionCertainty citations { exact }
}`

describe.each(databaseKinds)('attendees on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await load(database, talks)
  })
  afterAll(async () => await database.close())

  const nobody = { person: null, organization: null, unnamed: null, position: null, positionCertainty: null }
  const other = { ...nobody, role: 'PARTICIPANT', representing: null, representingOrganization: null }
  const citations = [{ exact: 'met' }]

  test('are people, organizations and unnamed people, with what each represented', async () => {
    expect(await dataOf(server, `{ meeting(slug: "town-hall") { ${ATTENDEES} countries { code } } }`)).toEqual({
      meeting: {
        attendees: [
          {
            ...other,
            name: 'Name of ada',
            person: { slug: 'ada' },
            role: 'MEDIATOR',
            representingOrganization: { slug: 'un' },
            position: { slug: 'ada-envoy' },
            positionCertainty: 'UNKNOWN',
            citations,
          },
          { ...other, name: 'NATO', organization: { slug: 'nato' }, citations },
          {
            ...other,
            name: 'Foreign Minister / ministre d’Élysée',
            unnamed: 'Foreign Minister / ministre d’Élysée',
            representing: { code: 'FR' },
            citations,
          },
          {
            ...other,
            name: 'Interpreter',
            unnamed: 'Interpreter',
            role: 'INTERPRETER',
            representing: { code: 'IN' },
            citations,
          },
        ],
        countries: [{ code: 'FR' }, { code: 'IN' }],
      },
    })
  })

  test('that are people are the participations', async () => {
    expect(
      await dataOf(
        server,
        `{ meeting(slug: "town-hall") { participations { person { slug } representingOrganization { slug } } }
           visit(slug: "tour") { participations { person { slug } } attendees { name } } }`,
      ),
    ).toEqual({
      meeting: { participations: [{ person: { slug: 'ada' }, representingOrganization: { slug: 'un' } }] },
      visit: { participations: [{ person: { slug: 'bo' } }], attendees: [{ name: 'Name of bo' }, { name: 'Aides' }] },
    })
  })

  test('cost no further statement, together with participations and countries', async () => {
    const question = `{ meetings { nodes { slug ${ATTENDEES} participations { person { name } position { title } } countries { name } } } }`
    await dataOf(server, question)
    expect(await sqlOf(async () => await dataOf(server, question))).toHaveLength(1)
  })

  test('who are unnamed make a meeting one between the states that they represent', async () => {
    const { relation, ...counted } = await dataOf<Record<string, object>>(
      server,
      `{ relation(between: [FR, IN]) {
           meetings { nodes { slug } } visits { nodes { slug } } activity(by: YEAR) { period meetings }
           people { person { slug } count } timeline { nodes { __typename } totalCount }
         }
         between: meetings(filter: { between: [FR, IN] }) { nodes { slug } }
         visiting: relation(between: [CH, IN]) { visits { nodes { slug } } people { person { slug } } }
         people { nodes { slug counterparts { person { slug } } } } }`,
    )
    expect(relation).toEqual({
      meetings: { nodes: [{ slug: 'town-hall' }] },
      visits: { nodes: [] },
      activity: [{ period: '2031', meetings: 1 }],
      people: [{ person: { slug: 'ada' }, count: 1 }],
      timeline: { nodes: [{ __typename: 'Meeting' }], totalCount: 1 },
    })
    expect(counted).toEqual({
      between: { nodes: [{ slug: 'town-hall' }] },
      visiting: { visits: { nodes: [{ slug: 'tour' }] }, people: [{ person: { slug: 'bo' } }] },
      people: {
        nodes: [
          { slug: 'ada', counterparts: [] },
          { slug: 'bo', counterparts: [] },
        ],
      },
    })
  })

  test('that are organizations are found by filters, and have lists', async () => {
    const slugs = '{ nodes { slug } totalCount }'
    const question = `query ($nato: [ID!]) {
      attending: meetings(filter: { organizations: $nato }) ${slugs}
      both: meetings(filter: { organizations: ["nato"], representedOrganizations: ["un"] }) ${slugs}
      represented: meetings(filter: { representedOrganizations: ["nato"] }) ${slugs}
      visits(filter: { organizations: ["nato"] }) ${slugs}
      organizations { nodes { slug meetings(filter: { during: { from: "2031-05-05" } }) ${slugs} visits ${slugs} } }
    }`
    const hall = { nodes: [{ slug: 'town-hall' }], totalCount: 1 }
    const none = { nodes: [], totalCount: 0 }
    expect(await dataOf(server, question, { nato: [globalId('Organization', 'nato')] })).toEqual({
      attending: hall,
      both: hall,
      represented: none,
      visits: none,
      organizations: {
        nodes: [
          { slug: 'nato', meetings: hall, visits: none },
          { slug: 'un', meetings: hall, visits: none },
        ],
      },
    })
  })

  test('are counted, people also as participations', async () => {
    expect(await dataOf(server, '{ about { facts { attendees participations } } }')).toEqual({
      about: { facts: { attendees: 7, participations: 3 } },
    })
  })

  test('have global IDs, and are the facts of their citations', async () => {
    const [ids, participations] = [
      ['meeting/town-hall/ada', 'meeting/town-hall/organization/nato'].map((key) => globalId('Attendee', key)),
      ['meeting/town-hall/ada', 'meeting/town-hall/organization/nato'].map((key) => globalId('Participation', key)),
    ]
    const FACT = 'fact { __typename id ... on Attendee { name } ... on Participation { person { name } } }'
    expect(
      await dataOf(
        server,
        `query ($ids: [ID!]!) {
           nodes(ids: $ids) { __typename id ... on Attendee { name occasion { ... on Meeting { slug } } } }
           meeting(slug: "town-hall") { attendees { citations { ${FACT} } } }
         }`,
        { ids: [...ids, ...participations] },
      ),
    ).toEqual({
      nodes: [
        { __typename: 'Attendee', id: ids[0], name: 'Name of ada', occasion: { slug: 'town-hall' } },
        { __typename: 'Attendee', id: ids[1], name: 'NATO', occasion: { slug: 'town-hall' } },
        { __typename: 'Participation', id: participations[0] },
        null,
      ],
      meeting: {
        attendees: [
          { fact: { __typename: 'Participation', id: participations[0], person: { name: 'Name of ada' } } },
          { fact: { __typename: 'Attendee', id: ids[1], name: 'NATO' } },
          {
            fact: {
              __typename: 'Attendee',
              id: globalId('Attendee', 'meeting/town-hall/unnamed/FR/Foreign Minister / ministre d’Élysée'),
              name: 'Foreign Minister / ministre d’Élysée',
            },
          },
          {
            fact: {
              __typename: 'Attendee',
              id: globalId('Attendee', 'meeting/town-hall/unnamed/IN/Interpreter'),
              name: 'Interpreter',
            },
          },
        ].map((fact) => ({ citations: [fact] })),
      },
    })
  })

  test('that two fragments ask for differently, below a citation, are an error that says so', async () => {
    const meetings = (first: number) => `person${first}: person { meetings(first: ${first}) { nodes { slug } } }`
    const fact = `fact { ... on Attendee { ${meetings(1)} } ... on Participation { ${meetings(2)} } }`
    const { errors } = await ask(server, `{ meeting(slug: "town-hall") { attendees { citations { ${fact} } } } }`)
    expect(errors?.map(({ message, extensions }) => [message, extensions?.['code']])).toEqual([
      ['two fragments select the same list with different arguments; use the same arguments in both', 'BAD_USER_INPUT'],
    ])
  })

  test('are searched by the words for them', async () => {
    expect(
      await dataOf(server, '{ search(query: "elysee interpreter") { nodes { node { ... on Meeting { slug } } } } }'),
    ).toEqual({ search: { nodes: [{ node: { slug: 'town-hall' } }] } })
  })

  test('that speak as organizations make a statement one of the state that they represent', async () => {
    const asFrance = meeting({ participations: [{ ...nato, representing: 'FR' }] })
    const said = statement({ speakers: [{ organization: 'nato' }], meeting: 'town-hall' })
    const own = await openEmpty(kind)
    await load(own, bundleWith({ organizations, meetings: [asFrance], statements: [said] }))
    expect(await dataOf(serverOf(own), '{ statements { nodes { countries { code } } } }')).toEqual({
      statements: { nodes: [{ countries: [{ code: 'FR' }] }] },
    })
    await own.close()
  })
})

const withAttendees = (...participations: Attendee[]) =>
  bundleWith({ organizations, positions: [position()], meetings: [meeting({ participations })] })

test.each<[what: string, participations: Attendee[], path: string, message: string]>([
  ['nobody', [cited], '', 'expected exactly one of `person`, `organization` and `unnamed`'],
  ['two', [{ ...nato, person: 'ada' }], '', 'expected exactly one of `person`, `organization` and `unnamed`'],
  [
    'somebody for a state and an organization',
    [{ ...nato, representing: 'FR', representingOrganization: 'un' }],
    '',
    'expected `representing` or `representingOrganization`, not both',
  ],
  [
    'an organization with an office',
    [{ ...nato, position: 'ada-minister' }],
    '',
    'expected `position` only with `person`: an office belongs to a person',
  ],
  ['unnamed without words', [unnamed('')], '.unnamed', 'expected text, got an empty string'],
])('a meeting with %s is refused', async (_what, participations, path, message) => {
  const problems = await problemsOf(() => load(undefined as never, withAttendees(...participations)))
  expect(problems.map((problem) => [problem.path, problem.message])).toEqual([
    [`meetings[0].participations[0]${path}`, expect.stringContaining(message)],
  ])
})

test('the same words for two states are two attendees; for one state they are a duplicate', async () => {
  const database = await openEmpty('PGlite')
  const words = 'Foreign Minister'.padEnd(300, '𝔄')
  const ministers = ['FR', 'DE'].map((representing) => unnamed(words, { representing }))
  await load(database, withAttendees(...ministers))
  expect(await dataOf(serverOf(database), '{ meeting(slug: "town-hall") { countries { code } } }')).toEqual({
    meeting: { countries: [{ code: 'FR' }, { code: 'DE' }] },
  })
  const twice = withAttendees(...ministers, unnamed(words, { representing: 'FR' }))
  expect(await problemsOf(() => load(database, twice))).toEqual([
    {
      path: 'meetings[0].participations[2]',
      message: `repeats meetings[0].participations[0]: meeting/town-hall/unnamed/FR/${words}`,
    },
    expect.objectContaining({ path: 'meetings[0].participations[2].citations[0]' }),
  ])
  await database.close()
})
