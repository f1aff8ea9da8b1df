import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSecret } from '../../src/access/secret.ts'
import { endAll, type Launched, run, start } from '../program.ts'
import { createDatabase, databaseKinds } from '../support.ts'
import { until } from '../until.ts'
import { type ReceivedSpan, startCollector } from './collector.ts'

const SECRET = 'whom-nobody-may-see'

/** Queries whose statements read different tables. */
const QUERIES = {
  People: ['{ people(first: 2) { nodes { name } } }', '"person"'],
  Meetings: ['{ meetings(first: 2) { nodes { title } } }', '"meeting"'],
  Topics: ['{ topics(first: 2) { nodes { slug } } }', '"topic"'],
  Sources: ['{ sources(first: 2) { nodes { title } } }', '"source"'],
} as const

const textOf = async (url: string) => await (await fetch(url)).text()

/** Makes all reads of a database wait. Returns a function that ends this. */
async function lockTables(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('BEGIN')
  await client.query('LOCK TABLE person, meeting, topic, source')
  return async () => await client.end()
}

describe.each(databaseKinds)('a service on %s with metrics and traces', (kind) => {
  let folder: string
  let collector: Awaited<ReturnType<typeof startCollector>>
  let service: Launched & { url: string }
  let metrics: string
  let database: { url: string } | undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bilateral-observing-'))
    collector = await startCollector()
    database = kind === 'PostgreSQL' ? await createDatabase('seeded') : undefined
    service = await start({
      ...(database ? { DATABASE_URL: database.url, DATABASE_POOL: '2' } : { BILATERAL_DATA: join(folder, 'data') }),
      RESPONSE_CACHE: '0',
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    })
    const line = (await service.says('"msg":"metrics"')).split('\n').find((line) => line.includes('"msg":"metrics"'))
    metrics = `http://127.0.0.1:${JSON.parse(line ?? '').port}/metrics`
  })
  afterAll(async () => {
    await endAll()
    await collector.close()
    await rm(folder, { recursive: true })
  })

  /** Sends a query as part of a new trace, and returns the id of the trace. */
  async function traced(query: string, variables: object = {}): Promise<string> {
    const traceId = randomBytes(16).toString('hex')
    const headers = { 'content-type': 'application/json', traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
    const response = await fetch(service.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
    await response.arrayBuffer()
    return traceId
  }

  /** The spans of a trace, once the one of the request has arrived: it is the last to end. */
  async function spansOf(traceId: string): Promise<ReceivedSpan[]> {
    const found = () => collector.spans.filter((span) => span.traceId === traceId)
    await until(() => found().some(({ kind }) => kind === 2))
    return found()
  }

  test('a request continues its trace, with spans for the operation, its plan and its statements', async () => {
    const query = 'query Find($slug: String!) { person(slug: $slug) { name } }'
    await traced(query, { slug: SECRET })
    const traceId = await traced(query, { slug: SECRET })
    const spans = await spansOf(traceId)
    const named = (name: string) => spans.find((span) => span.name === name) as ReceivedSpan
    const [request, operation, plan, statement] = ['POST /graphql', 'query', 'plan', 'SELECT'].map(named)
    expect(request).toMatchObject({
      parentSpanId: '00f067aa0ba902b7',
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/graphql',
        'url.path': '/graphql',
        'http.response.status_code': 200,
      },
    })
    expect(operation).toMatchObject({
      parentSpanId: request?.spanId,
      attributes: {
        'graphql.operation.type': 'query',
        'graphql.operation.name': 'Find',
        'bilateral.executor': 'planned',
      },
    })
    expect(plan?.parentSpanId).toBe(operation?.spanId)
    expect(statement).toMatchObject({
      parentSpanId: operation?.spanId,
      kind: 3,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': expect.stringContaining('"person"') },
    })
    expect([...collector.paths]).toEqual(['POST /v1/traces'])
    expect(collector.resources[0]).toMatchObject({ 'service.name': 'bilateral' })
    expect(await service.says(`"trace":"${traceId}"`)).toContain(
      `"id":"${request?.attributes['bilateral.request.id']}"`,
    )
  })

  test('statements of concurrent requests belong to their own traces, also of those that wait for a connection', async () => {
    // Without waiting, statements could be in the right trace by chance.
    const release = database ? await lockTables(database.url) : async () => {}
    const sending = Promise.all(
      Array.from({ length: 6 }, () =>
        Object.values(QUERIES).map(async ([query, table]) => ({ table, traceId: await traced(query) })),
      ).flat(),
    )
    if (database)
      await until(async () => Number(/^bilateral_database_waiting (\d+)/m.exec(await textOf(metrics))?.[1]) > 15)
    await release()
    const sent = await sending
    for (const { table, traceId } of sent) {
      const statements = (await spansOf(traceId)).filter(({ name }) => name === 'SELECT')
      expect(statements.length).toBeGreaterThan(0)
      for (const { attributes } of statements) expect(attributes['db.query.text']).toContain(table)
    }
  })

  test('a page, and what is refused, have spans; probes of load balancers have none', async () => {
    const origin = new URL(service.url).origin
    for (const path of ['/health', '/ready', `/search?q=${SECRET}`]) await (await fetch(origin + path)).arrayBuffer()
    const refused = await spansOf(await traced('{ nothing }'))
    expect(refused.map(({ name, attributes }) => [name, attributes['http.response.status_code']])).toEqual([
      ['POST /graphql', 200],
    ])
    const page = await until(() => collector.spans.find(({ name }) => name === 'GET /search'))
    expect(page.attributes['url.path']).toBe('/search')
    expect(collector.spans.filter(({ attributes }) => /health|ready/.test(String(attributes['url.path'])))).toEqual([])
  })

  test('no span has a key that was pasted in the wrong place', async () => {
    const key = createSecret('key')
    const traceId = await traced(`query ${key} { person(slug: "${key}") { name } }`)
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
    await (await fetch(new URL(`/people/${key}`, service.url), { headers })).text()
    await until(async () =>
      (await spansOf(traceId)).some(({ attributes }) => attributes['url.path'] === '/people/bilateral_…'),
    )
    const spans = await spansOf(traceId)
    expect(spans.some(({ attributes }) => attributes['graphql.operation.name'] === 'bilateral_…')).toBe(true)
    expect(JSON.stringify(spans)).not.toContain(key.slice(10))
  })

  test('metrics have a port of their own, and the log says which', async () => {
    const response = await fetch(metrics)
    const text = await response.text()
    expect(response.headers.get('content-type')).toContain('text/plain')
    for (const name of ['bilateral_http_requests_total', 'nodejs_eventloop_lag_seconds', 'process_cpu_seconds_total']) {
      expect(text).toMatch(new RegExp(`^${name}`, 'm'))
    }
    const { origin } = new URL(service.url)
    expect((await fetch(`${origin}/metrics`)).status).toBe(404)
    expect((await fetch(metrics, { method: 'POST' })).status).toBe(405)
    expect((await fetch(new URL('/graphql', metrics))).status).toBe(404)
  })

  test('the last spans are sent before the process ends, and none has a value of a variable', async () => {
    const traceId = await traced('query Last { people(first: 1) { nodes { name } } }')
    service.kill('SIGINT')
    const { code } = await service.ended
    expect(code).toBe(0)
    expect(collector.spans.some((span) => span.traceId === traceId)).toBe(true)
    expect(JSON.stringify(collector.spans)).not.toContain(SECRET)
  })
})

test('a metrics port that is in use is named, before the database is opened', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const env = { BILATERAL_DATA: '/proc/no-folder-can-be-here', PORT: '0', METRICS_PORT: String(port) }
  expect(await run(['serve'], env)).toMatchObject({
    code: 1,
    stderr: `bilateral: port ${port} is in use on 127.0.0.1; set METRICS_PORT to another port\n`,
  })
  server.close()
})
