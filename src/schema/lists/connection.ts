import type { Prisma } from '../../generated/prisma/client.ts'
import { isDay } from '../../time/day.ts'
import { badUserInput, echo } from '../errors.ts'
import type { Selections } from '../loading/selection.ts'

/** The paging arguments of a connection. */
export interface PageArgs {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

const DEFAULT_SIZE = 20
const MAX_SIZE = 100

/** The values of a column. Without `type` they are strings. */
interface Column {
  readonly type?: 'date' | 'integer' | 'number'
  /** Nulls sort last, in either direction. */
  readonly nullable?: boolean
}

/** One column of an order. */
export interface OrderColumn extends Column {
  /** The field of the Prisma model. */
  readonly field: string
  readonly descending?: boolean
}

/** The columns to sort by. The last one is unique, which makes the order total. */
export type Order = readonly OrderColumn[]

/** Sorts by the earliest possible start, then by the latest possible end, then by key. */
export const byDate = (key: 'slug' | 'id', descending = false): Order => [
  { field: 'beginOfTheBegin', type: 'date', nullable: true, descending },
  { field: 'endOfTheEnd', type: 'date', nullable: true, descending },
  { field: key, descending },
]

/** The same order for a relation in a Prisma query. */
export const byDateInPrisma = <Key extends 'slug' | 'id'>(key: Key, newestFirst = false) => {
  const sort: Prisma.SortOrder = newestFirst ? 'desc' : 'asc'
  return [
    { beginOfTheBegin: { sort, nulls: 'last' } as const },
    { endOfTheEnd: { sort, nulls: 'last' } as const },
    { [key]: sort } as { [K in Key]: Prisma.SortOrder },
  ]
}

/** Sorts by name, then by key. */
export const byName = (name: 'name' | 'title', key: 'slug' | 'code', descending = false): Order => [
  { field: name, descending },
  { field: key, descending },
]

/** Sorts the citations of a source by their place in the text. */
export const inReadingOrder: Order = [
  { field: 'start', type: 'integer' },
  { field: 'end', type: 'integer' },
  { field: 'id' },
]

/** The Prisma query of a page. */
interface PageQuery {
  where: object
  orderBy: object[]
  take: number
}

/** The part of a list that the paging arguments request. Throws BAD_USER_INPUT if they are invalid. */
export class Window {
  readonly size: number
  readonly backward: boolean
  /** Number of rows to read: one more than the page has if the document selects `pageInfo`. */
  readonly take: number
  readonly #bounded: boolean

  constructor({ first, after, last, before }: PageArgs, selections: Selections) {
    if (typeof first === 'number' && typeof last === 'number')
      throw badUserInput('`first` and `last`: expected only one of them, got both')
    this.backward = typeof last === 'number'
    this.size = this.backward ? pageSize('last', last) : pageSize('first', first)
    this.take = this.size + Number(selections.askFor('pageInfo'))
    this.#bounded = typeof (this.backward ? before : after) === 'string'
  }

  /** The rows of the page in list order, from the rows that `take` read. */
  cut<Row>(rows: readonly Row[]): Row[] {
    const page = rows.slice(0, this.size)
    return this.backward ? page.reverse() : page
  }

  /** The connection of the rows. `totalCount` is called only if the document selects it. */
  connection<Row, Node>(rows: readonly Row[], edge: (row: Row) => Edge<Node>, totalCount: () => Promise<number>) {
    const edges = this.cut(rows).map(edge)
    const more = rows.length > this.size
    const [hasNextPage, hasPreviousPage] = this.backward ? [this.#bounded, more] : [more, this.#bounded]
    return { edges, pageInfo: new PageInfo(hasNextPage, hasPreviousPage, edges), totalCount }
  }
}

/**
 * A record of a page. Its cursor is computed only if the document selects it.
 * A class, not a literal: for each literal with a getter V8 creates a hidden class, which only slow garbage collection removes.
 */
export class Edge<Node> {
  readonly node: Node
  readonly #place: () => readonly unknown[]

  constructor(node: Node, place: () => readonly unknown[]) {
    this.node = node
    this.#place = place
  }

  get cursor(): string {
    return encodeCursor(this.#place())
  }
}

/** The `pageInfo` of a page. A class for the same reason as `Edge`, exported for the declarations. */
export class PageInfo {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly #edges: readonly Edge<unknown>[]

  constructor(hasNextPage: boolean, hasPreviousPage: boolean, edges: readonly Edge<unknown>[]) {
    this.hasNextPage = hasNextPage
    this.hasPreviousPage = hasPreviousPage
    this.#edges = edges
  }

  get startCursor(): string | null {
    return this.#edges[0]?.cursor ?? null
  }

  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? null
  }
}

/** A page of a keyset-paginated list. It is correct with ties and nulls, and if rows are added or removed between pages. */
export class Page {
  readonly #order: Order
  readonly #window: Window
  readonly #after: readonly Value[] | undefined
  readonly #before: readonly Value[] | undefined

