import { readdir, readFile } from 'node:fs/promises'
import type { Plugin } from 'graphql-yoga'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../../src/config/limits.ts'
import type { Database } from '../../src/database/open.ts'
import type { RequestContext } from '../../src/server/exchange.ts'
import { openSeeded } from '../support.ts'
import { type Answer, get, keepingServerOf, post, type Server, serverOf } from './ask.ts'

const RUBIO = { query: '{ person(slug: "marco-rubio") { name } }' }
const PRICED = { data: { person: { name: 'Marco Rubio' } }, extensions: { cost: 201 } }

let database: Database
beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(async () => await database.close())

const answer = async (response: Response) => (await response.json()) as Answer & { extensions?: { cost?: number } }
const costOf = async (server: Server, query: string, variables?: object) =>
  (await answer(await post(server, { query, variables }))).extensions?.cost

describe('the cost of a query', () => {
  test('is in each response: the first, planned ones, cached ones, by POST and by GET', async () => {
    for (const server of [serverOf(database), await keepingServerOf(database)]) {
      for (let i = 0; i < 4; i++) expect(await answer(await post(server, RUBIO))).toEqual(PRICED)
      for (let i = 0; i < 2; i++) expect(await answer(await get(server, RUBIO))).toEqual(PRICED)
    }
  })

  test('changes no ETag, and a browser that has the response gets 304', async () => {
    const server = await keepingServerOf(database)
    const etags = [await get(server, RUBIO), await get(server, RUBIO)].map(({ headers }) => headers.get('etag'))
    expect(etags).toEqual([expect.stringMatching(/^W\/"/), etags[0]])
    const again = await get(server, RUBIO, { 'if-none-match': etags[0] as string })
    expect([again.status, again.headers.get('etag')]).toEqual([304, etags[0]])
  })

  test('is in a response with errors, and in one that is refused because of it', async () => {
    const server = serverOf(database)
    const failed = await answer(
      await post(server, { query: '{ people(first: 1000) { nodes { name } } about { version } }' }),
    )
    expect([failed.errors?.length, failed.extensions]).toEqual([1, { cost: expect.any(Number) }])
    const query =
      '{ people(first: 100) { nodes { meetings(first: 100) { nodes { statements(first: 100) { nodes { text } } } } } } }'
    const refused = await answer(await post(server, { query }))
    expect(refused.extensions?.cost).toBeGreaterThan(DEFAULT_LIMITS.cost)
    expect(refused.errors?.[0]?.message).toContain(`costs ${refused.extensions?.cost}`)
  })

  test('follows the variables, also where the response cache has results for others', async () => {
    const server = await keepingServerOf(database)
    const people = 'query ($first: Int) { people(first: $first) { nodes { name } } }'
    const costs: unknown[] = []
    for (const first of [1, 50, 1, 50]) costs.push(await costOf(server, people, { first }))
    expect(costs).toEqual([202, 251, 202, 251])
  })

  test('leaves a plugin free to add to the extensions of each response', async () => {
    const plugin: Plugin = {
      onResultProcess({ result }) {
        const { extensions } = result as { extensions: Record<string, unknown> }
        extensions['trace'] = 'x'
      },
    }
    const server = await keepingServerOf(database, { plugins: [plugin] })
    for (let i = 0; i < 3; i++) {
      expect(await answer(await post(server, RUBIO))).toEqual({ ...PRICED, extensions: { cost: 201, trace: 'x' } })
    }
  })

  test('is recorded with the request, cached or not', async () => {
    const costs: number[] = []
    const plugin: Plugin<RequestContext, RequestContext> = {
      onResponse: ({ serverContext }) => void costs.push(serverContext.exchange.cost),
    }
    const server = await keepingServerOf(database, { plugins: [plugin as unknown as Plugin] })
    for (let i = 0; i < 3; i++) await post(server, RUBIO)
    expect(costs).toEqual([201, 201, 201])
  })
})

test('people with positions, days in office and citations, 100 at once, cost little enough', async () => {
  const citations = 'citations { exact reference source { title slug } }'
  const positions = `positions { title slug tenure { label } country { code } attested { when { label } ${citations} } ${citations} }`
  const cost = await costOf(serverOf(database), `{ people(first: 100) { nodes { name ${positions} } } }`)
  expect(cost).toBeLessThan(0.8 * DEFAULT_LIMITS.cost)
})

test('what each page asks costs at most two thirds of the limit', async () => {
  const costs = new Map<string, number>()
  const plugin: Plugin<RequestContext, RequestContext> = {
    onResultProcess({ result, serverContext }) {
      const { extensions } = result as { extensions?: { cost?: number } }
      const operation = serverContext.exchange.operation ?? 'unnamed'
      costs.set(operation, Math.max(costs.get(operation) ?? 0, extensions?.cost ?? Number.POSITIVE_INFINITY))
    },
  }
  const server = serverOf(database, { plugins: [plugin as unknown as Plugin] })
  const files = [...(await readdir('src/pages')), ...(await readdir('src/pages/lists')).map((name) => `lists/${name}`)]
  const records: Record<string, string> = {
    '/agreements/:slug': '/agreements/india-us-trade-agreement-2026',
    '/countries/:code': '/countries/IN',
    '/meetings/:slug': '/meetings/critical-minerals-ministerial-2026-02',
    '/organizations/:slug': '/organizations/daijiworld',
    '/people/:slug': '/people/marco-rubio',
    '/relations/:codes': '/relations/IN-US',
    '/sources/:slug': '/sources/daijiworld-2026-02-05',
    '/statements/:slug': '/statements/jaishankar-strong-momentum',
    '/topics/:slug': '/topics/trade',
    '/visits/:slug': '/visits/jaishankar-united-states-2026-02',
    '/search': '/search?q=trade',
  }
  let pages = 0
  for (const file of files.filter((name) => name.endsWith('.tsx'))) {
    const path = /^ {2}path: '(.*)',$/m.exec(await readFile(`src/pages/${file}`, 'utf8'))?.[1]
    if (!path) continue
    pages += 1
    await server.fetch(`http://localhost${records[path] ?? path}`, { headers: { accept: 'text/html' } })
  }
  const most = [...costs].filter(([, cost]) => cost > (2 / 3) * DEFAULT_LIMITS.cost)
  expect([pages > 15, costs.size > 14, most]).toEqual([true, true, []])
})
