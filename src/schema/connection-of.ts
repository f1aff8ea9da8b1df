import type { ObjectRef } from '@pothos/core'
import { queryFromInfo } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
import type { PrismaClient } from '../generated/prisma/client.ts'
import { builder, type Context } from './builder.ts'
import { type Order, orderColumns, Page, type PageArgs } from './connection.ts'

/** The connection type of records of one type: `MeetingConnection` for `Meeting`. */
export function connectionOf<Row>(type: ObjectRef<(typeof builder)["$inferSchemaTypes"], Row>, name: string, plural: string) {
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

/** What a list needs of a Prisma model. */
interface Model {
  findMany(query: object): PromiseLike<object[]>
  count(query: object): PromiseLike<number>
}

/** Answers a root list: one page of a model's rows, with what the document asks of them. */
export async function listOf(
  model: Model,
  list: { readonly order: Order; readonly where?: object },
  args: PageArgs,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const page = new Page(args, list.order)
  const { select } = queryFromInfo({ context, info, select: orderColumns(list.order) })
  const where = { AND: [list.where ?? {}, page.query.where ?? {}] }
  const rows = await model.findMany({ ...page.query, where, select })
  return page.of(rows, async () => model.count({ where: list.where ?? {} }))
}

interface NestedList<Parent> {
  readonly order: Order
  /** The relation of the parent's model whose rows are listed. */
  readonly relation: string
  /** Where those rows only join: their relation that leads to the records. */
  readonly through?: string
  /** Which of the relation's rows. */
  readonly where?: object
  readonly count: (prisma: PrismaClient, parent: Parent) => PromiseLike<number>
  /** What `count` needs of the parent. */
  readonly key: string
}

/**
 * The select and resolve of a list that hangs on a record: read together with the record, in one statement, and never more
 * rows than the page has, plus one.
 */
export function nestedList<Parent>({ order, relation, through, where = {}, count, key }: NestedList<Parent>) {
  return {
    select: (args: PageArgs, _context: Context, nested: (query: never) => object): never => {
      const page = new Page(args, order)
      const rows = nested({ select: orderColumns(order) } as never)
      const limit = page.query.where ?? {}
      const query = through
        ? {
            where: { AND: [where, { [through]: limit }] },
            orderBy: page.query.orderBy.map((column) => ({ [through]: column })),
            take: page.query.take,
            select: { [through]: rows },
          }
        : { ...page.query, where: { AND: [where, limit] }, ...rows }
      return { [key]: true, [relation]: query } as never
    },
    resolve: (parent: unknown, args: PageArgs, { database }: Context) => {
      const rows = (parent as Record<string, Record<string, object>[]>)[relation] ?? []
      const records = through ? rows.map((row) => row[through] as object) : rows
      return new Page(args, order).of(records, async () => count(database.prisma, parent as Parent))
    },
  }
}
