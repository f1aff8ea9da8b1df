import type { Database } from '../database/open.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type Entries, type Pair, pairOf } from '../relations/entries.ts'
import { countCounterparts, countPeople, countTopics, type PersonTally, type TopicTally } from '../relations/tallies.ts'
import { AgreementConnection, AgreementFilter, AgreementOrder, agreements } from './agreement.ts'
import { builder } from './builder.ts'
import { Country } from './country.ts'
import { badUserInput } from './errors.ts'
import { pageSize } from './lists/connection.ts'
import { listOf } from './lists/connection-of.ts'
import { DateRange, forward, keysOf, type Range } from './lists/filters.ts'
import { aStatement } from './lists/weight.ts'
import { asRecord, loadRecords, recordAtKey } from './loading/load-records.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { Person } from './person.ts'
import { StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { Topic } from './topic.ts'
import { VisitConnection, VisitFilter, VisitOrder, visits } from './visit.ts'

/** Two countries, as all that is between them. */
interface RelationRow {
  readonly between: Pair
}

const RelationRef = builder.objectRef<RelationRow>('Relation')

export const Relation = builder.node(RelationRef, {
  description: 'What is between two countries. It has no facts of its own: it gathers those of both.',
  id: { description: 'The same for good, on every database.', resolve: ({ between }) => between.join(',') },
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
      description: 'The two, by code.',
      resolve: async ({ between }, _args, context, info) => {
        const countries = await loadRecords('Country', between, [[]], context, info)
        return between.map((code) => countries.get(code) as never)
      },
    }),
    meetings: t.field({
      type: MeetingConnection,
      extensions: aStatement,
      description: 'The meetings whose participants represent both.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MeetingFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: MeetingOrder, description: 'In which order.' }),
      },
      resolve: ({ between }, args, context, info) => listOf(meetings, args, context, info, { between }),
    }),
    visits: t.field({
      type: VisitConnection,
      extensions: aStatement,
      description:
        'The visits from one to the other; where nobody wrote down from where, those by somebody who represents the other.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: VisitFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: VisitOrder, description: 'In which order.' }),
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
      description: 'The statements between both: see `Statement.countries`.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: StatementFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: StatementOrder, description: 'In which order.' }),
      },
      resolve: ({ between }, args, context, info) => listOf(statements, args, context, info, { between }),
    }),
    agreements: t.field({
      type: AgreementConnection,
      extensions: aStatement,
      description: 'The agreements to which both are parties.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: AgreementFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: AgreementOrder, description: 'In which order.' }),
      },
      resolve: ({ between }, args, context, info) =>
        listOf(agreements, args, context, info, { scope: agreements.where({ between: [...between] }) }),
    }),
    topics: t.field({
      type: [TopicCount],
      extensions: aStatement,
      description: 'What it is about, the most frequent first; a topic counts for its broader ones as well.',
      args: {
        during: t.arg({ type: DateRange, description: 'Only what lasted on some of these days.' }),
        first: t.arg.int({ description: 'How many: 20 unless told, at most 100.' }),
      },
      resolve: async ({ between }, { during, first }, context, info) => {
        const topic = await recordAtKey('Topic', Prisma.raw('tally.slug'), [['topic']], context, info)
        const which = entriesOf(between, { during })
        const tallies = await countTopics(context.database, which, pageSize('first', first), topic.json)
        return tallies.map((tally) => ({ ...tally, topic: asRecord('Topic', topic, tally.record) }))
      },
    }),
    people: t.field({
      type: [PersonCount],
      extensions: aStatement,
      description: 'Who visits, meets and speaks, the most active first.',
      args: {
        during: t.arg({ type: DateRange, description: 'Only what lasted on some of these days.' }),
        first: t.arg.int({ description: 'How many: 20 unless told, at most 100.' }),
      },
      resolve: async ({ between }, { during, first }, context, info) => {
        const person = await recordAtKey('Person', Prisma.raw('tally.slug'), [['person']], context, info)
        const which = entriesOf(between, { during })
        const tallies = await countPeople(context.database, which, pageSize('first', first), person.json)
        return tallies.map((tally) => ({ ...tally, person: asRecord('Person', person, tally.record) }))
      },
    }),
  }),
})

