import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { Cited, citations, note } from './cited.ts'
import { Country } from './country.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import {
  all,
  atOffice,
  betweenPairs,
  DateRange,
  eachOf,
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
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { shownSpan, TimeSpan } from './time-span.ts'
import { Topic } from './topic.ts'
import { whenSettled } from './when-settled.ts'

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
  nullable: true,
  description: 'Two or more people at one event.',
  interfaces: [Cited],
  select: { slug: true },
  fields: (t) => ({
    citations: t.relation('citations', citations),
    note: t.exposeString('note', note),
    slug: t.exposeString('slug', { description: 'Its name in URLs and bundles, the same for good.' }),
    title: t.exposeString('title', { description: 'A short title, in our words.' }),
    kind: t.expose('kind', { type: MeetingKind, description: 'Between whom, and in which form.' }),
    when: t.field({ type: TimeSpan, description: 'When.', select: shownSpan, resolve: (span) => span }),
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
      select: (_args, _context, nested) =>
        whenSettled([nested()], (representing) => ({
          participations: {
            orderBy: [{ ordinal: 'asc' }, { id: 'asc' }],
            select: { representingCode: true, representing },
          },
        })),
      resolve: ({ participations }) => {
        const byCode = new Map(
          participations.map(({ representingCode, representing }) => [representingCode, representing]),
        )
        return [...byCode.values()].filter((country) => country !== null)
      },
    }),
  }),
})

builder.prismaObjectFields(Meeting, (t) => ({
  topics: t.field({
    type: [Topic],
    description: 'What it was about: the topics of all statements about it, each account having its own.',
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
      scope: (slug) => ({ meetingSlug: slug }),
    }),
  }),
}))

export const MeetingConnection = connectionOf(Meeting, 'Meeting', 'meetings')

export const MeetingFilter = builder.inputType('MeetingFilter', {
  description:
    'Which meetings. Several fields mean all of them; several entries in a list any of them, but for `between`.',
  fields: (t) => ({
    between: t.field({ type: ['CountryCode'], description: 'Whose participants represent all of these states.' }),
    during: t.field({ type: DateRange, description: 'That lasted on some of these days.' }),
    topics: t.idList({ description: 'About any of these topics, or their narrower ones: slugs or ids.' }),
    participants: t.idList({ description: 'In which any of these people took part: slugs or ids.' }),
    kinds: t.field({ type: [MeetingKind], description: 'Of any of these kinds.' }),
    visit: t.id({ description: 'That belong to this visit: slug or id.' }),
    source: t.id({ description: 'That this source tells of: slug or id.' }),
    holding: t.field({
      type: OfficeFilter,
      description: 'In which somebody took part who held this office then, certainly or perhaps.',
    }),
    search: t.string({ description: 'Words of the title or the place.' }),
  }),
})

export const MeetingOrder = orderEnum('MeetingOrder', 'meetings', { ...dateOrderValues, ...relevanceValue })

const betweenStates = (codes: string[]): Prisma.MeetingWhereInput[] =>
  codes.length > 1 ? betweenPairs(codes) : [{ participations: { some: { representingCode: { in: codes } } } }]

export const meetings = {
  model: 'meeting',
  pairs: 'meetingPair',
  people: ['participants'],
  searched: 'MEETING',
  orders: dateOrders,
  where: ({ between, during, topics, participants, kinds, visit, source, holding }) =>
    all<Prisma.MeetingWhereInput>(
      between && { AND: betweenStates(eachOf(between)) },
      during && lasting(during),
      topics && { topics: { some: { topicSlug: { in: keysOf('Topic', topics, 'topics') } } } },
      participants && {
        participations: { some: { personSlug: { in: keysOf('Person', participants, 'participants') } } },
      },
      kinds && { kind: { in: someOf(kinds, 'kinds') } },
      isGiven(visit) && { visitSlug: keyOf('Visit', visit, 'visit') },
      isGiven(source) && { citations: { some: { sourceSlug: keyOf('Source', source, 'source') } } },
      holding && { participations: { some: atOffice(holding) } },
    ),
} as const satisfies Listing<typeof MeetingFilter.$inferInput, keyof typeof dateOrders>

builder.queryFields((t) => ({
  meeting: t.field({
    type: Meeting,
    extensions: aStatement,
    nullable: true,
    description: 'The meeting with this slug, or null.',
    args: { slug: t.arg.string({ required: true, description: 'Its slug; its id will do as well.' }) },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Meeting', { slug: keyOrNone('Meeting', slug) }, context, info),
  }),
  meetings: t.field({
    type: MeetingConnection,
    extensions: aStatement,
    description: 'All meetings, by date.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Which of them; all unless told.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => listOf(meetings, args, context, info),
  }),
}))
