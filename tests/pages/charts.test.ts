import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { type Server, serverOf } from '../api/ask.ts'
import { agreement, bundleWith, citation, load, meeting, relationEvent, statement, visit } from '../fixtures.ts'
import { openEmpty } from '../support.ts'
import { getFrom, textOf } from './get.ts'

const citations = [citation()]

const THIS_YEAR = new Date().getUTCFullYear()

/** Visits from France to Germany, each with other words about its days. */
const WHENS = {
  'on-a-day': '1962-07-02',
  'from-day-to-day': '1962-08-02/1962-08-09',
  'on-one-of-these-days': '[1962-09-01..1962-09-20]',
  'by-this-day': '[..1962-10-20]',
  'end-not-known': '1962-11-05/',
}

describe('charts', () => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openEmpty('PGlite')
    server = serverOf(database)
    const visits = Object.entries(WHENS).map(([slug, when]) => visit({ slug, title: slug, from: 'FR', to: 'DE', when }))
    // From 1990 to 1992, each month has two.
    const many = Array.from({ length: 72 }, (_, i) => {
      const month = String(1 + (i % 12)).padStart(2, '0')
      const slug = `summit-${i}`
      return visit({ slug, title: slug, from: 'FR', to: 'DE', when: `${1990 + (Math.floor(i / 12) % 3)}-${month}-05` })
    })
    const dutch = [1990, THIS_YEAR].map((year) =>
      visit({ slug: `dutch-${year}`, from: 'BE', to: 'NL', when: `${year}-01-05` }),
    )
    const italy = [
      visit({ slug: 'tour', title: 'The tour', from: 'IN', to: 'IT', when: '2001-05-02/2001-05-05' }),
      visit({ slug: 'second-tour', title: 'The second tour', from: 'IT', to: 'IN', when: '2001-05-04' }),
    ]
    await load(
      database,
      bundleWith({
        visits: [...visits, ...many, ...dutch, ...italy],
        meetings: [
          meeting({ visit: 'tour', when: '2001-05-03', participations: represented }),
          meeting({ slug: 'elsewhere', title: 'Elsewhere', when: '2001-05-05', participations: represented }),
        ],
        statements: [statement({ said: '2001-05-03', meeting: 'town-hall', countries: ['IN', 'IT'] })],
        agreements: [
          agreement({
            events: [
              { status: 'ANNOUNCED', when: '2001-05-03', citations },
              { status: 'SIGNED', when: '[2001-06-01..2001-06-20]', citations },
            ],
          }),
        ],
        relationEvents: [relationEvent({ when: '1947-03', by: 'IT', description: 'A note was sent.' })],
      }),
    )
  })
  afterAll(async () => await database.close())
  const get = async (path: string) => await (await getFrom(server, path)).text()

  /** The lanes of the last part of a file, which has the chosen period. */
  const closer = async (query: string) =>
    (await get(`/relations/DE-FR.svg?${query}`)).split('The chosen period, closer')[1] ?? ''

  test.each([
    ['on-a-day', '07', /<rect x="-4.5"[^>]* class="fill-b narrowing">/],
    ['from-day-to-day', '08', /<rect [^>]*height="7" width="[\d.]+%" class="fill-b">/],
    ['on-one-of-these-days', '09', /<rect [^>]*fill="url\(#hatch-b\)" class="outline-b">/],
    ['by-this-day', '10', /<rect [^>]*fill="url\(#hatch-b\)" mask="url\(#fade-in\)">/],
    ['end-not-known', '11', /<rect [^>]*fill="url\(#fade-out-b\)">/],
  ])('a visit %s is drawn as what its source says', async (slug, month, mark) => {
    const chosen = `from=1962-${month}&to=1962-${month}`
    expect((await closer(chosen)).replaceAll('/>', '>').replaceAll('></rect>', '>')).toMatch(mark)
    const html = await get(`/relations/DE-FR?${chosen}`)
    expect(html).toContain(`<td dir="auto">${WHENS[slug as keyof typeof WHENS]}</td>`)
  })

  test('more facts than have room are counted by month', async () => {
    const part = await closer('from=1990&to=1992')
    expect(part).toContain('72 visits')
    expect(part.match(/narrowing/g)).toHaveLength(72)
    expect(await get('/relations/DE-FR?from=1990&to=1992')).not.toContain('>Days of facts</caption>')
  })

  test('a close-up ends with the last fact if the reader chose no end', async () => {
    const html = await get(`/relations/BE-NL?from=${THIS_YEAR}`)
    expect(textOf(html)).toContain(`1 visit in ${THIS_YEAR}.`)
    const labels = [...(html.split('Month by month')[1] ?? '').matchAll(/<text x="3" y="16">([^<]*)</g)]
    expect(labels.map(([, label]) => label)).toEqual(expect.arrayContaining([`27 Dec ${THIS_YEAR - 1}`, '5', '10']))
  })

  test('types, topics and a period narrow every number of the page', async () => {
    const html = await get('/relations/IN-IT?kind=statement')
    const text = textOf(html)
    expect(text).toContain('1 statement in 2001.')
    expect(text).toContain('Only what you chose. Period: all. Types: statements.')
    expect(text).toContain('Show all 8 entries')
    expect(html).toMatch(/<meta name="description" content="India and Italy\. 1 statement in 2001\./)
    expect(html.match(/class="register-who"/g)).toHaveLength(1)
    expect(textOf(await get('/relations/IN-IT?kind=visit&from=2001-05-04'))).toContain('2 visits.')
    expect(textOf(await get('/relations/IN-IT?from=2010'))).toContain('Nothing that is recorded fits this choice.')
  })

  test('what happened during a visit stands under it', async () => {
    const html = await get('/relations/IN-IT?order=oldest')
    const cluster = /<div class="cluster">.*?<p class="during-head">.*?<\/article><\/div><\/div>/s.exec(html)?.[0] ?? ''
    const titles = [...cluster.matchAll(/<article class="[^"]*" id="([^"]*)"/g)]
    expect(textOf(cluster)).toMatch(/The tour.*During this visit.*In the town hall.*Trade first/s)
    expect(titles).toHaveLength(3)
    expect(textOf(cluster)).not.toMatch(/second tour|Elsewhere/)
    expect(html.match(/<article /g)).toHaveLength(8)
  })

  test('an event of diplomatic relations has a page with its evidence, and entries lead to it', async () => {
    const path = '/relation-events/recognition'
    const html = await get(path)
    expect(textOf(html)).toMatch(/Recognition.*March 1947.*A note was sent\..*Recognized.*India and Italy.*Italy/s)
    expect(html).toMatch(/<details class="evidence"[^>]* open/)
    expect(await get(`${path}.csv`)).toMatch(
      /^event,kind,between,by,date,.*\nRecognition,RECOGNIZED,IN-IT,IT,1947-03,met,/,
    )
    expect(await get('/relations/IN-IT')).toContain('href="../relation-events/recognition"')
    expect(await get('/search?q=recognition')).toContain('href="relation-events/recognition"')
    expect((await getFrom(server, '/relation-events/nothing')).status).toBe(404)
  })

  test.each([
    ['/', '/index.svg', 'Facts over time'],
    ['/relations', '/relations.svg', 'Facts over time'],
    ['/relations/IN-IT', '/relations/IN-IT.svg', 'Number of facts by period'],
    ['/countries/DE', '/countries/DE.svg', 'Facts by decade'],
    ['/agreements/pact', '/agreements/pact.svg', 'Steps'],
  ])('%s has its chart as SVG and PNG, and a table of what it draws', async (path, file, caption) => {
    const html = await get(path)
    expect(html).toContain(`>${caption}</caption>`)
    expect(html).toMatch(new RegExp(`data-picture="[^"]*${file.slice(1)}"`))
    const svg = await get(file)
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" .*<title>[^<]+<\/title>/)
    expect(svg).not.toMatch(/ (href|src)="|NaN|undefined|Infinity/)
  })
})

const represented = ['ada', 'bo'].map((person, i) => ({
  person,
  role: 'PARTICIPANT' as const,
  representing: ['IN', 'IT'][i] as string,
  citations,
}))
