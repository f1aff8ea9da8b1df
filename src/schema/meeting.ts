import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import { citations, contradictedBy } from './citation.ts'
import { Cited, note, withdrawn } from './cited.ts'
import { Country } from './country.ts'
import { Entry } from './entry.ts'
import { idDescription } from './ids/global-id.ts'
import { connectionOf, listOf, nestedList } from './lists/connection-of.ts'
import {
  all,
  atOffice,
  attendedBy,
  betweenPairs,
  conditionsOn,
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
import { whenSettled } from './loading/when-settled.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { shownSpan, TimeSpan } from './time-span.ts'
import { Topic } from './topic.ts'

const MeetingKind = builder.enumType('MeetingKind', {
  description: 'Type of a meeting, by participants or form.',
  values: {
    BILATERAL: { description: 'Meeting between two states.' },
    MULTILATERAL: { description: 'Meeting of more than two states.' },
    MINISTERIAL: { description: 'Conference of ministers on one subject.' },
    SUMMIT: { description: 'Meeting of heads of state or government.' },
    CALL: { description: 'Telephone or video call.' },
    OTHER: { description: 'Any other meeting, or the source does not say.' },
  },
})

export const Meeting = builder.prismaNode('Meeting', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description: 'An event at which people, organizations or their representatives met.',
  interfaces: [Cited, Entry],
  select: { slug: true },
  fields: (t) => ({
    citations: t.field(citations),
    contradictedBy: t.field(contradictedBy),
    note: t.exposeString('note', note),
    withdrawn: t.field(withdrawn),
    slug: t.exposeString('slug', {
      description: 'Stable identifier for URLs and bundles. It never changes. Example: `jaishankar-rubio-2026-02`.',
    }),
    title: t.exposeString('title', {
      description: 'Short title in the words of the editors. Example: `Meeting of Jaishankar and Rubio`.',
    }),
    kind: t.expose('kind', { type: MeetingKind, description: 'Type of the meeting.' }),
    when: t.field({ type: TimeSpan, description: 'Date of the meeting.', select: shownSpan, resolve: (span) => span }),
    place: t.exposeString('place', {
      nullable: true,
      description: 'Place of the meeting, as named in the source. Null if it names none.',
    }),
    host: t.relation('host', {
      nullable: true,
      description: 'The state that hosted the meeting. Null if not recorded.',
    }),
    visit: t.relation('visit', {
      nullable: true,
      description: 'The visit during which the meeting took place. Null if there is none.',
    }),
    countries: t.field({
      type: [Country],
      description: 'The states that the attendees represented. The meeting is “between” these states.',
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
    description:
      'What the meeting was about: the topics of all statements about it. Different sources can name different topics.',
    select: (_args, _context, nested) =>
      whenSettled([nested()], (topic) => ({
        topics: { where: { stated: true }, orderBy: { topicSlug: 'asc' }, select: { topic } },
      })),
    resolve: ({ topics }) => topics.map(({ topic }) => topic),
  }),
  statements: t.field({
    type: StatementConnection,
    description: 'Statements about the meeting.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: StatementFilter, description: 'Conditions that the statements must meet. Default: none.' }),
      orderBy: t.arg({ type: StatementOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    ...nestedList(statements, {
      relation: 'statements',
      scope: (slug) => ({ meetingSlug: slug }),
    }),
  }),
}))

export const MeetingConnection = connectionOf(Meeting, 'Meeting', 'meetings')

export const MeetingFilter = builder.inputType('MeetingFilter', {
  description: conditionsOn('meetings', { between: true }),
  fields: (t) => ({
    between: t.field({
      type: ['CountryCode'],
      description: 'Country codes, maximum 10. The attendees represent all of these states. Example: `["IN", "US"]`.',
    }),
    during: t.field({ type: DateRange, description: 'The meeting took place in this range of days.' }),
    topics: t.idList({
      description:
        'Slugs or IDs of topics. The meeting was about one of them or about a narrower topic. Example: `["trade"]`.',
    }),
    participants: t.idList({
      description: 'Slugs or IDs of people. One of them took part. Example: `["s-jaishankar"]`.',
    }),
    organizations: t.idList({
      description: 'Slugs or IDs of organizations. One of them took part itself. Example: `["nato"]`.',
    }),
    representedOrganizations: t.idList({
      description: 'Slugs or IDs of organizations. Somebody represented one of them. Example: `["united-nations"]`.',
    }),
    kinds: t.field({ type: [MeetingKind], description: 'Types of meetings. Example: `[BILATERAL, SUMMIT]`.' }),
    visit: t.id({ description: 'Slug or ID of the visit during which the meeting took place.' }),
    source: t.id({ description: 'Slug or ID of a source that reports the meeting.' }),
    holding: t.field({
      type: OfficeFilter,
      description:
        'A participant held this office on the day of the meeting, or may have held it (`positionCertainty` is not `NO`).',
    }),
    search: t.string({
      description:
        'Words in the title, the place, the kind, the year, or the participants with offices and countries. All words must match. The syntax is that of `Query.search`.',
    }),
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
  where: ({ between, during, topics, participants, kinds, visit, source, holding, ...attending }) =>
    all<Prisma.MeetingWhereInput>(
      between && { AND: betweenStates(eachOf(between)) },
      during && lasting(during),
      topics && { topics: { some: { topicSlug: { in: keysOf('Topic', topics, 'topics') } } } },
      participants && {
        participations: { some: { personSlug: { in: keysOf('Person', participants, 'participants') } } },
      },
      ...attendedBy(attending),
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
    description: 'Returns the meeting with this slug. Null if there is none.',
    args: {
      slug: t.arg.string({
        required: true,
        description: 'Slug or ID of the meeting. Example: `jaishankar-rubio-2026-02`.',
      }),
    },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('Meeting', { slug: keyOrNone('Meeting', slug) }, context, info),
  }),
  meetings: t.field({
    type: MeetingConnection,
    extensions: aStatement,
    description: 'Lists meetings, by default the oldest first.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: MeetingFilter, description: 'Conditions that the meetings must meet. Default: none.' }),
      orderBy: t.arg({ type: MeetingOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    resolve: (_root, args, context, info) => listOf(meetings, args, context, info),
  }),
}))
