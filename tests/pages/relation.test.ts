import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { dataOf, type Server, serverOf } from '../api/ask.ts'
import { bundleWith, citation, load, position, visit } from '../fixtures.ts'
import { openEmpty, openSeeded } from '../support.ts'

const get = async (server: Server, path: string) =>
  await server.fetch(`http://localhost${path}`, { headers: { accept: 'text/html' } })

const textOf = (html: string) =>
  html
    .replace(/<(head|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'")

/** The rows of the table with this caption. */
const tableOf = (html: string, caption: string) => {
  const table = html.split('<table').find((part) => part.includes(`>${caption}</caption>`)) ?? ''
  return [...(table.split('</table>')[0] ?? '').matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell),
  )
}

type Counted = Record<string, number>

type RelationData = Readonly<Record<string, { readonly totalCount: number }>> & {
  readonly activity: readonly Counted[]
  readonly people: readonly (Counted & { readonly person: { readonly name: string } })[]
  readonly topics: readonly { readonly count: number; readonly topic: { readonly name: string } }[]
}

interface PageData {
  readonly relation: {
    readonly timeline: {
      readonly totalCount: number
      readonly entries: readonly unknown[]
      readonly pageInfo: { readonly hasNextPage: boolean }
    }
  }
}

describe('the relation of the seed', () => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded('PGlite')
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  test.each([
    ['', 'null', 'null'],
    ['?from=2026-02&to=2026&topic=trade', '{ from: "2026-02-01", to: "2026-12-31" }', '["trade"]'],
  ])('its chart, filters, people and topics at “%s” equal what the API responds', async (query, during, topics) => {
    const html = await (await get(server, `/relations/IN-US${query}`)).text()
    const [head = [], ...shown] = tableOf(html, 'Number of facts by period')
    // Months are for short periods and for the last years, in which the facts of the seed are not for ever.
    const granularity = shown[0]?.[0]?.includes('-') ? 'MONTH' : 'YEAR'
    expect(query === '' || granularity === 'MONTH').toBe(true)
    const kinds = { visit: 'VISIT', meeting: 'MEETING', statement: 'STATEMENT', agreement: 'AGREEMENT_EVENT' }
    const { relation } = (await dataOf(
      server,
      `{ relation(between: ["IN", "US"]) {
        activity(by: ${granularity}, during: ${during}, topics: ${topics}) {
          period toUs: visitsTo(country: "US") meetings toIndia: visitsTo(country: "IN") statements agreementEvents
        }
        ${Object.entries(kinds)
          .map(
            ([name, kind]) =>
              `${name}: timeline(kinds: [${kind}], during: ${during}, topics: ${topics}) { totalCount }`,
          )
          .join('\n')}
        timeline(during: ${during}, topics: ${topics}) { totalCount }
        people(first: 24, during: ${during}, topics: ${topics}) { person { name } visits meetings statements first last }
        topics(first: 12, during: ${during}) { count topic { name } }
      } }`,
    )) as { relation: RelationData }
    const rows = relation.activity
      .map(({ period, toUs, meetings, toIndia, statements, agreementEvents }) =>
        [period, toUs, meetings, toIndia, statements, agreementEvents].map(String),
      )
      .filter((row) => row.slice(1).some((count) => count !== '0'))
    // Lanes without any fact are left out, but those of visits and meetings always stand.
    const isShown = [true, true, true, true, ...[4, 5].map((i) => rows.some((row) => row[i] !== '0'))]
    expect(head).toHaveLength(isShown.filter(Boolean).length)
    expect(shown).toEqual(rows.map((row) => row.filter((_, i) => isShown[i])))

    for (const name of Object.keys(kinds)) {
      const count = new RegExp(`value="${name}"[^>]*/><span>[^<]*<span class="soft">(\\d+)`).exec(html)?.[1]
      expect([name, count]).toEqual([name, String(relation[name]?.totalCount)])
    }
    expect(textOf(html)).toMatch(new RegExp(`${relation['timeline']?.totalCount} (entry|entries) `))
    expect(
      tableOf(html, 'Who took part')
        .slice(1)
        .map((row) => [row[0], ...row.slice(3)]),
    ).toEqual(
      relation.people.map(({ person: { name }, visits, meetings, statements, first, last }) =>
        [name, visits, meetings, statements, first, last].map(String),
      ),
    )
    for (const { count, topic } of relation.topics)
      expect(html).toMatch(new RegExp(`<bdi>${topic.name}</bdi></label>.*?<span class="number">${count}</span>`))
  })

  test('its files have all entries of the choice, with all words, however many the page shows', async () => {
    const rowsOf = async (query: string): Promise<Record<string, string>[]> =>
      parse(await (await get(server, `/relations/IN-US.csv${query}`)).text(), { columns: true })
    const all = await rowsOf('')
    const { relation } = (await dataOf(
      server,
      '{ relation(between: ["IN", "US"]) { timeline(first: 100) { entries { ... on Statement { slug text quoted } } } } }',
    )) as { relation: { timeline: { entries: { slug?: string; text?: string; quoted?: string }[] } } }
    const { entries } = relation.timeline
    expect(entries.length).toBeGreaterThan(30)
    expect(all).toHaveLength(entries.length)
    for (const { slug, text, quoted } of entries.filter((entry) => entry.slug)) {
      const row = all.find(({ address }) => address === `http://localhost/statements/${slug}`)
      expect(row).toMatchObject({ type: 'Statement', 'title or words': text ?? quoted })
      expect(row?.['kind of quotation']).not.toBe('')
    }
    expect(new Set((await rowsOf('?kind=statement')).map(({ type }) => type))).toEqual(new Set(['Statement']))
    const json = await (await get(server, '/relations/IN-US.json?kind=statement')).json()
    const { timeline } = (json as PageData).relation
    expect([timeline.entries.length, timeline.pageInfo.hasNextPage]).toEqual([timeline.totalCount, false])
  })

  test('offices are those of the people who took part, however sources write their titles', async () => {
    const html = await (await get(server, '/relations/IN-US')).text()
    const rows = tableOf(html, 'Holders of offices').slice(1)
    expect(rows.map((row) => row.slice(0, 3))).toEqual(
      expect.arrayContaining([
        ['External Affairs Minister', 'S. Jaishankar', expect.stringContaining('named so ')],
        ['Secretary of State', 'Marco Rubio', expect.stringContaining('named so ')],
        ['President', 'Donald Trump', expect.stringContaining('named so ')],
      ]),
    )
    expect(JSON.stringify(rows)).not.toContain('date not known')
  })

  test('types and order are read from the address, and its links have them, too', async () => {
    const html = await (await get(server, '/relations/IN-US?kind=meeting&kind=visit&order=oldest&people=first')).text()
    expect(html.match(/<article /g)).toHaveLength(4)
    expect(html).toMatch(/value="meeting" checked=""/)
    expect(html).not.toMatch(/value="statement" checked=""/)
    expect(textOf(html)).toMatch(/Types: visits and meetings\. 4 of 4 entries printed/)
    expect(textOf(html)).toContain('http://localhost/relations/IN-US?kind=meeting')
    expect(html).toMatch(/href="[^"]*\.svg\?kind=meeting&amp;kind=visit&amp;order=oldest&amp;people=first"/)
  })

  test.each([
    ['from=Feb+2026', 'from: expected a year, a month or a day, such as 2026, 2026-02 or 2026-02-05, got “Feb 2026”'],
    ['to=2026-02-30', 'to: expected a year, a month or a day'],
    ['from=2030&to=2020', 'expected `from` on or before `to`'],
    ['kind=war', 'kind: expected one of visit, meeting, statement'],
    ['topic=nothing-such', 'expected the slug or ID of a known topic'],
    [`to=${'9'.repeat(4_000)}`, 'to: expected a year'],
  ])('an address with “%.20s” says what is wrong', async (query, message) => {
    for (const suffix of ['', '.svg']) {
      const response = await get(server, `/relations/IN-US${suffix}?${query}`)
      expect([suffix, response.status, await response.text()]).toEqual([suffix, 400, expect.stringContaining(message)])
    }
  })

  test('the chart is an SVG file that has its own styles and needs nothing else', async () => {
    const response = await get(server, '/relations/IN-US.svg')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /)
    const svg = await response.text()
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" .*<title>India and United States\. 1 visit and 3 meetings in 2026\.<\/title>/,
    )
    expect(svg).not.toMatch(/ (href|src)="|NaN|undefined|Infinity/)
    expect((await get(server, '/relations/AD-BT.svg')).status).toBe(404)
    expect((await get(server, '/meetings/critical-minerals-ministerial-2026-02.svg')).status).toBe(404)
  })
})

