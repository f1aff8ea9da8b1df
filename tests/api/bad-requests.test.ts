import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { openSeeded } from '../support.ts'
import { type Answer, GRAPHQL, get, keepingServerOf, post, problemsOf, type Server, serverOf } from './ask.ts'

const QUERY = '{ __typename }'
const BY_SLUG = 'query ($slug: String!) { person(slug: $slug) { name } }'

let database: Database
let server: Server
beforeAll(async () => {
  database = await openSeeded('PGlite')
  server = serverOf(database)
})
afterAll(async () => await database.close())

/** The status of a response, and the codes and messages of its errors. */
async function refusalIn(response: Response): Promise<unknown[]> {
  const answer = (await response.json()) as Answer
  expect(answer.data).toBeUndefined()
  return [response.status, ...problemsOf(answer).flat()]
}

describe.each(['application/json', 'application/graphql-response+json'])('a client that accepts %s', (accept) => {
  test.each([
    ['', 'request body: expected JSON: Unexpected end of JSON input'],
    ['{', expect.stringMatching(/^request body: expected JSON: /)],
    ['null', 'request body: expected a JSON object, got null'],
    ['"x"', 'request body: expected a JSON object, got string'],
    ['5', 'request body: expected a JSON object, got number'],
    [[], 'request body: expected one JSON object, got an array; batched requests are not supported'],
    [
      [{ query: QUERY }, { query: QUERY }],
      'request body: expected one JSON object, got an array; batched requests are not supported',
    ],
    [{}, 'parameter query: expected a GraphQL document, or the id of one in documentId'],
    [{ query: null }, 'parameter query: expected a GraphQL document, or the id of one in documentId'],
    [{ query: 5 }, 'parameter query: expected a string, got number'],
    [{ query: [QUERY] }, 'parameter query: expected a string, got array'],
    [{ query: QUERY, variables: [] }, 'parameter variables: expected an object, got array'],
    [{ query: QUERY, variables: '{}' }, 'parameter variables: expected an object, got string'],
    [{ query: QUERY, operationName: {} }, 'parameter operationName: expected a string, got object'],
    [{ query: QUERY, extensions: true }, 'parameter extensions: expected an object, got boolean'],
    [{ documentId: 5 }, 'parameter documentId: expected a string, got number'],
    [
      { query: QUERY, ids: [] },
      'request body: expected the parameters query, operationName, variables, extensions, documentId; got "ids"',
    ],
    [
      `{"query":"{__typename}","__proto__":{}}`,
      expect.stringMatching(/^request body: expected the parameters .* got "__proto__"$/),
    ],
  ])('is refused the body %j with what was expected', async (body, message) => {
    expect(await refusalIn(await post(server, body, { accept }))).toEqual([400, 'BAD_REQUEST', message])
  })

  test.each([
    [{ variables: '{' }, expect.stringMatching(/^parameter variables: expected JSON: /)],
    [{ variables: 'bad' }, expect.stringMatching(/^parameter variables: expected JSON: /)],
    [{ variables: '[]' }, 'parameter variables: expected an object, got array'],
    [{ variables: '5' }, 'parameter variables: expected an object, got number'],
    [{ extensions: '{' }, expect.stringMatching(/^parameter extensions: expected JSON: /)],
  ])('is refused the URL with %j with what was expected', async (params, message) => {
    const response = await get(server, { query: QUERY, ...params } as Record<string, string>, { accept })
    expect(await refusalIn(response)).toEqual([400, 'BAD_REQUEST', message])
  })

  test('is refused variables that are nested thousands of levels deep', async () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
    const refused = [400, 'TOO_COMPLEX', expect.stringContaining('nested deeper')]
    for (const levels of [100, 10_000, 45_000]) {
      const response = await post(server, `{"query":"${QUERY}","variables":{"x":${deep(levels)}}}`, { accept })
      expect(await refusalIn(response)).toEqual(refused)
    }
    const variables = `{"x":${deep(2_000)}}`
    expect(await refusalIn(await get(server, { query: QUERY, variables }, { accept }))).toEqual(refused)
    const extensions = await post(server, `{"query":"${QUERY}","extensions":{"x":${deep(45_000)}}}`, { accept })
    expect(await extensions.json()).toEqual({ data: { __typename: 'Query' }, extensions: { cost: 1 } })
  })

  test.each(['-1', '1.5', 'x', '1'.repeat(20)])(
    'is refused the data version %s with what was expected',
    async (version) => {
      const response = await post(server, { query: QUERY }, { accept, 'x-data-version': version })
      const message = 'header x-data-version: expected a whole number, as in about { dataVersion }'
      expect(await refusalIn(response)).toEqual([400, 'BAD_REQUEST', message])
    },
  )

  test('is refused other content types with the one that is expected', async () => {
    const expected = [415, 'UNSUPPORTED_MEDIA_TYPE', 'header content-type: expected application/json, in UTF-8']
    for (const type of ['text/plain', 'application/xml', 'application/json; charset=utf-16', 'application/graphql']) {
      const response = await post(server, { query: QUERY }, { accept, 'content-type': type })
      expect(await refusalIn(response)).toEqual(expected)
    }
    const compressed = await post(server, { query: QUERY }, { accept, 'content-encoding': 'gzip' })
    expect((await refusalIn(compressed))[0]).toBe(415)
  })
})

