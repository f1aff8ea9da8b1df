import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { idDescription } from './ids/global-id.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import { all, conditionsOn, keyOrNone, keysOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { whenSettled } from './loading/when-settled.ts'

export const Topic = builder.prismaNode('Topic', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description: 'A subject of meetings, statements and agreements. A topic includes its narrower topics.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', {
      description: 'Stable identifier for URLs and bundles. It never changes. Example: `bilateral-relations`.',
    }),
    name: t.exposeString('name', { description: 'Preferred label. Example: `Bilateral relations`.' }),
    names: t.stringList({
      description: 'All labels, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
  }),
})

builder.prismaObjectFields(Topic, (t) => ({
  broader: t.field({
    type: [Topic],
    description: 'Broader topics that directly include this one.',
    select: (_args, _context, nested) =>
      whenSettled([nested(true) as never], (broader) => ({
        broader: { orderBy: { broaderSlug: 'asc' }, select: { broader } },
      })),
    resolve: ({ broader }) => broader.map((row) => (row as { broader: never }).broader),
  }),
  narrower: t.field({
    type: [Topic],
    description: 'Narrower topics that this one directly includes.',
    select: (_args, _context, nested) =>
      whenSettled([nested(true) as never], (topic) => ({
        narrower: { orderBy: { topicSlug: 'asc' }, select: { topic } },
      })),
    resolve: ({ narrower }) => narrower.map((row) => (row as { topic: never }).topic),
  }),
}))

const TopicConnection = connectionOf(Topic, 'Topic', 'topics')

const TopicFilter = builder.inputType('TopicFilter', {
  description: conditionsOn('topics'),
  fields: (t) => ({
    broader: t.idList({
      description: 'Slugs or IDs of broader topics. One of them directly includes the topic. Example: `["trade"]`.',
    }),
    search: t.string({
      description: 'Words of a label. Small spelling mistakes are allowed. The syntax is that of `Query.search`.',
    }),
  }),
})

const TopicOrder = orderEnum('TopicOrder', 'topics', { ...nameOrderValues, ...relevanceValue })

const topics = {
  model: 'topic',
  searched: 'TOPIC',
  orders: nameOrders('name', 'slug'),
  where: ({ broader }) =>
    all<Prisma.TopicWhereInput>(
      broader && { broader: { some: { broaderSlug: { in: keysOf('Topic', broader, 'broader') } } } },
    ),
} as const satisfies Listing<typeof TopicFilter.$inferInput, 'NAME' | 'NAME_DESCENDING'>

builder.queryFields((t) => ({
  topic: t.field({
    type: Topic,
    extensions: aStatement,
    nullable: true,
    description: 'Returns the topic with this slug. Null if there is none.',
    args: {
      slug: t.arg.string({ required: true, description: 'Slug or ID of the topic. Example: `bilateral-relations`.' }),
    },
    resolve: (_root, { slug }, context, info) => loadRecord('Topic', { slug: keyOrNone('Topic', slug) }, context, info),
  }),
  topics: t.field({
    type: TopicConnection,
    extensions: aStatement,
    description: 'Lists topics, by default sorted by label.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: TopicFilter, description: 'Conditions that the topics must meet. Default: none.' }),
      orderBy: t.arg({ type: TopicOrder, description: 'Sort order. Default `NAME`.' }),
    },
    resolve: (_root, args, context, info) => listOf(topics, args, context, info),
  }),
}))
