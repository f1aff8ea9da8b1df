import type { Prisma } from '../generated/prisma/client.ts'
import { AgreementConnection, AgreementFilter, AgreementOrder, agreements } from './agreement.ts'
import { builder } from './builder.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import { all, keyOrNone, keysOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { whenSettled } from './when-settled.ts'

export const Topic = builder.prismaNode('Topic', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  nullable: true,
  description: 'What something was about. A topic includes its narrower topics.',
  select: { slug: true },
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in URLs and bundles, the same for good.' }),
    name: t.exposeString('name', { description: 'Its preferred label.' }),
    names: t.stringList({
      description: 'All recorded labels, the preferred one first.',
      select: { name: true, names: true },
      resolve: ({ name, names }) => [name, ...names],
    }),
  }),
})

builder.prismaObjectFields(Topic, (t) => ({
  broader: t.field({
    type: [Topic],
    description: 'The topics that directly include this one.',
    select: (_args, _context, nested) =>
      whenSettled([nested(true) as never], (broader) => ({
        broader: { orderBy: { broaderSlug: 'asc' }, select: { broader } },
      })),
    resolve: ({ broader }) => broader.map((row) => (row as { broader: never }).broader),
  }),
  narrower: t.field({
    type: [Topic],
    description: 'The topics that this one directly includes.',
    select: (_args, _context, nested) =>
      whenSettled([nested(true) as never], (topic) => ({
        narrower: { orderBy: { topicSlug: 'asc' }, select: { topic } },
      })),
    resolve: ({ narrower }) => narrower.map((row) => (row as { topic: never }).topic),
  }),
  meetings: t.field({
    type: MeetingConnection,
    description: 'The meetings that were about it, according to some statement, the oldest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'In which order.' }),
    },
    ...nestedList(meetings, {
      relation: 'meetings',
      through: 'meeting',
      scope: (slug) => ({ topics: { some: { topicSlug: slug } } }),
    }),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'The statements about it, the oldest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'In which order.' }),
    },
    ...nestedList(statements, {
      relation: 'statements',
      through: 'statement',
      scope: (slug) => ({ topics: { some: { topicSlug: slug } } }),
    }),
  }),
  agreements: t.field({
    type: AgreementConnection,
    description: 'The agreements about it, by title unless told.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: AgreementFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: AgreementOrder, description: 'In which order.' }),
    },
    ...nestedList(agreements, {
      relation: 'agreements',
      through: 'agreement',
      scope: (slug) => ({ topics: { some: { topicSlug: slug } } }),
    }),
  }),
}))

const TopicConnection = connectionOf(Topic, 'Topic', 'topics')

const TopicFilter = builder.inputType('TopicFilter', {
  description: 'Which topics. Several fields mean all of them.',
  fields: (t) => ({
    broader: t.idList({ description: 'Directly included by any of these topics: slugs or ids.' }),
    search: t.string({ description: 'Words of a label, or nearly.' }),
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
    description: 'The topic with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug; its id will do as well.' }) },
    resolve: (_root, { slug }, context, info) => loadRecord('Topic', { slug: keyOrNone('Topic', slug) }, context, info),
  }),
  topics: t.field({
    type: TopicConnection,
    extensions: aStatement,
    description: 'All topics, by label.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: TopicFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: TopicOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(topics, args, context, info),
  }),
}))
