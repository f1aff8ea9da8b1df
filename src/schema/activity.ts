import { selectedFieldNames } from '@pothos/selection-mapper'
import type { Database } from '../database/open.ts'
import { type EntryKind, entryKinds, type Pair } from '../relations/entries.ts'
import { firstDayOf, type Granularity, lastDayOf, periodNumber, periodOf } from '../relations/periods.ts'
import { countByPeriod } from '../relations/tallies.ts'
import { builder } from './builder.ts'
import { badUserInput } from './errors.ts'
import { DateRange } from './lists/filters.ts'
import { aStatement } from './lists/weight.ts'
import { entriesOf, Relation, type Which } from './relation.ts'

const GranularityEnum = builder.enumType('Granularity', {
  description: 'How long a period is.',
  values: {
    MONTH: { description: 'A calendar month.' },
    YEAR: { description: 'A calendar year.' },
    DECADE: { description: 'Ten calendar years, the first one ending in 0.' },
  },
})

interface ActivityRow {
  /** The number of the period, and how long it is. */
  readonly period: number
  readonly by: Granularity
  readonly counts: Partial<Record<EntryKind, number>>
}

const Activity = builder.objectRef<ActivityRow>('Activity').implement({
  description: 'How much began in a period.',
  fields: (t) => ({
    period: t.string({
      description: 'The period, in EDTF: `2026-02`, `2026`, `202X`.',
      resolve: ({ period, by }) => periodOf(period, by),
    }),
    from: t.field({
      type: 'Date',
      description: 'Its first day.',
      resolve: ({ period, by }) => firstDayOf(period, by),
    }),
    to: t.field({ type: 'Date', description: 'Its last day.', resolve: ({ period, by }) => lastDayOf(period, by) }),
    visits: t.int({ description: 'How many visits began.', resolve: ({ counts }) => counts.VISIT ?? 0 }),
    meetings: t.int({ description: 'How many meetings began.', resolve: ({ counts }) => counts.MEETING ?? 0 }),
    statements: t.int({
      description: 'How many statements were made.',
      resolve: ({ counts }) => counts.STATEMENT ?? 0,
    }),
    agreementEvents: t.int({
      description: 'How many steps of agreements were taken or reported.',
      resolve: ({ counts }) => counts.AGREEMENT_EVENT ?? 0,
    }),
  }),
})

builder.objectField(Relation, 'activity', (t) =>
  t.field({
    type: [Activity],
    extensions: { ...aStatement, listSize: periodsAsked },
    description:
      'How much began in each period, without gaps; at most 1,200 periods. The periods are those of `during` where it has ends, else from the first to the last in which something began. What has no known begin is counted in none.',
    args: {
      by: t.arg({ type: GranularityEnum, required: true, description: 'How long the periods are.' }),
      during: t.arg({ type: DateRange, description: 'Only what lasted on some of these days.' }),
      topics: t.arg.idList({ description: 'About any of these topics, or their narrower ones: slugs or ids.' }),
    },
    resolve: ({ between }, args, context, info) =>
      activity(context.database, between, args, kindsIn(selectedFieldNames(context, info))),
  }),
)

/** How many periods are listed at most: the months of a century. */
const MOST_PERIODS = 1_200

/** How many periods there may be, by the arguments alone; more than the most are refused. */
function periodsAsked(args: object): number {
  const { by, during } = args as Which & { by: Granularity }
  if (!during?.from || !during.to) return MOST_PERIODS
  const periods = periodNumber(during.to, by) - periodNumber(during.from, by) + 1
  return Math.min(Math.max(0, periods), MOST_PERIODS)
}

/** What each kind of entries is counted as. */
const COUNTS = {
  VISIT: 'visits',
  MEETING: 'meetings',
  STATEMENT: 'statements',
  AGREEMENT_EVENT: 'agreementEvents',
} as const satisfies Record<EntryKind, string>

const kindsIn = (fields: ReadonlySet<string>) => entryKinds.filter((kind) => fields.has(COUNTS[kind]))

async function activity(
  database: Database,
  between: Pair,
  { by, ...which }: Which & { by: Granularity },
  kinds: readonly EntryKind[],
): Promise<ActivityRow[]> {
  const { from, to } = which.during ?? {}
  const counted = await countByPeriod(database, entriesOf(between, which), by, kinds)
  const first = from ? periodNumber(from, by) : Math.min(...counted.map((kind) => kind.first))
  const last = to ? periodNumber(to, by) : Math.max(...counted.map((kind) => kind.last))
  if (!Number.isFinite(first) || !Number.isFinite(last) || last < first) return []
  if (last - first >= MOST_PERIODS) {
    throw badUserInput(
      `these are ${last - first + 1} periods; expected at most ${MOST_PERIODS}: narrow \`during\`, or count by longer periods`,
    )
  }
  const rows: ActivityRow[] = []
  for (let period = first; period <= last; period++) rows.push({ period, by, counts: {} })
  for (const { kind, periods, counts } of counted) {
    periods?.forEach((period, i) => {
      // What lasted in the range may have begun before.
      const row = rows[period - first]
      if (row) row.counts[kind] = counts?.[i] ?? 0
    })
  }
  return rows
}
