import { isDeepStrictEqual } from 'node:util'
import type { Bundle } from '../../src/bundle/format.ts'
import { type Part, pageOf } from './lists.ts'

/** How answers are held against the reference model, and how a difference is shown. */

export interface Connection {
  totalCount: number
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  edges: { cursor: string; node: object }[]
  nodes: object[]
}

export interface PageArgs {
  first?: number | undefined
  last?: number | undefined
  after?: string | null | undefined
  before?: string | null | undefined
}

/** What is asked of every connection, and of its records. */
export const CONNECTION = (node: string) =>
  `totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${node} } } nodes { ${node} }`

/** Compares one page, and all pages from either end, with a list of keys. */
export async function comparePages(
  expected: readonly string[],
  { part, step }: { part: Part; step?: number | undefined },
  keyOf: (node: object) => string,
  ask: (page: PageArgs) => Promise<Connection>,
): Promise<void> {
  const all = await walk((page) => ask({ first: 100, ...page }), 'forward')
  const cursors = all.map(({ cursor }) => cursor)
  same(
    all.map(({ node }) => keyOf(node)),
    expected,
  )

  const place = (at: number | undefined) =>
    at === undefined || expected.length === 0 ? undefined : at % expected.length
  const within = { ...part, after: place(part.after), before: place(part.before) }
  const { nodes, ...more } = pageOf(expected, within)
  const { totalCount, pageInfo, ...page } = await ask({
    ...part,
    after: within.after === undefined ? undefined : cursors[within.after],
    before: within.before === undefined ? undefined : cursors[within.before],
  })
  const [startCursor, endCursor] = [page.edges[0]?.cursor ?? null, page.edges.at(-1)?.cursor ?? null]
  const edges = page.nodes.map((node) => ({ cursor: cursors[expected.indexOf(keyOf(node))], node }))
  same(
    { totalCount, pageInfo, nodes: page.nodes.map(keyOf), edges: page.edges },
    { totalCount: expected.length, pageInfo: { ...more, startCursor, endCursor }, nodes, edges },
  )

  if (step === undefined || expected.length > 20) return
  const forward = await walk((page) => ask({ first: step, ...page }), 'forward')
  same(
    forward.map(({ node }) => keyOf(node)),
    expected,
  )
  const backward = await walk((page) => ask({ last: step, ...page }), 'backward')
  same(
    backward.map(({ node }) => keyOf(node)),
    expected,
  )
}

/** All edges, page by page. */
async function walk(
  ask: (page: PageArgs) => Promise<Connection>,
  way: 'forward' | 'backward',
): Promise<Connection['edges']> {
  let edges: Connection['edges'] = []
  for (let page: PageArgs = {}; ; ) {
    const { pageInfo, edges: found } = await ask(page)
    edges = way === 'forward' ? [...edges, ...found] : [...found, ...edges]
    if (!(way === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return edges
    if (found.length === 0) throw new Error('an empty page says that there are more')
    page = way === 'forward' ? { after: pageInfo.endCursor } : { before: pageInfo.startCursor }
  }
}

/** Throws where two answers differ, and shows in what. */
export function same(answered: unknown, expected: unknown, where = ''): void {
  if (isDeepStrictEqual(answered, expected)) return
  if (!isRecord(answered) || !isRecord(expected)) {
    throw new Error(`answered${where} ${JSON.stringify(answered)}\nexpected${where} ${JSON.stringify(expected)}`)
  }
  for (const key of new Set([...Object.keys(answered), ...Object.keys(expected)])) {
    same(answered[key], expected[key], `${where} ${key}:`)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A bundle on a line a record, without what no question asks for. */
export function readable(bundle: Bundle | undefined): string {
  const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0
  const skipped = ['text', 'start', 'end', 'exact', 'sha256', 'length', 'format', 'version', 'attribution']
  return Object.entries(bundle ?? {})
    .filter(([list, records]) => !skipped.includes(list) && !isEmpty(records))
    .flatMap(([list, records]) => [
      `${list}:`,
      ...(records as object[]).map(
        (record) =>
          `  ${JSON.stringify(record, (key, value) => (skipped.includes(key) || isEmpty(value) ? undefined : value))}`,
      ),
    ])
    .join('\n')
}
