import { badUserInput } from './errors.ts'

/** The paging arguments of a connection. */
export interface PageArgs {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

const DEFAULT_SIZE = 20
const LARGEST_SIZE = 100

/** One column of an order. */
export interface OrderColumn {
  /** The field of the Prisma model. */
  readonly field: string
  readonly descending?: boolean
  /** Nulls sort last, in either direction. */
  readonly nullable?: boolean
  /** Text unless told. */
  readonly type?: 'date' | 'number'
}

/** A total order: its last column is unique. */
export type Order = readonly OrderColumn[]

/** As things of a date are sorted: by when they may have begun, by when they must have ended, by key. */
export const byDate = (key: 'slug' | 'id'): Order => [
  { field: 'beginOfTheBegin', type: 'date', nullable: true },
  { field: 'endOfTheEnd', type: 'date', nullable: true },
  { field: key },
]

/** As things of a name are sorted. */
export const byName = (name: 'name' | 'title', key: 'slug' | 'code'): Order => [{ field: name }, { field: key }]

/** As the citations of a source are sorted. */
export const inReadingOrder: Order = [{ field: 'start', type: 'number' }, { field: 'end', type: 'number' }, { field: 'id' }]

/** What a page asks of Prisma: one row more than it has room for, to know whether there is more. */
export interface PageQuery {
  where?: object
  orderBy: object[]
  take: number
}

/** A page of a keyset-paginated list: stable under ties, nulls, and rows that come and go between pages. */
export class Page {
  readonly query: PageQuery
  readonly #order: Order
  readonly #size: number
  readonly #backward: boolean
  readonly #bounded: boolean

  /** Throws BAD_USER_INPUT where the arguments make no page. */
  constructor(args: PageArgs, order: Order) {
    const { after, before } = args
    this.#order = order
    this.#size = sizeOf(args)
    this.#backward = typeof args.last === 'number'
    this.#bounded = this.#backward ? typeof before === 'string' : typeof after === 'string'
    const limits = [
      ...(typeof after === 'string' ? [beyond(order, decode('after', after, order), false)] : []),
      ...(typeof before === 'string' ? [beyond(order, decode('before', before, order), true)] : []),
    ]
    this.query = {
      ...(limits.length > 0 ? { where: { AND: limits } } : {}),
      orderBy: order.map((column) => orderBy(column, this.#backward)),
      take: this.#size + 1,
    }
  }

  /**
   * The connection of the rows that came of `query`; `totalCount` is called when asked for.
   * Which columns and relations the rows have, Pothos knows and TypeScript does not: so they are `never`, which fits any node.
   */
  of(rows: readonly object[], totalCount: () => Promise<number>) {
    const more = rows.length > this.#size
    const page = rows.slice(0, this.#size)
    if (this.#backward) page.reverse()
    const edges = page.map((node) => ({ node: node as never, cursor: encode(this.#order, node) }))
    return {
      edges,
      pageInfo: {
        hasNextPage: this.#backward ? this.#bounded : more,
        hasPreviousPage: this.#backward ? more : this.#bounded,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
      totalCount,
    }
  }
}

/** What an order's cursors are made of, for a query to select. */
export const orderColumns = (order: Order) => Object.fromEntries(order.map(({ field }) => [field, true]))

function sizeOf({ first, last }: PageArgs): number {
  if (typeof first === 'number' && typeof last === 'number') throw badUserInput('expected `first` or `last`, not both')
  const [name, size] = typeof last === 'number' ? ['last', last] : ['first', first ?? DEFAULT_SIZE]
  if (size < 0 || size > LARGEST_SIZE) throw badUserInput(`\`${name}\` is ${size}; expected 0 to ${LARGEST_SIZE}`)
  return size as number
}

function orderBy({ field, descending = false, nullable }: OrderColumn, backward: boolean): object {
  const sort = descending === backward ? 'asc' : 'desc'
  return { [field]: nullable ? { sort, nulls: backward ? 'first' : 'last' } : sort }
}

type Value = string | number | null

/** The rows that come after a place in the order, or before it. */
function beyond(order: Order, place: readonly Value[], before: boolean): object {
  const alternatives = order.flatMap(({ field, descending = false, nullable }, i): object[] => {
    const value = place[i] as Value
    const same = order.slice(0, i).map((column, j) => ({ [column.field]: toPrisma(column, place[j] as Value) }))
    const further = { [field]: { [descending === before ? 'gt' : 'lt']: toPrisma(order[i] as OrderColumn, value) } }
    if (value === null) return before ? [{ AND: [...same, { [field]: { not: null } }] }] : []
    if (nullable && !before) return [{ AND: [...same, { OR: [further, { [field]: null }] }] }]
    return [{ AND: [...same, further] }]
  })
  return { OR: alternatives }
}

const toPrisma = ({ type }: OrderColumn, value: Value) =>
  type === 'date' && value !== null ? new Date(`${value}T00:00:00Z`) : value

function encode(order: Order, row: object): string {
  const place = order.map(({ field }) => {
    const value = (row as Record<string, unknown>)[field]
    return value instanceof Date ? value.toISOString().slice(0, 10) : value
  })
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function decode(name: string, cursor: string, order: Order): Value[] {
  const place = parse(cursor)
  const fits =
    Array.isArray(place) &&
    place.length === order.length &&
    place.every((value, i) => isOf(order[i] as OrderColumn, value))
  if (!fits) throw badUserInput(`\`${name}\` is ${JSON.stringify(cursor)}; expected a cursor that this list gave`)
  return place
}

function isOf({ type, nullable }: OrderColumn, value: unknown): boolean {
  if (value === null) return nullable === true
  if (type === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'string' || value.includes('\0')) return false
  return type !== 'date' || (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)))
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
