import type { GraphQLResolveInfo } from 'graphql'
import type { Database } from '../database/open.ts'
import {
  countByPeriod,
  countCounterparts,
  countPeople,
  countTimeline,
  countTopics,
  type Entries,
  type Entry,
  type EntryKind,
  entryKinds,
  type Granularity,
  type Pair,
  type PersonTally,
  readTimeline,
  type TopicTally,
} from '../relations/entries.ts'
import { type Period, periodNumber, periodOf } from '../relations/periods.ts'
import { AgreementConnection, AgreementEvent, AgreementFilter, AgreementOrder, agreements } from './agreement.ts'
import { builder, type Context } from './builder.ts'
import { decodeCursor, encodeCursor, type PageArgs, pageSize, Window } from './connection.ts'
import { listOf } from './connection-of.ts'
import { Country } from './country.ts'
import { badUserInput } from './errors.ts'
import { DateRange, keysOf, notEmpty, type Range } from './filters.ts'
import { type LoadedType, loadRecords } from './load-records.ts'
import { Meeting, MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { Person } from './person.ts'
import { Statement, StatementConnection, StatementFilter, StatementOrder, statements } from './statement.ts'
import { Topic } from './topic.ts'
import { Visit, VisitConnection, VisitFilter, VisitOrder, visits } from './visit.ts'

/** Two countries, as all that is between them. */
interface RelationRow {
  readonly between: Pair
}

const pairOf = (one: string, two: string): Pair => (one < two ? [one, two] : [two, one])

const RelationRef = builder.objectRef<RelationRow>('Relation')

export const Relation = builder.node(RelationRef, {
  description: 'What is between two countries. It has no facts of its own: it gathers those of both.',
  id: { description: 'The same for good, on every database.', resolve: ({ between }) => between.join(',') },
  async loadOne(id, { database }) {
    const [one = '', two = ''] = id.split(',')
    const known = await knownCodes(database, [one, two])
    return one < two && known.size === 2 ? { between: pairOf(one, two) } : null
  },
  fields: (t) => ({
    countries: t.field({
      type: [Country],
      description: 'The two, by code.',
      resolve: async ({ between }, _args, context, info) => {
        const countries = await loadRecords('Country', between, [[]], context, info)
        return between.map((code) => countries.get(code) as never)
      },
    }),
    meetings: t.field({
      type: MeetingConnection,
      description: 'The meetings whose participants represent both.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MeetingFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: MeetingOrder, description: 'In which order.' }),
      },
      resolve: ({ between }, args, context, info) =>
        listOf(meetings, args, context, info, meetings.where({ between: [...between] })),
    }),
    visits: t.field({
      type: VisitConnection,
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
        return listOf(visits, args, context, info, { OR: [leading(one, two), leading(two, one)] })
      },
    }),
    statements: t.field({
      type: StatementConnection,
      description: 'The statements between both: see `Statement.countries`.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: StatementFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: StatementOrder, description: 'In which order.' }),
      },
      resolve: ({ between }, args, context, info) =>
        listOf(statements, args, context, info, statements.where({ between: [...between] })),
    }),
    agreements: t.field({
      type: AgreementConnection,
      description: 'The agreements to which both are parties.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: AgreementFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: AgreementOrder, description: 'In which order.' }),
      },
      resolve: ({ between }, args, context, info) =>
        listOf(agreements, args, context, info, agreements.where({ between: [...between] })),
    }),
    timeline: t.field({
      type: TimelineConnection,
      description: 'All that happened between both, in one list, the oldest first.',
      args: {
        ...t.arg.connectionArgs(),
        during: t.arg({ type: DateRange, description: 'What lasted on some of these days.' }),
        topics: t.arg.idList({ description: 'About any of these topics, or their narrower ones: slugs or ids.' }),
        kinds: t.arg({ type: [TimelineKind], description: 'Only these kinds.' }),
      },
      resolve: ({ between }, args, context, info) => timeline(between, args, context, info),
    }),
    activity: t.field({
      type: [Activity],
      description:
        'How much began in each period, without gaps. The periods are those of `during` where it has ends, else from the first to the last in which something began. What has no known begin is counted in none.',
      args: {
        by: t.arg({ type: GranularityEnum, required: true, description: 'How long the periods are.' }),
        during: t.arg({ type: DateRange, description: 'Only what lasted on some of these days.' }),
        topics: t.arg.idList({ description: 'About any of these topics, or their narrower ones: slugs or ids.' }),
      },
      resolve: ({ between }, args, { database }) => activity(database, between, args),
    }),
    topics: t.field({
      type: [TopicCount],
      description: 'What it is about, the most frequent first; a topic counts for its broader ones as well.',
      args: {
        during: t.arg({ type: DateRange, description: 'Only what lasted on some of these days.' }),
        first: t.arg.int({ description: 'How many: 20 unless told, at most 100.' }),
      },
      resolve: async ({ between }, { during, first }, context, info) => {
        const tallies = await countTopics(context.database, entriesOf(between, during), pageSize('first', first))
        const topics = await loadRecords(
          'Topic',
          tallies.map(({ slug }) => slug),
          [['topic']],
          context,
          info,
        )
        return tallies.map((tally) => ({ ...tally, topic: topics.get(tally.slug) as never }))
      },
    }),
    people: t.field({
      type: [PersonCount],
      description: 'Who visits, meets and speaks, the most active first.',
      args: {
        during: t.arg({ type: DateRange, description: 'Only what lasted on some of these days.' }),
        first: t.arg.int({ description: 'How many: 20 unless told, at most 100.' }),
      },
      resolve: async ({ between }, { during, first }, context, info) => {
        const tallies = await countPeople(context.database, entriesOf(between, during), pageSize('first', first))
        const people = await loadRecords(
          'Person',
          tallies.map(({ slug }) => slug),
          [['person']],
          context,
          info,
        )
        return tallies.map((tally) => ({ ...tally, person: people.get(tally.slug) as never }))
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

const GranularityEnum = builder.enumType('Granularity', {
  description: 'How long a period is.',
  values: {
    MONTH: { description: 'A calendar month.' },
    YEAR: { description: 'A calendar year.' },
    DECADE: { description: 'Ten calendar years, the first one ending in 0.' },
  },
})

interface ActivityRow extends Period {
  readonly visits: number
  readonly meetings: number
  readonly statements: number
  readonly agreementEvents: number
}

const Activity = builder.objectRef<ActivityRow>('Activity').implement({
  description: 'How much began in a period.',
  fields: (t) => ({
    period: t.exposeString('period', { description: 'The period, in EDTF: `2026-02`, `2026`, `202X`.' }),
    from: t.expose('from', { type: 'Date', description: 'Its first day.' }),
    to: t.expose('to', { type: 'Date', description: 'Its last day.' }),
    visits: t.exposeInt('visits', { description: 'How many visits began.' }),
    meetings: t.exposeInt('meetings', { description: 'How many meetings began.' }),
    statements: t.exposeInt('statements', { description: 'How many statements were made.' }),
    agreementEvents: t.exposeInt('agreementEvents', {
      description: 'How many steps of agreements were taken or reported.',
    }),
  }),
})

const TimelineKind = builder.enumType('TimelineKind', {
  description: 'What a timeline shows.',
  values: {
    VISIT: { description: 'Visits.' },
    MEETING: { description: 'Meetings.' },
    STATEMENT: { description: 'Statements.' },
    AGREEMENT_EVENT: { description: 'Steps of agreements.' },
  },
})

const TimelineEntry = builder.unionType('TimelineEntry', {
  description: 'What a timeline shows.',
  types: [Visit, Meeting, Statement, AgreementEvent],
})

const TimelineConnection = builder.connectionObject(
  { type: TimelineEntry, name: 'TimelineConnection', description: 'A page of a timeline.' },
  { name: 'TimelineEdge', description: 'One entry of a timeline, with its cursor.' },
)

const types = {
  VISIT: 'Visit',
  MEETING: 'Meeting',
  STATEMENT: 'Statement',
  AGREEMENT_EVENT: 'AgreementEvent',
} as const satisfies Record<EntryKind, LoadedType>

interface Which {
  during?: Range | null | undefined
  topics?: readonly string[] | null | undefined
}

function entriesOf(between: Pair, during: Range | null | undefined, topics?: readonly string[] | null): Entries {
  const { from = null, to = null, match } = during ?? {}
  if (from && to && from > to) throw badUserInput(`\`during\` ends on ${to}, before it begins on ${from}`)
  return {
    between,
    during: { from, to, certain: match === 'CERTAIN' },
    topics: topics ? keysOf('Topic', topics, 'topics') : undefined,
  }
}

const placeColumns = [{ type: 'date', nullable: true }, { type: 'date', nullable: true }, {}, {}] as const

function placeOf(name: string, cursor: string | null | undefined): Entry | undefined {
  if (cursor === null || cursor === undefined) return undefined
  const [bb, ee, key, kind] = decodeCursor(name, cursor, placeColumns)
  return { bb, ee, key, kind } as Entry
}

async function timeline(
  between: Pair,
  { during, topics, kinds, ...page }: Which & PageArgs & { kinds?: readonly EntryKind[] | null | undefined },
  context: Context,
  info: GraphQLResolveInfo,
) {
  const which = entriesOf(between, during, topics)
  const wanted = kinds ? notEmpty(kinds, 'kinds') : entryKinds
  const window = new Window(page)
  const found = await readTimeline(context.database, which, wanted, {
    take: window.take,
    after: placeOf('after', page.after),
    before: placeOf('before', page.before),
    backward: window.backward,
  })

  const nodes = new Map<string, never>()
  await Promise.all(
    entryKinds.map(async (kind) => {
      const keys = window
        .cut(found)
        .filter((entry) => entry.kind === kind)
        .map(({ key }) => key)
      const records = await loadRecords(types[kind], keys, [['nodes'], ['edges', 'node']], context, info)
      for (const [key, record] of records) nodes.set(`${kind}/${key}`, record)
    }),
  )
  const edge = ({ bb, ee, key, kind }: Entry) => ({
    node: nodes.get(`${kind}/${key}`) as never,
    cursor: encodeCursor([bb, ee, key, kind]),
  })
  return window.connection(found, edge, () => countTimeline(context.database, which, wanted))
}

/** How many periods are listed at most. */
const MOST_PERIODS = 5_000

async function activity(
  database: Database,
  between: Pair,
  { by, during, topics }: Which & { by: Granularity },
): Promise<ActivityRow[]> {
  const counted = await countByPeriod(database, entriesOf(between, during, topics), by)
  const byNumber = new Map(counted.map(({ start, ...counts }) => [periodNumber(start, by), counts]))
  const numbers = [...byNumber.keys()]
  const first = during?.from ? periodNumber(during.from, by) : numbers[0]
  const last = during?.to ? periodNumber(during.to, by) : numbers.at(-1)
  if (first === undefined || last === undefined || last < first) return []
  if (last - first >= MOST_PERIODS) {
    throw badUserInput(
      `these are ${last - first + 1} periods; expected at most ${MOST_PERIODS}: narrow \`during\`, or count by longer periods`,
    )
  }
  const nothing = { visits: 0, meetings: 0, statements: 0, agreementEvents: 0 }
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    ...periodOf(first + i, by),
    ...(byNumber.get(first + i) ?? nothing),
  }))
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
