import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { createApp } from '../../src/server/app.ts'
import { databaseKinds, openSeeded } from '../support.ts'
import { get, post, type Server } from './ask.ts'

const PERSON =
  'query Person($slug: String!, $first: Int = 1) { person(slug: $slug) { name meetings(first: $first) { totalCount } } }'
const TWO = 'query A { about { version } } query B { person(slug: "marco-rubio") { name } }'
const known = { query: PERSON, variables: { slug: 'marco-rubio' } }
const JSON_ONLY = { accept: 'application/json' }

/** The first time a question comes, Yoga answers it; from then on its document and media type are known. */
describe.each(databaseKinds)('a question that comes again is answered as the first time, on %s:', (kind) => {
  let database: Database
  let server: Server
  const lines: Record<string, unknown>[] = []
  beforeAll(async () => {
    database = await openSeeded(kind)
    server = createApp(database, pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line)) }))
  })
  afterAll(async () => await database.close())

  const told = async (response: Response) => {
    const { 'x-request-id': id, ...headers } = Object.fromEntries(response.headers)
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    return { status: response.status, headers, text: await response.text() }
  }

  const alike = async (ask: () => Promise<Response>) => {
    lines.length = 0
    const first = await told(await ask())
    for (let i = 0; i < 3; i++) expect(await told(await ask())).toEqual(first)
    const [line, ...others] = lines.map(({ operation, errors, status }) => ({ operation, errors, status }))
    expect(others).toEqual([line, line, line])
    return { ...first, line }
  }

  test.each([
    ['application/json'],
    ['application/graphql-response+json'],
    ['application/graphql-response+json, application/json;q=0.9'],
    ['*/*'],
    ['application/graphql-response+json,application/graphql+json,application/json,text/event-stream,multipart/mixed'],
  ])('to whoever accepts %s', async (accept) => {
    const { status, text, headers, line } = await alike(async () => await post(server, known, { accept }))
    expect([status, JSON.parse(text).data.person.name]).toEqual([200, 'Marco Rubio'])
    expect(headers['content-type']).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/)
    expect(line).toEqual({ operation: 'Person', status: 200 })
  })

  test.each([
    ['a variable of another type', { query: PERSON, variables: { slug: 5 } }, 400, 'BAD_USER_INPUT'],
    ['a variable that is missing', { query: PERSON }, 400, 'BAD_USER_INPUT'],
    [
      'an argument that a resolver refuses',
      { query: PERSON, variables: { slug: 'marco-rubio', first: 1000 } },
      200,
      'BAD_USER_INPUT',
    ],
    ['an operation that is not there', { query: TWO, operationName: 'C' }, 400, 'OPERATION_RESOLUTION_FAILURE'],
    ['two operations and no name', { query: TWO }, 400, 'OPERATION_RESOLUTION_FAILURE'],
    [
      'what costs too much',
      {
        query:
          '{ people(first: 100) { nodes { meetings(first: 100) { nodes { statements(first: 100) { nodes { text } } } } } } }',
      },
      400,
      'TOO_COMPLEX',
    ],
    ['a document that is not valid', { query: '{ nothing }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['another parameter', { ...known, more: 1 }, 400, 'BAD_REQUEST'],
    ['variables that are a list', { ...known, variables: ['marco-rubio'] }, 400, 'BAD_REQUEST'],
    ['a number for a document', { ...known, query: 1 }, 400, 'BAD_REQUEST'],
    [
      'a hash that is not the document’s',
      { ...known, extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } } },
      400,
      'BAD_USER_INPUT',
    ],
  ])('%s', async (_name, body, status, code) => {
    // So that the document and the media types are known.
    for (const headers of [{}, JSON_ONLY]) await post(server, known, headers)
    await post(server, { query: TWO, operationName: 'A' })
    const answer = await alike(async () => await post(server, body))
    expect(JSON.parse(answer.text).errors[0].extensions.code).toBe(code)
    expect([answer.status, answer.headers['cache-control']]).toEqual([status, 'no-store'])
    await alike(async () => await post(server, body, JSON_ONLY))
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{ "query": "{ about { version } }"'],
    ['null', 'null'],
    ['a list of questions', JSON.stringify([known, known])],
    ['a string', JSON.stringify(PERSON)],
  ])('a body that is %s', async (_name, body) => {
    await post(server, known)
    const { status } = await alike(async () => await post(server, body))
    expect(status).toBeGreaterThanOrEqual(400)
  })

  test('each of the operations of a document, with or without what is null', async () => {
    for (const name of ['B', 'A', 'B']) {
      const body = { query: TWO, operationName: name, variables: null, extensions: null }
      const { text, line } = await alike(async () => await post(server, body))
      expect([Object.keys(JSON.parse(text).data), line?.operation]).toEqual([[name === 'A' ? 'about' : 'person'], name])
    }
  })

  test('at another path, by another method, in another type', async () => {
    await post(server, known)
    const elsewhere = async (path: string, init: RequestInit) => await server.fetch(`http://localhost${path}`, init)
    const body = JSON.stringify(known)
    const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
    const { status } = await alike(async () => await elsewhere('/other', { method: 'POST', headers: json, body }))
    expect(status).toBe(404)
    const forms = { ...json, 'content-type': 'text/plain' }
    expect(
      (await alike(async () => await elsewhere('/graphql', { method: 'POST', headers: forms, body }))).status,
    ).toBe(415)
    expect((await alike(async () => await elsewhere('/graphql', { method: 'PUT', headers: json, body }))).status).toBe(
      405,
    )
    expect((await alike(async () => await get(server, { query: '{ about { version } }' }))).status).toBe(200)
  })

  test('what goes wrong here, by an id of its own each time', async () => {
    const broken = createApp(
      { ...database, pool: undefined as never, prisma: undefined as never },
      pino({ level: 'silent' }),
    )
    const ids = new Set<string>()
    await post(broken, { query: '{ about { version } __typename }' })
    await post(broken, { query: '{ __typename }' })
    for (let i = 0; i < 3; i++) {
      const { data, errors } = (await (
        await post(broken, { query: '{ __typename countries { totalCount } }' })
      ).json()) as {
        data: unknown
        errors: { message: string; extensions: { code: string; errorId: string } }[]
      }
      expect(data ?? null).toBeNull()
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL_SERVER_ERROR'])
      ids.add(errors[0]?.extensions.errorId as string)
    }
    expect(ids.size).toBe(3)
  })
})
