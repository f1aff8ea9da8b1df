import { readFile } from 'node:fs/promises'
import { parser } from '@prometheus-io/lezer-promql'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Database } from '../../src/database/open.ts'
import { Metrics } from '../../src/server/observing/metrics.ts'

const target = z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string(), datasource: z.object({}) })
const gridPos = z.object({
  h: z.int().positive(),
  w: z.int().positive(),
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
})
const panel = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string(),
  gridPos,
  targets: z.array(target).default([]),
})
/** The parts of the schema of Grafana's dashboards without which it shows nothing. */
const dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.int().min(36),
  time: z.object({ from: z.string(), to: z.string() }),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.enum(['datasource', 'query']), query: z.unknown() })),
  }),
  panels: z.array(panel),
})
const duration = z.string().regex(/^\d+[smh]$/)
const rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Bilateral[A-Z]\w+$/),
          expr: z.string(),
          for: duration.optional(),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
})

const read = async (name: string) => await readFile(`docs/operations/${name}`, 'utf8')
const alerts = async () => rules.parse(parse(await read('alerts.yaml'))).groups.flatMap((group) => group.rules)
const board = async () => dashboard.parse(JSON.parse(await read('grafana-dashboard.json')))

/** The names of metrics in an expression. Throws if it is not PromQL. */
function metricsIn(expression: string): string[] {
  // Grafana puts a duration here.
  const promql = expression.replaceAll('$__rate_interval', '5m')
  const names: string[] = []
  parser.parse(promql).iterate({
    enter({ type, from, to }) {
      if (type.isError) throw new Error(`not PromQL at ${from}: ${promql}`)
      if (type.name === 'Identifier') names.push(promql.slice(from, to))
    },
  })
  return names
}

/** The names of the samples that `/metrics` has, and of those that it can have. */
async function served(): Promise<Set<string>> {
  const database = {
    pool: { totalCount: 0, idleCount: 0, waitingCount: 0, options: { max: 4 } },
    dataVersion() {},
  } as unknown as Database
  const metrics = new Metrics(database, [])
  const text = await metrics.text()
  metrics.close()
  const types = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)]
  return new Set([
    'up',
    ...types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['bucket', 'count', 'sum'].map((part) => `${name}_${part}`) : [name],
    ),
  ])
}

test('what is not PromQL is noticed', () => {
  expect(metricsIn('sum by (a) (rate(b{c=~"$d"}[$__rate_interval])) / e > 0.5')).toEqual(['b', 'e'])
  for (const wrong of ['sum(rate(a[5m])', 'a{b=}', 'rate(a[5 apples])', 'a >']) {
    expect(() => metricsIn(wrong)).toThrow('not PromQL')
  }
})

test('every metric in the dashboard and in the alerts is one of /metrics', async () => {
  const { panels, templating } = await board()
  const expressions = [
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...(await alerts()).map(({ expr }) => expr),
  ]
  const known = await served()
  expect(expressions.length).toBeGreaterThan(20)
  for (const expression of expressions) {
    const names = metricsIn(expression)
    expect(names.length).toBeGreaterThan(0)
    expect(
      names.filter((name) => !known.has(name)),
      expression,
    ).toEqual([])
  }
  expect(JSON.stringify(templating)).toContain('label_values(bilateral_build_info, job)')
  expect(known).toContain('bilateral_build_info')
})

test('panels have ids of their own, do not overlap, and fit the width of 24', async () => {
  const { panels } = await board()
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  const cells = panels.flatMap(({ gridPos: { h, w, x, y } }) =>
    Array.from({ length: h * w }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
  expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true)
})

test('each alert has a name of its own', async () => {
  const names = (await alerts()).map(({ alert }) => alert)
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThan(8)
})

test('docs/operating.md describes each metric of the service, and no other', async () => {
  const page = await readFile('docs/operating.md', 'utf8')
  const documented = [...page.matchAll(/^\| `(bilateral_\w+)` \|/gm)].map(([, name]) => name)
  const names = [...(await served())].filter((name) => name.startsWith('bilateral_'))
  const bases = names.map((name) => name.replace(/(_seconds|_cost)_(bucket|count|sum)$/, '$1'))
  expect(documented.toSorted()).toEqual([...new Set(bases)].toSorted())
})
