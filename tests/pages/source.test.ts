import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { ask, type Server, serverOf } from '../api/ask.ts'
import { attended, bundleWith, citation, load, meeting, source, TEXT } from '../fixtures.ts'
import { openEmpty, openSeeded } from '../support.ts'

const BROWSER = { accept: 'text/html' }
const htmlOf = async (server: Server, path: string) =>
  await (await server.fetch(`http://localhost${path}`, { headers: BROWSER })).text()

/** What the marks of a page contain, and where each leads. */
const marksOf = (html: string) =>
  [...html.matchAll(/<a href="#(facts-[\d-]+)"[^>]*><mark>([^<]*)<\/mark>/g)].map(([, to, words]) => [to, words])

test('a source without its text shows its excerpts in reading order, and that nothing could be checked', async () => {
  const database = await openSeeded('PGlite')
  const html = await htmlOf(serverOf(database), '/sources/daijiworld-2026-02-05')
  await database.close()
  expect(html).toContain('<span class="bracket">[</span>External Affairs Minister')
  expect(html).toContain('They can be checked after the text is attached')
  const places = [...html.matchAll(/<article class="cited" id="p(\d+)-(\d+)"/g)].map(([, start]) => Number(start))
  expect(places.length).toBeGreaterThan(20)
  expect(places).toEqual([...places].sort((one, other) => one - other))
  expect(html).toContain('href="../statements/jaishankar-strong-momentum"')
})

describe('a source with its text', () => {
  let database: Database
  let server: Server
  const minister = '𝔄da Meer, minister of India'
  beforeAll(async () => {
    database = await openEmpty('PGlite')
    server = serverOf(database)
    // One more than a page has.
    const citations = [citation('met', { source: 'register' })]
    const crowd = Array.from({ length: 100 }, (_, i) =>
      meeting({ slug: `crowd-${i}`, title: `Crowd ${i}.`, citations }),
    )
    await load(
      database,
      bundleWith({
        sources: [source({ title: 'The <two> meet' }), source({ slug: 'register' }), source({ slug: 'quoted' })],
        meetings: [
          meeting({
            citations: [citation(`${minister}, met Bo`)],
            participations: [attended('ada', { citations: [citation(minister), citation('India, met Bo Ødegård')] })],
          }),
          ...crowd,
          meeting({
            slug: 'quoted',
            citations: [{ ...citation('minister of India, met Bo Ødegård', { source: 'quoted' }), exact: 'met' }],
          }),
        ],
      }),
    )
  })
  afterAll(async () => await database.close())

  test('marks overlapping passages, each leading to its facts, and shows the rest of the text unchanged', async () => {
    const html = await htmlOf(server, '/sources/gazette')
    const start = [...TEXT.slice(0, TEXT.indexOf(minister))].length
    const outer = `facts-${start}-${start + 35}`
    const [first = '', second = ''] = [`facts-${start}-${start + 27}`, `facts-${start + 22}-${start + 43}`]
    expect(marksOf(html)).toEqual([
      [outer, '𝔄da Meer, minister of '],
      [second, 'India'],
      [second, ', met Bo'],
      [second, ' Ødegård'],
    ])
    for (const id of [outer, first, second]) expect(html).toContain(`id="${id}"`)
    const words = /<div class="words"[^>]*>([\s\S]*?)<\/div>/.exec(html)?.[1]?.replace(/<[^>]*>/g, '')
    expect(TEXT.startsWith(words?.trim() ?? '?')).toBe(true)
    expect(html).toContain('The &lt;two&gt; meet')
    expect(html).toContain('stand at their place in the stored text')
  })

  test('marks the quoted words of a passage stronger than the words around them', async () => {
    const html = await htmlOf(server, '/sources/quoted')
    const marks = [...html.matchAll(/class="(to-facts[^"]*)"[^>]*><mark>([^<]*)</g)].map(([, kind, words]) => [
      kind,
      words,
    ])
    expect(marks).toEqual([
      ['to-facts is-around', 'minister of India, '],
      ['to-facts', 'met'],
      ['to-facts is-around', ' Bo Ødegård'],
    ])
  })

  test('has the map of the cited places as an SVG file', async () => {
    const response = await server.fetch('http://localhost/sources/gazette.svg')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    const svg = await response.text()
    expect(svg).toContain('<title>The &lt;two&gt; meet: where it is cited</title>')
    expect(svg.match(/<rect [^>]*class="fill-faint is-out"/g)).toHaveLength(3)
  })

  test('pages through more citations than a page has, forwards and back', async () => {
    const path = '/sources/register'
    const linkOf = (html: string, rel: string) =>
      new RegExp(`href="([^"]*)" rel="${rel}"`).exec(html)?.[1]?.replaceAll('&amp;', '&')
    const countOf = (html: string) => new Set(html.match(/Crowd \d+\./g)).size
    const first = await htmlOf(server, path)
    expect([countOf(first), linkOf(first, 'prev')]).toEqual([99, undefined])
    const second = await htmlOf(server, `${path}${linkOf(first, 'next')}`)
    expect([countOf(second), linkOf(second, 'next')]).toEqual([1, undefined])
    const again = await htmlOf(server, `${path}${linkOf(second, 'prev')}`)
    expect([countOf(again), linkOf(again, 'prev')]).toEqual([99, undefined])
  })

  test.each([
    ['?from=abc', 400],
    ['?from=99999999999', 400],
    ['?after=x', 400],
    ['?from=1000000', 200],
    ['?until=x', 200],
  ])('%s has the status %s', async (query, status) => {
    const response = await server.fetch(`http://localhost/sources/gazette${query}`, { headers: BROWSER })
    expect(response.status).toBe(status)
  })

  test('counts citations in parts of the text, also in more parts than it has characters', async () => {
    const density = async (parts: number) =>
      await ask(server, `{ source(slug: "gazette") { density(parts: ${parts}) { start end citations } } }`)
    const length = [...TEXT].length
    expect(await density(1)).toMatchObject({
      data: { source: { density: [{ start: 0, end: length, citations: 3 }] } },
    })
    const { data } = (await density(1_000)) as { data: { source: { density: { citations: number }[] } } }
    expect(data.source.density).toHaveLength(length)
    expect(data.source.density.flatMap(({ citations }, i) => (citations > 0 ? [i] : []))).toEqual([20, 42])
    expect(await density(0)).toMatchObject({ errors: [{ message: '`parts`: expected 1 to 1000, got 0' }] })
  })
})
