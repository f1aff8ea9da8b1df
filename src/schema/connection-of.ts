import type { ObjectRef } from '@pothos/core'
import type { GraphQLResolveInfo } from 'graphql'
import type { Database } from '../database/open.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { type Pair, pairOf } from '../relations/entries.ts'
import type { SearchKind } from '../search/document.ts'
import { keysFound, type Rank, ranksFound } from '../search/search.ts'
import { builder, type Context } from './builder.ts'
import { decodeCursor, encodeCursor, type Order, orderColumns, Page, type PageArgs, Window } from './connection.ts'
import { badUserInput } from './errors.ts'
import { betweenPairs, eachOf, lasting, pairColumns, type Range } from './filters.ts'
import { namesNow } from './former-ids.ts'
import { selectionOf } from './selection.ts'
import { whenSettled } from './when-settled.ts'

/** The connection type of records of one type: `MeetingConnection` for `Meeting`. */
export function connectionOf<Row>(
  type: ObjectRef<(typeof builder)['$inferSchemaTypes'], Row>,
  name: string,
  plural: string,
) {
  // Lets a query look under `nodes` and `edges { node }` for the columns and relations to read.
  const pothosIndirectInclude = {
    getType: () => name,
    paths: [[{ name: 'nodes' }], [{ name: 'edges' }, { name: 'node' }]],
  }
  return builder.connectionObject(
    {
      type,
      name: `${name}Connection`,
      description: `A page of ${plural}.`,
      extensions: { pothosIndirectInclude },
    },
    { name: `${name}Edge`, description: `One of ${plural}, with its cursor.` },
  )
}

/** The models that are listed. */
type ModelName = 'agreement' | 'citation' | 'country' | 'meeting' | 'organization' | 'person' | 'position' | 'source' | 'statement' | 'topic' | 'visit' | 'meetingPair' | 'statementPair' // biome-ignore format: one line

/** What a list needs of a Prisma model. */
interface Model {
  findMany(query: object): PromiseLike<object[]>
  count(query: object): PromiseLike<number>
}

const modelOf = (prisma: PrismaClient, name: ModelName) => prisma[name] as unknown as Model

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

interface ListArgs<Filter, OrderName> extends PageArgs {
  filter?: Filter | null | undefined
  orderBy?: OrderName | 'RELEVANCE' | null | undefined
}

/** Filters that can search have this field. */
interface Searching {
  search?: string | null | undefined
}