const TopicCount = builder.objectRef<TopicTally & { topic: never }>('TopicCount').implement({
  description: 'How often a topic occurs between two countries.',
  fields: (t) => ({
    topic: t.expose('topic', { type: Topic, description: 'The topic.' }),
    count: t.exposeInt('count', { description: 'In how many meetings, statements and agreements together.' }),
    meetings: t.exposeInt('meetings', { description: 'In how many meetings.' }),
    statements: t.exposeInt('statements', { description: 'In how many statements.' }),
    agreements: t.exposeInt('agreements', { description: 'In how many agreements.' }),
  }),
})

const PersonCount = builder.objectRef<PersonTally & { person: never }>('PersonCount').implement({
  description: 'How often a person acts between two countries.',
  fields: (t) => ({
    person: t.expose('person', { type: Person, description: 'The person.' }),
    count: t.exposeInt('count', { description: 'How many visits, meetings and statements together.' }),
    visits: t.exposeInt('visits', { description: 'On how many visits.' }),
    meetings: t.exposeInt('meetings', { description: 'At how many meetings.' }),
    statements: t.exposeInt('statements', { description: 'The speaker of how many statements.' }),
  }),
})

/** What a caller says of the entries that are wanted. */
export interface Which {
  during?: Range | null | undefined
  topics?: readonly string[] | null | undefined
}

/** Which entries of a relation a caller asks for. Throws BAD_USER_INPUT. */
export function entriesOf(between: Pair, { during, topics }: Which): Entries {
  const { from = null, to = null, match } = forward(during ?? {})
  return {
    between,
    during: { from, to, certain: match === 'CERTAIN' },
    topics: topics ? keysOf('Topic', topics, 'topics') : undefined,
  }
}

/** The codes of countries that a database was found to have. They stay. */
const known = new WeakMap<Database, Set<string>>()

/** Those of some codes that are countries of the database. */
async function knownCodes(database: Database, codes: readonly string[]): Promise<Set<string>> {
  const found = known.get(database) ?? new Set<string>()
  known.set(database, found)
  if (codes.some((code) => !found.has(code))) {
    const countries = await database.prisma.country.findMany({
      where: { code: { in: [...codes] } },
      select: { code: true },
    })
    for (const { code } of countries) found.add(code)
  }
  return new Set(codes.filter((code) => found.has(code)))
}

builder.queryField('relation', (t) =>
  t.field({
    type: Relation,
    extensions: aStatement,
    nullable: true,
    description: 'All that is between two countries, in either order; empty where there are no facts.',
    args: {
      between: t.arg({ type: ['CountryCode'], required: true, description: 'The codes of two countries.' }),
    },
    async resolve(_root, { between }, { database }) {
      const [one, two, third] = between
      if (!one || !two || third) throw badUserInput(`\`between\` has ${between.length}; expected two countries`)
      if (one === two) throw badUserInput(`\`between\` is ${one} twice; expected two different countries`)
      const known = await knownCodes(database, between)
      const unknown = between.filter((code) => !known.has(code))
      if (unknown.length > 0)
        throw badUserInput(`there is no country ${unknown.join(', ')}; expected codes that \`countries\` lists`)
      return { between: pairOf(one, two) }
    },
  }),
)

builder.prismaObjectField(Country, 'relations', (t) =>
  t.field({
    type: [Relation],
    extensions: aStatement,
    description:
      'Its relations to the countries with which it shares the most visits, meetings, statements and agreements.',
    args: { first: t.arg.int({ description: 'How many: 20 unless told, at most 100.' }) },
    select: { code: true },
    resolve: async ({ code }, { first }, { database }) => {
      const others = await countCounterparts(database, code, pageSize('first', first))
      return others.map((other) => ({ between: pairOf(code, other) }))
    },
  }),
)