test('an office that sources name on several days has a row for each record of it', async () => {
  const database = await openEmpty('PGlite')
  const named = (on: string) =>
    position({
      slug: `ada-${on}`,
      title: 'Prime Minister',
      attested: [{ when: on, citations: [citation()] }],
    })
  await load(
    database,
    bundleWith({
      positions: ['1950-01-05', '1962-03-04'].map(named),
      visits: [visit({ from: 'IN' })],
    }),
  )
  const html = await (await get(serverOf(database), '/relations/CH-IN')).text()
  expect(tableOf(html, 'Holders of offices').slice(1)).toEqual([
    expect.arrayContaining(['named so on 5 January 1950']),
    expect.arrayContaining(['named so on 4 March 1962']),
  ])
  await database.close()
})

test('the first sentence is true for relations with much, little and nothing', async () => {
  const database = await openEmpty('PGlite')
  const server = serverOf(database)
  const from = (code: string, to: string, when: string) =>
    visit({
      slug: `${code}-${to}-${when}`
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/-$/, ''),
      from: code,
      to,
      when,
    })
  await load(
    database,
    bundleWith({
      visits: [
        from('DE', 'FR', '1962-07-02'),
        ...['1971-01-05', '1971-03-05', '1971-05-05', '1971-07-05', '1972'].map((when) => from('IT', 'US', when)),
        from('US', 'IT', '1980-06-19/1980-06-21'),
        from('BE', 'NL', '/'),
      ],
    }),
  )
  const lede = async (codes: string) =>
    textOf(
      /<div class="lede">(.*?)<\/div>/s.exec(await (await get(server, `/relations/${codes}`)).text())?.[1] ?? '',
    ).trim()
  expect(await lede('AD-BT')).toBe(
    'No source here says anything about Andorra and Bhutan. That does not mean that nothing happened between them: nobody has imported a source about it.',
  )
  expect(await lede('DE-FR')).toBe('1 visit in 1962. The visit went from Germany to France.')
  expect(await lede('IT-US')).toBe(
    '6 visits from 1971 to 1980. 5 visits went from Italy to the United States, 1 the other way, most in 1971 (4).',
  )
  expect(await lede('BE-NL')).toMatch(/^1 visit, none with a known date\./)
  await database.close()
})
