import { AgreementConnection } from './agreement.ts'
import { builder } from './builder.ts'
import { byDate, byName } from './connection.ts'
import { connectionOf, listOf, nestedList } from './connection-of.ts'
import { MeetingConnection } from './meeting.ts'
import { StatementConnection } from './statement.ts'

export const Topic = builder.prismaNode('Topic', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
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
    type: ['Topic' as never],
    description: 'The topics that directly include this one.',
    select: (_args, _context, nested) => ({
      broader: { orderBy: { broaderSlug: 'asc' }, select: { broader: nested(true) as never } },
    }),
    resolve: ({ broader }) => broader.map((row) => (row as { broader: never }).broader),
  }),
  narrower: t.field({
    type: ['Topic' as never],
    description: 'The topics that this one directly includes.',
    select: (_args, _context, nested) => ({
      narrower: { orderBy: { topicSlug: 'asc' }, select: { topic: nested(true) as never } },
    }),
    resolve: ({ narrower }) => narrower.map((row) => (row as { topic: never }).topic),
  }),
  meetings: t.field({
    type: MeetingConnection,
    description: 'The meetings that were about it, according to some statement, by date.',
    args: t.arg.connectionArgs(),
    ...nestedList<{ slug: string }>({
      order: byDate('slug'),
      relation: 'meetings',
      through: 'meeting',
      key: 'slug',
      count: (prisma, { slug }) => prisma.meetingTopic.count({ where: { topicSlug: slug } }),
    }),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'The statements about it, by date.',
    args: t.arg.connectionArgs(),
    ...nestedList<{ slug: string }>({
      order: byDate('slug'),
      relation: 'statements',
      through: 'statement',
      key: 'slug',
      count: (prisma, { slug }) => prisma.statementTopic.count({ where: { topicSlug: slug } }),
    }),
  }),
  agreements: t.field({
    type: AgreementConnection,
    description: 'The agreements about it, by title.',
    args: t.arg.connectionArgs(),
    ...nestedList<{ slug: string }>({
      order: byName('title', 'slug'),
      relation: 'agreements',
      through: 'agreement',
      key: 'slug',
      count: (prisma, { slug }) => prisma.agreementTopic.count({ where: { topicSlug: slug } }),
    }),
  }),
}))

const TopicConnection = connectionOf(Topic, 'Topic', 'topics')

builder.queryFields((t) => ({
  topic: t.prismaField({
    type: Topic,
    nullable: true,
    description: 'The topic with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (query, _root, { slug }, { database }) => database.prisma.topic.findUnique({ ...query, where: { slug } }),
  }),
  topics: t.field({
    type: TopicConnection,
    description: 'All topics, by label.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) =>
      listOf(context.database.prisma.topic, { order: byName('name', 'slug') }, args, context, info),
  }),
}))
