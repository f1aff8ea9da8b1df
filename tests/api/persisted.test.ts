import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { persistedDocuments } from '../../src/generated/client/persisted-documents.ts'
import { readManifest } from '../../src/server/persisted-documents.ts'
import { openSeeded } from '../support.ts'
import { type Answer, get, keepingServerOf, post, problemsOf, type Server, serverOf, sqlOf } from './ask.ts'

const RUBIO = '{ person(slug: "marco-rubio") { name } }'
const ANSWER = { data: { person: { name: 'Marco Rubio' } }, extensions: { cost: 201 } }
const BY_SLUG = 'query ($slug: String!) { person(slug: $slug) { name } }'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const apq = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } })
const extensions = (text: string) => JSON.stringify(apq(sha256(text)))

let database: Database
let server: Server
beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(async () => await database.close())

/** The status of a response, and its answer or the codes of its errors. */
async function told(response: Response): Promise<unknown[]> {
  const answer = (await response.json()) as Answer
  return [response.status, answer.errors ? problemsOf(answer).map(([code]) => code) : answer]
}

describe('an automatic persisted query', () => {
  beforeAll(() => {
    server = serverOf(database)
  })

  test('is unknown until a POST request brings its document and hash', async () => {
    const unknown = await get(server, { extensions: extensions(RUBIO) }, { accept: 'application/json' })
    expect([unknown.headers.get('cache-control'), unknown.status]).toEqual(['no-store', 200])
    expect(problemsOf((await unknown.json()) as Answer)).toEqual([
      ['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'],
    ])
    expect(await told(await post(server, { extensions: apq(sha256(RUBIO)) }))).toEqual([
      404,
      ['PERSISTED_QUERY_NOT_FOUND'],
    ])
    expect(await told(await post(server, { query: RUBIO, extensions: apq(sha256(RUBIO)) }))).toEqual([200, ANSWER])
    expect(await told(await get(server, { extensions: extensions(RUBIO) }))).toEqual([200, ANSWER])
    expect(await told(await post(server, { extensions: apq(sha256(RUBIO)) }))).toEqual([200, ANSWER])
  })

  test('is known after a GET request brought its document and hash', async () => {
    const asked = { extensions: extensions(BY_SLUG), variables: '{"slug":"marco-rubio"}' }
    expect(await told(await get(server, { ...asked, query: BY_SLUG }))).toEqual([200, ANSWER])
    expect(await told(await get(server, asked))).toEqual([200, ANSWER])
    const nobody = { ...asked, variables: '{"slug":"nobody"}' }
    expect(await told(await get(server, nobody))).toEqual([200, { data: { person: null }, extensions: { cost: 201 } }])
  })

  test('is refused if the hash belongs to another document, and is not stored', async () => {
    const other = '{ about { version } }'
    expect(await told(await post(server, { query: RUBIO, extensions: apq(sha256(other)) }))).toEqual([
      400,
      ['BAD_USER_INPUT'],
    ])
    expect(await told(await get(server, { extensions: extensions(other) }))).toEqual([
      404,
      ['PERSISTED_QUERY_NOT_FOUND'],
    ])
    expect(await told(await post(server, { query: RUBIO, extensions: apq('sha256:nonsense') }))).toEqual([
      400,
      ['BAD_USER_INPUT'],
    ])
  })

  test('with half of a surrogate pair does not replace a document of the same hash', async () => {
    const good = '{ a: __typename } #\ufffd'
    const hash = sha256(good)
    const halved = good.replace('\ufffd', '\ud800')
    expect(sha256(halved)).toBe(hash)
    expect(await told(await post(server, { query: good, extensions: apq(hash) }))).toEqual([
      200,
      { data: { a: 'Query' }, extensions: { cost: 1 } },
    ])
    expect(await told(await post(server, { query: halved, extensions: apq(hash) }))).toEqual([400, ['BAD_USER_INPUT']])
  })

  test('without a hash is an ordinary query', async () => {
    const none = [apq(5), apq(sha256(RUBIO), 2), { persistedQuery: null }, { persistedQuery: 'x' }, {}, null]
    for (const extensions of none) {
      expect(await told(await post(server, { query: RUBIO, extensions }))).toEqual([200, ANSWER])
      expect(await told(await post(server, { extensions }))).toEqual([400, ['BAD_REQUEST']])
    }
  })

  test('is removed after many others were sent', async () => {
    const long = (i: number) => `{ about { version } } # ${i} ${'x'.repeat(99_000)}`
    for (let i = 0; i < 50; i++) await post(server, { query: long(i), extensions: apq(sha256(long(i))) })
    expect(await told(await post(server, { extensions: apq(sha256(long(0))) }))).toEqual([
      404,
      ['PERSISTED_QUERY_NOT_FOUND'],
    ])
    expect((await told(await post(server, { extensions: apq(sha256(long(49))) })))[0]).toBe(200)
  })

  test('that costs too much is refused each time', async () => {
    const dear =
      '{ people(first: 100) { nodes { meetings(first: 100) { nodes { topics { name slug } title slug id } } } } }'
    for (const query of [dear, undefined]) {
      const answer = await post(server, { ...(query && { query }), extensions: apq(sha256(dear)) })
      expect(await told(answer)).toEqual([400, ['TOO_COMPLEX']])
    }
  })
})

