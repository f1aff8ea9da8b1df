import { type Met, readCounterparts } from '../relations/counterparts.ts'
import { builder } from './builder.ts'
import { pageSize } from './lists/connection.ts'
import { listOf } from './lists/connection-of.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecords } from './loading/load-records.ts'
import { MeetingConnection, MeetingFilter, MeetingOrder, meetings } from './meeting.ts'
import { Person } from './person.ts'
import { TimeSpan } from './time-span.ts'

interface CounterpartRow extends Met {
  /** The slug of the person whose counterpart it is. */
  readonly of: string
  readonly person: never
}

const Counterpart = builder.objectRef<CounterpartRow>('Counterpart').implement({
  description: 'Somebody whom a person met.',
  fields: (t) => ({
    person: t.expose('person', { type: Person, description: 'Whom.' }),
    meetingCount: t.exposeInt('meetingCount', { description: 'At how many meetings.' }),
    firstMet: t.expose('firstMet', {
      type: TimeSpan,
      nullable: true,
      description: 'When first, as far as dates are known.',
    }),
    lastMet: t.expose('lastMet', {
      type: TimeSpan,
      nullable: true,
      description: 'When last, as far as dates are known.',
    }),
    meetings: t.field({
      type: MeetingConnection,
      extensions: aStatement,
      description: 'The meetings of both, the oldest first unless told.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MeetingFilter, description: 'Which of them.' }),
        orderBy: t.arg({ type: MeetingOrder, description: 'In which order.' }),
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
    extensions: aStatement,
    description: 'Whom the person met, most often first.',
    args: { first: t.arg.int({ description: 'How many: 20 unless told, at most 100.' }) },
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
