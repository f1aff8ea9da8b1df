import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { attended, bundleWith, load, meeting, statement } from '../fixtures.ts'
import { databaseKinds, openEmpty, openSeeded } from '../support.ts'
import { dataOf, type Server, serverOf, sqlOf } from './ask.ts'

const TIMELINE = (selection: string) => `{ relation(between: [IN, US]) { timeline(first: 100) { ${selection} } } }`

interface Data {
  relation: { timeline: { entries: Record<string, unknown>[]; nodes: Record<string, unknown>[] } }
}

describe.each(databaseKinds)('the entries of a timeline on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = serverOf(database)
  })
  afterAll(() => database.close())

  const timeline = async (selection: string) => (await dataOf<Data>(server, TIMELINE(selection))).relation.timeline

  test('have a title, a date and citations, without a fragment', async () => {
    const { entries } = await timeline('entries { __typename title when { label } citations { exact } }')
    const first = (type: string) => entries.find(({ __typename }) => __typename === type)
    expect(entries).toHaveLength(33)
    expect(first('AgreementEvent')).toEqual({
      __typename: 'AgreementEvent',
      title: 'India–US trade agreement: announced',
      when: { label: 'some time: 1–4 February 2026' },
      citations: [
        { exact: 'his February 2–4 visit to the United States' },
        { exact: 'the trade agreement announced earlier this week' },
        { exact: 'announcement by US President Donald Trump and Prime Minister Narendra Modi' },
      ],
    })
    expect(first('Visit')).toMatchObject({
      title: 'Visit of External Affairs Minister Jaishankar to the United States',
      when: { label: '2–4 February 2026' },
    })
    expect(entries.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'Meeting of Jaishankar and Rubio',
        'S. Jaishankar: The meeting was constructive.',
        'S. Jaishankar: “Concluded a productive and positive visit to the US. Thank Secretary Rubio for…”',
        'Marco Rubio, S. Jaishankar: They agreed that a stable and prosperous Indo-Pacific remains essential for the…',
        'Officials from both sides: Close coordination between the two sides is important, so that what politicians…',
      ]),
    )
  })

  test('are the nodes, and can be narrowed to their types', async () => {
    const { entries, nodes } = await timeline(
      'entries { id ... on Statement { said { edtf } } } nodes { ... on Entry { id } ... on Statement { said { edtf } } }',
    )
    expect(entries).toEqual(nodes)
    expect(nodes).toHaveLength(33)
  })

  test('need one SQL statement, whatever is selected of them', async () => {
    await timeline('entries { title }')
    const statements = await sqlOf(() =>
      timeline('entries { title when { beginOfTheBegin label } note citations { exact source { title } } }'),
    )
    expect(statements.map(({ text }) => text.trim().slice(0, 6))).toEqual(['SELECT'])
  })

  test('count as a list when the cost is limited', async () => {
    const nested = TIMELINE('entries { citations { source { citations(first: 100) { nodes { source { title } } } } } }')
    const response = await server.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: nested }),
    })
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_COMPLEX' } }] })
  })
})

test.each(databaseKinds)('on %s a statement without spaces or of nobody named has a title', async (kind) => {
  const database = await openEmpty(kind)
  try {
    const long = '两国外长就贸易协定举行会谈'.repeat(20)
    await load(
      database,
      bundleWith({
        meetings: [meeting({ participations: [attended('ada'), attended('bo')] })],
        statements: [
          statement({ slug: 'long', quotation: 'REPORTED', text: long, quoted: [] }),
          statement({
            slug: 'of-nobody',
            quotation: 'REPORTED',
            text: 'Yes',
            quoted: [],
            speakers: [],
            attribution: 'Officials',
          }),
        ],
      }),
    )
    const { statements } = await dataOf(
      serverOf(database),
      '{ statements { nodes { slug title when { edtf } said { edtf } } } }',
    )
    expect(statements).toEqual({
      nodes: [
        {
          slug: 'long',
          title: `Name of ada: ${long.slice(0, 80)}…`,
          when: { edtf: '2031-05-05' },
          said: { edtf: '2031-05-05' },
        },
        { slug: 'of-nobody', title: 'Officials: Yes', when: { edtf: '2031-05-05' }, said: { edtf: '2031-05-05' } },
      ],
    })
  } finally {
    await database.close()
  }
})
