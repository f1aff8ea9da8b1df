import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import seed from '../../prisma/seed/india-us-2026-02-05.json' with { type: 'json' }
import type { Bundle } from '../../src/bundle/format.ts'
import type { Database } from '../../src/database/open.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { dataOf, type Server, serverOf } from './ask.ts'

const recorded = (seed as unknown as Bundle).statements
const SPEAKER = '{ __typename ... on Person { slug } ... on Organization { slug } }'
const FIELDS = `slug quotation text quoted speakers ${SPEAKER} attribution addressees ${SPEAKER} mentions ${SPEAKER}
  said { edtf } channel topics { slug } countries { code } meeting { slug } agreement { slug } note`

/** Countries that follow from who speaks, where the article does not name them. */
const countriesOf: Record<string, string[]> = {
  'jaishankar-productive-visit': ['IN', 'US'],
  'rubio-jaishankar-quad': ['IN', 'US'],
  'rubio-jaishankar-indo-pacific': ['IN', 'US'],
}

const voices = (given: Bundle['statements'][number]['speakers'] = []) =>
  given.map((voice) =>
    'person' in voice
      ? { __typename: 'Person', slug: voice.person }
      : { __typename: 'Organization', slug: voice.organization },
  )
const linked = (slug: string | undefined) => (slug === undefined ? null : { slug })

const expected = recorded.map((statement) => ({
  slug: statement.slug,
  quotation: statement.quotation,
  text: statement.text,
  quoted: statement.quoted ?? [],
  speakers: voices(statement.speakers),
  attribution: statement.attribution ?? null,
  addressees: voices(statement.addressees),
  mentions: voices(statement.mentions),
  said: { edtf: statement.said },
  channel: statement.channel ?? null,
  topics: (statement.topics ?? []).toSorted().map((slug) => ({ slug })),
  countries: (countriesOf[statement.slug] ?? statement.countries ?? []).map((code) => ({ code })),
  meeting: linked(statement.meeting),
  agreement: linked(statement.agreement),
  note: statement.note ?? null,
}))

describe.each(databaseKinds)('statements on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  const statement = async (slug: string, fields: string) =>
    (
      await dataOf<{ statement: object }>(server, `query ($slug: String!) { statement(slug: $slug) { ${fields} } }`, {
        slug,
      })
    ).statement

  test('have the text of the article, each in its form of quotation', async () => {
    const { statements } = await dataOf<{ statements: { totalCount: number; nodes: { slug: string }[] } }>(
      server,
      `{ statements(first: 100) { totalCount nodes { ${FIELDS} } } }`,
    )
    const bySlug = (one: { slug: string }, other: { slug: string }) => (one.slug < other.slug ? -1 : 1)
    expect(statements.nodes.toSorted(bySlug)).toEqual(expected.toSorted(bySlug))
    expect(statements.totalCount).toBe(27)
  })

  test('distinguish quotations from paraphrases: “strong momentum” are Jaishankar’s own words', async () => {
    const fields =
      'quotation quoted speakers { ... on Person { name } } addressees { __typename } said { edtf } channel'
    expect(await statement('jaishankar-strong-momentum', fields)).toEqual({
      quotation: 'MIXED',
      quoted: ['strong momentum'],
      speakers: [{ name: 'S. Jaishankar' }],
      addressees: [],
      said: { edtf: '2026-02-05' },
      channel: null,
    })
  })

  test('distinguish mentions from addressees: a post that addresses nobody thanks Rubio', async () => {
    const fields =
      'quotation channel speakers { ... on Person { slug } } addressees { __typename } mentions { ... on Person { slug } }'
    expect(await statement('jaishankar-productive-visit', fields)).toEqual({
      quotation: 'DIRECT',
      channel: 'post on X',
      speakers: [{ slug: 's-jaishankar' }],
      addressees: [],
      mentions: [{ slug: 'marco-rubio' }],
    })
  })

  test('do not invent speakers: “Officials from both sides” stays an attribution', async () => {
    const fields =
      'attribution speakers { __typename } addressees { __typename } mentions { __typename } countries { code }'
    expect(await statement('officials-close-coordination', fields)).toEqual({
      attribution: 'Officials from both sides',
      speakers: [],
      addressees: [],
      mentions: [],
      countries: [{ code: 'IN' }, { code: 'US' }],
    })
  })

  test('determine the topics of a meeting', async () => {
    const { meetings } = await dataOf<{
      meetings: {
        nodes: { slug: string; topics: { slug: string }[]; statements: { nodes: { topics: { slug: string }[] }[] } }[]
      }
    }>(server, '{ meetings { nodes { slug topics { slug } statements { nodes { topics { slug } } } } } }')
    const topicsOf = (meeting: string) =>
      [...new Set(recorded.flatMap((said) => (said.meeting === meeting ? (said.topics ?? []) : [])))].toSorted()
    expect(meetings.nodes.map(({ slug, topics }) => [slug, topics.map(({ slug }) => slug)])).toEqual([
      ['critical-minerals-ministerial-2026-02', ['critical-minerals']],
      ['jaishankar-bessent-2026-02', ['economic-partnership', 'strategic-partnership']],
      ['jaishankar-rubio-2026-02', topicsOf('jaishankar-rubio-2026-02')],
    ])
    for (const { topics, statements } of meetings.nodes) {
      const union = new Set(statements.nodes.flatMap(({ topics }) => topics.map(({ slug }) => slug)))
      expect(topics.map(({ slug }) => slug)).toEqual([...union].toSorted())
    }
  })

  test('are listed under topics, which include their narrower ones', async () => {
    const question = `{ topic(slug: "trade") {
      name names broader { slug } narrower { slug } meetings { nodes { slug } } agreements { nodes { slug } }
      statements { nodes { slug } }
    } }`
    const narrower = ['trade', 'trade-agreements', 'trade-barriers', 'market-access']
    const about = recorded.filter(({ topics = [] }) => topics.some((topic) => narrower.includes(topic)))
    const { topic } = await dataOf<{ topic: { statements: { nodes: { slug: string }[] } } }>(server, question)
    expect({ ...topic, statements: topic.statements.nodes.map(({ slug }) => slug).toSorted() }).toEqual({
      name: 'Trade',
      names: ['Trade'],
      broader: [{ slug: 'economic-relationship' }],
      narrower: [{ slug: 'market-access' }, { slug: 'trade-agreements' }, { slug: 'trade-barriers' }],
      meetings: { nodes: [{ slug: 'jaishankar-rubio-2026-02' }] },
      agreements: { nodes: [{ slug: 'india-us-trade-agreement-2026' }] },
      statements: about.map(({ slug }) => slug).toSorted(),
    })
  })
})
