import type { GraphQLResolveInfo } from 'graphql'
import type { Selected } from '../database/read/select.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { Entries, EntryKind, Pair } from '../relations/entries.ts'
import { type Entry as Place, type Read, readTimeline } from '../relations/timeline.ts'
import { AgreementEvent } from './agreement.ts'
import { builder } from './builder.ts'
import { Cited } from './cited.ts'
import type { Context } from './context.ts'
import { Entry, TimelineKind } from './entry.ts'
import { decodeCursor, Edge, type PageArgs, Window } from './lists/connection.ts'
import { totalIn } from './lists/connection-of.ts'
import { DateRange } from './lists/filters.ts'
import { expectKnown } from './lists/known-names.ts'
import { dateOrderValues, orderEnum } from './lists/orders.ts'
import { aStatement } from './lists/weight.ts'
import { asRecord, type LoadedType, recordAtKey } from './loading/load-records.ts'
import { Meeting } from './meeting.ts'
import { entriesOf, kindsOf, Relation, type Which } from './relation.ts'
import { RelationEvent } from './relation-event.ts'
import { Statement } from './statement.ts'
import { TimeSpan } from './time-span.ts'
import { Visit } from './visit.ts'

const shown = {
  VISIT: Visit,
  MEETING: Meeting,
  STATEMENT: Statement,
  AGREEMENT_EVENT: AgreementEvent,
  RELATION_EVENT: RelationEvent,
} satisfies Record<EntryKind, object>
const typeOf = (kind: EntryKind) => shown[kind].name as LoadedType

Entry.implement({
  description:
    'What all entries of a timeline have in common. The types of entries are those in `TimelineEntry`, and have more fields.',
  interfaces: [builder.nodeInterfaceRef(), Cited],
  fields: (t) => ({
    title: t.string({ description: 'Short title.' } as never),
    when: t.field({ type: TimeSpan, description: 'Date of the entry.' } as never),
  }),
})

const TimelineOrder = orderEnum('TimelineOrder', 'timelines', dateOrderValues)

const TimelineEntry = builder.unionType('TimelineEntry', {
  description: 'An entry of a timeline.',
  types: Object.values(shown),
})

const TimelineConnection = builder.connectionObject(
  {
    type: TimelineEntry,
    name: 'TimelineConnection',
    description: 'A page of a timeline.',
    fields: (t) => ({
      entries: t.field({
        type: [Entry],
        description:
          'The entries of the page, as `nodes`, but with the fields that all types have. So you need no fragments: `{ entries { title when { label } } }`.',
        resolve: ({ edges }) => (edges as Edge<object>[]).map(({ node }) => node),
      }),
    }),
  },
  { name: 'TimelineEdge', description: 'An edge in a page of a timeline: one entry and its cursor.' },
)

builder.objectField(Relation, 'timeline', (t) =>
  t.field({
    type: TimelineConnection,
    extensions: aStatement,
    description:
      'Visits, meetings, statements, agreement events and relation events that involve both countries, in one list, by default the oldest first.',
    args: {
      ...t.arg.connectionArgs(),
      during: t.arg({ type: DateRange, description: 'Only entries in this range of days are returned.' }),
      topics: t.arg.idList({
        description:
          'Slugs or IDs of topics. Only entries about one of them or about a narrower topic are returned. Example: `["trade"]`.',
      }),
      kinds: t.arg({
        type: [TimelineKind],
        description: 'Types of entries to return. Default: all types. An empty list is an error.',
      }),
      orderBy: t.arg({ type: TimelineOrder, description: 'Sort order. Default `OLDEST_FIRST`.' }),
    },
    resolve: ({ between }, args, context, info) => timeline(between, args, context, info),
  }),
)

const paths = [['nodes'], ['entries'], ['edges', 'node']]

const placeColumns = [{ type: 'date', nullable: true }, { type: 'date', nullable: true }, {}, {}] as const

function placeOf(name: string, cursor: string | null | undefined): Place | undefined {
  if (cursor === null || cursor === undefined) return undefined
  const [bb, ee, key, kind] = decodeCursor(name, cursor, placeColumns)
  return { bb, ee, key, kind } as Place
}

interface TimelineArgs {
  kinds?: readonly EntryKind[] | null | undefined
  orderBy?: keyof typeof dateOrderValues | null | undefined
}

async function timeline(
  between: Pair,
  { during, topics, kinds, orderBy, ...page }: Which & PageArgs & TimelineArgs,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const which = entriesOf(between, { during, topics })
  const wanted = kindsOf(kinds)
  const window = new Window(page, context.selections)
  const [after, before] = [placeOf('after', page.after), placeOf('before', page.before)]
  const total = () => countOf(which, wanted, context)
  const selected = totalIn(context, info)
  if (selected === 'only') {
    const count = await total()
    await expectKnown({ topics }, count === 0, context)
    return window.connection(
      [],
      () => new Edge(undefined as never, () => []),
      async () => count,
    )
  }
  // Counted at the same time, so that the timelines of a document share a statement.
  const counting = selected === 'also' ? total() : undefined
  counting?.catch(() => {})
  const records = new Map<EntryKind, Selected>()
  for (const kind of new Set(wanted)) {
    records.set(kind, await recordAtKey(typeOf(kind), Prisma.raw('page.key'), paths, context, info))
  }
  const found = await readTimeline(context.database, which, wanted, {
    take: window.take,
    after,
    before,
    backward: window.backward,
    newestFirst: orderBy === 'NEWEST_FIRST',
    records: new Map([...records].map(([kind, { json }]) => [kind, json])),
  })
  await expectKnown({ topics }, found.length === 0, context)
  const edge = ({ bb, ee, key, kind, record }: Read) =>
    new Edge(asRecord(typeOf(kind), records.get(kind) as Selected, record), () => [bb, ee, key, kind])
  return window.connection(found, edge, () => counting ?? total())
}

/** The number of entries. Without conditions, it is stored with the coverage of the two countries. */
async function countOf(which: Entries, kinds: readonly EntryKind[], { loaders }: Context): Promise<number> {
  if (which.during?.from || which.during?.to || which.topics) return await loaders.timelineTotals.load({ which, kinds })
  const { counts } = await loaders.coverages.load(which.between)
  return [...new Set(kinds)].reduce((sum, kind) => sum + (counts[kind] ?? 0), 0)
}
