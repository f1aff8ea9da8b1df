import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-csl'
import '@citation-js/plugin-ris'
import jsonld from 'jsonld'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { type Server, serverOf } from '../api/ask.ts'
import { bundleWith, load, source } from '../fixtures.ts'
import { openSeeded } from '../support.ts'
import { getFrom } from './get.ts'

let database: Database
let server: Server
beforeAll(async () => {
  database = await openSeeded('PGlite')
  const awkward = source({
    slug: 'awkward', title: 'Profit & {loss}: 50% of “#1”_~\n  over two lines', url: 'https://example.org/a?b=c&d=%20e#f',
    published: '2031-05', language: 'en',
  }) // biome-ignore format: a record
  await load(database, bundleWith({ sources: [source(), awkward] }))
  server = serverOf(database)
})
afterAll(async () => await database.close())

const TITLE = '[External Affairs Minister Jaishankar’s visit to the United States, 2–4 February 2026]'

const RECORDS = [
  ['relations/IN-US', 'https://schema.org/Collection'],
  ['countries/IN', 'https://schema.org/Country'],
  ['people/s-jaishankar', 'https://schema.org/Person'],
  ['organizations/daijiworld', 'https://schema.org/Organization'],
  ['meetings/critical-minerals-ministerial-2026-02', 'https://schema.org/Event'],
  ['visits/jaishankar-united-states-2026-02', 'https://schema.org/Event'],
  ['agreements/india-us-trade-agreement-2026', 'https://schema.org/CreativeWork'],
  ['statements/jaishankar-productive-visit', 'https://schema.org/Quotation'],
  ['sources/daijiworld-2026-02-05', 'https://schema.org/CreativeWork'],
  ['topics/critical-minerals', 'https://schema.org/DefinedTerm'],
] as const

const fileOf = async (path: string): Promise<Response> => {
  const response = await getFrom(server, path, {})
  expect(response.status, path).toBe(200)
  return response
}

test.each(RECORDS)('/%s is JSON-LD that expands without a network, to a %s', async (path, type) => {
  const response = await fileOf(`/${path}.jsonld`)
  expect(response.headers.get('content-type')).toBe('application/ld+json')
  const [expanded] = await jsonld.expand(await response.json(), { documentLoader: noNetwork })
  expect(expanded).toMatchObject({ '@id': `http://localhost/${path}`, '@type': expect.arrayContaining([type]) })
  // What JSON-LD does not define, an expansion leaves out.
  const text = JSON.stringify(expanded)
  if (/^(meetings|visits|agreements|statements)/.test(path)) {
    expect(text).toContain('http://www.w3.org/ns/oa#TextQuoteSelector')
    expect(text).toContain('http://www.w3.org/ns/prov#wasDerivedFrom')
  }
})

const noNetwork = async (url: string): Promise<never> => {
  throw new Error(`${url} is on a network`)
}

test('a statement is its words, its speaker, its day and the passages that support it', async () => {
  const data = await (await fileOf('/statements/jaishankar-productive-visit.jsonld')).json()
  expect(data).toMatchObject({
    '@id': 'http://localhost/statements/jaishankar-productive-visit',
    '@type': ['Quotation', 'prov:Entity'],
    text: 'Concluded a productive and positive visit to the US. Thank Secretary Rubio for his warm hospitality',
    creator: [{ '@id': 'http://localhost/people/s-jaishankar', '@type': 'Person', name: 'S. Jaishankar' }],
    'prov:wasDerivedFrom': [{ '@id': 'http://localhost/sources/daijiworld-2026-02-05' }],
  })
  expect(data.subjectOf[0]).toMatchObject({
    '@type': 'oa:Annotation',
    'oa:motivatedBy': { '@id': 'oa:describing' },
    'oa:hasTarget': {
      'oa:hasSource': { name: TITLE, datePublished: '2026-02-05' },
      'oa:hasSelector': [{ '@type': 'oa:TextPositionSelector' }, { '@type': 'oa:TextQuoteSelector' }],
    },
  })
})

