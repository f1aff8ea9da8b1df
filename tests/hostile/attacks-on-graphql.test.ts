import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { type Answer, ask, GRAPHQL, get, keepingServerOf, post, problemsOf, type Server, serverOf } from '../api/ask.ts'
import { openSeeded } from '../support.ts'

let database: Database
let server: Server
beforeAll(async () => {
  database = await openSeeded('PGlite')
  server = await keepingServerOf(database)
})
afterAll(async () => await database.close())

const many = (count: number, each: (i: number) => string) => Array.from({ length: count }, (_, i) => each(i)).join(' ')

const introspected = (levels: number): string =>
  levels === 0 ? 'name' : `fields { type { ${introspected(levels - 1)} } }`

/** Documents that cost the server much more than the client, each with the code of its refusal. */
const OVERLOADS: Record<string, [document: string, code: string]> = {
  'aliases of one field': [`{ ${many(1_000, (i) => `a${i}: about { version }`)} }`, 'TOO_COMPLEX'],
  'aliases in a fragment that is spread often': [
    `{ ${many(20, (i) => `p${i}: person(slug: "marco-rubio") { ...F }`)} } fragment F on Person { ${many(20, (i) => `n${i}: name`)} }`,
    'TOO_COMPLEX',
  ],
  'directives on one field': [`{ about { version ${many(500, () => '@include(if: true)')} } }`, 'TOO_COMPLEX'],
  'unknown directives': [`{ __typename ${many(500, () => '@aa')} }`, 'TOO_COMPLEX'],
  'one field again and again': [`{ ${many(1_000, () => '__typename')} }`, 'TOO_COMPLEX'],
  'a fragment that spreads itself': ['{ ...F } fragment F on Query { __typename ...F }', 'GRAPHQL_VALIDATION_FAILED'],
  'fragments in a circle': [
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'fragments that double at each level': [
    `{ ...F0 } ${many(60, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F60 on Query { __typename }`,
    'TOO_COMPLEX',
  ],
  'introspection in a circle': [`{ __schema { types { ${introspected(12)} } } }`, 'TOO_COMPLEX'],
  'lists in lists': [
    '{ people(first: 100) { nodes { meetings(first: 100) { nodes { attendees { person { meetings(first: 100) { totalCount } } } } } } } }',
    'TOO_COMPLEX',
  ],
  'tokens without end': [`{ ${many(3_000, () => 'a')} }`, 'TOO_COMPLEX'],
  'levels without end': [`${'{ a '.repeat(900)}${'}'.repeat(900)}`, 'TOO_COMPLEX'],
  'a string without end': [`{ person(slug: "${'a'.repeat(90_000)}") { name } }`, 'BAD_USER_INPUT'],
}

test.each(Object.entries(OVERLOADS))(
  '%s are refused, the second time too, and the next request is answered',
  async (_name, given) => {
    const [query, code] = given
    for (let time = 0; time < 2; time++) {
      const response = await post(server, { query })
      const body = await response.text()
      const { data, errors } = JSON.parse(body) as Answer
      // An unknown slug of any length names nobody.
      if (data && !errors) expect(data).toEqual({ person: null })
      else expect([response.status, problemsOf({ errors: errors ?? [] })[0]?.[0]]).toEqual([400, code])
      expect(body.length).toBeLessThan(20_000)
    }
    expect((await ask(server, '{ __typename }')).data).toEqual({ __typename: 'Query' })
  },
)

test('introspection is public and has a cost, but a service with closed reading asks for a key', async () => {
  const query = '{ __schema { queryType { name } } }'
  expect((await ask(server, query)).data).toEqual({ __schema: { queryType: { name: 'Query' } } })
  const closed = serverOf(database, { access: { readAccess: 'key' } })
  expect(problemsOf(await ask(closed, query))[0]?.[0]).toBe('UNAUTHENTICATED')
  // Nor do its messages say which fields there are.
  expect(problemsOf(await ask(closed, '{ peopl { name } }'))).toEqual([
    ['UNAUTHENTICATED', expect.stringContaining('needs a key')],
  ])
})

test('a service of persisted documents has neither introspection nor suggestions of fields', async () => {
  const only = serverOf(database, { persistedDocumentsOnly: true })
  for (const query of ['{ __schema { queryType { name } } }', '{ peopl { name } }', '{ __typename }']) {
    expect(problemsOf(await ask(only, query)).map(([code]) => code)).toEqual(['PERSISTED_DOCUMENT_REQUIRED'])
  }
})

test('neither GET nor a form nor another type of text executes what needs a preflight request', async () => {
  const query = '{ __typename }'
  const mutation = await get(server, { query: 'mutation { deleteAll }' })
  expect([mutation.status, (await mutation.text()).includes('data')]).toEqual([405, false])
  const bodies: [type: string, body: string][] = [
    ['application/x-www-form-urlencoded', new URLSearchParams({ query }).toString()],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${query}\r\n--x--\r\n`,
    ],
    ['text/plain', JSON.stringify({ query })],
    ['text/plain;application/json', JSON.stringify({ query })],
    ['', JSON.stringify({ query })],
  ]
  for (const [type, body] of bodies) {
    const response = await post(server, body, { 'content-type': type, origin: 'https://evil.example' })
    expect([type, response.status, response.headers.get('access-control-allow-origin')]).toEqual([type, 415, null])
  }
  const preflight = await server.fetch(GRAPHQL, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  })
  expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
})

test('batches are refused, by lists and by several operations', async () => {
  const batch = await post(server, JSON.stringify(Array(10).fill({ query: '{ __typename }' })))
  expect([batch.status, problemsOf((await batch.json()) as Answer)[0]?.[0]]).toEqual([400, 'BAD_REQUEST'])
  const several = await post(server, { query: 'query A { __typename } query B { __typename }' })
  expect([several.status, (await several.text()).includes('"data"')]).toEqual([400, false])
})

test('a response has the cost and nothing else about its execution, whatever is asked for', async () => {
  const query = '{ person(slug: "marco-rubio") { name } }'
  const headers = { 'x-apollo-tracing': '1', 'apollo-federation-include-trace': 'ftv1', 'x-debug': '1' }
  for (const extensions of [{ tracing: true }, { debug: true }, { ftv1: 1 }]) {
    const response = await post(server, { query, extensions }, headers)
    expect(await response.json()).toEqual({ data: { person: { name: 'Marco Rubio' } }, extensions: { cost: 201 } })
  }
})

test('a compressed body, which could be a bomb, is refused before it is read', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '), { level: 9 })
  for (const encoding of ['gzip', 'deflate', 'br', 'gzip, gzip']) {
    const response = await server.fetch(GRAPHQL, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body: bomb,
    })
    expect([encoding, response.status]).toEqual([encoding, 415])
  }
})

describe('names that every object of JavaScript has', () => {
  const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

  test.each(NAMES)('%s as a variable, parameter, extension or alias changes no object', async (name) => {
    const polluting = `{ "${name}": { "polluted": true } }`
    const bodies = [
      `{ "query": "{ __typename }", "variables": ${polluting} }`,
      `{ "query": "{ __typename }", "extensions": ${polluting} }`,
      `{ "query": "{ __typename }", "${name}": { "polluted": true } }`,
      `{ "query": "query ($filter: PersonFilter) { people(filter: $filter) { totalCount } }", "variables": { "filter": ${polluting} } }`,
      polluting,
    ]
    for (const body of bodies) expect((await post(server, body)).status).toBeLessThan(500)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()

    const query = `query ($${name}: String!) { ${name}: person(slug: $${name}) { ${name}: name } }`
    const expected = `{"data":{"${name}":{"${name}":"Marco Rubio"}},"extensions":{"cost":261}}`
    // By graphql-js, by a plan, and from the cache.
    for (const more of ['', ' ', '', ' ']) {
      const response = await post(
        server,
        `{ "query": ${JSON.stringify(query + more)}, "variables": { "${name}": "marco-rubio" } }`,
      )
      expect(await response.text()).toBe(expected)
    }
  })

  test.each(NAMES)('%s as a name of a record, an operation, a field or a document finds nothing', async (name) => {
    expect(
      (await ask(server, `{ person(slug: "${name}") { name } country(code: "${name}") { name } }`)).data ?? null,
    ).toBeOneOf([null, { person: null, country: null }])
    for (const body of [
      { query: `{ ${name} }` },
      { query: '{ __typename }', operationName: name },
      { documentId: name },
      { extensions: { persistedQuery: { version: 1, sha256Hash: name } } },
    ]) {
      const response = await post(server, body)
      expect([JSON.stringify(body), Math.floor(response.status / 100)]).toEqual([JSON.stringify(body), 4])
    }
    for (const path of [
      `/people/${name}`,
      `/${name}`,
      `/assets/${name}`,
      `/countries/${name}`,
      `/people.csv?sort=${name}`,
    ]) {
      const response = await server.fetch(`http://localhost${path}`)
      expect([path, response.status < 500]).toEqual([path, true])
    }
  })
})

