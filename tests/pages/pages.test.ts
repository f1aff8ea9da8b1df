import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { withdrawFacts } from '../../src/bundle/corrections/withdraw.ts'
import type { Database } from '../../src/database/open.ts'
import { dataOf, keepingServerOf, type Server, serverOf } from '../api/ask.ts'
import { agreement, attended, bundleWith, load, meeting, person, statement, topic, visit } from '../fixtures.ts'
import { openEmpty, openSeeded } from '../support.ts'
import { BROWSER, getFrom, textOf } from './get.ts'

describe('with the article of the seed', () => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded('PGlite')
    server = serverOf(database)
  })
  afterAll(async () => await database.close())
  const get = async (path: string, headers?: Record<string, string>) => await getFrom(server, path, headers)

  test.each([
    ['/', 'Who met whom, and whose words say so'],
    ['/relations/IN-US', '1 visit and 3 meetings'],
    ['/meetings/critical-minerals-ministerial-2026-02', 'one day of 2–4 February 2026'],
    ['/visits/jaishankar-united-states-2026-02', 'External Affairs Minister'],
    ['/agreements/india-us-trade-agreement-2026', 'In negotiation, 5 February 2026.'],
    ['/sources/daijiworld-2026-02-05', 'Its text is not stored'],
    ['/countries/IN', '1 visit from India is recorded, none to it.'],
    ['/organizations/daijiworld', '1 source that it published'],
    ['/topics/critical-minerals', 'about it or a narrower topic.'],
    ['/people/s-jaishankar', 'External Affairs Minister of India on 5 February 2026.'],
    ['/statements/jaishankar-strong-momentum', '… on Thursday said a “strong momentum” is clearly visible …'],
  ])('%s shows “%s” without a script', async (path, words) => {
    const response = await get(path)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const html = await response.text()
    expect(textOf(html)).toContain(words)
    expect(html).toContain(`<link rel="canonical" href="http://localhost${path}"/>`)
    expect(html).toMatch(/<title>[^<]+<\/title><meta name="description" content="[^"]+"\/>/)
    expect(html).toMatch(/<meta property="og:title" content="[^"]+"\/>/)
    // Everything comes from this service, at paths relative to the page.
    expect(html).not.toMatch(/\s(style|on\w+)="|<style|<script(?![^>]* src="(\.\.\/)*assets\/)/)
    expect(html).not.toMatch(/(src|action)="(\/|http)|href="\//)
  })

  test('what the relation page shows equals what the API responds', async () => {
    const path = '/relations/IN-US'
    const html = await (await get(path)).text()
    const file = await (await get(`${path}.json`)).json()
    const link = /href="\.\.\/graphql\?([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    const asked = new URLSearchParams(link)
    const variables = JSON.parse(asked.get('variables') ?? '')
    const data = (await dataOf(server, asked.get('query') ?? '', variables)) as typeof file
    // The file has all entries, the page the first ones.
    const { entries }: { entries: { title: string; __typename: string; citations: { exact: string }[] }[] } =
      data.relation.timeline
    expect(file.relation.timeline.entries.slice(0, entries.length)).toEqual(entries)
    file.relation.timeline = data.relation.timeline
    expect(file).toEqual(data)
    const text = textOf(html)
    for (const { title, __typename, citations } of entries) {
      if (__typename !== 'Statement') expect(text).toContain(title)
      for (const { exact } of citations) expect(text).toContain(exact)
    }
    expect(html.match(/<article /g)).toHaveLength(entries.length)
  })

  test('the next page of a timeline continues where the first ends', async () => {
    const idsOf = (html: string) => [...html.matchAll(/<article class="[^"]*" id="([^"]*)"/g)].map(([, id]) => id)
    const ids: (string | undefined)[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const html = await (await get(`/relations/IN-US${next}`)).text()
      ids.push(...idsOf(html))
      next = /href="(\?[^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(ids).toHaveLength(33)
    expect(new Set(ids).size).toBe(33)
  })

  test('a relation has one address, whatever the order and the case of its codes', async () => {
    for (const [path, location] of [
      ['/relations/US-IN', '../relations/IN-US'],
      ['/relations/us-in?order=oldest', '../relations/IN-US?order=oldest'],
      ['/relations/us-in.csv', '../relations/IN-US.csv'],
    ]) {
      const { status, headers } = await get(path as string)
      expect([path, status, headers.get('location')]).toEqual([path, 301, location])
    }
  })

  test.each([
    '/nothing',
    '/nothing/at/all',
    '/meetings/nobody-met',
    '/meetings/Not%20a%20slug',
    '/relations/IN-IN',
    '/relations/IN-XX',
    '/relations/India',
    '/relations/%ff',
    '//',
    '//evil.example/..',
  ])('%s is a page that says that nothing is there', async (path) => {
    const response = await get(path)
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store'])
    const html = await response.text()
    expect(html).toContain('Nothing is recorded here')
    expect(html).not.toContain('rel="canonical"')
  })

  test('a program gets errors as JSON', async () => {
    const missing = await get('/meetings/nobody-met.json')
    expect([missing.status, await missing.json()]).toEqual([
      404,
      { errors: [{ message: 'nothing at /meetings/nobody-met', extensions: { code: 'NOT_FOUND' } }] },
    ])
    const wrong = await get('/relations/IN-US?after=here', { accept: 'application/json' })
    expect([wrong.status, (await wrong.json()).errors[0].extensions]).toEqual([400, { code: 'BAD_USER_INPUT' }])
    expect(textOf(await (await get('/relations/IN-US?after=here')).text())).toContain('`after`')
  })

  test('the same address has the data of its query as JSON, and its rows as CSV', async () => {
    const path = '/meetings/critical-minerals-ministerial-2026-02'
    const bySuffix = await get(`${path}.json`, { accept: '*/*' })
    expect(bySuffix.headers.get('content-type')).toBe('application/json; charset=utf-8')
    const data = await bySuffix.json()
    expect(data.meeting).toMatchObject({ title: 'Critical Minerals Ministerial', kind: 'MINISTERIAL' })
    expect(await (await get(path, { accept: 'application/json' })).json()).toEqual(data)
    const csv = await get(`${path}.csv`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toBe(
      'attachment; filename="meetings-critical-minerals-ministerial-2026-02.csv"',
    )
    expect((await csv.text()).split('\n', 2)[1]).toMatch(
      /^S\. Jaishankar,PARTICIPANT,External Affairs Minister,CERTAIN,India,/,
    )
    expect((await (await get('/index.json')).json()).about).toBeDefined()
    expect(await (await get('/index.csv')).text()).toContain('India – United States,IN-US,1,3,27')
  })

  test('a page is not sent again while it is the same', async () => {
    const { headers } = await get('/relations/IN-US')
    expect(headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
    expect(headers.get('vary')).toBe('accept, accept-encoding')
    const again = await get('/relations/IN-US', { ...BROWSER, 'if-none-match': headers.get('etag') ?? '' })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('pages allow nothing inline and nothing from other hosts', async () => {
    for (const path of ['/', '/relations/IN-US', '/nothing']) {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      )
      expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
        'nosniff',
        'same-origin',
      ])
    }
  })

  test('assets are compressed and never change; scripts for the first view have at most 60 kB', async () => {
    const html = await (await get('/relations/IN-US')).text()
    const urls = [...html.matchAll(/(?:href|src)="\.\.(\/assets\/[^"]*)"/g)].map(([, url]) => url as string)
    expect(urls.map((url) => url.replace(/-\w+\./, '.'))).toEqual([
      '/assets/icon.svg',
      '/assets/style.css',
      '/assets/main.js',
    ])
    for (const url of urls) {
      for (const encoding of ['br', 'gzip']) {
        const { status, headers } = await get(url, { 'accept-encoding': encoding })
        expect([url, status, headers.get('content-encoding')]).toEqual([url, 200, encoding])
        expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      }
      expect(Number((await get(url, { 'accept-encoding': 'br' })).headers.get('content-length'))).toBeLessThan(60_000)
    }
    for (const name of ['manifest.json', 'other.js', '..%2Fmanifest.json'])
      expect((await get(`/assets/${name}`)).status).toBe(404)
  })

  test('a page is read from the response cache, like any query', async () => {
    const keeping = await keepingServerOf(database)
    const first = await (await getFrom(keeping, '/relations/IN-US')).text()
    const { status, headers } = await getFrom(keeping, '/relations/IN-US', { ...BROWSER, 'accept-encoding': 'br' })
    expect([status, headers.get('content-encoding')]).toEqual([200, 'br'])
    expect(await (await getFrom(keeping, '/relations/IN-US')).text()).toBe(first)
  })
})

describe('with facts of other kinds', () => {
  let database: Database
  let server: Server
  const SCRIPT = '<script>alert("1")</script>'

  beforeAll(async () => {
    database = await openEmpty('PGlite')
    server = serverOf(database)
    await load(
      database,
      bundleWith({
        topics: [{ ...topic('trade'), name: SCRIPT }],
        organizations: [{ slug: 'union', name: SCRIPT, kind: 'ALLIANCE' }],
        people: [person('ada', { name: SCRIPT }), person('bo', { name: 'بو أوديغور' })],
        visits: [visit({ title: `=${SCRIPT}`, from: 'IN', participations: [attended('ada')] })],
        meetings: [
          meeting({
            title: SCRIPT,
            place: `" onload="${SCRIPT}`,
            participations: [attended('ada', { representing: 'IN' }), attended('bo', { representing: 'IT' })],
          }),
        ],
        statements: [
          statement({
            quotation: 'MIXED',
            text: `${SCRIPT} said “Trade first 🚢”.`,
            meeting: 'town-hall',
            topics: ['trade'],
          }),
        ],
        agreements: [agreement({ title: SCRIPT })],
      }),
    )
  })
  afterAll(async () => await database.close())

  test.each([
    '/',
    '/relations/IN-IT',
    '/meetings/town-hall',
    '/visits/tour',
    '/agreements/pact',
    '/statements/trade-first',
    '/people/ada',
    '/topics/trade',
    '/organizations/union',
    '/countries/IN',
  ])('names of sources cannot become elements or attributes of %s', async (path) => {
    const html = await (await getFrom(server, path)).text()
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('" onload="')
    if (path !== '/') expect(html).toContain('&lt;script&gt;')
  })

  test('a spreadsheet does not run what a source says', async () => {
    const csv = await (await getFrom(server, '/relations/IN-IT.csv')).text()
    expect(csv).not.toMatch(/(^|,)=/m)
  })

  test('quoted words of a mixed statement are inside quotation marks, once', async () => {
    const html = await (await getFrom(server, '/statements/trade-first')).text()
    expect(html).toContain('said <q>Trade first 🚢</q>.')
  })

  test('the page of a withdrawn record begins with why it was withdrawn', async () => {
    const records = { meetings: 'town-hall', statements: 'trade-first', visits: 'tour', agreements: 'pact' }
    await withdrawFacts(database, Object.values(records), { reason: 'It never took place.' })
    for (const [folder, slug] of Object.entries(records)) {
      const text = textOf(await (await getFrom(server, `/${folder}/${slug}`)).text())
      expect(text).toMatch(/Withdrawn on \d+ \w+ \d{4}: It never took place\. It no longer counts\./)
    }
  })
})

test('a database that does not answer is a page that says so, and when to try again', async () => {
  const database = await openEmpty('PGlite')
  const server = serverOf(database)
  const connect = vi.spyOn(database.pool, 'connect').mockImplementation(async () => {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' })
  })
  try {
    const response = await getFrom(server, '/relations/IN-US')
    const { status, headers } = response
    expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([503, '5', 'no-store'])
    expect(textOf(await response.text())).toContain('This page is not available now')
    const json = await getFrom(server, '/relations/IN-US.json')
    expect([json.status, (await json.json()).errors[0].extensions]).toEqual([503, { code: 'UNAVAILABLE' }])
    expect(connect).toHaveBeenCalled()
  } finally {
    connect.mockRestore()
    await database.close()
  }
})
