import { createHmac } from 'node:crypto'
import { useRateLimiter } from '@envelop/rate-limiter'
import { createInlineSigningKeyProvider, useJWT } from '@graphql-yoga/plugin-jwt'
import { usePrometheus } from '@graphql-yoga/plugin-prometheus'
import { extendSchema, GraphQLError, type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKey } from '../../src/access/keys.ts'
import type { Database } from '../../src/database/open.ts'
import type { RequestContext } from '../../src/server/exchange.ts'
import { openSeeded } from '../support.ts'
import { type Answer, get, keepingServerOf, post, type Server, serverOf, sqlOf } from './ask.ts'

const RUBIO = { query: '{ person(slug: "marco-rubio") { name } }' }
const NAME = { data: { person: { name: 'Marco Rubio' } }, extensions: { cost: 201 } }

/** Hooks that run for every request. */
const ALWAYS = [
  'onRequest',
  'onRequestParse',
  'onParams',
  'onExecutionResult',
  'onResultProcess',
  'onResponse',
] as const
/** Hooks that a cached response skips. */
const OF_EXECUTION = ['onParse', 'onValidate', 'onContextBuilding', 'onExecute'] as const

function countingPlugin() {
  const counts: Record<string, number> = {}
  const hooks = [...ALWAYS, ...OF_EXECUTION].map((hook) => [
    hook,
    () => {
      counts[hook] = (counts[hook] ?? 0) + 1
    },
  ])
  return { counts, plugin: Object.fromEntries(hooks) as Plugin }
}

/** Refuses requests without the key, as authentication does. */
const needsKey: Plugin = {
  onRequestParse({ request }) {
    if (request.headers.get('x-key') === 'right') return
    throw new GraphQLError('no key', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } })
  },
}

const inPlainText: Plugin = {
  onRequest({ endResponse, fetchAPI }) {
    endResponse(new fetchAPI.Response('first sign in', { status: 401 }))
  },
}

