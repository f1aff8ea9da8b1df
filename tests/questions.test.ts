import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../src/database/open.ts'
import { ask, serverOf } from './api/ask.ts'
import { databaseKinds, openSeeded } from './support.ts'

/** The questions of a page, each with the answer that the page gives: a code block of GraphQL, then one of JSON. */
function workedQuestions(page: string): [name: string, query: string, answer: unknown][] {
  const text = readFileSync(new URL(`../${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/```graphql\n(.*?)```\n\n```json\n(.*?)```/gs)].map(([, query = '', answer = '']) => {
    const { data } = JSON.parse(answer).data ? JSON.parse(answer) : { data: JSON.parse(answer) }
    return [/query (\w+)/.exec(query)?.[1] ?? page, query, data]
  })
}

const questions = [...workedQuestions('README.md'), ...workedQuestions('docs/questions.md')]

describe.each(databaseKinds)('on %s', (kind) => {
  let database: Database

  beforeAll(async () => {
    database = await openSeeded(kind)
  })
  afterAll(() => database.close())

  it('the pages ask one question each for six kinds of users, and one at the top of the README', () => {
    expect(questions.map(([name]) => name)).toEqual([
      'README.md',
      'Analyst',
      'FactChecker',
      'Historian',
      'Developer',
      'DataEditor',
      'Operator',
    ])
  })

  it.each(questions)('%s gets the answer that the page gives', async (_name, query, answer) => {
    expect(await ask(serverOf(database), query)).toEqual({ data: answer })
  })
})
