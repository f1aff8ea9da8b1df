import { selectedFieldNames } from '@pothos/selection-mapper'
import type { GraphQLResolveInfo } from 'graphql'
import type { Database } from '../database/open.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type Entries, type EntryKind, entryKinds, type Pair, pairOf } from '../relations/entries.ts'
import { countCounterparts } from '../relations/pairs.ts'
import { countPeople, countTopics, type PersonTally, type TopicTally } from '../relations/tallies.ts'
import { AgreementConnection, AgreementFilter, AgreementOrder, agreements } from './agreement.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { Country } from './country.ts'
import { TimelineKind } from './entry.ts'
import { badUserInput, echo } from './errors.ts'
import { idDescription } from './ids/global-id.ts'
import { pageSize } from './lists/connection.ts'
import { listOf } from './lists/connection-of.ts'
import { codeOf, unknownCountry } from './lists/country-names.ts'
import { DateRange, forward, keysOf, officesOfCountries, pairColumns, type Range, someOf } from './lists/filters.ts'
import { expectKnown } from './lists/known-names.ts'
import { aStatement, aSurvey, aTally } from './lists/weight.ts'
import { asRecord, loadRecords, recordAtKey } from './loading/load-records.ts'
import { namesBeneath } from './loading/selection.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { Person } from './person.ts'
import { PositionConnection, PositionFilter, PositionOrder, positions } from './position.ts'
import { RelationEventConnection, RelationEventFilter, RelationEventOrder, relationEvents } from './relation-event.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { Topic } from './topic.ts'
import { VisitConnection, VisitFilter, VisitOrder, visits } from './visit.ts'

/** The relation of two countries. */
interface RelationRow {
  readonly between: Pair
  /** The records of the two countries, if they were read with the relation. */
  readonly countries?: readonly [never, never] | undefined
}

const RelationRef = builder.objectRef<RelationRow>('Relation')

const countedKinds = 'Only facts of these types are counted. Default: all types. An empty list is an error.'

export const Relation = builder.node(RelationRef, {
  description: 'The relation between two countries. It has no facts of its own; it lists the facts that involve both.',
  id: { description: idDescription, resolve: ({ between }) => between.join(',') },
  async loadOne(id, { database }) {
    const [one = '', two = '', third] = id.split(',')
    if (third !== undefined || one >= two) return null
    const known = await knownCodes(database, [one, two])
    return known.size === 2 ? { between: pairOf(one, two) } : null
  },
  fields: (t) => ({
    countries: t.field({
      type: [Country],
      extensions: aStatement,
      description: 'The two countries, sorted by code.',
      resolve: async ({ between, countries: read }, _args, context, info) => {
        if (read) return read
        const countries = await loadRecords('Country', between, [[]], context, info)
        return between.map((code) => countries.get(code) as never)
      },
    }),
    meetings: t.field({
      type: MeetingConnection,
      extensions: aStatement,
      description: 'Meetings whose participants represent both countries.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MeetingFilter, description: 'Conditions that the meetings must meet. Default: none.' }),
        orderBy: t.arg({ type: MeetingOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
      },
      resolve: ({ between }, args, context, info) => listOf(meetings, args, context, info, { between }),
    }),
    visits: t.field({
      type: VisitConnection,
      extensions: aStatement,
      description:
        'Visits from one country to the other. If the source does not say where the visitors came from, the countries that they represent are used.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: VisitFilter, description: 'Conditions that the visits must meet. Default: none.' }),
        orderBy: t.arg({ type: VisitOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
      },
      resolve: ({ between: [one, two] }, args, context, info) => {
        const leading = (from: string, to: string) => ({
          toCode: to,
          OR: [{ fromCode: from }, { fromCode: null, participations: { some: { representingCode: from } } }],
        })
        return listOf(visits, args, context, info, { scope: { OR: [leading(one, two), leading(two, one)] } })
      },
    }),
    statements: t.field({
      type: StatementConnection,
      extensions: aStatement,
      description: 'Statements that involve both countries: both are in `Statement.countries`.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({
          type: StatementFilter,
          description: 'Conditions that the statements must meet. Default: none.',
        }),
        orderBy: t.arg({ type: StatementOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
      },
      resolve: ({ between }, args, context, info) => listOf(statements, args, context, info, { between }),
    }),
    agreements: t.field({
      type: AgreementConnection,
      extensions: aStatement,
      description: 'Agreements to which both countries are parties.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({
          type: AgreementFilter,
          description: 'Conditions that the agreements must meet. Default: none.',
        }),
        orderBy: t.arg({ type: AgreementOrder, description: 'Sort order. Default `NAME`.' }),
      },
      resolve: ({ between }, args, context, info) =>
        listOf(agreements, args, context, info, { scope: agreements.where({ between: [...between] }) }),
    }),
    events: t.field({
      type: RelationEventConnection,
      extensions: aStatement,
      description: 'Events in the diplomatic relations of the two countries.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({
          type: RelationEventFilter,
          description: 'Conditions that the events must meet. Default: none.',
        }),
        orderBy: t.arg({ type: RelationEventOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
      },
      resolve: ({ between }, args, context, info) =>
        listOf(relationEvents, args, context, info, { scope: pairColumns(between) }),
    }),
    positions: t.field({
      type: PositionConnection,
      extensions: aStatement,
      description: 'Heads of mission of one country who are accredited to the other, in both directions.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: PositionFilter, description: 'Conditions that the positions must meet. Default: none.' }),
        orderBy: t.arg({
          type: PositionOrder,
          description: 'Sort order. Default `OLDEST_FIRST`, or `NEWEST_FIRST` if the filter has `on`.',
        }),
      },
      resolve: ({ between: [one, two] }, args, context, info) => {
        const accredited = (from: string, to: string) => ({
          AND: [officesOfCountries([from]), { accreditedToCode: to }],
        })
        return listOf(positions, args, context, info, { scope: { OR: [accredited(one, two), accredited(two, one)] } })
      },
    }),
    topics: t.field({
      type: [TopicCount],
      extensions: aStatement,
      description:
        'Topics of the relation, the most frequent first. A fact about a topic also counts for its broader topics.',
      args: {
        during: t.arg({ type: DateRange, description: 'Only facts in this range of days are counted.' }),
        kinds: t.arg({ type: [TimelineKind], description: countedKinds }),
        first: t.arg.int({ description: 'Number of topics to return. Default 20, maximum 100.' }),
      },
      resolve: async ({ between }, { during, kinds, first }, context, info) => {
        const topic = await recordAtKey('Topic', Prisma.raw('tally.slug'), [['topic']], context, info)
        const which = entriesOf(between, { during })
        const tallies = await countTopics(context.database, which, kindsOf(kinds), pageSize('first', first), topic.json)
        return tallies.map((tally) => ({ ...tally, topic: asRecord('Topic', topic, tally.record) }))
      },
    }),
    people: t.field({
      type: [PersonCount],
      extensions: aTally,
      description: 'People who visit, meet or speak in this relation, the most active first.',
      args: {
        during: t.arg({ type: DateRange, description: 'Only facts in this range of days are counted.' }),
        topics: t.arg.idList({
          description:
            'Slugs or IDs of topics. Only facts about one of them or about a narrower topic are counted. Example: `["trade"]`.',
        }),
        kinds: t.arg({ type: [TimelineKind], description: countedKinds }),
        first: t.arg.int({ description: 'Number of people to return. Default 20, maximum 100.' }),
      },
      resolve: ({ between }, args, context, info) => people(between, args, context, info),
    }),
  }),
})