test('media types are compared without regard to case', async () => {
  for (const type of ['APPLICATION/JSON', 'Application/Json; Charset=UTF-8', 'application/json;charset="utf-8"']) {
    const response = await post(server, { query: QUERY }, { 'content-type': type, accept: 'Application/JSON' })
    expect([type, response.status, await response.json()]).toEqual([
      type,
      200,
      { data: { __typename: 'Query' }, extensions: { cost: 1 } },
    ])
  }
  const page = await server.fetch(GRAPHQL, { headers: { accept: 'TEXT/HTML' } })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
})

test('a client that accepts no JSON is refused before its operation is executed', async () => {
  const query = vi.spyOn(database.pool, 'query')
  for (const accept of ['image/png', 'text/html', 'application/json;q=0', 'application/json; charset=latin1']) {
    const response = await post(server, { query: '{ about { dataVersion } }' }, { accept })
    expect([response.status, response.headers.get('content-type')]).toEqual([406, 'application/json; charset=utf-8'])
    expect(await refusalIn(response)).toEqual([
      406,
      'NOT_ACCEPTABLE',
      'header accept: expected application/graphql-response+json or application/json, in UTF-8',
    ])
  }
  expect(query).not.toHaveBeenCalled()
  query.mockRestore()
  for (const accept of ['*/*', 'application/*', 'image/png, application/json;q=0.1', '']) {
    expect((await post(server, { query: QUERY }, { accept })).status).toBe(200)
  }
})