/** The records that a filter lets through. Only a few conditions have to ask the database first, as a search for what it finds. */
function filtered<Filter, OrderName extends string>(
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
function unsearched<Filter, OrderName extends string>(
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
const MOST_FOUND = 4_096

/** The records that a search finds. Throws BAD_USER_INPUT where they are too many for a filter. */
const recordsFound = async (database: Database, search: string, kind: SearchKind): Promise<object> =>
  ofKeys(fewEnough(await keysFound(database, search, kind, MOST_FOUND + 1)))

/** What was found, asked for one more than may be. Throws BAD_USER_INPUT where that is there. */
function fewEnough<Found>(found: Found[]): Found[] {
  if (found.length <= MOST_FOUND) return found
  throw badUserInput(
    `\`search\` finds more than ${MOST_FOUND} records; expected words that find fewer, or the query \`search\`, which ranks any number`,
  )
}

/** The records with some keys. */
const ofKeys = (keys: readonly string[]): object => ({ slug: { in: keys } })

function orderOf<Filter, OrderName extends string>(
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

/** Of which records a list is: all that a condition lets through, or all that are between two countries. */
type Scope = { readonly scope: object } | { readonly between: Pair }

/**
 * Answers a root list: one page, with what the document asks of its records, in one statement. One more finds what it
 * searches; by relevance one more finds what else lets through, if there is anything else.
 */
export async function listOf<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  args: ListArgs<Filter, OrderName>,
  context: Context,
  info: GraphQLResolveInfo,
  of?: Scope,
) {
  if (args.orderBy === 'RELEVANCE') return await listByRelevance(listing, args, context, info, of && scopeOf(of))
  const pair = of ? 'between' in of && of.between : listing.pairs && twoOf(args.filter as Between)
  if (listing.pairs && pair) return await listOfPair(listing, listing.pairs, pair, args, context, info)
  const order = orderOf(listing, args)
  const page = new Page(args, order)
  const model = modelOf(context.database.prisma, listing.model)
  const where = { AND: [of ? scopeOf(of) : {}, await filtered(listing, args.filter, context.database)] }
  const { select } = await selectionOf(context, info, { select: orderColumns(order) })
  const rows = await model.findMany({ ...page.query, where: { AND: [where, page.query.where] }, select })
  return page.of(rows, async () => model.count({ where }))
}

const scopeOf = (of: Scope): object => ('scope' in of ? of.scope : { AND: betweenPairs(of.between) })

/** What filters of records that are between countries have in common. */
interface Between {
  between?: readonly string[] | null | undefined
  during?: Range | null | undefined
}

/** The two countries that a filter names, if it names two. */
function twoOf(filter: Between | null | undefined): Pair | undefined {
  const [one, two, third] = filter?.between ? eachOf(filter.between) : []
  return one !== undefined && two !== undefined && third === undefined ? pairOf(one, two) : undefined
}

/** An order of records as that of rows that join them and have their days. */
const ofJoining = (order: Order, record: string): Order =>
  order.map((column) => (column.field === 'slug' ? { ...column, field: `${record}Slug` } : column))

/** The same of what is between two countries: the rows of the pair are found, counted and sorted by an index. */
async function listOfPair<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  pairs: 'meetingPair' | 'statementPair',
  pair: Pair,
  args: ListArgs<Filter, OrderName>,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { during, ...others } = (args.filter ?? {}) as Between
  const order = orderOf(listing, args)
  const page = new Page(args, order)
  const { query } = new Page(args, ofJoining(order, listing.model))
  const record = await filtered(listing, others as Filter, context.database)
  const where = { ...pairColumns(pair), AND: [during ? lasting(during) : {}, { [listing.model]: record }] }
  const { select } = await selectionOf(context, info, { select: orderColumns(order) })
  const model = modelOf(context.database.prisma, pairs)
  const rows = (await model.findMany({
    ...query,
    where: { AND: [where, query.where] },
    select: { [listing.model]: { select } },
  })) as Record<string, object>[]
  return page.of(
    rows.map((row) => row[listing.model] as object),
    async () => model.count({ where }),
  )
}

/** A place among what a search finds of one kind. */
type Place = Pick<Rank, 'score' | 'key'>
const PLACE = [{ type: 'number' }, {}] as const

/** Best first, and as the database sorts them: keys are ASCII. */
const comparePlaces = (a: Place, b: Place) => b.score - a.score || (a.key < b.key ? -1 : Number(a.key > b.key))

function placeOf(name: 'after' | 'before', cursor: string | null | undefined): Place | undefined {
  if (typeof cursor !== 'string') return undefined
  const [score, key] = decodeCursor(name, cursor, PLACE)
  return { score: score as number, key: key as string }
}

/** The places of what a search finds and all the rest lets through, the best first. */
async function placesFound<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  filter: Filter | null | undefined,
  database: Database,
  scope: object | undefined,
): Promise<Place[]> {
  const { model, searched } = listing
  const { search, ...others } = (filter ?? {}) as Searching
  if (!searched || typeof search !== 'string')
    throw badUserInput('`orderBy` is RELEVANCE without a search; expected `search` in `filter`')
  const [rest, ranks] = await Promise.all([
    unsearched(listing, filter as Filter, database),
    ranksFound(database, search, searched, MOST_FOUND + 1),
  ])
  const places = fewEnough(ranks)
  if (!scope && Object.values(others).every((other) => other === null || other === undefined)) return places
  const rows = await modelOf(database.prisma, model).findMany({
    where: { AND: [scope ?? {}, rest, ofKeys(places.map(({ key }) => key))] },
    select: { slug: true },
  })
  const keys = new Set(rows.map((row) => (row as { slug: string }).slug))
  return places.filter(({ key }) => keys.has(key))
}

