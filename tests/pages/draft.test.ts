import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKey } from '../../src/access/keys.ts'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { parseBundle } from '../../src/bundle/reading/parse.ts'
import type { Database } from '../../src/database/open.ts'
import { NOTHING_KNOWN } from '../../src/importers/csv/known.ts'
import {
  accept,
  addStatement,
  type Draft,
  drop,
  factsOf,
  finished,
  linkPerson,
  mergeWithNext,
  rangeOf,
  setKind,
  setSource,
  setSpeaker,
  split,
  stretch,
} from '../../src/pages/assets/draft/draft.ts'
import { draftOf } from '../../src/reading/draft/draft.ts'
import { readArticle } from '../../src/reading/read.ts'
import { ask, post, type Server, serverOf } from '../api/ask.ts'
import { bytesOf, problemsOf } from '../fixtures.ts'
import { openEmpty } from '../support.ts'

const ARTICLE = `New Delhi, March 3: Indian Foreign Minister Asha Varma met French Foreign Minister Luc Moreau on Tuesday 🤝.

“We agreed on a roadmap for solar energy. The first plant will open next year,” Varma said after the talks. She said that the two countries would sign an agreement in May.

Moreau said the visit was “a good start”. He told reporters that France would send a delegation.
`

const draft = (text = ARTICLE): Draft => ({
  text,
  bundle: draftOf(readArticle(text, { published: '2026-03-03' }), { source: 'paper', known: NOTHING_KNOWN }),
  accepted: [],
})

const statement = ({ bundle }: Draft, words: string) => {
  const found = bundle.statements?.find(({ text }) => text.includes(words))
  if (!found) throw new Error(`no statement has ${words}: ${bundle.statements?.map(({ text }) => text).join(' | ')}`)
  return found
}
const speakerOf = (of: Draft, words: string) => statement(of, words).speakers
const words = ({ text }: Draft, { citations = [] }: ReturnType<typeof statement>) => {
  const points = [...text]
  const { start, end } = rangeOf(points, citations[0])
  return points.slice(start, end).join('')
}

describe('a draft that a person checks', () => {
  it('lists facts with doubts first, each group in the order of the text', () => {
    const facts = factsOf(draft())
    const doubtful = facts.filter(({ doubts }) => doubts.length > 0)
    expect(doubtful.length).toBeGreaterThan(0)
    expect(facts.slice(0, doubtful.length)).toEqual(doubtful)
    for (const { start, end } of facts) expect(end).toBeGreaterThan(start)
  })

  it('loses the doubts of an accepted fact only', () => {
    const before = draft()
    const [fact] = factsOf(before)
    if (!fact) throw new Error('expected a fact')
    const after = accept(before, fact)
    const left = (of: Draft) => factsOf(of).filter(({ doubts }) => doubts.length > 0).length
    expect(left(after)).toBe(left(before) - 1)
    expect(JSON.stringify(after.bundle)).not.toContain(fact.doubts[0])
  })

  it('loses what refers to a dropped fact', () => {
    const before = draft()
    const meeting = factsOf(before).find(({ kind }) => kind === 'meetings')
    if (!meeting) throw new Error('expected a meeting')
    const after = drop(before, meeting)
    expect(after.bundle.meetings).toEqual([])
    expect(JSON.stringify(after.bundle.statements)).not.toContain(meeting.record.slug)
  })

  it('changes the speaker of the statements that were read as the same person, too', () => {
    const before = draft()
    const after = setSpeaker(before, statement(before, 'would sign').slug, 'luc-moreau')
    expect(speakerOf(after, 'would sign')).toEqual([{ person: 'luc-moreau' }])
    expect(speakerOf(after, 'solar energy')).toEqual([{ person: 'asha-varma' }])
    const unnamed = setSpeaker(before, statement(before, 'would sign').slug, null)
    expect(statement(unnamed, 'would sign')).toMatchObject({ speakers: [], attribution: 'not named' })
  })

  it('has the words of a kind of quotation', () => {
    const before = draft()
    const { slug } = statement(before, 'a good start')
    const direct = setKind(before, slug, 'DIRECT')
    expect(statement(direct, 'a good start')).toMatchObject({
      quotation: 'DIRECT',
      text: 'a good start',
      quoted: ['a good start'],
    })
    expect(statement(setKind(direct, slug, 'REPORTED'), 'a good start')).toMatchObject({
      quotation: 'REPORTED',
      quoted: [],
    })
  })

  it('extends and shortens the words of a statement by sentences', () => {
    const before = draft()
    const { slug, text } = statement(before, 'would sign')
    const longer = stretch(stretch(before, slug, 1), slug, 1)
    const extended = longer.bundle.statements?.find((one) => one.slug === slug)
    expect(extended?.text.length).toBeGreaterThan(text.length)
    expect(words(longer, extended as never)).toBe(extended?.citations?.[0]?.exact)
  })

  it('is split between sentences, and joined again', () => {
    const before = draft()
    const { slug } = statement(before, 'solar energy')
    const parts = split(before, slug)
    const texts = parts.bundle.statements?.filter((one) => one.slug.startsWith(slug)).map(({ text }) => text)
    expect(texts).toEqual(['We agreed on a roadmap for solar energy.', 'The first plant will open next year'])
    const joined = mergeWithNext(parts, slug)
    expect(joined.bundle.statements?.length).toBe(before.bundle.statements?.length)
    expect(statement(joined, 'solar energy').text).toContain('open next year')
  })

  it('gets a statement from selected words, with the speaker of the one before', () => {
    const before = draft()
    const start = [...ARTICLE.slice(0, ARTICLE.indexOf('France would send'))].length
    const { draft: after, slug } = addStatement(before, start, start + 'France would send a delegation'.length)
    const added = after.bundle.statements?.find((one) => one.slug === slug)
    expect(added).toMatchObject({
      quotation: 'REPORTED',
      text: 'France would send a delegation',
      speakers: [{ person: 'luc-moreau' }],
    })
    expect(words(after, added as never)).toBe('France would send a delegation')
  })

  it('names a known person in all facts', () => {
    const after = linkPerson(draft(), 'asha-varma', { slug: 'a-varma', name: 'Asha Varma' })
    expect(JSON.stringify(after.bundle)).not.toContain('"asha-varma"')
    expect(after.bundle.people).toContainEqual({ slug: 'a-varma', name: 'Asha Varma' })
  })
})

