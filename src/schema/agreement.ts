import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { byDate, byName } from './connection.ts'
import { connectionOf, listOf, nestedList } from './connection-of.ts'
import { Country } from './country.ts'
import { Speaker, speakerColumns, speakerOf } from './speaker.ts'
import { StatementConnection } from './statement.ts'
import { spanColumns, TimeSpan } from './time-span.ts'
import { Topic } from './topic.ts'

export const AgreementKind = builder.enumType('AgreementKind', {
  description: 'What sort of agreement it is.',
  values: {
    DEAL: { description: 'A deal, of whatever form.' },
    TREATY: { description: 'A treaty.' },
    MEMORANDUM: { description: 'A memorandum of understanding.' },
    OTHER: { description: 'None of these, or not said.' },
  },
})

export const AgreementStatus = builder.enumType('AgreementStatus', {
  description: 'How far an agreement has come, from the least to the furthest along.',
  values: {
    ANNOUNCED: { description: 'Announced.' },
    IN_NEGOTIATION: { description: 'Being worked out.' },
    SIGNED: { description: 'Signed.' },
    IN_FORCE: { description: 'In force.' },
    ENDED: { description: 'Ended, or given up.' },
  },
})

export const AgreementEvent = builder.prismaNode('AgreementEvent', {
  id: { field: 'id', description: 'The same for good, on every database.' },
  description: 'A step of an agreement that was taken or reported. What is only expected is a statement, never an event.',
  interfaces: [Cited],
  select: { id: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    agreement: t.relation('agreement', { description: 'Of which agreement.' }),
    status: t.expose('status', { type: AgreementStatus, description: 'How far it came by this event.' }),
    when: t.field({ type: TimeSpan, description: 'When.', select: spanColumns, resolve: (span) => span }),
    by: t.field({
      type: [Speaker],
      description: 'Who brought it about.',
      select: (_args, _context, nested) => ({
        by: { orderBy: [{ ordinal: 'asc' }, { id: 'asc' }], select: speakerColumns(nested) },
      }),
      resolve: ({ by }) => by.map(speakerOf),
    }),
  }),
})

export const Agreement = builder.prismaNode('Agreement', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  description: 'A deal, a treaty, a memorandum.',
  interfaces: [Cited],
  select: { slug: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    slug: t.exposeString('slug', { description: 'Its name in URLs and bundles, the same for good.' }),
    title: t.exposeString('title', { description: 'Its title, or a short one in our words.' }),
    kind: t.expose('kind', { type: AgreementKind, description: 'What sort of agreement.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for.' }),
    parties: t.field({
      type: [Country],
      description: 'The states that it is between.',
      select: (_args, _context, nested) => ({
        parties: { orderBy: { countryCode: 'asc' }, select: { country: nested() } },
      }),
      resolve: ({ parties }) => parties.map(({ country }) => country),
    }),
    status: t.expose('status', {
      type: AgreementStatus,
      description: 'That of its latest event; where dates leave the order open, the further along.',
    }),
    events: t.relation('events', {
      description: 'Its steps, by date.',
      query: {
        orderBy: [
          { beginOfTheBegin: { sort: 'asc', nulls: 'last' } },
          { endOfTheEnd: { sort: 'asc', nulls: 'last' } },
          { id: 'asc' },
        ],
      },
    }),
  }),
})

builder.prismaObjectFields(Agreement, (t) => ({
  topics: t.field({
    type: [Topic],
    description: 'What it is about.',
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
      count: (prisma, { slug }) => prisma.statement.count({ where: { agreementSlug: slug } }),
    }),
  }),
}))

export const AgreementConnection = connectionOf(Agreement, 'Agreement', 'agreements')

builder.queryFields((t) => ({
  agreement: t.prismaField({
    type: Agreement,
    nullable: true,
    description: 'The agreement with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug.' }) },
    resolve: (query, _root, { slug }, { database }) =>
      database.prisma.agreement.findUnique({ ...query, where: { slug } }),
  }),
  agreements: t.field({
    type: AgreementConnection,
    description: 'All agreements, by title.',
    args: t.arg.connectionArgs(),
    resolve: (_root, args, context, info) =>
      listOf(context.database.prisma.agreement, { order: byName('title', 'slug') }, args, context, info),
  }),
}))