const TopicCount = builder.objectRef<TopicTally & { topic: never }>('TopicCount').implement({
  description: 'Number of meetings, statements and agreements between two countries that are about a topic.',
  fields: (t) => ({
    topic: t.expose('topic', { type: Topic, description: 'The topic.' }),
    count: t.exposeInt('count', {
      description: 'Number of meetings, statements and agreements about the topic, added up.',
    }),
    meetings: t.exposeInt('meetings', { description: 'Number of meetings about the topic.' }),
    statements: t.exposeInt('statements', { description: 'Number of statements about the topic.' }),
    agreements: t.exposeInt('agreements', { description: 'Number of agreements about the topic.' }),
  }),
})

const PersonYear = builder.objectRef<PersonTally['years'][number]>('PersonYear').implement({
  description: 'Number of visits, meetings and statements of a person between two countries that started in one year.',
  fields: (t) => ({
    year: t.exposeInt('year', { description: 'The year.' }),
    count: t.exposeInt('count', { description: 'Number of visits, meetings and statements of the person, added up.' }),
    visits: t.exposeInt('visits', { description: 'Number of visits in which the person took part.' }),
    meetings: t.exposeInt('meetings', { description: 'Number of meetings in which the person took part.' }),
    statements: t.exposeInt('statements', { description: 'Number of statements by the person.' }),
  }),
})

const PersonCount = builder
  .objectRef<PersonTally & { person: never; countries: readonly never[] }>('PersonCount')
  .implement({
    description: 'Number of visits, meetings and statements of a person between two countries.',
    fields: (t) => ({
      person: t.expose('person', { type: Person, description: 'The person.' }),
      count: t.exposeInt('count', {
        description: 'Number of visits, meetings and statements of the person, added up.',
      }),
      visits: t.exposeInt('visits', { description: 'Number of visits in which the person took part.' }),
      meetings: t.exposeInt('meetings', { description: 'Number of meetings in which the person took part.' }),
      statements: t.exposeInt('statements', { description: 'Number of statements by the person.' }),
      first: t.expose('first', {
        type: 'Date',
        nullable: true,
        description: 'Earliest day on which one of these facts can have started. Null if no start has an earliest day.',
      }),
      last: t.expose('last', {
        type: 'Date',
        nullable: true,
        description: 'Latest day on which one of these facts can have ended. Null if no end has a latest day.',
      }),
      years: t.expose('years', {
        type: [PersonYear],
        description:
          'The years in which these facts started, the earliest first. Years without facts are not in the list, and facts without a known start are not counted.',
      }),
      countries: t.expose('countries', {
        type: [Country],
        description:
          'The countries that the person represented on these visits and at these meetings, the most frequent first. Empty if no source says so, and for a person who only speaks.',
      }),
      titles: t.exposeStringList('titles', {
        description:
          'Titles of the offices in which the person took part in these visits and meetings, the most frequent first: of each, the title of `Participation.position`.',
      }),
    }),
  })