describe('a persisted document', () => {
  const manifest = { 'rubio-1': RUBIO, [sha256(BY_SLUG)]: BY_SLUG, broken: '{', ['__proto__']: '{ __typename }' }
  beforeAll(async () => {
    server = serverOf(database, { persistedDocuments: manifest })
  })

  test('of the client is found by its id, by GET and by POST, and by its hash', async () => {
    expect(Object.keys(persistedDocuments)).toHaveLength(4)
    for (const [documentId, text] of Object.entries(persistedDocuments)) {
      expect(documentId).toBe(`sha256:${sha256(text)}`)
      expect(parse(text).definitions[0]).toBeDefined()
      const variables = { slug: 's-jaishankar' }
      const [byGet, byPost, byHash] = [
        await told(await get(server, { documentId, variables: JSON.stringify(variables) })),
        await told(await post(server, { documentId, variables })),
        await told(await post(server, { extensions: apq(documentId.slice('sha256:'.length)), variables })),
      ]
      expect(byGet).toEqual([200, { data: expect.any(Object), extensions: { cost: expect.any(Number) } }])
      expect([byPost, byHash]).toEqual([byGet, byGet])
    }
  })

  test('of an operator is found by its id, with or without the prefix of a hash', async () => {
    const variables = '{"slug":"marco-rubio"}'
    for (const documentId of ['rubio-1', sha256(BY_SLUG), `sha256:${sha256(BY_SLUG)}`]) {
      expect(await told(await get(server, { documentId, variables }))).toEqual([200, ANSWER])
    }
    expect(await told(await get(server, { documentId: 'broken' }))).toEqual([400, ['GRAPHQL_PARSE_FAILED']])
  })

  test('of another id is not found', async () => {
    for (const documentId of ['', 'nothing', `sha256:${sha256(RUBIO)}`, 'toString', 'constructor', ' rubio-1']) {
      expect(await told(await post(server, { documentId }))).toEqual([404, ['PERSISTED_DOCUMENT_NOT_FOUND']])
    }
    expect(await told(await post(server, { documentId: 5 }))).toEqual([400, ['BAD_REQUEST']])
  })

  test('is answered from memory when it is requested again', async () => {
    const keeping = await keepingServerOf(database, { persistedDocuments: manifest })
    const ask = async () => await told(await get(keeping, { documentId: 'rubio-1' }))
    expect(await ask()).toEqual([200, ANSWER])
    expect(await sqlOf(ask)).toEqual([])
  })
})

describe('a manifest', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bilateral-manifest-'))
  })
  afterAll(async () => await rm(folder, { recursive: true }))

  test('is read, or refused with the name of the file', async () => {
    const file = join(folder, 'documents.json')
    await writeFile(file, JSON.stringify({ 'rubio-1': RUBIO }))
    expect(await readManifest(file)).toEqual({ 'rubio-1': RUBIO })
    for (const [content, message] of [
      ['[]', 'expected a JSON object with documents by id'],
      ['{"a":{"body":"{ a }"}}', 'expected a JSON object with documents by id'],
      ['{', 'JSON'],
    ] as const) {
      await writeFile(file, content)
      const refused = expect.objectContaining({ name: 'UserError', message: expect.stringContaining(message) })
      await expect(readManifest(file)).rejects.toThrow(refused)
    }
    await expect(readManifest(join(folder, 'nothing.json'))).rejects.toThrow(/^cannot use .*nothing.json as PERSISTED/)
  })
})

describe('a service that accepts persisted documents only', () => {
  const others = '{ __typename }'
  beforeAll(async () => {
    server = await keepingServerOf(database, {
      persistedDocuments: { rubio: RUBIO },
      persistedDocumentsOnly: true,
    })
  })

  test('answers documents of the operator and of the client package, by their id, hash or text', async () => {
    expect(await told(await post(server, { documentId: 'rubio' }))).toEqual([200, ANSWER])
    expect(await told(await get(server, { documentId: 'rubio' }))).toEqual([200, ANSWER])
    expect(await told(await post(server, { query: RUBIO }))).toEqual([200, ANSWER])
    const [[id = '', document = ''] = []] = Object.entries(persistedDocuments)
    for (const request of [{ documentId: id }, { query: document }]) {
      const [status, codes] = await told(await post(server, request))
      // Its variables are missing.
      expect([status, codes]).not.toEqual([403, ['PERSISTED_DOCUMENT_REQUIRED']])
    }
  })

  test.each<[string, () => Promise<Response>]>([
    ['as text by POST', () => post(server, { query: others })],
    ['as text by GET', () => get(server, { query: others })],
    ['with its hash', () => post(server, { query: others, extensions: apq(sha256(others)) })],
    ['with its hash by GET', () => get(server, { query: others, extensions: extensions(others) })],
    ['with the id of another', () => post(server, { query: others, documentId: 'rubio' })],
    ['that differs by a space', () => post(server, { query: `${RUBIO} ` })],
    ['for introspection', () => post(server, { query: '{ __schema { queryType { name } } }' })],
    [
      'with an accepted one beside it',
      () => post(server, { query: `query A ${RUBIO} query B ${others}`, operationName: 'A' }),
    ],
  ])('refuses another document %s', async (_how, send) => {
    for (let i = 0; i < 2; i++) expect(await told(await send())).toEqual([403, ['PERSISTED_DOCUMENT_REQUIRED']])
    const [, codes] = await told(await post(server, { extensions: apq(sha256(others)) }))
    expect(codes).toEqual(['PERSISTED_QUERY_NOT_FOUND'])
  })

  test('shows its pages', async () => {
    const response = await server.fetch('http://localhost/people/marco-rubio', { headers: { accept: 'text/html' } })
    expect([response.status, (await response.text()).includes('Marco Rubio')]).toEqual([200, true])
  })
})
