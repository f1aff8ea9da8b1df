import type { ObjectRef } from '@pothos/core'
import { queryFromInfo } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
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
