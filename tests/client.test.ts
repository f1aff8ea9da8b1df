import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse, print } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { idOf } from '../src/client/document.ts'
import {
  agreementBySlug,
  BilateralError,
  createClient,
  personBySlug,
  whoMetWhom,
  whoSaidWhat,
} from '../src/client/index.ts'
import type { Database } from '../src/database/open.ts'
import { serverOf } from './api/ask.ts'
import { meetingsOf } from './client-consumer/who-met-whom.ts'
import { officesOf } from './client-consumer/with-tada.ts'
import { openSeeded } from './support.ts'

const listening: Server[] = []

/** Listens on a free port, and gives the URL of the API there. */
async function serve(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  listening.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

let database: Database
let url: string

beforeAll(async () => {
  database = await openSeeded('PGlite')
  url = await serve(serverOf(database).createHttpServer())
})
afterAll(async () => {
  for (const server of listening) {
    server.closeAllConnections()
    server.close()
  }
  await database.close()
})

/** What a question is refused with. */
const refusal = (question: Promise<unknown>): Promise<unknown> =>
  question.then(
    (answer) => expect.fail(`answered ${JSON.stringify(answer)}`),
    (error) => error,
  )

describe('a program that imports the client', () => {
  test('reads over HTTP who met whom, page by page', async () => {
    expect(await meetingsOf(2026, url)).toEqual([
      expect.stringMatching(
        /^some time: 2–4 February 2026: S\. Jaishankar \(External Affairs Minister.*\), Marco Rubio \(/,
      ),
      expect.stringMatching(/Scott Bessent \(/),
      expect.stringMatching(/Marco Rubio \(/),
    ])
    expect(await meetingsOf(2025, url)).toEqual([])
  })

  test('sends its own queries with types from gql.tada', async () => {
    expect(await officesOf('s-jaishankar', url)).toEqual([
      expect.stringMatching(/^S\. Jaishankar: External Affairs Minister/),
    ])
    expect(await officesOf('nobody', url)).toEqual([])
  })
})

describe('a ready-made query', () => {
  const client = () => createClient(url)

  test('returns a person’s offices with the cited words', async () => {
    const { person } = await client().query(personBySlug, { slug: 's-jaishankar' })
    expect(person).toMatchObject({ slug: 's-jaishankar', positions: [{ country: { code: 'IN' } }] })
    expect(person?.positions[0]?.attested[0]?.citations[0]?.exact).toContain('Minister')
    expect(await client().query(personBySlug, { slug: 'nobody' })).toEqual({ person: null })
  })

  test('returns who said what', async () => {
    const { statements } = await client().query(whoSaidWhat, { filter: { search: 'strong momentum' } })
    expect(statements.nodes.map(({ quotation, quoted, speakers }) => [quotation, quoted, speakers])).toEqual([
      ['REPORTED', [], [expect.objectContaining({ slug: 's-jaishankar' })]],
      ['MIXED', ['strong momentum'], [expect.objectContaining({ slug: 's-jaishankar' })]],
    ])
    expect(statements.nodes[1]?.citations.map(({ exact }) => exact)).toContain('strong momentum')
  })

  test('returns the status of an agreement', async () => {
    const { agreement } = await client().query(agreementBySlug, { slug: 'india-us-trade-agreement-2026' })
    expect(agreement).toMatchObject({ parties: [{ code: 'IN' }, { code: 'US' }], events: [{}, {}] })
  })

  test('can request the largest page', async () => {
    expect((await client().query(whoMetWhom, { first: 100 })).meetings.pageInfo.hasNextPage).toBe(false)
    expect((await client().query(whoSaidWhat, { first: 100 })).statements.pageInfo.hasNextPage).toBe(false)
  })
})

describe('a document', () => {
  const text = '{ about { version } }'
  const answer = { about: { version: expect.any(String) } }

  test('can be plain text, or a syntax tree if the client can print it', async () => {
    expect(await createClient(url).query<{ about: { version: string } }>(text)).toEqual(answer)
    expect(await createClient(url, { print }).query(parse(text))).toEqual(answer)
  })

  test('that is a syntax tree is refused otherwise, with the solution', async () => {
    const error = await refusal(createClient(url).query(parse(text)))
    expect(error).toEqual(
      new TypeError('the document is a syntax tree: pass `print` of the package graphql as an option of createClient'),
    )
  })
})

describe('an error', () => {
  test('has the codes and the errors of the response', async () => {
    const error = await refusal(createClient(url).query(whoMetWhom, { first: 101 }))
    expect(error).toBeInstanceOf(BilateralError)
    expect(error).toMatchObject({
      message: '`first`: expected 0 to 100, got 101',
      code: 'BAD_USER_INPUT',
      codes: ['BAD_USER_INPUT'],
      status: 200,
      errors: [{ path: ['meetings'] }],
      data: null,
    })
  })

  test('has the partial data of the response', async () => {
    const answer = {
      data: { a: 1, b: null },
      errors: [{ message: 'no b', extensions: { code: 'FORBIDDEN' } }, { message: 'no c' }],
    }
    const fetch = async () => Response.json(answer)
    expect(await refusal(createClient('http://test/graphql', { fetch }).query('{ a b }'))).toMatchObject({
      message: 'no b\nno c',
      codes: ['FORBIDDEN', 'UNKNOWN'],
      status: 200,
      data: { a: 1, b: null },
    })
  })

  test('is thrown for a document that the service does not understand', async () => {
    const error = await refusal(createClient(url).query('{ nothing }'))
    expect(error).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('nothing') }] })
  })

  test('is thrown if something else responds', async () => {
    const proxy = await serve(createServer((_request, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>')))
    expect(await refusal(createClient(proxy).query('{ a }'))).toMatchObject({
      name: 'BilateralError',
      message: `expected a GraphQL response from ${proxy}, got a different response with the status 502`,
      code: 'BAD_RESPONSE',
      status: 502,
    })
  })

  test('is thrown if nothing responds', async () => {
    const nobody = await serve(createServer(() => {}))
    listening.pop()?.close()
    expect(await refusal(createClient(nobody).query('{ a }'))).toMatchObject({
      code: 'UNREACHABLE',
      message: `cannot reach ${nobody}: ECONNREFUSED`,
      status: undefined,
    })
  })
})

describe('a service that never responds', () => {
  let silent: string
  beforeAll(async () => {
    silent = await serve(createServer(() => {}))
  })
  afterEach(() => listening.at(-1)?.closeAllConnections())

  test('is given up after the timeout of the client or of the request', async () => {
    const client = createClient(silent, { timeoutMs: 50 })
    expect(await refusal(client.query('{ a }'))).toMatchObject({
      code: 'TIMEOUT',
      message: `no response from ${silent} within 50 ms`,
    })
    expect(await refusal(client.query('{ a }', {}, { timeoutMs: 20 }))).toMatchObject({
      message: `no response from ${silent} within 20 ms`,
    })
  })

  test('is given up when the caller aborts, with the reason of the caller', async () => {
    const reason = new Error('the user left')
    const controller = new AbortController()
    const question = refusal(
      createClient(silent, { timeoutMs: Infinity }).query('{ a }', {}, { signal: controller.signal }),
    )
    controller.abort(reason)
    expect(await question).toBe(reason)
  })
})

describe('a request', () => {
  test('has the headers of the client and of the request, and can be sent by another fetch', async () => {
    const sent: Request[] = []
    const client = createClient(new URL('http://test/graphql'), {
      key: 'bilateral_x',
      headers: { 'x-client': 'test' },
      fetch: async (...args) => {
        sent.push(new Request(...args))
        return Response.json({ data: { a: 1 } })
      },
    })
    expect(await client.query('query ($n: Int) { a }', { n: 1 }, { headers: { authorization: 'Bearer new' } })).toEqual(
      { a: 1 },
    )
    const [request] = sent
    expect(request?.url).toBe('http://test/graphql')
    expect(await request?.json()).toEqual({ query: 'query ($n: Int) { a }', variables: { n: 1 } })
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: 'application/graphql-response+json, application/json',
      authorization: 'Bearer new',
      'content-type': 'application/json',
      'x-client': 'test',
    })
    await client.query('{ a }')
    expect(sent[1]?.headers.get('authorization')).toBe('Bearer bilateral_x')
  })

  test('is a GET request with the id of the document, if the option is set and there is an id', async () => {
    const asked: string[] = []
    const client = createClient(url, {
      persisted: true,
      fetch: async (target, init) => {
        const { search } = new URL(String(target))
        asked.push([init?.method ?? 'GET', ...new URLSearchParams(search).values()].join(' '))
        expect(new Headers(init?.headers).has('content-type')).toBe(init?.method === 'POST')
        return await fetch(target, init)
      },
    })
    const { person } = await client.query(personBySlug, { slug: 's-jaishankar' })
    expect(person?.name).toBe('S. Jaishankar')
    expect((await client.query(whoMetWhom)).meetings.nodes).toHaveLength(3)
    expect(await client.query('{ about { version } }')).toEqual({ about: { version: expect.any(String) } })
    const long = client.query(personBySlug, { slug: 'x'.repeat(5_000) })
    expect(await long).toEqual({ person: null })
    expect(asked).toEqual([
      `GET ${idOf(personBySlug)} {"slug":"s-jaishankar"}`,
      `GET ${idOf(whoMetWhom)}`,
      'POST',
      'POST',
    ])
  })

  test('has the document if the service does not know its id, and from then on always', async () => {
    const asked: unknown[] = []
    const replies: Record<string, unknown>[] = [
      { errors: [{ message: 'Must provide query string.' }] },
      { data: { a: 1 } },
    ]
    const client = createClient('http://test/graphql?key=k', {
      persisted: true,
      fetch: async (target, init) => {
        asked.push([init?.method ?? 'GET', String(target).split('&')[0]])
        return Response.json(replies[init?.method === 'POST' ? 1 : 0])
      },
    })
    for (let i = 0; i < 2; i++) expect(await client.query(personBySlug, { slug: 'ada' })).toEqual({ a: 1 })
    const [get, post] = ['GET', 'POST'].map((method) => [method, 'http://test/graphql?key=k'])
    expect(asked).toEqual([get, post, post])
  })

  test('by id reports errors like others, and is tried again', async () => {
    let gets = 0
    const client = createClient(url, {
      persisted: true,
      fetch: async (target, init) => {
        if (init?.method !== 'POST') gets++
        return await fetch(target, init)
      },
    })
    for (let i = 0; i < 2; i++) {
      expect(await refusal(client.query(whoMetWhom, { first: 101 }))).toMatchObject({
        message: '`first`: expected 0 to 100, got 101',
        code: 'BAD_USER_INPUT',
      })
      const unfit = { first: 'many' as unknown as number }
      expect(await refusal(client.query(whoMetWhom, unfit))).toMatchObject({ code: 'BAD_USER_INPUT', status: 400 })
    }
    expect(gets).toBe(4)
  })

  test('is not sent for pages that the loop does not reach', async () => {
    let asked = 0
    const page = { pageInfo: { hasNextPage: true, endCursor: 'x' } }
    const fetch = async () => {
      asked++
      return Response.json({ data: { meetings: page } })
    }
    for await (const meetings of createClient(url, { fetch }).pages(whoMetWhom, ({ meetings }) => meetings)) {
      expect(meetings).toEqual(page)
      if (asked === 2) break
    }
    expect(asked).toBe(2)
  })
})
