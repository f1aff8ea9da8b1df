import type { Database } from '../../database/open.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { SearchKind } from '../../search/document.ts'
import { keysFound } from '../../search/search.ts'
import { badUserInput } from '../errors.ts'
import { namesNow } from '../ids/former-ids.ts'
import type { Order, PageArgs } from './connection.ts'

/** The models that are listed. */
type ModelName = 'agreement' | 'citation' | 'country' | 'meeting' | 'organization' | 'person' | 'position' | 'source' | 'statement' | 'topic' | 'visit' | 'meetingPair' | 'statementPair' // biome-ignore format: one line

/** What a list needs of a Prisma model. */
interface Model {
  findMany(query: object): PromiseLike<object[]>
  count(query: object): PromiseLike<number>
}

export const modelOf = (prisma: PrismaClient, name: ModelName) => prisma[name] as unknown as Model

/** How records of a type are listed, wherever they are: which of them, and in which order. */
export interface Listing<Filter, OrderName extends string> {
  readonly model: ModelName
  /** The orders that a caller can choose, the default one first; where it is searched, RELEVANCE besides. */
  readonly orders: Readonly<Record<OrderName, Order>>
  /** As what its records are searched, where a filter can search them. */
  readonly searched?: SearchKind
  /** The model of the pairs of countries that its records are between, where there is one. */
  readonly pairs?: 'meetingPair' | 'statementPair'
  /** The fields of a filter that name people. */
  readonly people?: readonly (keyof Filter & string)[]
  /** The records that a filter lets through, its `search` apart. Throws BAD_USER_INPUT. */
  readonly where: (filter: Filter, database: Database) => object | Promise<object>
}

export interface ListArgs<Filter, OrderName> extends PageArgs {
  filter?: Filter | null | undefined
  orderBy?: OrderName | 'RELEVANCE' | null | undefined
}

/** Filters that can search have this field. */
export interface Searching {
  search?: string | null | undefined
}

/** The records that a filter lets through. Only a few conditions have to ask the database first, as a search for what it finds. */
export function filtered<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  filter: Filter | null | undefined,
  database: Database,
): object | Promise<object> {
  if (!filter) return {}
  const { searched } = listing
  const rest = unsearched(listing, filter, database)
  const { search } = filter as Searching
  if (!searched || typeof search !== 'string') return rest
  return Promise.all([rest, recordsFound(database, search, searched)]).then((conditions) => ({ AND: conditions }))
}

/** What a filter says besides its `search`. Where it names people, those who were merged into others are these. */
export function unsearched<Filter, OrderName extends string>(
  { where, people = [] }: Listing<Filter, OrderName>,
  filter: Filter,
  database: Database,
): object | Promise<object> {
  const conditions = where(filter, database)
  const names = people.flatMap((field) => (filter[field] as string | readonly string[] | null | undefined) ?? [])
  if (names.length === 0) return conditions
  return ofThosePresent(names)

  async function ofThosePresent(names: readonly string[]): Promise<object> {
    // What is wrong with them is told before the database is asked.
    const asNamed = await conditions
    const now = await namesNow(database, names)
    if (now.size === 0) return asNamed
    const present = (value: unknown): unknown =>
      typeof value === 'string' ? (now.get(value) ?? value) : (value as string[] | null | undefined)?.map(present)
    return where({ ...filter, ...Object.fromEntries(people.map((field) => [field, present(filter[field])])) }, database)
  }
}

/** The most records that a list's search may find: their keys go to the database with the list's statement. */
export const MOST_FOUND = 4_096

/** The records that a search finds. Throws BAD_USER_INPUT where they are too many for a filter. */
const recordsFound = async (database: Database, search: string, kind: SearchKind): Promise<object> =>
  ofKeys(fewEnough(await keysFound(database, search, kind, MOST_FOUND + 1)))

/** What was found, asked for one more than may be. Throws BAD_USER_INPUT where that is there. */
export function fewEnough<Found>(found: Found[]): Found[] {
  if (found.length <= MOST_FOUND) return found
  throw badUserInput(
    `\`search\` finds more than ${MOST_FOUND} records; expected words that find fewer, or the query \`search\`, which ranks any number`,
  )
}

/** The records with some keys. */
export const ofKeys = (keys: readonly string[]): object => ({ slug: { in: keys } })

export function orderOf<Filter, OrderName extends string>(
  { orders }: Listing<Filter, OrderName>,
  { orderBy }: ListArgs<Filter, OrderName>,
): Order {
  if (orderBy === 'RELEVANCE') {
    throw badUserInput(
      '`orderBy` is RELEVANCE where the list hangs on a record; expected another order, or the list of all, filtered by the record',
    )
  }
  const [first] = Object.values<Order>(orders)
  return orderBy ? orders[orderBy as OrderName] : (first as Order)
}
