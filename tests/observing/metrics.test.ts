import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { Labels } from '../../src/server/observing/labels.ts'
import { Metrics } from '../../src/server/observing/metrics.ts'
import { operationNames } from '../../src/server/observing/operation-names.ts'
import { ask, keepingServerOf, post, serverOf } from '../api/ask.ts'
import { databaseKinds, openSeeded } from '../support.ts'

const RUBIO = 'query Rubio { person(slug: "marco-rubio") { name } }'

describe.each(databaseKinds)('metrics on %s', (kind) => {
  let database: Database
  let metrics: Metrics
  beforeAll(async () => {
    database = await openSeeded(kind)
  })
  afterAll(async () => await database.close())
  beforeEach(() => {
    metrics = new Metrics(database, operationNames([]))
    return () => metrics.close()
  })

  /** The samples whose names start so, each with its value. */
  const samples = async (name: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await metrics.text())
        .split('\n')
        .filter((line) => line.startsWith(name))
        .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    )

  test('requests are counted by route and status, operations by what made their result', async () => {
    const server = await keepingServerOf(database)
    for (let i = 0; i < 3; i++) await ask(server, RUBIO)
    for (const path of ['/people/marco-rubio', '/people/marco-rubio.json', '/people/nobody', '/nowhere', '/health']) {
      await server.fetch(`http://localhost${path}`, { headers: { accept: 'text/html' } })
    }
    expect(await samples('bilateral_http_requests_total')).toEqual({
      'bilateral_http_requests_total{route="/graphql",status="200"}': 3,
      'bilateral_http_requests_total{route="/people/:slug",status="200"}': 2,
      'bilateral_http_requests_total{route="/people/:slug",status="404"}': 1,
      'bilateral_http_requests_total{route="none",status="404"}': 1,
      'bilateral_http_requests_total{route="/health",status="200"}': 1,
    })
    expect(await samples('bilateral_operation_duration_seconds_count')).toEqual({
      'bilateral_operation_duration_seconds_count{operation="Rubio"}': 3,
      'bilateral_operation_duration_seconds_count{operation="PersonPage"}': 3,
    })
    expect(await samples('bilateral_operation_cost_count')).toEqual({
      'bilateral_operation_cost_count{operation="Rubio"}': 3,
      'bilateral_operation_cost_count{operation="PersonPage"}': 3,
    })
    const costs = await samples('bilateral_operation_cost')
    expect(costs['bilateral_operation_cost_sum{operation="Rubio"}']).toBe(3 * 201)
    expect(costs['bilateral_operation_cost_bucket{le="100",operation="Rubio"}']).toBe(0)
    expect(costs['bilateral_operation_cost_bucket{le="300",operation="Rubio"}']).toBe(3)
    expect(await samples('bilateral_operations_total')).toEqual({
      'bilateral_operations_total{executor="graphql-js"}': 3,
      'bilateral_operations_total{executor="cache"}': 3,
    })
  })

  test('errors are counted by code, once for each response that has them', async () => {
    const server = serverOf(database)
    await post(server, { query: '{ people(first: 500) { totalCount } meetings(first: 500) { totalCount } }' })
    await post(server, { query: '{ nothing }' })
    await post(server, '{')
    expect(await samples('bilateral_errors_total')).toEqual({
      'bilateral_errors_total{code="BAD_USER_INPUT"}': 1,
      'bilateral_errors_total{code="GRAPHQL_VALIDATION_FAILED"}': 1,
      'bilateral_errors_total{code="BAD_REQUEST"}': 1,
    })
  })

  test('statements are timed, those in transactions and those that fail too', async () => {
    const { bilateral_statement_duration_seconds_count: before } = await samples('bilateral_statement')
    await database.pool.query('SELECT 1')
    await database.pool.query({ text: 'SELECT $1::int', values: [1] })
    const client = await database.pool.connect()
    await client.query('BEGIN')
    await new Promise((resolve) => client.query('SELECT 2', resolve))
    await client.query('COMMIT')
    client.release()
    await expect(database.pool.query('SELECT * FROM nothing')).rejects.toThrow('nothing')
    const after = await samples('bilateral_statement')
    expect(before).toBe(0)
    expect(after['bilateral_statement_duration_seconds_count']).toBe(6)
    expect(after['bilateral_statement_errors_total']).toBe(1)
    expect(after['bilateral_statement_duration_seconds_sum']).toBeGreaterThan(0)
  })

  test('the pool and the version of the data are read at the time of the question', async () => {
    await keepingServerOf(database)
    const number = Number(database.dataVersion()?.number)
    const client = await database.pool.connect()
    const busy = await samples('bilateral_d')
    expect(busy['bilateral_database_connections{state="busy"}']).toBe(1)
    expect(busy['bilateral_data_version']).toBe(number)
    client.release()
    expect((await samples('bilateral_d'))['bilateral_database_connections{state="busy"}']).toBe(0)

    const unknown = vi.spyOn(database, 'dataVersion').mockReturnValue(undefined)
    expect(await samples('bilateral_data_version')).toEqual({})
    unknown.mockRestore()
  })
})

test('a replica lags for as long as requests do not read from it', async () => {
  const state = { isUsed: false, problem: 'lags', version: '7' }
  const states = [
    { ...state, location: 'postgresql://a/d', unusedMs: 2_500 },
    { ...state, location: 'postgresql://b/d', unusedMs: 0 },
  ]
  const pool = { totalCount: 0, idleCount: 0, waitingCount: 0, options: { max: 4 } }
  const metrics = new Metrics({ pool, replicas: { states }, dataVersion() {} } as unknown as Database, [])
  const text = await metrics.text()
  metrics.close()
  expect(text).toContain('bilateral_replica_lag_seconds{replica="postgresql://a/d"} 2.5\n')
  expect(text).toContain('bilateral_replica_lag_seconds{replica="postgresql://b/d"} 0\n')
})

test('clients that choose many names get few labels, and the names of pages and registered documents always have theirs', () => {
  const labels = new Labels(operationNames(['query Registered($a: Int) { x }']), 3)
  const given = Array.from({ length: 1_000 }, (_, i) => labels.of(`Chosen${i}`))
  expect([...new Set(given)]).toEqual(['Chosen0', 'Chosen1', 'Chosen2', 'other'])
  expect(['Registered', 'PersonPage', undefined, 'x'.repeat(101)].map((name) => labels.of(name))).toEqual([
    'Registered',
    'PersonPage',
    'unnamed',
    'other',
  ])
})

test('a manifest of any size gets a bounded number of labels', () => {
  const labels = new Labels(
    Array.from({ length: 5_000 }, (_, i) => `Document${i}`),
    3,
  )
  const given = new Set(Array.from({ length: 5_000 }, (_, i) => labels.of(`Document${i}`)))
  expect(given.size).toBe(204)
})
