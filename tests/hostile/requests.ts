import fc from 'fast-check'
import { documents } from './documents.ts'

/** A request as bytes on the wire, but for its framing. */
export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

const encode = (text: string) => new TextEncoder().encode(text)

/** Texts with one part changed, cut off, or repeated. */
const broken = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(texts, fc.nat(), fc.constantFrom('cut', 'drop', 'double', 'insert'), fc.string())
    .map(([text, at, how, more]) => {
      const i = text.length === 0 ? 0 : at % text.length
      if (how === 'cut') return text.slice(0, i)
      if (how === 'drop') return text.slice(0, i) + text.slice(i + 1)
      if (how === 'double') return text.slice(0, i) + text.slice(i, i + 50).repeat(3) + text.slice(i)
      return text.slice(0, i) + more + text.slice(i)
    })

/** Documents that are valid GraphQL in form, and made to be expensive. */
const expensive = fc.oneof(
  fc.integer({ min: 1, max: 3_000 }).map((n) => `{${'relation(between: [IN, US]) { counterparts { nodes {'.repeat(n)}`),
  fc
    .integer({ min: 1, max: 600 })
    .map((n) => `{ ${Array.from({ length: n }, (_, i) => `a${i}: __typename`).join(' ')} }`),
  fc.integer({ min: 1, max: 600 }).map((n) => `{ __typename ${'@include(if: true) '.repeat(n)} }`),
  fc
    .integer({ min: 1, max: 200 })
    .map(
      (n) =>
        `{ ...f0 } ${Array.from({ length: n }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(' ')} fragment f${n} on Query { __typename }`,
    ),
  fc
    .integer({ min: 1, max: 200 })
    .map(
      (n) =>
        `{ ...f0 } ${Array.from({ length: n }, (_, i) => `fragment f${i} on Query { ...f${(i + 1) % n} }`).join(' ')}`,
    ),
  fc
    .integer({ min: 1, max: 60 })
    .map((n) => `{ __schema { types { ${'fields { type { '.repeat(n)} name ${'} }'.repeat(n)} } } }`),
  fc
    .integer({ min: 1, max: 40 })
    .map(
      (n) =>
        `{ people(first: 100) { nodes ${'{ meetings(first: 100) { nodes { participations { person '.repeat(n)} { name } ${'} } } }'.repeat(n)} } }`,
    ),
  fc.constantFrom(
    'mutation { __typename }',
    'subscription { __typename }',
    '',
    '#',
    '{',
    'query A { __typename } query B { __typename }',
  ),
  fc.integer({ min: 1, max: 20_000 }).map((n) => `{ person(slug: ${JSON.stringify('[['.repeat(n))}) { name } }`),
)

const jsonValues = fc.jsonValue({ maxDepth: 6 })

const bodies: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: documents.map((asked) => JSON.stringify(asked)) },
  { weight: 3, arbitrary: broken(documents.map(({ query }) => query)).map((query) => JSON.stringify({ query })) },
  { weight: 3, arbitrary: expensive.map((query) => JSON.stringify({ query })) },
  { weight: 2, arbitrary: broken(documents.map((asked) => JSON.stringify(asked))) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(documents, fc.oneof(jsonValues, fc.dictionary(fc.string(), jsonValues)))
      .map(([{ query }, variables]) => JSON.stringify({ query, variables })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(documents, jsonValues, jsonValues)
      .map(([{ query }, operationName, extensions]) => JSON.stringify({ query, operationName, extensions })),
  },
  { weight: 1, arbitrary: jsonValues.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.array(documents, { maxLength: 5 }).map((batch) => JSON.stringify(batch)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((n) => '['.repeat(n)) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 90_000, max: 130_000 })
      .map((n) => JSON.stringify({ query: '{ __typename }', variables: { a: 'x'.repeat(n) } })),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  {
    weight: 1,
    arbitrary: fc.string({
      unit: fc.constantFrom('{', '}', '"', 'a', '(', ')', '$', ':', '\\', '\n', '…', '@'),
      maxLength: 300,
    }),
  },
)

/** What Node.js lets a client send in a header. */
const headerTexts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcXYZ019 ;,=/*"-_.'), maxLength: 60 }),
  fc.constantFrom(
    'gzip',
    'identity;q=0',
    '*/*',
    'text/html',
    'application/json',
    'null',
    'bytes=0-1',
    '\u00ff\u00fe',
    'x'.repeat(5_000),
  ),
)
const HEADERS = [
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'content-encoding',
  'cookie',
  'forwarded',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'origin',
  'range',
  'sec-fetch-site',
  'traceparent',
  'upgrade-insecure-requests',
  'x-data-version',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-http-method-override',
  'x-request-id',
]
const headers = fc.oneof(
  fc.constant({}),
  fc.dictionary(fc.constantFrom(...HEADERS), headerTexts, { maxKeys: 3 }),
  fc.dictionary(fc.constantFrom('expect', 'te', 'trailer', 'via'), headerTexts, { maxKeys: 1 }),
)

