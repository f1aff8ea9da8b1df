import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mergePeople } from '../../src/bundle/corrections/merge.ts'
import type { Database } from '../../src/database/open.ts'
import { type Server, serverOf } from '../api/ask.ts'
import { attended, bundleWith, citation, load, meeting, person, position, visit } from '../fixtures.ts'
import { openEmpty } from '../support.ts'
import { getFrom, textOf } from './get.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
const dayIn = (month: string, day: number) => `2031-${month}-${String(day).padStart(2, '0')}`

describe('people and states', () => {
  let database: Database
  let server: Server
  const get = async (path: string) => await getFrom(server, path)
  const shown = async (path: string) => textOf(await (await get(path)).text())

  beforeAll(async () => {
    database = await openEmpty('PGlite')
    server = serverOf(database)
    const named = { attested: [{ when: '2031-05-05', citations: [citation('minister of India')] }] }
    await load(
      database,
      bundleWith({
        people: [
          person('ada', { name: 'Ada Meer', names: ['عادا مير'], wikidataId: 'Q42', born: '1999' }),
          person('bo'),
          person('cy'),
          person('cyrus', { name: 'Cyrus' }),
          person('dee'),
        ],
        positions: [
          position({ slug: 'one', ...named }),
          position({ slug: 'two', attested: [{ when: '2031-06-07', citations: [citation()] }] }),
          position({ slug: 'three', post: 'envoy', title: 'Envoy', accreditedTo: 'IT', tenure: '2020/2021-03-01' }),
          position({
            slug: 'four',
            person: 'bo',
            title: 'Minister',
            post: 'minister-of-italy',
            country: 'IT',
            tenure: '/',
          }),
        ],
        // The last visit is older than some meetings of the first page.
        visits: numbers(3).map((i) =>
          visit({ slug: `tour-${i}`, title: `Tour ${i}.`, when: dayIn('05', i), participations: [attended('ada')] }),
        ),
        meetings: numbers(25).map((i) =>
          meeting({
            slug: `talk-${i}`,
            title: `Talk ${i}.`,
            when: i === 25 ? 'XXXX' : dayIn(i > 12 ? '06' : '04', i),
            participations: [attended('ada'), attended('cyrus')],
          }),
        ),
      }),
    )
    await mergePeople(database, 'cyrus', 'cy', { force: true })
  })
  afterAll(async () => await database.close())

  test('a page says no more of an office than its sources do', async () => {
    const ada = await shown('/people/ada')
    expect(ada).toContain('Minister of India on 2 occasions between 5 May 2031 and 7 June 2031.')
    expect(ada).toContain('when the office began or ended, no source here says')
    expect(ada).toContain('1 other office is recorded.')
    expect(ada).toContain('India to Italy, 2020 – 1 March 2021')
    expect(ada).toContain('عادا مير')
    expect(ada).toContain('Q42')
    expect(await shown('/people/bo')).toContain('Minister of Italy; no source here says when.')
    expect(await shown('/people/dee')).toContain(
      'No source here names an office. No visit, meeting or statement is recorded.',
    )
  })

  test('visits and meetings are one list, and its next page continues where the first ends', async () => {
    const titlesOf = (html: string) => html.match(/(Tour|Talk) \d+\./g) ?? []
    const first = await (await get('/people/ada')).text()
    const next = /href="(\?[^"]*)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&')
    const second = await (await get(`/people/ada${next}`)).text()
    expect(second).not.toContain('rel="next"')
    const talks = (from: number, to: number) => numbers(from - to + 1).map((i) => `Talk ${from + 1 - i}.`)
    const expected = [...talks(24, 13), 'Tour 3.', 'Tour 2.', 'Tour 1.', ...talks(12, 1), 'Talk 25.']
    const inHeadings = (html: string) => titlesOf((html.match(/<h4[\s\S]*?<\/h4>/g) ?? []).join())
    expect([...inHeadings(first), ...inHeadings(second)]).toEqual(expected)
    expect(inHeadings(first)).toHaveLength(20)
  })

  test('the slug of a person who was merged redirects to the other', async () => {
    for (const [path, location] of [
      ['/people/cy', '../people/cyrus'],
      ['/people/cy.json?visits=', '../people/cyrus.json?visits='],
    ]) {
      const { status, headers } = await get(path as string)
      expect([path, status, headers.get('location')]).toEqual([path, 301, location])
    }
    expect(await shown('/people/cyrus')).toContain('25 meetings are recorded')
  })

  test('a place in a list that does not exist is an error of the address', async () => {
    for (const query of ['?visits=x', '?statements=%00', `?meetings=${'9'.repeat(3_000)}`]) {
      expect([query, (await get(`/people/ada${query}`)).status]).toEqual([query, 400])
    }
  })

  test('a state has one address, and says what is known of its visits, leaders and heads of mission', async () => {
    for (const [path, location] of [
      ['/countries/in', '../countries/IN'],
      ['/countries/ita?meetings=', '../countries/IT?meetings='],
      ['/countries/Switzerland.json', '../countries/CH.json'],
    ]) {
      const { status, headers } = await get(path as string)
      expect([path, status, headers.get('location')]).toEqual([path, 301, location])
    }
    expect((await get('/countries/atlantis')).status).toBe(404)
    expect((await get('/countries/CH?visitsTo=x')).status).toBe(400)
    expect(await shown('/countries/CH')).toContain('3 visits to Switzerland are recorded, none from it.')
    expect(await shown('/countries/FR')).toContain('No visit from or to France is recorded.')
    const italy = await shown('/countries/IT')
    expect(italy).toContain('Name of boMinister, no source says when')
    expect(italy).toContain('Sent to Italy1 head of missionAda MeerEnvoy, 2020 – 1 March 2021')
  })

  test('offices are rows with the bounds of each tenure, and a picture', async () => {
    const csv = await (await get('/people/ada.csv')).text()
    expect(csv).toMatch(/^Ada Meer,Envoy,India,Italy,2020\/2021-03-01,2020-01-01,2020-12-31,2021-03-01,2021-03-01,,/m)
    const svg = await get('/people/ada.svg')
    expect(svg.headers.get('content-type')).toBe('image/svg+xml')
    expect(await svg.text()).toMatch(/<title>Ada Meer\. Offices, .*>Envoy<.*>Met</)
    expect((await get('/people/dee.svg')).status).toBe(404)
    expect(csv).toMatch(/^Ada Meer,Minister,India,,\/,,2031-05-05,2031-05-05,,2031-05-05,/m)
  })
})