/** A JSON Web Token, signed by HMAC. */
function tokenOf(claims: object, key: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`
}

let database: Database
beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(async () => await database.close())

const answer = async (response: Response) => (await response.json()) as Answer
const statusesOf = async (requests: (() => Promise<Response>)[]) => {
  const statuses: number[] = []
  for (const request of requests) statuses.push((await request()).status)
  return statuses
}

describe.each([
  ['without a response cache', async (plugin: Plugin) => serverOf(database, { plugins: [plugin] })],
  ['with a response cache', async (plugin: Plugin) => await keepingServerOf(database, { plugins: [plugin] })],
])('%s', (name, start) => {
  const isCached = name.startsWith('with ')
  const times = (requests: number) => Array.from({ length: requests }, (_, i) => i)

  test('the hooks of a plugin see each request: the first, repeated ones, by POST and by GET', async () => {
    const { counts, plugin } = countingPlugin()
    const server = await start(plugin)
    for (const _ of times(4)) expect(await answer(await post(server, RUBIO))).toEqual(NAME)
    expect(await answer(await get(server, RUBIO))).toEqual(NAME)
    expect(counts).toEqual({
      ...Object.fromEntries(ALWAYS.map((hook) => [hook, 5])),
      ...Object.fromEntries(OF_EXECUTION.map((hook) => [hook, isCached ? 1 : 5])),
    })
  })

  test('a plugin that rejects in `onRequestParse` rejects each request, also where the result is cached', async () => {
    const server = await start(needsKey)
    const headers = { 'x-key': 'right' }
    const without = () => post(server, RUBIO)
    const withKey = () => post(server, RUBIO, headers)
    expect(await statusesOf([without, withKey, withKey, without, withKey, withKey, without])).toEqual([
      401, 200, 200, 401, 200, 200, 401,
    ])
    expect(await answer(await without())).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })

  const extensions = { trace: 'x' }
  test.each<[string, Plugin, object]>([
    [
      'copies a result when it is executed',
      { onExecutionResult: ({ result, setResult }) => setResult({ ...(result as object), extensions }) },
      { ...NAME, extensions },
    ],
    [
      'copies a result when it is sent',
      { onResultProcess: ({ result, setResult }) => setResult({ ...(result as object), extensions }) },
      { ...NAME, extensions },
    ],
    [
      'adds to a result in its place',
      { onResultProcess: ({ result }) => void Object.assign(result, { extensions }) },
      { ...NAME, extensions },
    ],
    [
      'replaces the data of a result',
      { onResultProcess: ({ result }) => void Object.assign(result, { data: null }) },
      { data: null, extensions: { cost: 201 } },
    ],
  ])('a plugin that %s changes each response', async (_sentence, plugin, expected) => {
    const server = await start(plugin)
    for (const _ of times(3)) expect(await answer(await post(server, RUBIO))).toEqual(expected)
    expect((await get(server, RUBIO)).headers.get('etag')).toBeNull()
  })

  test('plugin-jwt checks the token of each request', async () => {
    const key = 'a secret of the test, which is long enough'
    const server = await start(useJWT({ signingKeyProviders: [createInlineSigningKeyProvider(key)] }) as Plugin)
    const authorization = `Bearer ${tokenOf({ sub: 'ada' }, key)}`
    const valid = () => post(server, RUBIO, { authorization })
    const without = () => post(server, RUBIO)
    const forged = () => post(server, RUBIO, { authorization: `${authorization}x` })
    expect(await statusesOf([without, valid, valid, valid, without, forged])).toEqual([401, 200, 200, 200, 401, 401])
  })
})

// These two work in hooks that a cached response skips, so they are used without a response cache.

test('plugin-prometheus, which reads the parsed document, counts each request', async () => {
  const registry = new Registry()
  const plugin = usePrometheus({ registry, metrics: { graphql_yoga_http_duration: true }, endpoint: false })
  const server = serverOf(database, { plugins: [plugin as Plugin] })
  for (let i = 0; i < 4; i++) await post(server, RUBIO)
  const text = await registry.metrics()
  expect(text).toMatch(/^graphql_yoga_http_duration_count\{[^}]*operationType="query"[^}]*\} 4$/m)
})

test.each([
  ['in JSON', needsKey, 'no key'],
  ['in plain text', inPlainText, 'first sign in'],
])('a plugin that refuses %s refuses pages with its status and its words', async (_how, plugin, words) => {
  const server = serverOf(database, { plugins: [plugin] })
  const response = await server.fetch('http://localhost/people/marco-rubio', { headers: { accept: 'text/html' } })
  const html = await response.text()
  expect([response.status, html.includes(words), html.includes('Marco Rubio')]).toEqual([401, true, false])
})

const refusing = (code: string, status: number | undefined, headers: Record<string, string> = {}): Plugin => ({
  onExecute({ setResultAndStopExecution }) {
    const extensions = { code, ...(status && { http: { status, headers } }) }
    setResultAndStopExecution({ errors: [new GraphQLError('not now', { extensions })] })
  },
})

test.each([
  ['UNAUTHENTICATED', 401, { 'www-authenticate': 'Bearer realm="bilateral"' }, 'This page is not public'],
  ['FORBIDDEN', 403, {}, 'You may not see this page'],
  ['FORBIDDEN', undefined, {}, 'You may not see this page'],
  ['RATE_LIMITED', 429, { 'retry-after': '7', ratelimit: '"q";r=0;t=7', 'x-other': 'x' }, 'try again in 7 seconds'],
  ['OVERLOADED', 503, { 'retry-after': '9' }, 'not available now'],
])(
  'a page that a plugin refuses by %s and the status %s says so, with the headers of the refusal',
  async (code, status, headers, words) => {
    const server = serverOf(database, { plugins: [refusing(code, status, headers)] })
    const { 'x-other': _, ...passed } = headers as Record<string, string>
    for (const [path, accept] of [
      ['/people/marco-rubio', 'text/html'],
      ['/people/marco-rubio.json', '*/*'],
    ]) {
      const response = await server.fetch(`http://localhost${path}`, { headers: { accept: accept as string } })
      expect(response.status).toBe(status ?? 403)
      expect(Object.fromEntries(response.headers)).toMatchObject({ ...passed, 'cache-control': 'no-store' })
      expect(response.headers.get('x-other')).toBeNull()
      expect(await response.text()).toContain(accept === 'text/html' ? words : `"code":"${code}"`)
    }
  },
)

test('rate-limiter, which copies each document before it is executed, limits each request', async () => {
  const limits = [{ type: 'Query', field: 'person', max: 3, window: '1h' }]
  const plugin = useRateLimiter({ identifyFn: () => 'all', configByField: limits })
  const server = serverOf(database, { plugins: [plugin as unknown as Plugin] })
  const answers: Answer[] = []
  for (let i = 0; i < 5; i++) answers.push(await answer(await post(server, RUBIO)))
  expect(answers.slice(0, 3)).toEqual([NAME, NAME, NAME])
  for (const { errors } of answers.slice(3)) expect(errors?.[0]?.message).toContain('You are trying to access')
})