const contentTypes = fc.oneof(
  { weight: 40, arbitrary: fc.constant('application/json') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
      'application/json; charset=utf-16',
      'application/json; charset=utf-8; x=y',
      'json',
      '',
    ),
  },
)

const accepts = fc.constantFrom(
  'application/graphql-response+json',
  'application/json',
  'application/graphql-response+json, application/json;q=0.9',
  '*/*',
)

const posts = fc
  .tuple(fc.constantFrom('/graphql', '/graphql', '/graphql/', '/graphql?x=1'), bodies, contentTypes, accepts, headers)
  .map(
    ([path, body, contentType, accept, more]): HostileRequest => ({
      method: 'POST',
      path,
      headers: { 'content-type': contentType, accept, ...more },
      body: encode(body),
    }),
  )

const gets = fc
  .tuple(
    fc.oneof(
      documents,
      broken(documents.map(({ query }) => query)).map((query) => ({ query, variables: {} })),
    ),
    fc.oneof(jsonValues.map(String), fc.constant('')),
    accepts,
    headers,
  )
  .map(([{ query, variables }, extensions, accept, more]): HostileRequest => {
    const asked = new URLSearchParams({
      query,
      variables: JSON.stringify(variables),
      ...(extensions && { extensions }),
    })
    return { method: 'GET', path: `/graphql?${asked}`.slice(0, 12_000), headers: { accept, ...more } }
  })

const SEGMENTS = [
  'relations',
  'IN-US',
  'people',
  'jaishankar',
  'sources',
  'topics',
  'search',
  'countries',
  'IN',
  'assets',
  'graphql',
  'health',
  'ready',
  'metrics',
  'key',
]
const segments = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...SEGMENTS) },
  { weight: 1, arbitrary: fc.webFragments({ size: 'small' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '%00',
      '%',
      '%ff',
      '..',
      '.',
      '%2e%2e',
      '',
      '__proto__',
      'a'.repeat(3_000),
      '%F0%9D%94%84',
    ),
  },
)
const parameters = fc.dictionary(
  fc.constantFrom('q', 'from', 'to', 'after', 'first', 'topic', 'type', 'order', 'kind', 'start', 'x', '__proto__'),
  fc.oneof(
    fc.constantFrom('2026', '1999-13', '-1', '101', '', 'VISIT', 'trade', "' OR 1=1 --", 'x'.repeat(2_000)),
    fc.webFragments({ size: 'small' }),
  ),
  { maxKeys: 4 },
)

const PAGES = [
  '/',
  '/relations',
  '/relations/IN-US',
  '/relations/US-IN',
  '/people/s-jaishankar',
  '/people/narendra-modi',
  '/people/marco-rubio',
  '/countries/IN',
  '/topics/security',
  '/meetings/jaishankar-rubio-2026-02',
  '/statements/jaishankar-strong-momentum',
  '/agreements/india-us-trade-agreement-2026',
  '/visits/jaishankar-united-states-2026-02',
  '/sources/daijiworld-2026-02-05',
  '/sources',
  '/search',
  '/graphql',
]
const paths = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PAGES) },
  { weight: 1, arbitrary: fc.array(segments, { maxLength: 4 }).map((path) => `/${path.join('/')}`) },
)

const pages = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constant('GET') },
      { weight: 1, arbitrary: fc.constantFrom('HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE') },
    ),
    paths,
    fc.constantFrom('', '', '.json', '.csv', '.svg', '.xml', '/'),
    parameters,
    fc.constantFrom('text/html', 'text/html', 'application/json', '*/*', 'image/png'),
    headers,
  )
  .map(([method, path, format, asked, accept, more]): HostileRequest => {
    const query = Object.entries(asked)
      .map(([name, value]) => `${name}=${value.replaceAll(/[^\x21-\x7e]/g, '')}`)
      .join('&')
    return { method, path: `${path}${format}${query && `?${query}`}`, headers: { accept, ...more } }
  })

export const requests: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 6, arbitrary: posts },
  { weight: 2, arbitrary: gets },
  { weight: 3, arbitrary: pages },
)
