import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { bundleWith, load, visit } from '../fixtures.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { dataOf, type Server, type Sql, serverOf, sqlOf } from './ask.ts'
import { ada, firstMeeting, generate } from './generated.ts'

const RICH = `slug title when { label } host { name } visit { slug }
  participations { role person { name } position { title country { code } } representing { code } }
  countries { name } topics { name }`

describe.each(databaseKinds)('the number of SQL statements on %s', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
    await generate(database)
  })
  afterAll(async () => await database.close())

  /** What a question costs, once its types are known to the database. */
  async function cost(question: string) {
    await dataOf(server, question)
    return await sqlOf(async () => await dataOf(server, question))
  }
  /** How many rows of a list a statement reads at most; what is one to one, it limits to 1. */
  const limits = ({ text, values }: Sql) =>
    [...text.matchAll(/LIMIT \$(\d+)/g)]
      .map(([, parameter]) => Number(values[Number(parameter) - 1]))
      .filter((limit) => limit > 1)

  test('is one for a meeting with its participants, their offices and countries, and its topics', async () => {
    expect(await cost(`{ meetings(first: 1) { nodes { slug } } }`)).toHaveLength(1)
    const slug = (
      await dataOf<{ meetings: { nodes: [{ slug: string }] } }>(server, '{ meetings(first: 1) { nodes { slug } } }')
    ).meetings.nodes[0].slug
    expect(await cost(`{ meeting(slug: "${slug}") { ${RICH} } }`)).toHaveLength(1)
  })

  test('is one for a page of meetings with all of that and their total', async () => {
    expect(await cost(`{ meetings { nodes { ${RICH} } } }`)).toHaveLength(1)
    expect(await cost(`{ meetings { edges { cursor node { ${RICH} } } pageInfo { hasNextPage } } }`)).toHaveLength(1)
    expect(await cost(`{ meetings { nodes { ${RICH} } totalCount } }`)).toHaveLength(1)
    expect(await cost(`{ meetings { nodes { slug } edges { node { ${RICH} } } totalCount } }`)).toHaveLength(1)
    expect(
      await cost('{ meetings { ...Total } } fragment Total on MeetingConnection { all: totalCount }'),
    ).toHaveLength(1)
  })

  test('is one for 20 people, each with 5 meetings and their topics, and reads no more rows than returned', async () => {
    const sql = await cost(
      '{ people(first: 20) { nodes { name meetings(first: 5) { nodes { title topics { name } } } } } }',
    )
    expect(sql.map(limits)).toEqual([[5, 20]])
  })

  test('reads one row more if the query selects pageInfo, even in a fragment', async () => {
    const fragment = 'fragment More on PersonConnection { pageInfo { hasNextPage } }'
    for (const page of ['nodes { name } pageInfo { hasNextPage }', 'nodes { name } ...More']) {
      const sql = await cost(`{ people(first: 20) { ${page} } } ${page.includes('...') ? fragment : ''}`)
      expect(sql.map(limits)).toEqual([[21]])
    }
  })

  test('is one for a nested list, also after a cursor, and reads one page', async () => {
    const person = `person(slug: "${ada}")`
    const { endCursor } = (
      await dataOf<{ person: { meetings: { pageInfo: { endCursor: string } } } }>(
        server,
        `{ ${person} { meetings(first: 3) { pageInfo { endCursor } } } }`,
      )
    ).person.meetings.pageInfo
    for (const args of ['first: 7', 'last: 7', `first: 7, after: "${endCursor}"`, `last: 7, before: "${endCursor}"`]) {
      for (const list of ['meetings', 'statements', 'visits']) {
        const sql = await cost(`{ ${person} { ${list}(${args}) { nodes { slug } } } }`)
        expect(sql.map(limits), `${list}(${args})`).toEqual([[7]])
      }
    }
  })

  test('is one more for the totals of ten nested lists', async () => {
    const list = (kind: string, filter = '') => `${kind}(first: 1${filter}) { totalCount nodes { slug } }`
    expect(await cost(`{ people(first: 20) { nodes { ${list('meetings')} } } }`)).toHaveLength(3)
    expect(await cost(`{ meetings(first: 9) { nodes { ${list('statements')} } totalCount } }`)).toHaveLength(2)

    type People = { people: { nodes: { slug: string; meetings: { totalCount: number } }[] } }
    const during = list('meetings', ', filter: { during: { from: "2026-01-01", to: "2026-01-20" } }')
    const { people } = await dataOf<People>(server, `{ people(first: 100) { nodes { slug ${during} } } }`)
    expect(new Set(people.nodes.map(({ meetings }) => meetings.totalCount)).size).toBeGreaterThan(1)
    for (const { slug, meetings } of people.nodes) {
      expect(await dataOf(server, `{ person(slug: "${slug}") { ${during} } }`)).toMatchObject({ person: { meetings } })
    }
  })

  test('is one for lists nested in lists, with speakers, citations and their sources', async () => {
    const question = `{ meetings(first: 3) { nodes {
      slug
      statements(first: 3) { nodes {
        text speakers { ... on Person { name } ... on Organization { name } } topics { name } countries { code }
        citations { exact source { title publisher { name } } }
      } }
    } } }`
    expect(await cost(question)).toHaveLength(1)
  })

  /** The five questions by which the service is measured. */
  const QUESTIONS = {
    'A: one meeting with participants, their positions and countries, and topics': `{ meeting(slug: "${firstMeeting}") {
        title when { edtf } topics { name }
        participations { role person { name } representing { name } position { title country { name } } }
      } }`,
    'B: 20 people, each with 5 meetings and their topics':
      '{ people(first: 20) { nodes { name meetings(first: 5) { nodes { title topics { name } } } } } }',
    'C: a pair’s newest 50 meetings in a range, with participants, topics, 3 statements each, and the total': `{
      relation(between: ["IN", "US"]) {
        meetings(first: 50, orderBy: NEWEST_FIRST, filter: { during: { from: "2026-01-01", to: "2026-12-31" } }) {
          totalCount
          nodes { title participations { person { name } } topics { name } statements(first: 3) { nodes { text } } }
        }
      }
    }`,
    'D: full-text search over statements, 20 hits with speaker and meeting': `{
      search(query: "something", kinds: [STATEMENT], first: 20) { nodes { score excerpt node { ... on Statement {
        text speakers { ... on Person { name } ... on Organization { name } } meeting { title }
      } } } }
    }`,
    'E: meetings per year of a country pair':
      '{ relation(between: ["IN", "US"]) { activity(by: YEAR) { period meetings } } }',
  }

  test.each(Object.entries(QUESTIONS))('is one for %s', async (_name, question) => {
    expect(await cost(question)).toHaveLength(1)
  })

  test('is one for a pair of countries that was not requested before', async () => {
    const years = (between: string) => `{ relation(between: [${between}]) { activity(by: YEAR) { period meetings } } }`
    await dataOf(server, years('IN, US'))
    expect(await sqlOf(async () => await dataOf(server, years('FR, DE')))).toHaveLength(1)
  })

  test('counts no entries for the years of a relation without conditions', async () => {
    const textsFor = async (args: string) => {
      const sql = await cost(`{ relation(between: ["IN", "US"]) { activity(by: ${args}) { period meetings } } }`)
      return sql.map(({ text }) => text)
    }
    for (const args of ['YEAR', 'DECADE', 'YEAR, during: {}']) {
      expect(await textsFor(args)).toEqual([expect.not.stringContaining('meeting_pair')])
    }
    for (const args of ['MONTH, during: { from: "2026-01-01", to: "2026-12-31" }', 'YEAR, topics: ["everything"]']) {
      expect(await textsFor(args)).toEqual([expect.stringContaining('meeting_pair')])
    }
  })

  test('is one for a timeline of all kinds, and for the topics and the people of a relation', async () => {
    for (const field of [
      'timeline(first: 20) { nodes { __typename ... on Meeting { title topics { name } } ... on Statement { text } ... on Visit { title } } }',
      'activity(by: YEAR) { period visits visitsTo(country: IN) }',
      'topics { count topic { name broader { name } } }',
      'people { count person { name positions { title } } }',
      'people { first last years { year count } countries { code name } titles person { name } }',
    ]) {
      expect(await cost(`{ relation(between: ["IN", "US"]) { ${field} } }`), field).toHaveLength(1)
    }
  })

  test('is one for relations with their countries', async () => {
    expect(await cost('{ relations(first: 2) { nodes { countries { code name } } } }')).toHaveLength(1)
    const visits = ['IN', 'US'].map((from) => visit({ slug: `tour-from-${from.toLowerCase()}`, from }))
    await load(database, bundleWith({ visits }))
    // One for the country, one for the codes of the others, one for the names of all.
    expect(await cost('{ country(code: "CH") { relations { countries { code name } } } }')).toHaveLength(3)
  })

  test('is two for a list that searches, with its total or without', async () => {
    expect(await cost('{ statements(filter: { search: "something" }) { nodes { text } } }')).toHaveLength(2)
    expect(await cost('{ statements(filter: { search: "something" }) { totalCount nodes { text } } }')).toHaveLength(2)
  })

  test('is one for each list of a query, with its total or without', async () => {
    const lists =
      'people meetings visits statements agreements relations relationEvents positions topics sources organizations countries'.split(
        ' ',
      )
    const first = (rest: string) => `{ ${lists.map((list) => `${list}(first: 2) { nodes { id } ${rest} }`).join(' ')} }`
    expect(await cost(first(''))).toHaveLength(lists.length)
    // Relations are rows of no table, so their number takes a statement.
    expect(await cost(first('totalCount'))).toHaveLength(lists.length + 1)
  })

  test('grows by one, for one verified citation or many', async () => {
    const citations = (n: number) =>
      `{ source(slug: "paper") { citations(first: ${n}) { nodes { exact verification } } } }`
    expect(await cost(citations(1))).toHaveLength(2)
    expect(await cost(citations(100))).toHaveLength(2)
  })

  test('grows with the number of types, not with the number of ids', async () => {
    const { people, meetings } = await dataOf<Record<string, { nodes: { id: string }[] }>>(
      server,
      '{ people(first: 20) { nodes { id } } meetings(first: 20) { nodes { id } } }',
    )
    const ids = [...(people?.nodes ?? []), ...(meetings?.nodes ?? [])].map(({ id }) => JSON.stringify(id))
    expect(ids).toHaveLength(40)
    expect(await cost(`{ nodes(ids: [${ids}]) { id ... on Person { name } ... on Meeting { title } } }`)).toHaveLength(
      2,
    )
  })
})