test.each([
  ['application/json;q=0.5, application/graphql-response+json;q=0.9', 'application/graphql-response+json'],
  ['application/graphql-response+json;q=0.5, application/json;q=0.9', 'application/json'],
  ['application/graphql-response+json; Q=0.1, application/json', 'application/json'],
  ['application/graphql-response+json;q=0, application/json;q=0.2', 'application/json'],
  ['application/json;q=0, */*;q=0.1', 'application/graphql-response+json'],
  ['*/*;q=0.5, application/graphql-response+json', 'application/graphql-response+json'],
  ['application/json;q=0.5, */*', 'application/graphql-response+json'],
  ['application/graphql-response+json;q=0.7, application/json;q=0.7', 'application/graphql-response+json'],
  ['*/*;q=0.8', 'application/json'],
  ['application/json;q=nonsense, application/graphql-response+json;q=0.1', 'application/graphql-response+json'],
  ['application/graphql-response+json, application/json', 'application/graphql-response+json'],
])('a client that accepts %s gets %s', async (accept, type) => {
  for (const response of [
    await post(server, { query: QUERY }, { accept }),
    await get(server, { query: QUERY }, { accept }),
  ]) {
    expect([response.status, response.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`])
    expect(await response.json()).toEqual({ data: { __typename: 'Query' }, extensions: { cost: 1 } })
  }
})

test('an empty operation name, empty variables and empty extensions are treated as absent', async () => {
  const posted = await post(server, { query: `query Named ${QUERY}`, operationName: '' })
  expect([posted.status, await posted.json()]).toEqual([
    200,
    { data: { __typename: 'Query' }, extensions: { cost: 1 } },
  ])
  const got = await get(server, { query: QUERY, operationName: '', variables: '', extensions: '' })
  expect([got.status, await got.json()]).toEqual([200, { data: { __typename: 'Query' }, extensions: { cost: 1 } }])
  const two = await post(server, { query: `query A ${QUERY} query B ${QUERY}`, operationName: '' })
  expect(two.status).toBe(400)
})

test('a query whose URL ends like that of another route is a query', async () => {
  const url = `${GRAPHQL}?query={__typename}%23/health`
  for (const suffix of ['', '&x=/health', '&x=/ready']) {
    const response = await server.fetch(url + suffix)
    expect(await response.json()).toEqual({ data: { __typename: 'Query' }, extensions: { cost: 1 } })
  }
})

const apq = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } })
const value = (type: string, field: string, v: unknown) => [
  { query: `query ($v: ${type}) { ${field} { __typename } }`, variables: { v } },
]

describe.each(['without a cache', 'with a cache'])('900 kB of hostile input to a server %s', (name) => {
  let http: HttpServer
  let url: string
  beforeAll(async () => {
    const app = name === 'with a cache' ? await keepingServerOf(database) : server
    http = app.createHttpServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`
  })
  afterAll(() => {
    http.close()
    http.closeAllConnections()
  })

  /** Runs of `x` are how tests recognize their input in a response. */
  const echoed = (text: string) => text.match(/x/g)?.length ?? 0
  const word = 'x'.repeat(900_000)
  const short = 'x'.repeat(90_000)

  test.each<[string, object | string]>([
    ['a name that is a syntax error', { query: `{ a ${word}! }` }],
    ['a short one', { query: `{ a ${short}! }` }],
    ['a field', { query: `{ ${short} }` }],
    ['an argument', { query: `{ person(${short}: 1) { name } }` }],
    ['a type', { query: `query ($a: ${short}) { __typename }` }],
    ['a type that is not much too long', { query: `query ($a: ${'x'.repeat(201)}) { __typename }` }],
    ['a fragment', { query: `{ ...${short} }` }],
    ['a directive', { query: `{ __typename @${short} }` }],
    ['an alias of what conflicts', { query: `{ ${short}: __typename ${short}: about { version } }` }],
    ['a literal', { query: `{ people(first: "${short}") { totalCount } }` }],
    ['a literal of a scalar of ours', { query: `{ country(code: "${short}") { name } }` }],
    ['a literal enum value', { query: `{ meetings(filter: { kinds: [${short}] }) { totalCount } }` }],
    ['an operation name', { query: QUERY, operationName: word }],
    ['a cursor', { query: `{ people(after: "${short}") { totalCount } }` }],
    ['a variable of a wrong type', { query: BY_SLUG, variables: { slug: [word] } }],
    ...value('Int', 'people(first: $v)', word).map((body): [string, object] => ['an integer', body]),
    ...value('CountryCode!', 'country(code: $v)', word).map((body): [string, object] => ['a country code', body]),
    ...value('String', 'people(after: $v)', word).map((body): [string, object] => ['a cursor in a variable', body]),
    [
      'an unknown field of an input',
      { query: 'query ($f: PersonFilter) { people(filter: $f) { totalCount } }', variables: { f: { [word]: 1 } } },
    ],
    [
      'many enum values',
      {
        query: 'query ($f: MeetingFilter) { meetings(filter: $f) { totalCount } }',
        variables: { f: { kinds: Array(2_000).fill('x'.repeat(400)) } },
      },
    ],
    [
      'many aliases of fields that fail',
      {
        query: `{ ${Array.from({ length: 250 }, (_, i) => `${'x'.repeat(300)}${i}: node(id: "bad", first: 1) { id }`).join(' ')} }`,
      },
    ],
    ['many unknown fields', { query: `{ ${Array.from({ length: 300 }, (_, i) => `x${i}`).join(' ')} }` }],
    ['a parameter', { query: QUERY, [word]: 1 }],
    ['a document id', { documentId: word }],
    ['a hash', { extensions: apq(word) }],
    ['a hash beside a document', { query: QUERY, extensions: apq(`sha256:${word}`) }],
    ['a body that is no JSON', word],
    ['a body that is a string', JSON.stringify(word)],
  ])('as %s gets an error with at most 200 characters of it', async (_name, body) => {
    for (let i = 0; i < 2; i++) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const text = await response.text()
      expect(text.length).toBeLessThan(20_000)
      const { errors = [] } = JSON.parse(text) as Answer
      expect(errors.length).toBeGreaterThan(0)
      for (const error of errors) {
        expect(echoed(error.message)).toBeLessThanOrEqual(200)
        expect(error.extensions?.['code']).not.toBe('INTERNAL_SERVER_ERROR')
      }
    }
  })
})
