import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { serverOf } from '../api/ask.ts'
import { bundleWith, load, visit } from '../fixtures.ts'
import { openEmpty } from '../support.ts'
import { until } from '../until.ts'
import { getFrom } from './get.ts'

const VISITS = 80
const PATH = '/relations/CH-IN.csv'

let database: Database
beforeAll(async () => {
  database = await openEmpty('PGlite')
  const visits = Array.from({ length: VISITS }, (_, i) => visit({ slug: `tour-${i}`, from: 'IN' }))
  await load(database, bundleWith({ visits: [...visits, visit({ slug: 'old', from: 'DE', when: '1950' })] }))
})
afterAll(async () => await database.close())
afterEach(() => vi.useRealTimers())

/** Calls `then` before each query for more entries of a file. */
const beforeMore = (then: () => unknown): Plugin => ({
  async onExecute({ args, setResultAndStopExecution }) {
    if (!args.document.definitions.some((one: { name?: { value: string } }) => one.name?.value === 'RelationEntries'))
      return
    const refused = await then()
    if (refused) setResultAndStopExecution({ errors: [new GraphQLError('refused')] })
  },
})

test('a file has all entries, whatever the page shows', async () => {
  const response = await getFrom(serverOf(database), PATH)
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="relations-CH-IN.csv"')
  expect((await response.text()).trim().split('\n')).toHaveLength(VISITS + 1)
})

test('a fifth file at once is refused, with the time to try again, and a page is not', async () => {
  let waiting = 0
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = serverOf(database, {
    plugins: [
      beforeMore(async () => {
        waiting++
        await released
      }),
    ],
  })
  const four = [1, 2, 3, 4].map(async () => (await getFrom(server, PATH)).status)
  await until(() => waiting === 4)
  const fifth = await getFrom(server, PATH)
  expect([fifth.status, fifth.headers.get('retry-after')]).toEqual([503, '5'])
  expect((await fifth.json()).errors[0].extensions).toEqual({ code: 'UNAVAILABLE' })
  expect((await getFrom(server, '/relations/CH-IN')).status).toBe(200)
  release()
  expect(await Promise.all(four)).toEqual([200, 200, 200, 200])
  expect((await getFrom(server, PATH)).status).toBe(200)
})

test('a file is given up when its client leaves', async () => {
  let queries = 0
  const leaving = new AbortController()
  const server = serverOf(database, {
    plugins: [
      beforeMore(() => {
        queries++
        leaving.abort()
      }),
    ],
  })
  await server.fetch(`http://localhost${PATH}`, { signal: leaving.signal }).catch(() => {})
  expect(queries).toBe(1)
})

test('a file that takes more than a minute is refused', async () => {
  let queries = 0
  const server = serverOf(database, {
    plugins: [
      beforeMore(() => {
        queries++
        vi.advanceTimersByTime(61_000)
      }),
    ],
  })
  vi.useFakeTimers({ toFake: ['performance'] })
  const response = await getFrom(server, PATH)
  expect([response.status, queries]).toEqual([503, 1])
  expect((await response.json()).errors[0].extensions).toEqual({ code: 'TIMEOUT' })
})

test.each(['/relations', '/people', '/topics', '/sources', '/countries/IN', '/search?q=tour&kind='])(
  '%s takes an empty place in a list for the first',
  async (path) => {
    const server = serverOf(database)
    expect((await getFrom(server, `${path}${path.includes('?') ? '&' : '?'}after=&visitsTo=`)).status).toBe(200)
  },
)

test('a period that ends in a month of the first century has no facts of the twentieth', async () => {
  const response = await getFrom(serverOf(database), '/relations/CH-DE.json?from=0001&to=0099-02')
  expect([response.status, (await response.json()).relation?.timeline.totalCount]).toEqual([200, 0])
})
