import { countryName, standInOn } from '../countries/states.ts'
import type { Pair } from '../relations/entries.ts'
import { decidingKinds, type Status, type StatusEvent, statusOn } from '../relations/status.ts'
import type { Day } from '../time/edtf.ts'
import { timeSpan } from '../time/span.ts'
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
      description: 'The events that decide. At most five.',
      resolve: async ({ events }, _args, context, info) => {
        const records = await loadRecords('RelationEvent', events, [[]], context, info)
        return events.flatMap((slug) => records.get(slug) ?? [])
      },
    }),
  }),
})

/** Two before the day, two after it, and a mission closed. */
const MOST_EVENTS = 5

builder.objectField(Relation, 'status', (t) =>
  t.field({
    type: RelationStatus,
    extensions: aStatement,
    description:
      'Whether the two countries had diplomatic relations on a day, according to the recorded events. Relations last from an event that establishes or resumes them to one that interrupts, severs or ends them. An opened legation or embassy shows that there were relations that day. After a mission was closed, relations are at most `POSSIBLE`. Recognition and consular relations decide nothing. `UNKNOWN` for a day on which another state was in the place of one of the two, such as the Soviet Union for Russia.',
    args: { on: t.arg({ type: 'Date', required: true, description: 'The day, as `YYYY-MM-DD`.' }) },
    resolve: async ({ between }, { on }, { database }) => {
      const events = await database.prisma.relationEvent.findMany({
        where: { ...pairColumns(between), kind: { in: [...decidingKinds] } },
        orderBy: byDateInPrisma('slug'),
        select: { slug: true, kind: true, edtf: true },
      })
      return { on, ...(statusOfOther(between, on, events) ?? statusOn(on, events as StatusEvent[])) }
    },
  }),
)

/** If another state was in the place of one of the two, and no event is of that time, the relation of that state has the answer. */
function statusOfOther(between: Pair, on: Day, events: readonly { edtf: string }[]): Status | undefined {
  for (const code of between) {
    const other = standInOn(code, on)
    if (!other) continue
    const isOfThatTime = events.some(({ edtf }) => {
      const { beginOfTheBegin, endOfTheEnd } = timeSpan(edtf)
      return (endOfTheEnd ?? '9999') >= other.since && (beginOfTheBegin ?? '') < (other.until ?? '9999')
    })
    if (isOfThatTime) continue
    const reason = `On this day, ${countryName(other.code)} (${other.code}) was in the place of ${code}: ask for its relation.`
    return { certainty: 'UNKNOWN', reason, events: [] }
  }
  return undefined
}
