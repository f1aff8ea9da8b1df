import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { logSlowStatements } from '../../src/server/observing/slow-statements.ts'
import { post } from '../api/ask.ts'
import { openSeeded } from '../support.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SECRET = 'jaishankar-whom-nobody-may-see'

function logged() {
  const lines: Record<string, unknown>[] = []
  return { lines, log: pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) }) }
}

test('the lines of a request and of its slow statements have no text of the query, no variables and no address', async () => {
  const database = await openSeeded('PGlite')
  const { lines, log } = logged()
  const stop = logSlowStatements(log, 0)
  const server = createApp(database, log)
  const query = `query Find($slug: String!) { person(slug: $slug) { name } search(query: "${SECRET}") { totalCount } }`
  await post(server, { query, variables: { slug: SECRET } }, { 'x-forwarded-for': '192.0.2.77' })
  await server.fetch(`http://localhost/search?q=${SECRET}`)
  stop()
  await database.pool.query('SELECT 1')
  await database.close()
  const slow = lines.filter(({ msg }) => msg === 'slow statement')
  expect(slow.length).toBeGreaterThan(1)
  for (const line of slow) {
    expect(line).toMatchObject({
      level: 40,
      ms: expect.any(Number),
      sql: expect.stringMatching(/^\s*(LISTEN|SELECT|WITH)/),
    })
  }
  expect(lines.filter(({ msg }) => msg === 'request')).toHaveLength(2)
  expect(JSON.stringify(lines)).not.toMatch(new RegExp(`${SECRET}|192\\.0\\.2\\.77`))
})

test.each([
  [`00-${TRACE}-00f067aa0ba902b7-01`, TRACE],
  [`cc-${TRACE}-00f067aa0ba902b7-01-what-comes-later`, TRACE],
  [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, undefined],
  [`00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`, undefined],
  [`${TRACE}`, undefined],
  [`00-${TRACE}-00f067aa0ba902b7`, undefined],
  ['x'.repeat(10_000), undefined],
])('traceparent %j gives a line the trace %s', async (traceparent, trace) => {
  const { lines, log } = logged()
  await createApp({ dataVersion() {} } as Database, log).fetch('http://localhost/health', { headers: { traceparent } })
  expect(lines.map((line) => line['trace'])).toEqual([trace])
})
