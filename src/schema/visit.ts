import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import {
  all,
  atOffice,
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
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { shownSpan, TimeSpan } from './time-span.ts'

export const Visit = builder.prismaNode('Visit', {
  id: { field: 'slug', description: 'The same for good, on every database.' },
  nullable: true,
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
    when: t.field({ type: TimeSpan, description: 'When.', select: shownSpan, resolve: (span) => span }),
    places: t.exposeStringList('places', { description: 'The places that the source names.' }),
    description: t.exposeString('description', { nullable: true, description: 'What the source says of it.' }),
  }),
})

builder.prismaObjectFields(Visit, (t) => ({
  meetings: t.field({
    type: MeetingConnection,
    description: 'The meetings that belong to the visit, the oldest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'In which order.' }),
    },
    ...nestedList(meetings, {
      relation: 'meetings',
      scope: (slug) => ({ visitSlug: slug }),
    }),
  }),
}))

export const VisitConnection = connectionOf(Visit, 'Visit', 'visits')

export const VisitFilter = builder.inputType('VisitFilter', {
  description: 'Which visits. Several fields mean all of them.',
  fields: (t) => ({
    from: t.field({ type: ['CountryCode'], description: 'From any of these states.' }),
    to: t.field({ type: ['CountryCode'], description: 'To any of these states.' }),
    during: t.field({ type: DateRange, description: 'That lasted on some of these days.' }),
    participants: t.idList({ description: 'In which any of these people took part: slugs or ids.' }),
    holding: t.field({
      type: OfficeFilter,
      description: 'In which somebody took part who held this office then, certainly or perhaps.',
    }),
    source: t.id({ description: 'That this source tells of: slug or id.' }),
    search: t.string({ description: 'Words of the title, the description or a place.' }),
  }),
})

export const VisitOrder = orderEnum('VisitOrder', 'visits', { ...dateOrderValues, ...relevanceValue })

export const visits = {
  model: 'visit',
  people: ['participants'],
  searched: 'VISIT',
  orders: dateOrders,
  where: ({ from, to, during, participants, holding, source }) =>
    all<Prisma.VisitWhereInput>(
      from && { fromCode: { in: someOf(from, 'from') } },
      to && { toCode: { in: someOf(to, 'to') } },
      during && lasting(during),
      participants && {
        participations: { some: { personSlug: { in: keysOf('Person', participants, 'participants') } } },
      },
      holding && { participations: { some: atOffice(holding) } },
      isGiven(source) && { citations: { some: { sourceSlug: keyOf('Source', source, 'source') } } },
    ),
} as const satisfies Listing<typeof VisitFilter.$inferInput, keyof typeof dateOrders>

builder.queryFields((t) => ({
  visit: t.field({
    type: Visit,
    extensions: aStatement,
    nullable: true,
    description: 'The visit with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug; its id will do as well.' }) },
    resolve: (_root, { slug }, context, info) => loadRecord('Visit', { slug: keyOrNone('Visit', slug) }, context, info),
  }),
  visits: t.field({
    type: VisitConnection,
    extensions: aStatement,
    description: 'All visits, by date.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: VisitFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: VisitOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(visits, args, context, info),
  }),
}))
