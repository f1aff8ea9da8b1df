import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { citations, contradictedBy } from './citation.ts'
import { Cited, note, withdrawn } from './cited.ts'
import { Entry } from './entry.ts'
import { idDescription } from './ids/global-id.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import {
  all,
  atOffice,
  attendedBy,
  conditionsOn,
  DateRange,
  isGiven,
  keyOf,
  keyOrNone,
  keysOf,
  lasting,
  OfficeFilter,
  someOf,
} from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { dateOrders, dateOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { whenSettled } from './loading/when-settled.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { shownSpan, TimeSpan, writtenSpan } from './time-span.ts'

const VisitKind = builder.enumType('VisitKind', {
  description: 'What a visit was, in the words of its source.',
  values: {
    STATE: { description: 'A state visit.' },
    OFFICIAL: { description: 'An official visit.' },
    WORKING: { description: 'A working visit, or an official working visit.' },
    PRIVATE: { description: 'A private, personal or unofficial visit.' },
    TRANSIT: { description: 'A stop on the way to another country.' },
    OTHER: { description: 'Another kind that the source names.' },
  },
})

export const Visit = builder.prismaNode('Visit', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description: 'An official visit to a country.',
  interfaces: [Cited, Entry],
  select: { slug: true },
  fields: (t) => ({
    citations: t.field(citations),
    contradictedBy: t.field(contradictedBy),
    note: t.exposeString('note', note),
    withdrawn: t.field(withdrawn),
    slug: t.exposeString('slug', {
      description:
        'Stable identifier for URLs and bundles. It never changes. Example: `jaishankar-united-states-2026-02`.',
    }),
    title: t.exposeString('title', { description: 'Short title in the words of the editors.' }),
    kind: t.expose('kind', {
      type: VisitKind,
      nullable: true,
      description: 'The kind of visit. Null if the source does not name it.',
    }),
    from: t.relation('from', {
      nullable: true,
      description: 'The state whose officials travelled. Null if the source does not name it.',
    }),
    to: t.relation('to', { description: 'The state that was visited.' }),
    when: t.field({
      type: TimeSpan,
      description: 'Date of the visit: the days of stay.',
      select: shownSpan,
      resolve: (span) => span,
    }),
    official: t.field({
      type: TimeSpan,
      nullable: true,
      description: 'The days of the official programme. Null unless the source gives them apart from the days of stay.',
      select: { official: true },
      resolve: ({ official }) => (official === null ? null : writtenSpan(official)),
    }),
    places: t.exposeStringList('places', {
      description: 'Places visited, as named in the source. Example: `["Washington"]`.',
    }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'What the source says about the visit. Null if it has no description.',
    }),
  }),
})

builder.prismaObjectFields(Visit, (t) => ({
  accompanying: t.field({
    type: [Visit],
    description:
      'The visits of others on which the visitors went along. Example: the trip of the president, for a secretary of state who accompanied the president.',
    select: (_args, _context, nested) =>
      whenSettled([nested()], (accompanied) => ({
        accompanying: { orderBy: { accompaniedSlug: 'asc' }, select: { accompanied } },
      })),
    resolve: ({ accompanying }) => accompanying.map(({ accompanied }) => accompanied),
  }),
  accompaniedBy: t.field({
    type: [Visit],
    description: 'The visits of others who went along on this one.',
    select: (_args, _context, nested) =>
      whenSettled([nested()], (visit) => ({ accompaniedBy: { orderBy: { visitSlug: 'asc' }, select: { visit } } })),
    resolve: ({ accompaniedBy }) => accompaniedBy.map(({ visit }) => visit),
  }),
  meetings: t.field({
    type: MeetingConnection,
    description: 'Meetings that took place during the visit.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Conditions that the meetings must meet. Default: none.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    ...nestedList(meetings, {
      relation: 'meetings',
      scope: (slug) => ({ visitSlug: slug }),
    }),
  }),
}))

export const VisitConnection = connectionOf(Visit, 'Visit', 'visits')

export const VisitFilter = builder.inputType('VisitFilter', {
  description: conditionsOn('visits'),
  fields: (t) => ({
    from: t.field({
      type: ['CountryCode'],
      description: 'Country codes. The officials of one of these states travelled. Example: `["IN"]`.',
    }),
    to: t.field({
      type: ['CountryCode'],
      description: 'Country codes. One of these states was visited. Example: `["US"]`.',
    }),
    kinds: t.field({ type: [VisitKind], description: 'Kinds of visits. Example: `[STATE]`.' }),
    during: t.field({ type: DateRange, description: 'The visit took place in this range of days.' }),
    participants: t.idList({
      description: 'Slugs or IDs of people. One of them took part. Example: `["s-jaishankar"]`.',
    }),
    organizations: t.idList({
      description: 'Slugs or IDs of organizations. One of them took part itself. Example: `["nato"]`.',
    }),
    representedOrganizations: t.idList({
      description: 'Slugs or IDs of organizations. Somebody represented one of them. Example: `["united-nations"]`.',
    }),
    holding: t.field({
      type: OfficeFilter,
      description:
        'A participant held this office at the time of the visit, or may have held it (`positionCertainty` is not `NO`).',
    }),
    source: t.id({ description: 'Slug or ID of a source that reports the visit.' }),
    search: t.string({
      description:
        'Words in the title, the description, a place, the kind, the countries, the years, or the participants. All words must match. The syntax is that of `Query.search`.',
    }),
  }),
})

export const VisitOrder = orderEnum('VisitOrder', 'visits', { ...dateOrderValues, ...relevanceValue })

export const visits = {
  model: 'visit',
  people: ['participants'],
  searched: 'VISIT',
  orders: dateOrders,
  where: ({ from, to, kinds, during, participants, holding, source, ...attending }) =>
    all<Prisma.VisitWhereInput>(
      from && { fromCode: { in: someOf(from, 'from') } },
      to && { toCode: { in: someOf(to, 'to') } },
      kinds && { kind: { in: someOf(kinds, 'kinds') } },
      during && lasting(during),
      participants && {
        participations: { some: { personSlug: { in: keysOf('Person', participants, 'participants') } } },
      },
      ...attendedBy(attending),
      holding && { participations: { some: atOffice(holding) } },
      isGiven(source) && { citations: { some: { sourceSlug: keyOf('Source', source, 'source') } } },
    ),
} as const satisfies Listing<typeof VisitFilter.$inferInput, keyof typeof dateOrders>

builder.queryFields((t) => ({
  visit: t.field({
    type: Visit,
    extensions: aStatement,
    nullable: true,
    description: 'Returns the visit with this slug. Null if there is none.',
    args: {
      slug: t.arg.string({
        required: true,
        description: 'Slug or ID of the visit. Example: `jaishankar-united-states-2026-02`.',
      }),
    },
    resolve: (_root, { slug }, context, info) => loadRecord('Visit', { slug: keyOrNone('Visit', slug) }, context, info),
  }),
  visits: t.field({
    type: VisitConnection,
    extensions: aStatement,
    description: 'Lists visits, by default the oldest first.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: VisitFilter, description: 'Conditions that the visits must meet. Default: none.' }),
      orderBy: t.arg({ type: VisitOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    resolve: (_root, args, context, info) => listOf(visits, args, context, info),
  }),
}))
