import { builder } from './builder.ts'
import { Entry } from './entry.ts'
import { branded } from './ids/branded.ts'
import { whenSettled } from './loading/when-settled.ts'

const byId = { orderBy: { id: 'asc' } } as const

for (const type of ['Meeting', 'Statement'] as const) {
  builder.prismaObjectFields(type, (t) => ({
    time: t.exposeString('time', {
      nullable: true,
      description:
        'Time of day, as `HH:MM` or `HH:MM:SS`. With an offset, such as `09:30-05:00`, only if the source gives one. Null if the source gives no time.',
    }),
    after: t.field({
      type: [Entry],
      description: 'The meetings and statements of the same day that this one came after, as far as a source says so.',
      select: (_args, _context, nested) =>
        whenSettled([nested(true, [], 'Meeting'), nested(true, [], 'Statement')], (meeting, statement) => ({
          after: { ...byId, select: { afterMeeting: meeting as never, afterStatement: statement as never } },
        })),
      resolve: (row) => (row as unknown as Rows).after.map(earlier),
    }),
    before: t.field({
      type: [Entry],
      description: 'The meetings and statements of the same day that this one came before, as far as a source says so.',
      select: (_args, _context, nested) =>
        whenSettled([nested(true, [], 'Meeting'), nested(true, [], 'Statement')], (meeting, statement) => ({
          before: { ...byId, select: { meeting: meeting as never, statement: statement as never } },
        })),
      resolve: (row) => (row as unknown as Rows).before.map(later),
    }),
  }))
}

interface Rows {
  readonly after: readonly { afterMeeting: unknown; afterStatement: unknown }[]
  readonly before: readonly { meeting: unknown; statement: unknown }[]
}

const earlier = ({ afterMeeting, afterStatement }: Rows['after'][number]) =>
  branded({ Meeting: afterMeeting, Statement: afterStatement })

const later = ({ meeting, statement }: Rows['before'][number]) => branded({ Meeting: meeting, Statement: statement })