test('the sources of a page are CSL-JSON, BibTeX and RIS, which a citation processor reads as the same', async () => {
  const csl = await (await fileOf('/meetings/critical-minerals-ministerial-2026-02.csl.json')).json()
  expect(csl).toEqual([
    {
      id: 'daijiworld-2026-02-05',
      type: 'document',
      title: TITLE,
      author: [{ literal: 'Daijiworld Media Network' }],
      publisher: 'Daijiworld Media Network',
      issued: { 'date-parts': [[2026, 2, 5]] },
      URL: 'http://localhost/sources/daijiworld-2026-02-05',
      language: 'en',
    },
  ])
  const shown = new Cite(csl).format('bibliography', { format: 'text', template: 'apa', lang: 'en-US' })
  expect(shown).toBe(
    `Daijiworld Media Network. (2026). ${TITLE}. Daijiworld Media Network. http://localhost/sources/daijiworld-2026-02-05\n`,
  )
  for (const suffix of ['bib', 'ris']) {
    const text = await (await fileOf(`/meetings/critical-minerals-ministerial-2026-02.${suffix}`)).text()
    const [read] = new Cite(text).data as Record<string, unknown>[]
    expect(read, suffix).toMatchObject({
      title: TITLE,
      issued: { 'date-parts': [[2026, 2, 5]] },
      URL: 'http://localhost/sources/daijiworld-2026-02-05',
    })
    expect(JSON.stringify(read?.['author'])).toContain('Daijiworld Media Network')
  }
})

test('signs that have a meaning in these formats stay as they are, and a month has no day', async () => {
  for (const suffix of ['csl.json', 'bib', 'ris']) {
    const text = await (await fileOf(`/sources/awkward.${suffix}`)).text()
    const [read, more] = new Cite(text).data as Record<string, unknown>[]
    expect(more).toBeUndefined()
    expect(read, suffix).toMatchObject({
      title: 'Profit & {loss}: 50% of “#1”_~ over two lines',
      issued: { 'date-parts': [[2031, 5]] },
      URL: 'https://example.org/a?b=c&d=%20e#f',
    })
  }
})

test('the sources of a list, and of a relation in a period, are files, too', async () => {
  const slugs = async (path: string) => ((await (await fileOf(path)).json()) as { id: string }[]).map(({ id }) => id)
  expect(await slugs('/sources.csl.json')).toEqual(['awkward', 'daijiworld-2026-02-05', 'gazette'])
  expect(await slugs('/relations/IN-US.csl.json?from=2020&until=2027')).toEqual(['daijiworld-2026-02-05'])
})

test.each(['/nowhere/x.jsonld', '/meetings/nowhere.ris', '/search.jsonld?q=trade'])('%s is not found', async (path) => {
  expect((await getFrom(server, path, {})).status).toBe(404)
})

test('a page of a source has the tags from which reference managers read it', async () => {
  const html = await (await getFrom(server, '/sources/daijiworld-2026-02-05')).text()
  const tags = [...html.matchAll(/<meta name="((?:citation_|DC\.)[^"]*)" content="([^"]*)"/g)].map(([, ...tag]) => tag)
  expect(Object.fromEntries(tags)).toEqual({
    citation_title: TITLE,
    citation_author: 'Daijiworld Media Network',
    citation_publisher: 'Daijiworld Media Network',
    citation_publication_date: '2026/02/05',
    citation_language: 'en',
    'DC.title': TITLE,
    'DC.creator': 'Daijiworld Media Network',
    'DC.publisher': 'Daijiworld Media Network',
    'DC.date': '2026-02-05',
    'DC.language': 'en',
    'DC.identifier': 'http://localhost/sources/daijiworld-2026-02-05',
  })
  expect(html).toContain(
    '<link rel="alternate" type="application/ld+json" href="../sources/daijiworld-2026-02-05.jsonld"',
  )
})

test('/llms.txt lists the addresses of records and the tools', async () => {
  const text = await (await fileOf('/llms.txt')).text()
  for (const [path] of RECORDS) expect(text).toContain(`/${path.split('/')[0]}/`)
  expect(text).toContain('http://localhost/graphql')
})

test('a service that needs a key gives none of these files without one', async () => {
  const closed = serverOf(database, { access: { readAccess: 'key' } })
  for (const suffix of ['jsonld', 'ris', 'bib', 'csl.json']) {
    expect((await getFrom(closed, `/people/s-jaishankar.${suffix}`, {})).status).toBe(401)
  }
})
