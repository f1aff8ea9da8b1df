import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { type Server, serverOf, sqlOf } from '../api/ask.ts'
import { bundleWith, load, visit } from '../fixtures.ts'
import { openSeeded } from '../support.ts'
import { getFrom } from './get.ts'

let database: Database
let server: Server
beforeAll(async () => {
  database = await openSeeded('PGlite')
  // Relations of one country with others, whose number must not matter.
  const visits = ['CN', 'DE', 'FR', 'GB', 'IT', 'JP'].map((from) =>
    visit({ slug: `tour-from-${from.toLowerCase()}`, from, to: 'US' }),
  )
  await load(database, bundleWith({ visits }))
  server = serverOf(database)
})
afterAll(async () => await database.close())

/** The most statements that a page may need, however many records it lists. */
test.each([
  ['/', 11],
  ['/search?q=trade', 7],
  ['/search?q=strong+momentum+in+trade', 9],
  ['/relations', 4],
  ['/relations?country=US', 5],
  ['/people', 1],
  ['/people?starts=s', 1],
  ['/topics', 1],
  ['/sources', 3],
  ['/relations/IN-US', 24],
  ['/relations/IN-US?from=2020&kind=meeting', 26],
  ['/countries/US', 21],
  ['/people/s-jaishankar', 10],
  ['/organizations/daijiworld', 9],
  ['/meetings/critical-minerals-ministerial-2026-02', 4],
  ['/visits/jaishankar-united-states-2026-02', 4],
  ['/agreements/india-us-trade-agreement-2026', 5],
  ['/statements/jaishankar-strong-momentum', 3],
  ['/sources/daijiworld-2026-02-05', 5],
  ['/topics/critical-minerals', 7],
])('%s needs at most %i SQL statements', async (path, most) => {
  // The first request reads what later ones know, such as the codes of countries.
  const first = await getFrom(server, path)
  expect([first.status, await first.text()]).toEqual([200, expect.stringContaining('<h1')])
  const statements = await sqlOf(async () => await (await getFrom(server, path)).text())
  const texts = statements.map(({ text }) => text.slice(0, 80))
  expect(texts.length, texts.join('\n')).toBeLessThanOrEqual(most)
  expect(texts.length).toBeGreaterThan(0)
})