  /** Throws BAD_USER_INPUT if the arguments are invalid. */
  constructor(args: PageArgs, order: Order, selections: Selections) {
    const { after, before } = args
    this.#order = order
    this.#window = new Window(args, selections)
    this.#after = typeof after === 'string' ? decodeCursor('after', after, order) : undefined
    this.#before = typeof before === 'string' ? decodeCursor('before', before, order) : undefined
  }

  get query(): PageQuery {
    const order = this.#order
    const limits = [
      ...(this.#after ? [beyond(order, this.#after, false)] : []),
      ...(this.#before ? [beyond(order, this.#before, true)] : []),
    ]
    return {
      where: { AND: limits },
      orderBy: order.map((column) => orderBy(column, this.#window.backward)),
      take: this.#window.take,
    }
  }

  /**
   * The connection of the rows that `query` returned. `totalCount` is called only if the document selects it.
   * The nodes have the type `never`, which fits any node: TypeScript cannot know the columns and relations that Pothos selected.
   */
  of(rows: readonly object[], totalCount: () => Promise<number>) {
    const edge = (node: object) => new Edge(node as never, () => placeOf(node, this.#order))
    return this.#window.connection(rows, edge, totalCount)
  }
}

/** The columns that cursors need. Only the key if the document selects no cursor. */
export function cursorColumns(order: Order, selections: Selections): Record<string, true> {
  const columns = selections.askFor('cursor', 'pageInfo') ? order : order.slice(-1)
  return Object.fromEntries(columns.map(({ field }) => [field, true]))
}

/** The size of the requested page. Throws BAD_USER_INPUT if it is out of range. */
export function pageSize(name: 'first' | 'last', size: number | null | undefined): number {
  if (size === null || size === undefined) return DEFAULT_SIZE
  if (size < 0 || size > MAX_SIZE) throw badUserInput(`\`${name}\`: expected 0 to ${MAX_SIZE}, got ${size}`)
  return size
}

function orderBy({ field, descending = false, nullable }: OrderColumn, backward: boolean): object {
  const sort = descending === backward ? 'asc' : 'desc'
  return { [field]: nullable ? { sort, nulls: backward ? 'first' : 'last' } : sort }
}

type Value = string | number | null

/** The rows after a position in the order, or before it. */
function beyond(order: Order, place: readonly Value[], before: boolean): object {
  const alternatives = order.flatMap(({ field, descending = false, nullable }, i): object[] => {
    const value = place[i] as Value
    const same = order.slice(0, i).map((column, j) => ({ [column.field]: toPrisma(column, place[j] as Value) }))
    const further = { [field]: { [descending === before ? 'gt' : 'lt']: toPrisma(order[i] as OrderColumn, value) } }
    if (value === null) return before ? [{ AND: [...same, { [field]: { not: null } }] }] : []
    if (nullable && !before) return [{ AND: [...same, { OR: [further, { [field]: null }] }] }]
    return [{ AND: [...same, further] }]
  })
  return { AND: [...notFarther(order, place, before), { OR: alternatives }] }
}

/** Repeats the limit on the first column that the alternatives imply, so that PostgreSQL can use an index. */
function notFarther([first]: Order, [value = null]: readonly Value[], before: boolean): object[] {
  if (!first || value === null) return []
  const { field, descending = false, nullable } = first
  const limit = { [field]: { [descending === before ? 'gte' : 'lte']: toPrisma(first, value) } }
  return [nullable && !before ? { OR: [{ [field]: null }, limit] } : limit]
}

const toPrisma = ({ type }: OrderColumn, value: Value) =>
  type === 'date' && value !== null ? new Date(`${value}T00:00:00Z`) : value

const placeOf = (row: object, order: Order) =>
  order.map(({ field }) => {
    const value = (row as Record<string, unknown>)[field]
    return value instanceof Date ? value.toISOString().slice(0, 10) : value
  })

/** Encodes a position in an order as a cursor. */
const encodeCursor = (place: readonly unknown[]) => Buffer.from(JSON.stringify(place)).toString('base64url')

/** Decodes a cursor. Throws BAD_USER_INPUT if its values do not fit the columns. */
export function decodeCursor(name: string, cursor: string, columns: readonly Column[]): Value[] {
  const place = parse(cursor)
  const fits =
    Array.isArray(place) &&
    place.length === columns.length &&
    place.every((value, i) => isOf(columns[i] as Column, value))
  if (!fits) throw badUserInput(`\`${name}\`: expected a cursor from this list, got ${echo(cursor)}`)
  return place
}

/** Maximum of the PostgreSQL type `integer`. */
const MAX_INTEGER = 2 ** 31 - 1

function isOf({ type, nullable }: Column, value: unknown): boolean {
  if (value === null) return nullable === true
  if (type === 'integer') return Number.isInteger(value) && Math.abs(value as number) <= MAX_INTEGER
  if (type === 'number') return Number.isFinite(value)
  if (typeof value !== 'string' || value.includes('\0')) return false
  return type !== 'date' || isDay(value)
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
