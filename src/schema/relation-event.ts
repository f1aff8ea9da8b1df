import type { Prisma } from '../generated/prisma/client.ts'
import { pairOf } from '../relations/entries.ts'
import { builder } from './builder.ts'
import { citations, contradictedBy } from './citation.ts'
import { Cited, note, withdrawn } from './cited.ts'
import { Country } from './country.ts'
import { Entry } from './entry.ts'
import { idDescription } from './ids/global-id.ts'
import { connectionOf, listOf } from './lists/connection-of.ts'
import {
  all,
  conditionsOn,
  DateRange,
  eachOf,
  isGiven,
  keyOf,
  keyOrNone,
  lasting,
  pairColumns,
  someOf,
} from './lists/filters.ts'
import type { Listing } from './lists/listing.ts'
import { dateOrders, dateOrderValues, orderEnum, relevanceValue } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecord } from './loading/load-records.ts'
import { whenSettled } from './loading/when-settled.ts'
import { shownSpan, TimeSpan } from './time-span.ts'

const RelationEventKind = builder.enumType('RelationEventKind', {
  description: 'What happened in the diplomatic relations of two countries.',
  values: {
    RECOGNIZED: {
      description: 'One recognized the other, or both each other. This alone does not establish relations.',
    },
    RELATIONS_ESTABLISHED: { description: 'They established diplomatic relations.' },
    RELATIONS_INTERRUPTED: { description: 'Diplomatic relations were interrupted.' },
    RELATIONS_SEVERED: { description: 'Diplomatic relations were severed.' },
    RELATIONS_RESUMED: { description: 'Diplomatic relations were resumed.' },
    RELATIONS_ENDED: { description: 'Diplomatic relations ended, for example because a state ceased to exist.' },
    LEGATION_OPENED: { description: 'A legation was opened.' },
    EMBASSY_OPENED: { description: 'An embassy was opened.' },
    RAISED_TO_EMBASSY: { description: 'A legation was raised to an embassy.' },
    MISSION_CLOSED: { description: 'A mission was closed. This alone does not end relations.' },
    CONSULAR_RELATIONS_ESTABLISHED: { description: 'They established consular relations.' },
    CONSULAR_RELATIONS_ENDED: { description: 'Consular relations ended.' },
    OTHER: { description: "Anything else. The title has the source's words." },
  },
})

export const RelationEvent = builder.prismaNode('RelationEvent', {
  id: { field: 'slug', description: idDescription },
  nullable: true,
  description:
    'An event in the diplomatic relations of two countries, such as a recognition or the opening of an embassy.',
  interfaces: [Cited, Entry],
  select: { slug: true },
  fields: (t) => ({
    citations: t.field(citations),
    contradictedBy: t.field(contradictedBy),
    note: t.exposeString('note', note),
    withdrawn: t.field(withdrawn),
    slug: t.exposeString('slug', {
      description: 'Stable identifier for URLs and bundles. It never changes. Example: `us-iraq-recognition-1930`.',
    }),
    kind: t.expose('kind', { type: RelationEventKind, description: 'What happened.' }),
    title: t.exposeString('title', {
      description: "Short title in the words of the editors. For the kind `OTHER`, the source's words.",
    }),
    countries: t.field({
      type: [Country],
      description: 'The two countries, sorted by code.',
      select: (_args, _context, nested) =>
        whenSettled([nested()], (country) => ({ oneCountry: country, twoCountry: country })),
      resolve: ({ oneCountry, twoCountry }) => [oneCountry, twoCountry],
    }),
    by: t.relation('by', {
      nullable: true,
      description: 'The one of the two countries that acted. Null if both did, or if the source does not say.',
    }),
    when: t.field({ type: TimeSpan, description: 'Date of the event.', select: shownSpan, resolve: (span) => span }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'What the source says about the event. Null if it has no description.',
    }),
  }),
})

export const RelationEventConnection = connectionOf(RelationEvent, 'RelationEvent', 'relation events')

export const RelationEventFilter = builder.inputType('RelationEventFilter', {
  description: conditionsOn('relation events', { between: true }),
  fields: (t) => ({
    between: t.field({
      type: ['CountryCode'],
      description:
        'Country codes, maximum 10. The event is between these states. One code finds the events of a state with any other. Example: `["IN", "US"]`.',
    }),
    kinds: t.field({
      type: [RelationEventKind],
      description: 'Kinds of the event. Example: `[RELATIONS_SEVERED, RELATIONS_RESUMED]`.',
    }),
    during: t.field({ type: DateRange, description: 'The event took place in this range of days.' }),
    source: t.id({ description: 'Slug or ID of a source that reports the event.' }),
    search: t.string({
      description:
        'Words in the title or the description, or words for the kind such as `recognition`. The syntax is that of `Query.search`.',
    }),
  }),
})

export const RelationEventOrder = orderEnum('RelationEventOrder', 'relation events', {
  ...dateOrderValues,
  ...relevanceValue,
})

/** The condition that an event is between all of these countries. An index has the events of two. */
function betweenAll(codes: readonly string[]): Prisma.RelationEventWhereInput {
  const [one, two, third] = codes
  if (one !== undefined && two !== undefined && third === undefined) return pairColumns(pairOf(one, two))
  return { AND: codes.map((code) => ({ OR: [{ one: code }, { two: code }] })) }
}

export const relationEvents = {
  model: 'relationEvent',
  searched: 'RELATION_EVENT',
  orders: dateOrders,
  where: ({ between, kinds, during, source }) =>
    all<Prisma.RelationEventWhereInput>(
      between && betweenAll(eachOf(between)),
      kinds && { kind: { in: someOf(kinds, 'kinds') } },
      during && lasting(during),
      isGiven(source) && { citations: { some: { sourceSlug: keyOf('Source', source, 'source') } } },
    ),
} as const satisfies Listing<typeof RelationEventFilter.$inferInput, keyof typeof dateOrders>

builder.queryFields((t) => ({
  relationEvent: t.field({
    type: RelationEvent,
    extensions: aStatement,
    nullable: true,
    description: 'Returns the relation event with this slug. Null if there is none.',
    args: {
      slug: t.arg.string({
        required: true,
        description: 'Slug or ID of the relation event. Example: `us-iraq-recognition-1930`.',
      }),
    },
    resolve: (_root, { slug }, context, info) =>
      loadRecord('RelationEvent', { slug: keyOrNone('RelationEvent', slug) }, context, info),
  }),
  relationEvents: t.field({
    type: RelationEventConnection,
    extensions: aStatement,
    description: 'Lists relation events, by default the oldest first.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({
        type: RelationEventFilter,
        description: 'Conditions that the events must meet. Default: none.',
      }),
      orderBy: t.arg({ type: RelationEventOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    resolve: (_root, args, context, info) => listOf(relationEvents, args, context, info),
  }),
}))