/** Answers a root list by relevance. Prisma cannot sort by a score, so the place of each record found is reckoned here. */
async function listByRelevance<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  args: ListArgs<Filter, OrderName>,
  context: Context,
  info: GraphQLResolveInfo,
  scope: object | undefined,
) {
  const window = new Window(args)
  const [after, before] = [placeOf('after', args.after), placeOf('before', args.before)]
  const places = await placesFound(listing, args.filter, context.database, scope)
  const within = places.filter(
    (place) => (!after || comparePlaces(place, after) > 0) && (!before || comparePlaces(place, before) < 0),
  )
  const read = (window.backward ? within.toReversed() : within).slice(0, window.take)
  const { select } = await selectionOf(context, info, { select: { slug: true } })
  const rows = await modelOf(context.database.prisma, listing.model).findMany({
    where: ofKeys(window.cut(read).map(({ key }) => key)),
    select,
  })
  const records = new Map(rows.map((row) => [(row as { slug: string }).slug, row as never]))
  const edge = ({ score, key }: Place) => ({ node: records.get(key) as never, cursor: encodeCursor([score, key]) })
  const { edges, ...connection } = window.connection(read, edge, async () => places.length)
  // A record may be gone since it was found.
  return { ...connection, edges: edges.filter(({ node }) => node !== undefined) }
}

/** Where a list hangs on a record. */
interface Hook {
  /** The relation of the parent's model whose rows are listed. */
  readonly relation: string
  /** Where those rows only join: their relation that leads to the records. */
  readonly through?: string
  /** Which of the relation's rows. */
  readonly rows?: object
  /** Whether those rows have the first and last day of the records, by which an index sorts them. */
  readonly dated?: boolean
  /** The same records as seen from their own model, for counting: those of the parent with this key. */
  readonly scope: (key: string) => object
}

/**
 * The select and resolve of a list that hangs on a record: read together with the record, in one statement, and never more
 * rows than the page has, plus one.
 */
export function nestedList<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  { relation, through, rows: joined = {}, dated = false, scope }: Hook,
) {
  type Args = ListArgs<Filter, OrderName>
  function selection({ where, orderBy, take }: Page['query'], args: Args, filter: object, records: object) {
    if (!through) return { where: { AND: [joined, filter, where] }, orderBy, take, ...records }
    if (!dated) {
      return {
        where: { AND: [joined, { [through]: { AND: [filter, where] } }] },
        orderBy: orderBy.map((column) => ({ [through]: column })),
        take,
        select: { [through]: records },
      }
    }
    const { during } = (args.filter ?? {}) as Between
    const days = during ? lasting({ ...during, match: 'POSSIBLE' }) : {}
    return {
      where: { AND: [joined, days, where, { [through]: filter }] },
      orderBy,
      take,
      select: { [through]: records },
    }
  }
  return {
    select: (args: Args, { database }: Context, nested: (query: never) => object | Promise<object>): never => {
      const order = orderOf(listing, args)
      const { query } = new Page(args, dated && through ? ofJoining(order, through) : order)
      const filter = filtered(listing, args.filter, database)
      const records = nested({ select: orderColumns(order) } as never)
      return whenSettled([filter, records], (filter, records) => ({
        slug: true,
        [relation]: selection(query, args, filter, records),
      })) as never
    },
    resolve: (parent: unknown, args: Args, { database }: Context) => {
      const rows = (parent as Record<string, Record<string, object>[]>)[relation] ?? []
      const records = through ? rows.map((row) => row[through] as object) : rows
      const count = async () => {
        const where = {
          AND: [scope((parent as { slug: string }).slug), await filtered(listing, args.filter, database)],
        }
        return await modelOf(database.prisma, listing.model).count({ where })
      }
      return new Page(args, orderOf(listing, args)).of(records, count)
    },
  }
}