async function people(
  between: Pair,
  {
    first,
    kinds,
    ...which
  }: Which & { kinds?: readonly EntryKind[] | null | undefined; first?: number | null | undefined },
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { database } = context
  const fields = selectedFieldNames(context, info)
  const person = await recordAtKey('Person', Prisma.raw('tally.slug'), [['person']], context, info)
  const country = fields.has('countries')
    ? await recordAtKey('Country', Prisma.raw('represented.code'), [['countries']], context, info)
    : undefined
  const tallies = await countPeople(
    database,
    entriesOf(between, which),
    kindsOf(kinds),
    pageSize('first', first),
    person.json,
    {
      years: fields.has('years'),
      titles: fields.has('titles'),
      country: country?.json,
    },
  )
  await expectKnown({ topics: which.topics }, tallies.length === 0, context)
  return tallies.map((tally) => ({
    ...tally,
    person: asRecord('Person', person, tally.record),
    countries: country ? tally.countries.map((record) => asRecord('Country', country, record)) : [],
  }))
}

/** Conditions of a client on the entries of a relation. */
export interface Which {
  during?: Range | null | undefined
  topics?: readonly string[] | null | undefined
}

/** The entries of a relation that meet the client’s conditions. Throws BAD_USER_INPUT. */
export function entriesOf(between: Pair, { during, topics }: Which): Entries {
  const { from = null, to = null, match } = forward(during ?? {})
  return {
    between,
    during: { from, to, certain: match === 'CERTAIN' },
    topics: topics ? keysOf('Topic', topics, 'topics') : undefined,
  }
}

/** Whether a country is the first of the two. Throws BAD_USER_INPUT if it is neither. */
export function isFirst([one, two]: Pair, country: string): boolean {
  if (country !== one && country !== two)
    throw badUserInput(`\`country\`: expected ${one} or ${two}, got ${echo(country)}`)
  return country === one
}

/** The types of entries that a client asks for. Throws BAD_USER_INPUT. */
export const kindsOf = (kinds: readonly EntryKind[] | null | undefined): readonly EntryKind[] =>
  kinds ? someOf(kinds, 'kinds') : entryKinds

/** The codes of the countries of each database. Countries are never removed, so a code stays valid. */
const codesByDatabase = new WeakMap<Database, ReadonlySet<string>>()

/** The codes in the list that belong to countries in the database. All codes are read again if one is not known. */
async function knownCodes(database: Database, codes: readonly string[]): Promise<Set<string>> {
  let found = codesByDatabase.get(database)
  if (!found || codes.some((code) => !found?.has(code))) {
    const countries = await database.prisma.country.findMany({ select: { code: true } })
    found = new Set(countries.map(({ code }) => code))
    codesByDatabase.set(database, found)
  }
  return new Set(codes.filter((code) => found.has(code)))
}

builder.queryField('relation', (t) =>
  t.field({
    type: Relation,
    extensions: aStatement,
    nullable: true,
    description:
      'Returns the relation between two countries. Its lists are empty if no facts involve both. Null only if there is an error, for example an unknown country.',
    args: {
      between: t.arg({
        type: ['CountryCode'],
        required: true,
        description: 'Codes of two different countries, in any order. Example: `["IN", "US"]`.',
      }),
    },
    async resolve(_root, { between: names }, { database }) {
      const [first, second, third] = names
      if (!first || !second || third) throw badUserInput(`\`between\`: expected two country codes, got ${names.length}`)
      const [one, two] = [await codeOf('between', first, database), await codeOf('between', second, database)]
      if (one === two) throw badUserInput(`\`between\`: expected two different countries, got ${echo(one)} twice`)
      const known = await knownCodes(database, [one, two])
      const unknown = [one, two].find((code) => !known.has(code))
      if (unknown) throw await unknownCountry('between', unknown, database)
      return { between: pairOf(one, two) }
    },
  }),
)

builder.prismaObjectField(Country, 'relations', (t) =>
  t.field({
    type: [Relation],
    extensions: aSurvey,
    description:
      'Relations with other countries. The countries that share the most visits, meetings, statements, agreements and relation events with this one come first.',
    args: { first: t.arg.int({ description: 'Number of relations to return. Default 20, maximum 100.' }) },
    select: { code: true },
    resolve: async ({ code }, { first }, context, info) => {
      const others = await countCounterparts(context.database, code, pageSize('first', first))
      const pairs = others.map((other) => pairOf(code, other))
      if (!context.selections.askFor('countries') || !namesBeneath(context, info).has('countries')) {
        return pairs.map((between) => ({ between }))
      }
      // Read for all relations in one statement.
      const countries = await loadRecords('Country', [code, ...others], [['countries']], context, info)
      return pairs.map((between) => {
        const [one, two] = between.map((key) => countries.get(key) as never)
        return { between, countries: [one, two] as [never, never] }
      })
    },
  }),
)
