import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { type Server, serverOf } from '../api/ask.ts'
import { bundleWith, load, visit } from '../fixtures.ts'
import { openEmpty, openSeeded } from '../support.ts'

const getFrom = async (server: Server, path: string) => {
  const response = await server.fetch(`http://localhost${path}`, { headers: { accept: 'text/html' } })
  const html = await response.text()
  const text = html.replace(/<(head|svg)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '')
  return { status: response.status, html, text: text.replaceAll('&quot;', '"') }
}

describe('with the article of the seed', () => {
  let database: Database
  let server: Server
  beforeAll(async () => {
    database = await openSeeded('PGlite')
    server = serverOf(database)
  })
  afterAll(async () => await database.close())

  test.each([
    ['a misspelt name', 'jaishankr', '<a href="people/s-jaishankar"'],
    ['a country', 'india', '<a href="countries/IN"'],
    ['words in quotation marks in the source', '“strong momentum”', '1 citation has these words'],
    ['what kind of quotation a statement is', 'strong momentum', '</svg> Statement, mixed'],
    ['a pasted sentence', 'External Affairs Minister S. Jaishankar on Thursday', 'In the words of a source'],
    ['nothing, and names that start alike', 'jaizzzzqq xyzzy', '<a href="people/s-jaishankar"'],
    ['what the words of a search can be', '', 'How to search'],
    ['signs alone', '"" & <b> \\ %', 'Nothing has these words'],
    ['a text longer than a name', 'x'.repeat(3_000), 'Nothing has these words'],
  ])('a search shows %s', async (_, query, expected) => {
    const { status, html } = await getFrom(server, `/search?${new URLSearchParams({ q: query })}`)
    expect(status).toBe(200)
    expect(html).toContain(expected)
    expect(html).not.toContain('<b> ')
  })

  test('a search counts each kind, and can show only one', async () => {
    const all = await getFrom(server, '/search?q=jaishankar')
    expect(all.text).toContain('Everything1 person')
    const people = await getFrom(server, '/search?q=jaishankar&kind=person')
    expect(people.text).toContain('Results1 record')
    expect(people.html).toContain('<b class="hit">Jaishankar</b>')
  })

  test.each([
    ['/search?q=india&kind=planet', 400],
    ['/search?q=india&after=x', 400],
    ['/relations?country=Atlantis', 400],
    ['/relations?after=x', 400],
    ['/people?after=x', 400],
    [`/people?starts=${'x'.repeat(101)}`, 400],
    ['/sources?words=%00', 200],
  ])('%s has the status %s', async (path, status) => {
    expect((await getFrom(server, path)).status).toBe(status)
  })

  test.each([
    ['/relations', '1 pair of states', 'href="relations/IN-US"'],
    ['/relations?country=Bharat', 'The relations of India', 'href="relations/IN-US"'],
    ['/people', '5 people', 'href="people/s-jaishankar"'],
    ['/people?starts=jai', 'External Affairs Minister', 'href="people/s-jaishankar"'],
    ['/topics', '36 subjects', 'href="topics/bilateral-relations"'],
    ['/topics?starts=bil', 'Bilateral relations', 'href="topics/bilateral-relations"'],
    ['/sources', '1 document', 'href="sources/daijiworld-2026-02-05"'],
    ['/sources?words=minister', '1 source has', 'href="sources/daijiworld-2026-02-05"'],
  ])('%s shows “%s”', async (path, words, link) => {
    const { html, text } = await getFrom(server, path)
    expect(text).toContain(words)
    expect(html).toContain(link)
  })
})

test('the start page of an empty database says how to fill it', async () => {
  const database = await openEmpty('PGlite')
  const server = serverOf(database)
  expect((await getFrom(server, '/')).text).toContain('Nothing is imported yet')
  expect((await getFrom(server, '/relations')).text).toContain('No facts are recorded.')
  await database.close()
})

test('the words of a visit are shown without its title, which stands above them', async () => {
  const database = await openEmpty('PGlite')
  await load(database, bundleWith({ visits: [visit({ title: 'The long tour', description: 'A tour by train.' })] }))
  const { text } = await getFrom(serverOf(database), '/search?q=long+train')
  expect([text.match(/long tour/g)?.length, text.match(/A tour by train/g)?.length]).toEqual([1, 1])
  await database.close()
})
