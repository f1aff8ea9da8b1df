import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { ask, dataOf, problemsOf, type Server, serverOf } from './ask.ts'

interface Identified {
  __typename: string
  id: string
}

const ID = '__typename id'
const PART = `{ ${ID} citations { ${ID} } }`
/** What leads to every record that the API knows. */
const EVERYTHING = [
  `countries(first: 100) { nodes { ${ID} } edges { node { ${ID} } } }`,
  `organizations(first: 100) { nodes { ${ID} country { ${ID} } } }`,
  `people(first: 50) { nodes { ${ID} positions ${PART} meetings { nodes { ${ID} } } visits { nodes { ${ID} } } } }`,
  `topics(first: 100) { nodes { ${ID} broader { ${ID} } narrower { ${ID} } } }`,
  `sources(first: 1) { nodes { ${ID} publisher { ${ID} } citations(first: 100) { nodes { ${ID} fact { ${ID} } } } } }`,
  `positions(first: 100) { nodes { ${ID} person { ${ID} } attested ${PART} citations { ${ID} } } }`,
  `visits(first: 50) { nodes { ${ID} participations { ${ID} occasion { ... on Visit { ${ID} } } citations { ${ID} } } } }`,
  `meetings(first: 50) { nodes { ${ID} visit { ${ID} } participations { ${ID} position { ${ID} } citations { ${ID} } } } }`,
  `agreements(first: 50) { nodes { ${ID} parties { ${ID} } events ${PART} } }`,
  `statements(first: 50) { nodes { ${ID} speakers { ... on Person { ${ID} } ... on Organization { ${ID} } } citations { ${ID} } } }`,
]

function identified(answer: unknown): Identified[] {
  if (typeof answer !== 'object' || answer === null) return []
  const within = Object.values(answer).flatMap(identified)
  if (!('id' in answer)) return within
  const { __typename, id } = answer as Identified
  return [{ __typename, id }, ...within]
}

describe.each(databaseKinds)('an id on %s', (kind) => {
  let database: Database
  let server: Server
  const records = new Map<string, Identified>()

  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
    for (const list of EVERYTHING) {
      for (const record of identified(await dataOf(server, `{ ${list} }`))) records.set(record.id, record)
    }
  })
  afterAll(async () => await database.close())

  const nodes = async (ids: string[]) =>
    (
      await dataOf<{ nodes: (Identified | null)[] }>(server, `query ($ids: [ID!]!) { nodes(ids: $ids) { ${ID} } }`, {
        ids,
      })
    ).nodes

  test('exists for records of every type, and never looks like a slug', () => {
    const types = new Set([...records.values()].map(({ __typename }) => __typename))
    expect([...types].toSorted().join(' ')).toBe(
      'Agreement AgreementEvent Attestation Citation Country Meeting Organization Participation Person Position Source Statement Topic Visit',
    )
    expect(records.size).toBeGreaterThanOrEqual(100 + 4 + 5 + 36 + 1 + 5 + 5 + 1 + 3 + 7 + 1 + 2 + 27 + 85)
    expect([...records.keys()].filter((id) => /^[a-z0-9-]+$/.test(id))).toEqual([])
  })

  test('returns its record of any type by `nodes`', async () => {
    const all = [...records.values()]
    for (let i = 0; i < all.length; i += 100) {
      const some = all.slice(i, i + 100)
      expect(await nodes(some.map(({ id }) => id))).toEqual(some)
    }
  })

  test('returns its record by `node`, for each type', async () => {
    const byType = new Map([...records.values()].map((record) => [record.__typename, record]))
    for (const record of byType.values()) {
      const question = `query ($id: ID!) { node(id: $id) { ${ID} } }`
      expect(await dataOf(server, question, { id: record.id })).toEqual({ node: record })
    }
    expect(byType.size).toBe(14)
  })

  test('returns the same fields as the slug', async () => {
    const fields = 'slug names meetings { nodes { slug topics { slug } } } positions { attested { when { edtf } } }'
    const { person } = await dataOf<{ person: { id: string } }>(
      server,
      `{ person(slug: "marco-rubio") { id ${fields} } }`,
    )
    const question = `query ($id: ID!) { node(id: $id) { id ... on Person { ${fields} } } }`
    expect(await dataOf(server, question, { id: person.id })).toEqual({ node: person })
    expect(Object.keys(person)).toHaveLength(5)
  })

  test('returns citations and a note if only Cited is selected', async () => {
    const cited = [...records.values()].filter(({ __typename }) =>
      /^(Position|Attestation|Visit|Meeting|Participation|Statement|Agreement|AgreementEvent)$/.test(__typename),
    )
    const question = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Cited { id note citations { exact } } } }'
    const answer = await dataOf<{ nodes: { id: string; citations: object[] }[] }>(server, question, {
      ids: cited.map(({ id }) => id),
    })
    expect(answer.nodes.map(({ id }) => id)).toEqual(cited.map(({ id }) => id))
    expect(answer.nodes.filter(({ citations }) => citations.length === 0)).toEqual([])
  })

  test('that is unknown gives null in its place, and order and duplicates stay', async () => {
    const [first, second] = [...records.values()] as [Identified, Identified]
    const base64 = (text: string) => Buffer.from(text).toString('base64url')
    const unknown = [
      '',
      ' ',
      '*',
      'marco-rubio',
      'IN',
      base64('Person:nobody'),
      base64('Person:'),
      base64('Person'),
      base64(':marco-rubio'),
      base64('Nothing:marco-rubio'),
      base64('Query:marco-rubio'),
      base64('TimeSpan:1'),
      base64('Speaker:marco-rubio'),
      base64('Node:marco-rubio'),
      base64('String:x'),
      base64('Citation:0'),
      base64('Person:\0'),
      base64('Country:in'),
      base64('Relation:IN'),
      base64('Relation:US,IN'),
      base64('Relation:IN,US,XX'),
      base64('Relation:IN,US,'),
      Buffer.from('Person:marco-rubio').toString('base64url').toLowerCase(),
      'x'.repeat(10_000),
      base64(`Person:${'x'.repeat(10_000)}`),
      `${first.id}=`,
      `${first.id} `,
    ]
    expect(await nodes([second.id, ...unknown, first.id, second.id])).toEqual([
      second,
      ...unknown.map(() => null),
      first,
      second,
    ])
    for (const id of unknown) {
      expect(await dataOf(server, `query ($id: ID!) { node(id: $id) { ${ID} } }`, { id })).toEqual({ node: null })
    }
  })

  test('is one of at most 100 in a list, and an empty list returns no records', async () => {
    const [record] = [...records.values()] as [Identified]
    expect(await nodes(Array(100).fill(record.id))).toEqual(Array(100).fill(record))
    expect(await nodes([])).toEqual([])
    const answer = await ask(server, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array(101).fill(record.id),
    })
    expect(problemsOf(answer)).toEqual([['BAD_USER_INPUT', expect.stringContaining('100')]])
    expect(answer.data ?? null).toBeNull()
  })
})