describe('the service', () => {
  let database: Database
  let server: Server
  let bearer: Record<string, string>
  beforeAll(async () => {
    database = await openEmpty('PGlite')
    bearer = { authorization: `Bearer ${(await createKey(database, { name: 'editor', scope: 'edit' })).key}` }
    server = serverOf(database, { responseCacheBytes: 10_000_000 })
  })
  afterAll(() => database.close())

  const QUERY = 'query ($text: String!, $source: String) { draftArticle(text: $text, source: $source) { text bundle } }'

  it('drafts the facts of an article, which load once a person has accepted them', async () => {
    const { data } = await ask(server, QUERY, { text: ARTICLE, source: 'paper' })
    let checked: Draft = { ...(data as { draftArticle: Draft }).draftArticle, accepted: [] }
    const unchecked = parseBundle(bytesOf(finished(checked)))
    const problems = await problemsOf(() => loadBundle(database, unchecked))
    expect(problems.length).toBeGreaterThan(0)
    for (const fact of factsOf(checked)) checked = accept(checked, fact)
    checked = setSource(checked, { title: 'Ministers meet', url: 'https://paper.example/1' })
    await loadBundle(database, parseBundle(bytesOf(finished(checked))))
    expect(await database.prisma.statement.count()).toBe(checked.bundle.statements?.length)
  })

  it('refuses what is no article', async () => {
    const { errors } = await ask(server, QUERY, { text: 'Nul \0' })
    expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT')
    for (const [text, message] of [
      ['a '.repeat(20_001), '`text`: expected at most 40000 characters, got 40002'],
      [`<html>${'<b>'.repeat(66_667)}`, '`text`: expected at most 200000 characters, got 200007'],
    ]) {
      const refused = await post(server, { query: QUERY, variables: { text } }, bearer)
      expect((await refused.json()).errors?.[0]?.message).toBe(message)
    }
    expect((await ask(server, QUERY, { text: ARTICLE, source: 'No slug' })).errors?.[0]?.message).toBe(
      '`source`: expected a slug of a-z, 0-9 and -, got No slug',
    )
  })

  it('needs a key if the request comes from elsewhere, or through a proxy', async () => {
    const http = server.createHttpServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    const { port } = http.address() as AddressInfo
    const statusWith = async (headers: Record<string, string>) => {
      const options = { port, method: 'POST', path: '/graphql' }
      const sent = request({
        ...options,
        headers: { host: `localhost:${port}`, 'content-type': 'application/json', ...headers },
      })
      sent.end(JSON.stringify({ query: QUERY, variables: { text: ARTICLE } }))
      const [response] = await once(sent, 'response')
      response.resume()
      return response.statusCode
    }
    expect(await statusWith({})).toBe(200)
    for (const headers of [
      { 'x-forwarded-for': '203.0.113.9' },
      { forwarded: 'for=203.0.113.9' },
      { via: '1.1 proxy' },
      { 'x-real-ip': '203.0.113.9' },
      { host: 'evil.example' },
    ]) {
      expect(await statusWith(headers)).toBe(401)
    }
    http.close()
    http.closeAllConnections()
  })

  it('says on the page what its form expects, and shows the article as text only', async () => {
    const page = (fields?: Record<string, string>) =>
      server.fetch('http://localhost/draft', {
        headers: { accept: 'text/html', ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }) },
        ...(fields && { method: 'POST', body: String(new URLSearchParams(fields)) }),
      })
    expect((await page()).status).toBe(200)
    const refused = await page({ article: ARTICLE, published: 'March' })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('published: expected a day as YYYY-MM-DD, got “March”')
    const read = await page({ article: `${ARTICLE}<script>alert(1)</script>"'` })
    expect(read.status).toBe(200)
    const html = await read.text()
    expect(html).toContain('asha-varma')
    expect(html).not.toContain('<script>alert')
  })
})