test('clients of different scopes share no cached result, and the response says so to shared caches', async () => {
  const whoami: Plugin<RequestContext, RequestContext> = {
    onRequest({ request, serverContext }) {
      serverContext.exchange.scope = `user ${request.headers.get('x-user')}`
    },
    onContextBuilding({ context, extendContext }) {
      extendContext({ user: (context as { request: Request }).request.headers.get('x-user') } as object)
    },
    onSchemaChange({ schema, replaceSchema }) {
      if (schema.getQueryType()?.getFields()['whoami']) return
      const extended = extendSchema(schema, parse('extend type Query { whoami: String }'))
      fieldOf(extended, 'Query', 'whoami').resolve = (_root, _args, { user }) => user
      replaceSchema(extended)
    },
  }
  const server = await keepingServerOf(database, {
    plugins: [whoami as unknown as Plugin],
  })
  for (const user of ['ada', 'bo', 'ada', 'bo']) {
    const response = await get(server, { query: '{ whoami }' }, { 'x-user': user })
    expect(await answer(response.clone() as Response)).toEqual({ data: { whoami: user }, extensions: { cost: 1 } })
    expect(response.headers.get('cache-control')).toContain('private')
  }
})

test('a plugin that separates clients does not give the results of a key to clients with less', async () => {
  const sameForAll: Plugin<RequestContext, RequestContext> = {
    onRequest({ serverContext }) {
      serverContext.exchange.scope = 'all of them'
    },
  }
  const server = await keepingServerOf(database, { plugins: [sameForAll as unknown as Plugin] })
  for (const scope of ['admin', 'edit', undefined] as const) {
    const key = scope && (await createKey(database, { name: scope, scope })).key
    const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
    const statements = await sqlOf(() => post(server, RUBIO, headers))
    expect([scope, statements.some(({ text }) => text.includes('"person"'))]).toEqual([scope, true])
    expect(await sqlOf(() => post(server, RUBIO, headers))).toEqual([])
  }
})

const fieldOf = (schema: GraphQLSchema, type: string, field: string) =>
  (schema.getType(type) as GraphQLObjectType).getFields()[field] as NonNullable<
    ReturnType<GraphQLObjectType['getFields']>[string]
  >

const OPERATIONS = `
  extend type Mutation { touch: Int! }
  type Subscription { counted: Int! }
  extend schema { subscription: Subscription }`

describe('operations that a plugin adds', () => {
  let touched = 0
  const seen: boolean[] = []
  const extended: Plugin = {
    onSchemaChange({ schema, replaceSchema }) {
      if (schema.getSubscriptionType()) return
      const more = extendSchema(schema, parse(OPERATIONS))
      fieldOf(more, 'Mutation', 'touch').resolve = (_root, _args, context) => {
        seen.push(context.selections.askFor('touch'))
        touched += 1
        return touched
      }
      const counted = fieldOf(more, 'Subscription', 'counted')
      counted.subscribe = async function* (_root, _args, context) {
        seen.push(context.selections.askFor('counted'))
        yield* [1, 2, 3]
      }
      counted.resolve = (event, _args, context) => {
        seen.push(context.selections.askFor('counted'))
        return event
      }
      replaceSchema(more)
    },
  }
  let server: Server
  beforeAll(async () => {
    server = await keepingServerOf(database, { plugins: [extended] })
  })

  test('a mutation runs for each request, one after the other and at the same time', async () => {
    const touch = async () => await answer(await post(server, { query: 'mutation Touch { touch }' }))
    const one: Answer[] = []
    for (let i = 0; i < 4; i++) one.push(await touch())
    expect(one).toEqual([1, 2, 3, 4].map((n) => ({ data: { touch: n }, extensions: { cost: 1 } })))
    const other = await Promise.all([touch(), touch(), touch(), touch()])
    expect(new Set(other.map((result) => JSON.stringify(result))).size).toBe(4)
    expect(touched).toBe(8)
    expect(seen).toEqual(Array(8).fill(true))
    expect((await get(server, { query: 'mutation { touch }' })).status).toBe(405)
    expect(touched).toBe(8)
  })

  test('of a document with a query and a mutation, the query is cached and the mutation runs', async () => {
    const query = 'query Q { person(slug: "marco-rubio") { name } } mutation M { touch }'
    const before = touched
    for (const operationName of ['Q', 'M', 'Q', 'M', 'M', 'Q']) await post(server, { query, operationName })
    expect(touched).toBe(before + 3)
  })

  test('a subscription and each of its events have selections', async () => {
    seen.length = 0
    const response = await post(server, { query: 'subscription { counted }' }, { accept: 'text/event-stream' })
    const events = [...(await response.text()).matchAll(/^data: (\{.*)$/gm)].map(([, data]) =>
      JSON.parse(data as string),
    )
    expect(events).toEqual([1, 2, 3].map((counted) => ({ data: { counted }, extensions: { cost: 1 } })))
    expect(seen).toEqual([true, true, true, true])
  })
})
