import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../src/database/open.ts'
import { tabs } from '../src/server/playground/tabs.ts'
import { dataOf, serverOf, sqlOf, type Server as Yoga } from './api/ask.ts'
import { openSeeded } from './support.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-encoding': 'gzip, deflate, br, zstd' }
const TITLES = ['Analyst', 'FactChecker', 'Historian', 'Developer', 'DataEditor', 'Operator']

let database: Database
let yoga: Yoga

beforeAll(async () => {
  database = await openSeeded('PGlite')
  yoga = serverOf(database)
})
afterAll(async () => await database.close())

const get = async (path: string, headers: Record<string, string> = BROWSER) =>
  await yoga.fetch(`http://localhost${path}`, { headers })

describe('a default tab', () => {
  test('is there for each user of the design, titled by its operation', () => {
    expect(tabs.map(({ query }) => /^query (\w+)/m.exec(query)?.[1])).toEqual(TITLES)
  })

  test('begins with comments that fit into the editor', () => {
    for (const { query } of tabs) {
      const [comment = ''] = query.split('\n\n')
      expect(comment).toMatch(/^# For the .*(\n#.*)+$/)
      expect(comment).not.toMatch(/.{59}/)
    }
  })

  test.each([
    [
      'Analyst',
      6,
      { relation: { timeline: { totalCount: 33 }, agreements: { nodes: [{ status: 'IN_NEGOTIATION' }] } } },
    ],
    ['FactChecker', 4, { locate: { nodes: [{ fact: { quotation: 'MIXED', quoted: ['strong momentum'] } }] } }],
    ['Historian', 2, { visits: { nodes: [{ participations: [{ positionCertainty: 'CERTAIN' }] }] } }],
    ['Developer', 2, { statements: { pageInfo: { hasNextPage: true } }, node: { name: 'S. Jaishankar' } }],
    ['DataEditor', 5, { source: { citations: { totalCount: 89 } }, topics: { totalCount: 36 } }],
    ['Operator', 2, { about: { facts: { meetings: 3, statements: 27 } } }],
  ])('answers the %s from the article with %i SQL statements', async (title, statements, answer) => {
    const { query = '', variables = '{}' } = tabs[TITLES.indexOf(title)] ?? {}
    let data: Record<string, { nodes?: unknown[]; edges?: unknown[] }> = {}
    const sql = await sqlOf(async () => {
      data = await dataOf(yoga, query, JSON.parse(variables))
    })
    expect(data).toMatchObject(answer)
    for (const value of Object.values(data)) expect(value?.nodes ?? value?.edges ?? value).not.toEqual([])
    expect(sql).toHaveLength(statements)
  })
})

describe('the page', () => {
  test('is for browsers only', async () => {
    expect((await get('/graphql')).headers.get('content-type')).toBe('text/html; charset=utf-8')
    const answer = await get('/graphql?query={__typename}', { accept: 'application/json' })
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' }, extensions: { cost: 1 } })
  })

  test('is where its address with a slash redirects a browser', async () => {
    const response = await get('/graphql/')
    expect(response.status).toBe(302)
    expect(new URL(response.headers.get('location') ?? '', 'http://localhost/graphql/').pathname).toBe('/graphql')
  })

  test('allows only its own files, and no embedding in other pages', async () => {
    const { headers } = await get('/graphql')
    const policy = new Map(
      headers
        .get('content-security-policy')
        ?.split('; ')
        .map((directive) => directive.split(/ (.*)/) as [string, string]),
    )
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('script-src')).toBe("'self'")
    expect(policy.get('connect-src')).toBe("'self'")
    expect(policy.get('frame-ancestors')).toBe("'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(await (await get('/graphql', { accept: 'text/html' })).text()).not.toMatch(/(src|href)="?(https?:)?\/\//)
  })

  test('is revalidated each time, and not sent again', async () => {
    const { headers } = await get('/graphql')
    expect(headers.get('cache-control')).toBe('no-cache')
    expect(headers.get('vary')).toBe('accept, accept-encoding')
    const etag = headers.get('etag') ?? ''
    for (const tags of [etag, `"other", ${etag.replace('W/', '')}`, '*']) {
      const again = await get('/graphql', { ...BROWSER, 'if-none-match': tags })
      expect(again.status).toBe(304)
      expect(again.headers.get('etag')).toBe(etag)
      expect(await again.text()).toBe('')
    }
    expect((await get('/graphql', { ...BROWSER, 'if-none-match': '"other"' })).status).toBe(200)
  })
})

describe('the assets', () => {
  const assetsOf = async () => {
    const page = await (await get('/graphql', { accept: 'text/html' })).text()
    return [...new Set(page.match(/graphql\/assets\/[\w.-]+/g))].map((url) => `/${url}`)
  }

  test('are cached permanently, and compressed to less than 2.5 MB', async () => {
    let size = 0
    const assets = await assetsOf()
    expect(assets).toHaveLength(6)
    for (const asset of assets) {
      const { status, headers, body } = await measured(asset, 'br')
      expect({ asset, status }).toEqual({ asset, status: 200 })
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(headers.get('content-type')).toMatch(/^text\/(javascript|css); charset=utf-8$/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      size += body.byteLength
    }
    expect(size).toBeLessThan(2_500_000)
  })

  test('have the encoding that the browser accepts', async () => {
    for (const asset of await assetsOf()) {
      const plain = await measured(asset, 'identity')
      expect(plain.headers.get('content-encoding')).toBeNull()
      const br = await measured(asset, 'gzip;q=0.5, BR')
      expect(br.headers.get('content-encoding')).toBe('br')
      expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true)
      const gzip = await measured(asset, 'gzip, br;q=0')
      expect(gzip.headers.get('content-encoding')).toBe('gzip')
      expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true)
    }
  })

  test('are the only ones served', async () => {
    for (const name of ['', 'start.js', '%2e%2e%2fstart.js', 'graphiql-0000000000000000.js']) {
      expect((await get(`/graphql/assets/${name}`, { accept: '*/*' })).status).toBe(404)
    }
  })

  async function measured(asset: string, encoding: string) {
    const response = await get(asset, { accept: '*/*', 'accept-encoding': encoding })
    const body = Buffer.from(await response.arrayBuffer())
    expect(response.headers.get('content-length')).toBe(String(body.byteLength))
    return { status: response.status, headers: response.headers, body }
  }
})
