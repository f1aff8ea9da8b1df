import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import seed from '../../prisma/seed/india-us-2026-02-05.json' with { type: 'json' }
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { dataOf, type Server, serverOf } from './ask.ts'

interface Words {
  source: string
  start: number
  end: number
  exact: string
  prefix?: string
  suffix?: string
  supports?: string[]
}

/** The parts of a bundle, and of the answers that show them. */
type Fact = Record<string, unknown> & { citations: Words[] }
type Shown = Record<string, unknown> & { citations: object[] }

const CITATIONS =
  'citations { source { slug } start end exact prefix suffix supports verification url fact { __typename } }'
const LISTS = {
  positions: `attested { ${CITATIONS} }`,
  visits: `participations { ${CITATIONS} }`,
  meetings: `participations { ${CITATIONS} }`,
  agreements: `events { ${CITATIONS} }`,
  statements: '',
}
const TYPES: Record<string, string> = {
  positions: 'Position',
  attested: 'Attestation',
  visits: 'Visit',
  meetings: 'Meeting',
  participations: 'Participation',
  agreements: 'Agreement',
  events: 'AgreementEvent',
  statements: 'Statement',
}

const inReadingOrder = (one: Words, other: Words) => one.start - other.start
/** Without their order: that of two citations of one place is left open. */
const comparable = (citations: object[]) => citations.map((citation) => JSON.stringify(citation)).toSorted()

function cited(citations: Words[], __typename: string): object[] {
  return citations
    .toSorted(inReadingOrder)
    .map(({ source, start, end, exact, prefix = null, suffix = null, supports = [] }) => {
      return {
        source: { slug: source },
        start,
        end,
        exact,
        prefix,
        suffix,
        supports,
        verification: 'TEXT_NOT_HELD',
        url: null,
        fact: { __typename },
      }
    })
}

describe.each(databaseKinds)('the evidence on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  test.each(Object.entries(LISTS))('of %s is that of the bundle, and none lacks it', async (list, fields) => {
    // A verification weighs more than a field: where lists nest, fewer fit into a question.
    const first = fields ? 10 : 50
    const question = `{ list: ${list}(first: ${first}) { nodes { slug ${fields} ${CITATIONS} } } }`
    const { nodes } = (await dataOf<{ list: { nodes: Shown[] } }>(server, question)).list
    const facts = (seed as unknown as Record<string, Fact[]>)[list] as Fact[]
    expect(nodes.map(({ slug }) => slug).toSorted()).toEqual(facts.map(({ slug }) => slug).toSorted())
    for (const fact of facts) {
      const shown = nodes.find(({ slug }) => slug === fact['slug']) as Shown
      expect(comparable(shown.citations)).toEqual(comparable(cited(fact.citations, TYPES[list] as string)))
      for (const part of ['attested', 'participations', 'events'].filter((part) => part in fact)) {
        const parts = fact[part] as Fact[]
        expect((shown[part] as Shown[]).map(({ citations }) => comparable(citations))).toEqual(
          parts.map(({ citations }) => comparable(cited(citations, TYPES[part] as string))),
        )
      }
    }
  })

  test('is in reading order', async () => {
    const question = `{
      statements(first: 100) { nodes { citations { start } } }
      source(slug: "daijiworld-2026-02-05") { citations(first: 100) { nodes { start end } } }
    }`
    const { statements, source } = await dataOf<{
      statements: { nodes: { citations: { start: number }[] }[] }
      source: { citations: { nodes: { start: number; end: number }[] } }
    }>(server, question)
    const sorted = (starts: number[]) => starts.toSorted((one, other) => one - other)
    for (const { citations } of statements.nodes) {
      const starts = citations.map(({ start }) => start)
      expect(starts).toEqual(sorted(starts))
    }
    const places = source.citations.nodes.map(({ start, end }) => start * 10_000 + end)
    expect(places).toHaveLength(89)
    expect(places).toEqual(sorted(places))
  })

  test('has a footnote that is ready to paste', async () => {
    const question = '{ statement(slug: "jaishankar-strong-momentum") { citations { reference } } }'
    const document =
      'Daijiworld Media Network, [External Affairs Minister Jaishankar’s visit to the United States, 2–4 February 2026], 5 February 2026'
    expect(await dataOf(server, question)).toEqual({
      statement: {
        citations: [
          { reference: `${document}: “strong momentum”.` },
          { reference: `${document}: “made the remarks while wrapping up”.` },
        ],
      },
    })
  })

  test('leads from each citation to the fact that it supports', async () => {
    const question = `{ source(slug: "daijiworld-2026-02-05") { citations(first: 100) { nodes { id fact { citations { id } } } } } }`
    const { source } = await dataOf<{
      source: { citations: { nodes: { id: string; fact: { citations: { id: string }[] } }[] } }
    }>(server, question)
    const astray = source.citations.nodes.filter(
      ({ id, fact }) => !fact.citations.some((citation) => citation.id === id),
    )
    expect(astray).toEqual([])
    expect(source.citations.nodes).toHaveLength(89)
  })
})
