import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { byDate } from './connection.ts'
import { connectionOf, listOf, nestedList } from './connection-of.ts'
import { Country } from './country.ts'
import { StatementConnection } from './statement.ts'
import { spanColumns, TimeSpan } from './time-span.ts'
import { Topic } from './topic.ts'

export const MeetingKind = builder.enumType('MeetingKind', {
  description: 'Between whom a meeting is, and in which form.',
  values: {
    BILATERAL: { description: 'Between two states.' },
    MULTILATERAL: { description: 'Between more than two states.' },
    MINISTERIAL: { description: 'Of ministers, on a subject.' },
    SUMMIT: { description: 'Of heads of state or government.' },
    CALL: { description: 'By telephone or video.' },
    OTHER: { description: 'None of these, or not said.' },
  },
})

export const Meeting = builder.prismaNode('Meeting', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  description: 'Two or more people at one event.',
  interfaces: [Cited],
  select: { slug: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    slug: t.exposeString('slug', { description: 'Its name in URLs and bundles, the same for good.' }),
    title: t.exposeString('title', { description: 'A short title, in our words.' }),
    kind: t.expose('kind', { type: MeetingKind, description: 'Between whom, and in which form.' }),
    when: t.field({ type: TimeSpan, description: 'When.', select: spanColumns, resolve: (span) => span }),
    place: t.exposeString('place', { nullable: true, description: 'The place that the source names.' }),
    host: t.relation('host', { nullable: true, description: 'The state that hosted it.' }),
    visit: t.relation('visit', { nullable: true, description: 'The visit that it belongs to.' }),
    participations: t.relation('participations', {
      description: 'Who took part.',
      query: { orderBy: [{ ordinal: 'asc' }, { id: 'asc' }] },
    }),
    countries: t.field({
      type: [Country],
      description: 'The states that its participants represented: those the meeting is between.',
      select: (_args, _context, nested) => ({
        participations: {
          orderBy: [{ ordinal: 'asc' }, { id: 'asc' }],
          select: { representingCode: true, representing: nested() },
        },
      }),
      resolve: ({ participations }) => {
        const byCode = new Map(participations.map(({ representingCode, representing }) => [representingCode, representing]))
        return [...byCode.values()].filter((country) => country !== null)
      },
    }),
  }),
})

builder.prismaObjectFields(Meeting, (t) => ({
  topics: t.field({
    type: [Topic],
    description: 'What it was about: the topics of all statements about it, each account having its own.',
    select: (_args, _context, nested) => ({
      topics: { where: { stated: true }, orderBy: { topicSlug: 'asc' }, select: { topic: nested() } },
    }),
    resolve: ({ topics }) => topics.map(({ topic }) => topic),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'What was said about it, by date.',
    args: t.arg.connectionArgs(),
    ...nestedList<{ slug: string }>({
      order: byDate('slug'),
      relation: 'statements',
      key: 'slug',
      count: (prisma, { slug }) => prisma.statement.count({ where: { meetingSlug: slug } }),
    }),
  }),
}))

export const MeetingConnection = connectionOf(Meeting, 'Meeting', 'meetings')

builder.queryFields((t) => ({
  meeting: t.prismaField({
    type: Meeting,
    nullable: true,
    description: 'The meeting with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (query, _root, { slug }, { database }) => database.prisma.meeting.findUnique({ ...query, where: { slug } }),
  }),
  meetings: t.field({
    type: MeetingConnection,
    description: 'All meetings, by date.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) =>
      listOf(context.database.prisma.meeting, { order: byDate('slug') }, args, context, info),
  }),
}))
