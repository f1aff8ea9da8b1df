import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { byDate } from './connection.ts'
import { connectionOf, listOf, nestedList } from './connection-of.ts'
import { MeetingConnection } from './meeting.ts'
import { spanColumns, TimeSpan } from './time-span.ts'

export const Visit = builder.prismaNode('Visit', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  description: 'Official travel to a country.',
  interfaces: [Cited],
  select: { slug: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    slug: t.exposeString('slug', { description: 'Its name in URLs and bundles, the same for good.' }),
    title: t.exposeString('title', { description: 'A short title, in our words.' }),
    participations: t.relation('participations', {
      description: 'Who travelled, and who received them.',
      query: { orderBy: [{ ordinal: 'asc' }, { id: 'asc' }] },
    }),
    from: t.relation('from', { nullable: true, description: 'The state whose officials travelled.' }),
    to: t.relation('to', { description: 'The state visited.' }),
    when: t.field({ type: TimeSpan, description: 'When.', select: spanColumns, resolve: (span) => span }),
    places: t.exposeStringList('places', { description: 'The places that the source names.' }),
    description: t.exposeString('description', { nullable: true, description: 'What the source says of it.' }),
  }),
})

builder.prismaObjectFields(Visit, (t) => ({
  meetings: t.field({
    type: MeetingConnection,
    description: 'The meetings that belong to the visit, by date.',
    args: t.arg.connectionArgs(),
    ...nestedList<{ slug: string }>({
      order: byDate('slug'),
      relation: 'meetings',
      key: 'slug',
      count: (prisma, { slug }) => prisma.meeting.count({ where: { visitSlug: slug } }),
    }),
  }),
}))

export const VisitConnection = connectionOf(Visit, 'Visit', 'visits')

builder.queryFields((t) => ({
  visit: t.prismaField({
    type: Visit,
    nullable: true,
    description: 'The visit with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (query, _root, { slug }, { database }) => database.prisma.visit.findUnique({ ...query, where: { slug } }),
  }),
  visits: t.field({
    type: VisitConnection,
    description: 'All visits, by date.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) =>
      listOf(context.database.prisma.visit, { order: byDate('slug') }, args, context, info),
  }),
}))