describe.each(databaseKinds)('a slug on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  test.each(['person', 'meeting', 'visit', 'topic', 'statement', 'agreement', 'organization', 'source'])(
    'that no %s has gives null',
    async (field) => {
      const question = `query ($slug: String!) { ${field}(slug: $slug) { id } }`
      for (const slug of ['nobody-nothing', '', 'Ünknown', 'marco-rubio ', 'x'.repeat(10_000)]) {
        expect(await dataOf(server, question, { slug })).toEqual({ [field]: null })
      }
    },
  )

  test('with a NUL character, which no database can store, gives null like any unknown slug', async () => {
    const slug = 'marco-rubio\0'
    expect(await dataOf(server, 'query ($slug: String!) { person(slug: $slug) { id } }', { slug })).toEqual({
      person: null,
    })
  })

  test('of a country is its code: an unknown code gives null, and text that is no country’s name is refused', async () => {
    const question = 'query ($code: CountryCode!) { country(code: $code) { code name } }'
    expect(await dataOf(server, question, { code: 'IN' })).toEqual({ country: { code: 'IN', name: 'India' } })
    expect(await dataOf(server, question, { code: 'SUHH' })).toEqual({
      country: { code: 'SUHH', name: 'Soviet Union' },
    })
    for (const code of ['ZZ', 'ZZZZ', 'X-atlantis'])
      expect(await dataOf(server, question, { code })).toEqual({ country: null })
    for (const code of ['', 'in', 'NATO', 'X-', 'X-Atlantis', 'Atlantis', 1, 'IN\n\0']) {
      const answer = await ask(server, question, { code })
      expect(problemsOf(answer), JSON.stringify(code)).toEqual([
        ['BAD_USER_INPUT', expect.stringMatching(/expected (a country code|the code or the name of a country)/)],
      ])
    }
    const literal = await ask(server, '{ country(code: "atlantis") { code } }')
    expect(problemsOf(literal)[0]?.[1]).toContain('expected the code or the name of a country')
  })
})
