import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { citations, contradictedBy } from './citation.ts'
import { Cited, note, withdrawn } from './cited.ts'
import { Country } from './country.ts'
import { Entry } from './entry.ts'
import { idDescription } from './ids/global-id.ts'
import { byDateInPrisma } from './lists/connection.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import {
  all,
  conditionsOn,
  DateRange,
  eachOf,
  isGiven,
  keyOf,
  keyOrNone,
  keysOf,
  lasting,
  someOf,
} from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { nameOrders, nameOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { whenSettled } from './loading/when-settled.ts'
import { Speaker, speakerColumns, speakerOf } from './speaker.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { shownSpan, TimeSpan } from './time-span.ts'
import { Topic } from './topic.ts'

const AgreementKind = builder.enumType('AgreementKind', {
  description: 'Type of an agreement.',
  values: {
    DEAL: { description: 'A deal in any form.' },
    TREATY: { description: 'A treaty.' },
    MEMORANDUM: { description: 'A memorandum of understanding.' },
    OTHER: { description: 'Any other agreement, or the source does not say.' },
  },
})

const AgreementStatus = builder.enumType('AgreementStatus', {
  description:
    'Status of an agreement. From the least to the most advanced: `ANNOUNCED`, `IN_NEGOTIATION`, `SIGNED`, `IN_FORCE`, `ENDED`.',
  values: {
    ANNOUNCED: { description: 'It was announced.' },
    IN_NEGOTIATION: { description: 'The parties are negotiating.' },
    SIGNED: { description: 'It was signed.' },
    IN_FORCE: { description: 'It is in force.' },
    ENDED: { description: 'It ended or was given up.' },
  },
})

export const AgreementEvent = builder.prismaNode('AgreementEvent', {
  id: { field: 'id', description: idDescription },
  nullable: true,
  description:
    'An event in the history of an agreement that happened or was reported, such as its signing. An expectation is a `Statement`, never an event.',
  interfaces: [Cited, Entry],
  select: { id: true },
  fields: (t) => ({
    citations: t.field(citations),
    contradictedBy: t.field(contradictedBy),
    note: t.exposeString('note', note),
    withdrawn: t.field(withdrawn),
    agreement: t.relation('agreement', { description: 'The agreement.' }),
    title: t.string({
      description: 'Title of the agreement, and what happened. Example: `India–US trade agreement: announced`.',
      select: { status: true, agreement: { select: { title: true } } },
      resolve: ({ status, agreement }) => `${agreement.title}: ${status.toLowerCase().replace('_', ' ')}`,
    }),
    status: t.expose('status', { type: AgreementStatus, description: 'Status of the agreement after this event.' }),
    when: t.field({ type: TimeSpan, description: 'Date of the event.', select: shownSpan, resolve: (span) => span }),
    by: t.field({
      type: [Speaker],
      description: 'The people and organizations that brought the event about.',
      select: (_args, _context, nested) =>
        whenSettled([speakerColumns(nested)], (select) => ({
          by: { orderBy: [{ ordinal: 'asc' }, { id: 'asc' }], select },
        })),
      resolve: ({ by }) => by.map(speakerOf),
    }),
  }),
})

export const Agreement = builder.prismaNode('Agreement', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description: 'An agreement between states: a deal, a treaty or a memorandum of understanding.',
  interfaces: [Cited],
  select: { slug: true },
  fields: (t) => ({
    citations: t.field(citations),
    contradictedBy: t.field(contradictedBy),
    note: t.exposeString('note', note),
    withdrawn: t.field(withdrawn),
    slug: t.exposeString('slug', {
      description:
        'Stable identifier for URLs and bundles. It never changes. Example: `india-us-trade-agreement-2026`.',
    }),
    title: t.exposeString('title', {
      description: 'Official title, or a short title in the words of the editors. Example: `India–US trade agreement`.',
    }),
    kind: t.expose('kind', { type: AgreementKind, description: 'Type of the agreement.' }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'Purpose and content of the agreement. Null if not recorded.',
    }),
    parties: t.field({
      type: [Country],
      description: 'The states that are parties, sorted by code.',
      select: (_args, _context, nested) =>
        whenSettled([nested()], (country) => ({ parties: { orderBy: { countryCode: 'asc' }, select: { country } } })),
      resolve: ({ parties }) => parties.map(({ country }) => country),
    }),
    status: t.expose('status', {
      type: AgreementStatus,
      description:
        'Status of the latest event. If the dates leave open which event is the latest, the most advanced status counts.',
    }),
    events: t.relation('events', {
      description: 'Events of the agreement, the earliest first.',
      query: {
        orderBy: byDateInPrisma('id'),
      },
    }),
  }),
})

builder.prismaObjectFields(Agreement, (t) => ({
  topics: t.field({
    type: [Topic],
    description: 'What the agreement is about.',
    select: (_args, _context, nested) =>
      whenSettled([nested()], (topic) => ({
        topics: { where: { stated: true }, orderBy: { topicSlug: 'asc' }, select: { topic } },
      })),
    resolve: ({ topics }) => topics.map(({ topic }) => topic),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'Statements about the agreement.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Conditions that the statements must meet. Default: none.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    ...nestedList(statements, {
      relation: 'statements',
      scope: (slug) => ({ agreementSlug: slug }),
    }),
  }),
}))

export const AgreementConnection = connectionOf(Agreement, 'Agreement', 'agreements')

export const AgreementFilter = builder.inputType('AgreementFilter', {
  description: conditionsOn('agreements', { between: true }),
  fields: (t) => ({
    between: t.field({
      type: ['CountryCode'],
      description: 'Country codes, maximum 10. All of these states are parties. Example: `["IN", "US"]`.',
    }),
    statuses: t.field({
      type: [AgreementStatus],
      description: 'Statuses of the agreement. Example: `[SIGNED, IN_FORCE]`.',
    }),
    topics: t.idList({
      description:
        'Slugs or IDs of topics. The agreement is about one of them or about a narrower topic. Example: `["trade"]`.',
    }),
    during: t.field({
      type: DateRange,
      description: 'At least one event of the agreement took place in this range of days.',
    }),
    source: t.id({ description: 'Slug or ID of a source that reports the agreement.' }),
    search: t.string({
      description:
        'Words in the title, the description, the parties, or the status and year of an event. All words must match. The syntax is that of `Query.search`.',
    }),
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
    description: 'Returns the agreement with this slug. Null if there is none.',
    args: {
      slug: t.arg.string({
        required: true,
        description: 'Slug or ID of the agreement. Example: `india-us-trade-agreement-2026`.',
      }),
    },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Agreement', { slug: keyOrNone('Agreement', slug) }, context, info),
  }),
  agreements: t.field({
    type: AgreementConnection,
    extensions: aStatement,
    description: 'Lists agreements, by default sorted by title.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: AgreementFilter, description: 'Conditions that the agreements must meet. Default: none.' }),
      orderBy: t.arg({ type: AgreementOrder, description: 'Sort order. Default `NAME`.' }),
    },
    resolve: (_root, args, context, info) => listOf(agreements, args, context, info),
  }),
}))
