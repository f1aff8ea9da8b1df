import { expect } from 'vitest'
import { dataOf, type Server } from './ask.ts'

/** Lists, read page by page. A list is written as in a question, with `ARGS` for a page's arguments. */

export interface Connection {
  edges: { cursor: string; node: { key: string } }[]
  nodes: { key: string }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

const PAGE = (key: string) =>
  `{ edges { cursor node { key: ${key} } } nodes { key: ${key} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`

function connectionIn(answer: unknown): Connection {
  const object = answer as Record<string, unknown>
  return 'pageInfo' in object ? (object as unknown as Connection) : connectionIn(Object.values(object)[0])
}

export async function page(server: Server, list: string, args: string, key = 'slug'): Promise<Connection> {
  return connectionIn(await dataOf(server, `{ ${list.replace('ARGS)', `${args}) ${PAGE(key)}`)} }`))
}

export const keysOf = ({ nodes }: Connection) => nodes.map(({ key }) => key)

/** All keys of a list, read page by page, either way. */
export async function walk(
  server: Server,
  list: string,
  size: number,
  way: 'forward' | 'backward',
  key?: string,
): Promise<string[]> {
  const keys: string[] = []
  let place = ''
  for (let pages = 0; pages <= 100; pages++) {
    const args = way === 'forward' ? `first: ${size}${place}` : `last: ${size}${place}`
    const found = await page(server, list, args, key)
    const { startCursor, endCursor, hasNextPage, hasPreviousPage } = found.pageInfo
    expect(found.edges.map(({ node }) => node)).toEqual(found.nodes)
    expect([startCursor, endCursor]).toEqual([found.edges[0]?.cursor ?? null, found.edges.at(-1)?.cursor ?? null])
    if (way === 'forward') keys.push(...keysOf(found))
    else keys.unshift(...keysOf(found))
    if (!(way === 'forward' ? hasNextPage : hasPreviousPage)) return keys
    expect(found.nodes).toHaveLength(size)
    place = way === 'forward' ? `, after: "${endCursor}"` : `, before: "${startCursor}"`
  }
  throw new Error('this list does not end')
}