/** Texts on which a careless regular expression or parser takes exponential or quadratic time. */
const SLOW = {
  digits: '1'.repeat(50_000),
  'years in a list': `[${'2020-01-01..'.repeat(4_000)}]`,
  'open brackets': '['.repeat(50_000),
  hyphens: `a${'-'.repeat(50_000)}`,
  'pairs of letters and hyphens': `${'a-'.repeat(25_000)}!`,
  spaces: `x${' '.repeat(50_000)}x`,
  quotes: '"'.repeat(50_000),
  'quotes and words': '"a" -'.repeat(10_000),
  'unspecified digits': `${'X'.repeat(50_000)}`,
  qualifiers: `2020${'~?%'.repeat(15_000)}`,
  'combining characters': `e${'\u0301'.repeat(30_000)}`,
}

test.each(Object.entries(SLOW))(
  '%s as a date, a search, a slug or a name do not stop the service',
  async (_name, text) => {
    const documents = [
      'query ($text: Date!) { meetings(filter: { during: { from: $text } }) { totalCount } }',
      'query ($text: String!) { search(query: $text) { totalCount } }',
      'query ($text: String!) { person(slug: $text) { name } }',
      'query ($text: String!) { people(filter: { search: $text }) { totalCount } }',
      'query ($text: String!) { suggest(text: $text) { __typename } }',
      'query ($text: String!) { locate(text: $text) { __typename } }',
      'query ($text: ID!) { node(id: $text) { id } }',
    ]
    for (const query of documents) {
      const sent = post(server, { query, variables: { text } })
      const health = await server.fetch('http://localhost/health')
      expect([health.status, (await sent).status < 500]).toEqual([200, true])
    }
    const short = encodeURIComponent(text.slice(0, 2_000))
    for (const path of [
      `/search?q=${short}`,
      `/people/${short}`,
      `/timeline?from=${short}`,
      `/relations/in-us?from=${short}`,
    ]) {
      const response = await server.fetch(`http://localhost${path}`, { headers: { accept: 'text/html' } })
      expect([path.slice(0, 20), response.status < 500]).toEqual([path.slice(0, 20), true])
    }
  },
)
