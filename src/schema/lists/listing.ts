import type { Database } from '../../database/open.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import type { SearchKind } from '../../search/document.ts'
import { keysFound } from '../../search/search.ts'
import { badUserInput } from '../errors.ts'
import { namesNow } from '../ids/former-ids.ts'
import type { Order, PageArgs } from './connection.ts'
import { withCodes } from './country-names.ts'

/** The Prisma models that have lists. */
type ModelName = 'agreement' | 'citation' | 'country' | 'meeting' | 'organization' | 'person' | 'position' | 'relationEvent' | 'source' | 'statement' | 'topic' | 'visit' | 'meetingPair' | 'statementPair' // biome-ignore format: one line

/** The methods of a Prisma model that lists use. */
export interface Model {
  findMany(query: object): PromiseLike<object[]>
  count(query: object): PromiseLike<number>
  findPage(query: object, counted: object): PromiseLike<{ rows: object[]; count: number }>
}

export const modelOf = (prisma: PrismaClient, name: ModelName) => prisma[name] as unknown as Model

/** How records of a type are filtered and sorted, in root lists and nested lists. */
export interface Listing<Filter, OrderName extends string> {
  readonly model: ModelName
  /** The orders that a client can choose, the default first. Lists with `searched` also have RELEVANCE. */
  readonly orders: Readonly<Record<OrderName, Order>>
  /** The default order of a list with this filter, if it is not the first one. */
  readonly orderFor?: (filter: Filter) => OrderName | undefined
  /** The kind to search for, if the filter has a `search`. */
  readonly searched?: SearchKind
  /** The model of the pairs of countries that a record is between, if there is one. */
  readonly pairs?: 'meetingPair' | 'statementPair'
  /** The fields of the filter that contain slugs or IDs of people. */
  readonly people?: readonly (keyof Filter & string)[]
  /** The condition of a list without a filter, if it has not all records. `where` adds it otherwise. */
  readonly always?: object
  /** The Prisma condition of a filter, without its `search`. Throws BAD_USER_INPUT. */
  readonly where: (filter: Filter, database: Database) => object | Promise<object>
}

export interface ListArgs<Filter, OrderName> extends PageArgs {
  filter?: Filter | null | undefined
  orderBy?: OrderName | 'RELEVANCE' | null | undefined
}

/** The field of filters that can search. */
export interface Searching {
  search?: string | null | undefined
}

/** The Prisma condition of a filter. It is a promise only if the database must be read first, for example for a search. */
export function filtered<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  filter: Filter | null | undefined,
  database: Database,
): object | Promise<object> {
  if (!filter) return listing.always ?? {}
  const { searched } = listing
  const rest = unsearched(listing, filter, database)
  const { search } = filter as Searching
  if (!searched || typeof search !== 'string') return rest
  return Promise.all([rest, recordsFound(database, search, searched)]).then((conditions) => ({ AND: conditions }))
}

/** The condition of a filter without its `search`. A person who was merged into another is replaced by the other. */
export function unsearched<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  given: Filter,
  database: Database,
): object | Promise<object> {
  const filter = withCodes(given, database)
  return filter instanceof Promise
    ? filter.then((one) => resolved(listing, one, database))
    : resolved(listing, filter, database)
}

function resolved<Filter, OrderName extends string>(
  { where, people = [] }: Listing<Filter, OrderName>,
  filter: Filter,
  database: Database,
): object | Promise<object> {
  const conditions = where(filter, database)
  const names = people.flatMap((field) => (filter[field] as string | readonly string[] | null | undefined) ?? [])
  if (names.length === 0) return conditions
  return ofThosePresent(names)

  async function ofThosePresent(names: readonly string[]): Promise<object> {
    // Reports invalid names before the database is read.
    const asNamed = await conditions
    const now = await namesNow(database, names)
    if (now.size === 0) return asNamed
    const present = (value: unknown): unknown =>
      typeof value === 'string' ? (now.get(value) ?? value) : (value as string[] | null | undefined)?.map(present)
    return where({ ...filter, ...Object.fromEntries(people.map((field) => [field, present(filter[field])])) }, database)
  }
}

/** Maximum number of records that a filter’s search may find: their keys are parameters of the list’s SQL statement. */
export const MAX_FOUND = 4_096

/** The condition for the records that a search finds. Throws BAD_USER_INPUT if there are too many. */
const recordsFound = async (database: Database, search: string, kind: SearchKind): Promise<object> =>
  ofKeys(fewEnough(await keysFound(database, search, kind, MAX_FOUND + 1)))

/** Returns what was found. Throws BAD_USER_INPUT if it is more than MAX_FOUND. */
export function fewEnough<Found>(found: Found[]): Found[] {
  if (found.length <= MAX_FOUND) return found
  throw badUserInput(
    `\`search\`: expected at most ${MAX_FOUND} matching records, got more; add words, or use \`Query.search\`, which has no such limit`,
  )
}

/** The condition for the records with these keys. */
export const ofKeys = (keys: readonly string[]): object => ({ slug: { in: keys } })

export function orderOf<Filter, OrderName extends string>(
  { orders, orderFor }: Listing<Filter, OrderName>,
  { orderBy, filter }: ListArgs<Filter, OrderName>,
): Order {
  if (orderBy === 'RELEVANCE') {
    throw badUserInput(
      '`orderBy`: RELEVANCE is not available in a nested list; use another order, or a top-level list with a filter',
    )
  }
  const [first] = Object.keys(orders) as OrderName[]
  return orders[(orderBy ?? (filter && orderFor?.(filter)) ?? first) as OrderName]
}
