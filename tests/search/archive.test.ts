import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { validateBundle } from '../../src/bundle/reading/parse.ts'
import type { Database } from '../../src/database/open.ts'
import { importHistoryStateGov } from '../../src/importers/history-state-gov/index.ts'
import { dataOf, type Server, serverOf } from '../api/ask.ts'
import { openEmpty } from '../support.ts'
import { offices, type Question, tuned, unseen } from './questions.ts'

/** The folder with the whole archive. Without it, this test is reported as skipped. */
const folder = process.env['ARCHIVE_DATA']

describe.skipIf(!folder)('of the questions about the whole archive', () => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty('PGlite')
    server = serverOf(database)
    const { bundle } = await importHistoryStateGov(folder as string)
    await loadBundle(database, validateBundle(bundle))
  }, 900_000)
  afterAll(() => database.close())

  async function missed(questions: readonly Question[]): Promise<string[]> {
    const question = `query ($query: String!) { search(query: $query, first: 3) { nodes { node {
      __typename ... on Person { name } ... on Organization { name } ... on Meeting { title } ... on Visit { title }
    } } } }`
    const lost: string[] = []
    for (const [query, answer] of questions) {
      const { search } = await dataOf<{
        search: { nodes: { node: { __typename: string; name?: string; title?: string } }[] }
      }>(server, question, { query })
      const best = search.nodes.map(({ node }) => `${node.__typename}: ${node.name ?? node.title}`)
      if (!best.some((line) => answer.test(line))) lost.push(query)
    }
    return lost
  }

  test.each([
    ['that the ranking was tuned on', tuned],
    ['that were not seen while tuning', unseen],
    ['for the holders of offices', offices],
  ])('at least nine in ten %s have the answer among the first three results', async (_name, questions) => {
    const lost = await missed(questions)
    expect(lost.length, lost.join('; ')).toBeLessThanOrEqual(questions.length / 10)
  })
})
