import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { Country } from './country.ts'
import { byDateInPrisma } from './lists/connection.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import { all, DateRange, eachOf, isGiven, keyOf, keyOrNone, keysOf, lasting, someOf } from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { Speaker, speakerColumns, speakerOf } from './speaker.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { shownSpan, TimeSpan } from './time-span.ts'
import { Topic } from './topic.ts'
import { whenSettled } from './when-settled.ts'

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
  nullable: true,
  description:
    'A step of an agreement that was taken or reported. What is only expected is a statement, never an event.',
  interfaces: [Cited],
  select: { id: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    agreement: t.relation('agreement', { description: 'Of which agreement.' }),
    status: t.expose('status', { type: AgreementStatus, description: 'How far it came by this event.' }),
    when: t.field({ type: TimeSpan, description: 'When.', select: shownSpan, resolve: (span) => span }),
    by: t.field({
      type: [Speaker],
      description: 'Who brought it about.',
      select: (_args, _context, nested) =>
        whenSettled([speakerColumns(nested)], (select) => ({
          by: { orderBy: [{ ordinal: 'asc' }, { id: 'asc' }], select },
        })),
      resolve: ({ by }) => by.map(speakerOf),
    }),
  }),
})

export const Agreement = builder.prismaNode('Agreement', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  nullable: true,
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
      select: (_args, _context, nested) =>
        whenSettled([nested()], (country) => ({ parties: { orderBy: { countryCode: 'asc' }, select: { country } } })),
      resolve: ({ parties }) => parties.map(({ country }) => country),
    }),
    status: t.expose('status', {
      type: AgreementStatus,
      description: 'That of its latest event; where dates leave the order open, the further along.',
    }),
    events: t.relation('events', {
      description: 'Its steps, by date.',
      query: {
        orderBy: byDateInPrisma('id'),
      },
    }),
  }),
})

builder.prismaObjectFields(Agreement, (t) => ({
  topics: t.field({
    type: [Topic],
    description: 'What it is about.',
    select: (_args, _context, nested) =>
      whenSettled([nested()], (topic) => ({
        topics: { where: { stated: true }, orderBy: { topicSlug: 'asc' }, select: { topic } },
      })),
    resolve: ({ topics }) => topics.map(({ topic }) => topic),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'What was said about it, the oldest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'In which order.' }),
    },
    ...nestedList(statements, {
      relation: 'statements',
      scope: (slug) => ({ agreementSlug: slug }),
    }),
  }),
}))

export const AgreementConnection = connectionOf(Agreement, 'Agreement', 'agreements')

export const AgreementFilter = builder.inputType('AgreementFilter', {
  description:
    'Which agreements. Several fields mean all of them; several entries in a list any of them, but for `between`.',
  fields: (t) => ({
    between: t.field({ type: ['CountryCode'], description: 'To which all of these states are parties.' }),
    statuses: t.field({ type: [AgreementStatus], description: 'Of any of these statuses.' }),
    topics: t.idList({ description: 'About any of these topics, or their narrower ones: slugs or ids.' }),
    during: t.field({ type: DateRange, description: 'Of which some event was on one of these days.' }),
    source: t.id({ description: 'That this source tells of: slug or id.' }),
    search: t.string({ description: 'Words of the title or the description.' }),
  }),
})

export const AgreementOrder = orderEnum('AgreementOrder', 'agreements', { ...nameOrderValues, ...relevanceValue })

export const agreements = {
  model: 'agreement',
  searched: 'AGREEMENT',
  orders: nameOrders('title', 'slug'),
  where: ({ between, statuses, topics, during, source }) =>
    all<Prisma.AgreementWhereInput>(
      between && { AND: eachOf(between).map((code) => ({ parties: { some: { countryCode: code } } })) },
      statuses && { status: { in: someOf(statuses, 'statuses') } },
      topics && { topics: { some: { topicSlug: { in: keysOf('Topic', topics, 'topics') } } } },
      during && { events: { some: lasting(during) } },
      isGiven(source) && { citations: { some: { sourceSlug: keyOf('Source', source, 'source') } } },
    ),
} as const satisfies Listing<typeof AgreementFilter.$inferInput, 'NAME' | 'NAME_DESCENDING'>

builder.queryFields((t) => ({
  agreement: t.field({
    type: Agreement,
    extensions: aStatement,
    nullable: true,
    description: 'The agreement with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug; its id will do as well.' }) },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Agreement', { slug: keyOrNone('Agreement', slug) }, context, info),
  }),
  agreements: t.field({
    type: AgreementConnection,
    extensions: aStatement,
    description: 'All agreements, by title.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: AgreementFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: AgreementOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(agreements, args, context, info),
  }),
}))
