import { decidingKinds, type Status, type StatusEvent, statusOn } from '../relations/status.ts'
import type { Day } from '../time/edtf.ts'
import { builder } from './builder.ts'
import { byDateInPrisma } from './lists/connection.ts'
import { pairColumns } from './lists/filters.ts'
import { aStatement } from './lists/weight.ts'
import { loadRecords } from './loading/load-records.ts'
import { Relation } from './relation.ts'
import { RelationEvent } from './relation-event.ts'
import { Certainty } from './time-span.ts'

const RelationStatus = builder.objectRef<Status & { on: Day }>('RelationStatus').implement({
  description: 'Whether two countries had diplomatic relations on a day, and why.',
  fields: (t) => ({
    on: t.expose('on', { type: 'Date', description: 'The day, as `YYYY-MM-DD`.' }),
    certainty: t.expose('certainty', {
      type: Certainty,
      description:
        'How certain it is that they had relations. `UNKNOWN` before the first recorded event and after the last one.',
    }),
    reason: t.exposeString('reason', {
      description:
        'The events that decide, in English. Example: `Relations severed on 7 June 1967; no later event is recorded.`',
    }),
    events: t.field({
      type: [RelationEvent],
      extensions: { ...aStatement, listSize: () => MOST_EVENTS },
      description: 'The events that decide, the earliest first. At most four.',
      resolve: async ({ events }, _args, context, info) => {
        const records = await loadRecords('RelationEvent', events, [[]], context, info)
        return events.flatMap((slug) => records.get(slug) ?? [])
      },
    }),
  }),
})

/** Two before the day and two after it. */
const MOST_EVENTS = 4

builder.objectField(Relation, 'status', (t) =>
  t.field({
    type: RelationStatus,
    extensions: aStatement,
    description:
      'Whether the two countries had diplomatic relations on a day, according to the recorded events. Relations last from an event that establishes or resumes them to one that interrupts, severs or ends them. An opened legation or embassy shows that there were relations that day. Recognition, the closing of a mission and consular relations decide nothing.',
    args: { on: t.arg({ type: 'Date', required: true, description: 'The day, as `YYYY-MM-DD`.' }) },
    resolve: async ({ between }, { on }, { database }) => {
      const events = await database.prisma.relationEvent.findMany({
        where: { ...pairColumns(between), kind: { in: [...decidingKinds] } },
        orderBy: byDateInPrisma('slug'),
        select: { slug: true, kind: true, edtf: true },
      })
      return { on, ...statusOn(on, events as StatusEvent[]) }
    },
  }),
)
