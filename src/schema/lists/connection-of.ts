import type { ObjectRef } from '@pothos/core'
import type { GraphQLResolveInfo } from 'graphql'
import { type Pair, pairOf } from '../../relations/entries.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { namesBeneath, selectionOf } from '../loading/selection.ts'
import { whenSettled } from '../loading/when-settled.ts'
import { listByRelevance } from './by-relevance.ts'
import { cursorColumns, type Order, Page } from './connection.ts'
import { withCodes } from './country-names.ts'
import { betweenPairs, eachOf, lasting, pairColumns, type Range } from './filters.ts'
import { expectKnown } from './known-names.ts'
import { filtered, type ListArgs, type Listing, type Model, modelOf, orderOf } from './listing.ts'

/** Defines the connection type of a record type: `MeetingConnection` for `Meeting`. */
export function connectionOf<Row>(
  type: ObjectRef<(typeof builder)['$inferSchemaTypes'], Row>,
  name: string,
  plural: string,
) {
  // Makes Pothos look for selected fields under `nodes` and `edges { node }`.
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
    { name: `${name}Edge`, description: `An edge in a page of ${plural}: one record and its cursor.` },
  )
}

/** The records of a list: those that meet a condition, or those between two countries. */
type Scope = { readonly scope: object } | { readonly between: Pair }

/**
 * Resolves a root list: reads one page, with the fields that the document selects, in one SQL statement. A search takes one more
 * statement. The order RELEVANCE with other conditions takes another one.
 */
export async function listOf<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  { filter, ...others }: ListArgs<Filter, OrderName>,
  context: Context,
  info: GraphQLResolveInfo,
  of?: Scope,
) {
  const args = { ...others, filter: await withCodes(filter, context.database) }
  if (args.orderBy === 'RELEVANCE') return await listByRelevance(listing, args, context, info, of && scopeOf(of))
  const pair = of ? 'between' in of && of.between : listing.pairs && twoOf(args.filter as Between)
  if (listing.pairs && pair) return await listOfPair(listing, listing.pairs, pair, args, context, info)
  const order = orderOf(listing, args)
  const { selections } = context
  const page = new Page(args, order, selections)
  const model = modelOf(context.database.prisma, listing.model)
  const where = { AND: [of ? scopeOf(of) : {}, await filtered(listing, args.filter, context.database)] }
  const { select } = await selectionOf(context, info, { select: cursorColumns(order, selections) })
  const { query } = page
  const { rows, isEmpty, count } = await pageOf(
    model,
    { ...query, where: { AND: [where, query.where] }, select },
    where,
    context,
    info,
  )
  await expectKnown(args.filter as object, isEmpty, context)
  return page.of(rows, count)
}

/**
 * Reads the rows of a page, and the number of all rows that meet `where` if the document selects it. No rows are read if it selects
 * nothing else.
 */
async function pageOf(model: Model, query: object, where: object, context: Context, info: GraphQLResolveInfo) {
  const total = totalIn(context, info)
  if (total === 'none') {
    const rows = await model.findMany(query)
    return { rows, isEmpty: rows.length === 0, count: async () => model.count({ where }) }
  }
  const { rows, count } =
    total === 'only' ? { rows: [], count: await model.count({ where }) } : await model.findPage(query, where)
  return { rows, isEmpty: total === 'only' ? count === 0 : rows.length === 0, count: async () => count }
}

/** Whether the document selects the `totalCount` of the current list, and nothing else. */
export function totalIn(context: Context, info: GraphQLResolveInfo): 'none' | 'also' | 'only' {
  if (!context.selections.askFor('totalCount')) return 'none'
  const names = namesBeneath(context, info)
  if (!names.has('totalCount')) return 'none'
  return names.size === 1 || (names.size === 2 && names.has('__typename')) ? 'only' : 'also'
}

const scopeOf = (of: Scope): object => ('scope' in of ? of.scope : { AND: betweenPairs(of.between) })

/** The fields that filters of records between countries share. */
interface Between {
  between?: readonly string[] | null | undefined
  during?: Range | null | undefined
}

/** The two countries in `between`, if it has exactly two. */
function twoOf(filter: Between | null | undefined): Pair | undefined {
  const [one, two, third] = filter?.between ? eachOf(filter.between) : []
  return one !== undefined && two !== undefined && third === undefined ? pairOf(one, two) : undefined
}

/** An order of records, applied to joining rows that repeat the dates of the records. */
const ofJoining = (order: Order, record: string): Order =>
  order.map((column) => (column.field === 'slug' ? { ...column, field: `${record}Slug` } : column))

/** Resolves a list of records between two countries. An index of the pair finds, counts and sorts them. */
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
  const { selections } = context
  const page = new Page(args, order, selections)
  const { query } = new Page(args, ofJoining(order, listing.model), selections)
  const record = await filtered(listing, others as Filter, context.database)
  const where = { ...pairColumns(pair), AND: [during ? lasting(during) : {}, { [listing.model]: record }] }
  const { select } = await selectionOf(context, info, { select: cursorColumns(order, selections) })
  const model = modelOf(context.database.prisma, pairs)
  const asked = { ...query, where: { AND: [where, query.where] }, select: { [listing.model]: { select } } }
  const { rows, isEmpty, count } = await pageOf(model, asked, where, context, info)
  await expectKnown(args.filter as object, isEmpty, context)
  return page.of(
    rows.map((row) => (row as Record<string, object>)[listing.model] as object),
    count,
  )
}

/** How a nested list reads its records. */
interface Nesting {
  /** The relation of the parent’s model that has the rows. */
  readonly relation: string
  /** For joining rows: their relation to the records. */
  readonly through?: string
  /** Condition on the rows of the relation. */
  readonly rows?: object
  /** True if the joining rows repeat the dates of the records, so that an index can sort them. */
  readonly dated?: boolean
  /** Condition on the records’ own model that selects those of the parent with this key. Used for counting. */
  readonly scope: (key: string) => object
}

/**
 * The `select` and `resolve` of a list below a record. It is read in the same SQL statement as the record, and reads only the
 * rows of the page, and one more if the document selects `pageInfo`.
 */
export function nestedList<Filter, OrderName extends string>(
  listing: Listing<Filter, OrderName>,
  { relation, through, rows: joined = {}, dated = false, scope }: Nesting,
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
    select: (
      args: Args,
      { database, selections }: Context,
      nested: (query: never) => object | Promise<object>,
    ): never => {
      const order = orderOf(listing, args)
      const { query } = new Page(args, dated && through ? ofJoining(order, through) : order, selections)
      const filter = filtered(listing, args.filter, database)
      const records = nested({ select: cursorColumns(order, selections) } as never)
      return whenSettled([filter, records], (filter, records) => ({
        slug: true,
        [relation]: selection(query, args, filter, records),
      })) as never
    },
    resolve: (parent: unknown, args: Args, context: Context) => {
      const { database, selections } = context
      const rows = (parent as Record<string, Record<string, object>[]>)[relation] ?? []
      const records = through ? rows.map((row) => row[through] as object) : rows
      const count = async () => {
        const where = {
          AND: [scope((parent as { slug: string }).slug), await filtered(listing, args.filter, database)],
        }
        return await modelOf(database.prisma, listing.model).count({ where })
      }
      const page = new Page(args, orderOf(listing, args), selections).of(records, count)
      return args.filter ? expectKnown(args.filter, rows.length === 0, context).then(() => page) : page
    },
  }
}
