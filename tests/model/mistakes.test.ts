import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { ask, problemsOf, type Server, serverOf } from '../api/ask.ts'
import { databaseKinds, openEmpty } from '../support.ts'
import { globalId } from './questions.ts'

/** What no model has to answer: filters that a caller must mend, field by field. */

const BACKWARD = { from: '2020-01-02', to: '2020-01-01' }
const list = [[]]
/** A name that is none, the id of something else, and what is neither slug nor id. */
const id = ['', globalId('Citation', 'ada'), 'No slug']
const ids = [[], ...id.map((name) => ['ada', name])]
const holding = id.map((organization) => ({ organization }))
const during = [BACKWARD]

const mistakes: Record<string, Record<string, readonly unknown[]>> = {
  meetings: {
    between: list,
    during,
    topics: ids,
    participants: ids,
    organizations: ids,
    representedOrganizations: ids,
    kinds: list,
    visit: id,
    source: id,
    holding,
  },
  visits: {
    from: list,
    to: list,
    during,
    participants: ids,
    organizations: ids,
    representedOrganizations: ids,
    holding,
    source: id,
  },
  statements: {
    speakers: ids,
    between: list,
    topics: ids,
    quotation: list,
    during,
    meeting: id,
    agreement: id,
    source: id,
  },
  agreements: { between: list, statuses: list, topics: ids, during, source: id },
  relationEvents: { between: list, kinds: list, during, source: id },
  people: { country: list, met: ids, holding },
  positions: { organization: id, person: id },
  organizations: { kinds: list, country: list, member: list },
  topics: { broader: ids },
  sources: { publisher: ids, during },
  countries: { codes: list },
}
const cases = Object.entries(mistakes).flatMap(([list, fields]) =>
  Object.entries(fields).flatMap(([field, values]) => values.map((value) => [list, field, value] as const)),
)

describe.each(databaseKinds)('on %s a mistake in a filter is reported, not ignored:', (kind) => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty(kind)
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  test.each(cases)('%s by %s %j', async (list, field, value) => {
    const type = { people: 'Person', countries: 'Country' }[list] ?? `${list[0]?.toUpperCase()}${list.slice(1, -1)}`
    const query = `query ($filter: ${type}Filter) { ${list}(filter: $filter) { totalCount } }`
    const problems = problemsOf(await ask(server, query, { filter: { [field]: value } }))
    expect(problems.map(([code]) => code)).toEqual(['BAD_USER_INPUT'])
  })
})
