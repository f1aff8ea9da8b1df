import { type Met, readCounterparts } from '../relations/counterparts.ts'
import { builder } from './builder.ts'
import { pageSize } from './lists/connection.ts'
import { listOf } from './lists/connection-of.ts'
import { aStatement, aTally } from './lists/weight.ts'
import { loadRecords } from './loading/load-records.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { Person } from './person.ts'
import { TimeSpan } from './time-span.ts'

interface CounterpartRow extends Met {
  /** Slug of the person who met the counterpart. */
  readonly of: string
  readonly person: never
}

const Counterpart = builder.objectRef<CounterpartRow>('Counterpart').implement({
  description: 'Somebody whom a person met, and the meetings at which both took part.',
  fields: (t) => ({
    person: t.expose('person', { type: Person, description: 'The person who was met.' }),
    meetingCount: t.exposeInt('meetingCount', { description: 'Number of meetings at which both took part.' }),
    firstMet: t.expose('firstMet', {
      type: TimeSpan,
      nullable: true,
      description: 'Date of their first meeting. Null if no date is known.',
    }),
    lastMet: t.expose('lastMet', {
      type: TimeSpan,
      nullable: true,
      description: 'Date of their last meeting. Null if no date is known.',
    }),
    meetings: t.field({
      type: MeetingConnection,
      extensions: aStatement,
      description: 'Meetings at which both took part.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MeetingFilter, description: 'Conditions that the meetings must meet. Default: none.' }),
        orderBy: t.arg({ type: MeetingOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
      },
      resolve: ({ of, slug }, args, context, info) =>
        listOf(meetings, args, context, info, {
          scope: { AND: [of, slug].map((personSlug) => ({ participations: { some: { personSlug } } })) },
        }),
    }),
  }),
})

builder.prismaObjectField(Person, 'counterparts', (t) =>
  t.field({
    type: [Counterpart],
    extensions: aTally,
    description: 'People whom the person met, those met most often first.',
    args: { first: t.arg.int({ description: 'Number of people to return. Default 20, maximum 100.' }) },
    select: { slug: true },
    resolve: async ({ slug: of }, { first }, context, info) => {
      const met = await readCounterparts(context.database, of, pageSize('first', first))
      const people = await loadRecords(
        'Person',
        met.map(({ slug }) => slug),
        [['person']],
        context,
        info,
      )
      return met.map((row) => ({ ...row, of, person: people.get(row.slug) as never }))
    },
  }),
)
