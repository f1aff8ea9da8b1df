import { type EntryKind, entryKinds, type Pair } from '../relations/entries.ts'
import { firstDayOf, type Granularity, lastDayOf, periodNumber, periodOf } from '../relations/periods.ts'
import { countByPeriod, type PeriodKind } from '../relations/tallies.ts'
import { inPeriods, wholeYears } from '../relations/years.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { badUserInput } from './errors.ts'
import { DateRange } from './lists/filters.ts'
import { expectKnown } from './lists/known-names.ts'
import { aStatement } from './lists/weight.ts'
import { namesBeneath } from './loading/selection.ts'
import { entriesOf, isFirst, Relation, type Which } from './relation.ts'

const GranularityEnum = builder.enumType('Granularity', {
  description: 'Length of a period.',
  values: {
    MONTH: { description: 'A calendar month.' },
    YEAR: { description: 'A calendar year.' },
    DECADE: { description: 'Ten calendar years, such as 2020 to 2029.' },
  },
})

interface ActivityRow {
  /** The number of the period (`relations/periods.ts`) and its length. */
  readonly period: number
  readonly by: Granularity
  readonly counts: Partial<Record<PeriodKind, number>>
  readonly between: Pair
}

/** The field that counts each kind of entry. */
const COUNTS: Readonly<Record<EntryKind, { field: string; description: string }>> = {
  VISIT: { field: 'visits', description: 'Number of visits that started in the period.' },
  MEETING: { field: 'meetings', description: 'Number of meetings that started in the period.' },
  STATEMENT: { field: 'statements', description: 'Number of statements made in the period.' },
  AGREEMENT_EVENT: {
    field: 'agreementEvents',
    description: 'Number of agreement events that happened or were reported in the period.',
  },
  RELATION_EVENT: { field: 'relationEvents', description: 'Number of relation events that started in the period.' },
}

const Activity = builder.objectRef<ActivityRow>('Activity').implement({
  description:
    'Number of visits, meetings, statements, agreement events and relation events between two countries that started in one period.',
  fields: (t) => ({
    period: t.string({
      description: 'The period in EDTF: a month (`2026-02`), a year (`2026`) or a decade (`202X`).',
      resolve: ({ period, by }) => periodOf(period, by),
    }),
    from: t.field({
      type: 'Date',
      description: 'First day of the period, as `YYYY-MM-DD`.',
      resolve: ({ period, by }) => firstDayOf(period, by),
    }),
    to: t.field({
      type: 'Date',
      description: 'Last day of the period, as `YYYY-MM-DD`.',
      resolve: ({ period, by }) => lastDayOf(period, by),
    }),
    ...Object.fromEntries(
      entryKinds.map((kind) => {
        const { field, description } = COUNTS[kind]
        return [field, t.int({ description, resolve: ({ counts }) => counts[kind] ?? 0 })]
      }),
    ),
    visitsTo: t.int({
      description: 'Number of visits to one of the two countries, from the other, that started in the period.',
      args: {
        country: t.arg({
          type: 'CountryCode',
          required: true,
          description: 'Code of one of the two countries. Another code is an error. Example: `US`.',
        }),
      },
      resolve: ({ counts: { VISIT: all = 0, VISIT_TO_FIRST: toFirst = 0 }, between }, { country }) =>
        isFirst(between, country) ? toFirst : all - toFirst,
    }),
  }),
})

builder.objectField(Relation, 'activity', (t) =>
  t.field({
    type: [Activity],
    extensions: { ...aStatement, listSize: periodsAsked },
    description:
      'Number of visits, meetings, statements, agreement events and relation events in each period, counted by their start. Periods without facts are included. The list covers `during`. If `from` is omitted, the list starts with the first period that has facts. If `to` is omitted, it ends with the last one. More than 1,200 periods are an error. Facts without a known start are not counted.',
    args: {
      by: t.arg({ type: GranularityEnum, required: true, description: 'Length of the periods.' }),
      during: t.arg({ type: DateRange, description: 'Only facts in this range of days are counted.' }),
      topics: t.arg.idList({
        description:
          'Slugs or IDs of topics. Only facts about one of them or about a narrower topic are counted. Example: `["trade"]`.',
      }),
    },
    resolve: ({ between }, args, context, info) =>
      activity(context, between, args, kindsIn(namesBeneath(context, info))),
  }),
)

/** Maximum number of periods: the months of a century. */
const MAX_PERIODS = 1_200

/** Upper bound of the number of periods, from the arguments alone. */
function periodsAsked(args: object): number {
  const { by, during } = args as Which & { by: Granularity }
  if (!during?.from || !during.to) return MAX_PERIODS
  const periods = periodNumber(during.to, by) - periodNumber(during.from, by) + 1
  return Math.min(Math.max(0, periods), MAX_PERIODS)
}

function kindsIn(fields: ReadonlySet<string>): PeriodKind[] {
  const hasDirections = fields.has('visitsTo')
  const kinds = entryKinds.filter((kind) => fields.has(COUNTS[kind].field) || (kind === 'VISIT' && hasDirections))
  return hasDirections ? [...kinds, 'VISIT_TO_FIRST'] : kinds
}

async function activity(
  context: Context,
  between: Pair,
  { by, ...which }: Which & { by: Granularity },
  kinds: readonly PeriodKind[],
): Promise<ActivityRow[]> {
  const { from, to } = which.during ?? {}
  const entries = entriesOf(between, which)
  const years = wholeYears(entries, by)
  const counted = years
    ? inPeriods(await context.loaders.years.load({ between, kinds }), by, years)
    : await countByPeriod(context.database, entries, by, kinds)
  await expectKnown({ topics: which.topics }, counted.length === 0, context)
  const first = from ? periodNumber(from, by) : Math.min(...counted.map((kind) => kind.first))
  const last = to ? periodNumber(to, by) : Math.max(...counted.map((kind) => kind.last))
  if (!Number.isFinite(first) || !Number.isFinite(last) || last < first) return []
  if (last - first >= MAX_PERIODS) {
    throw badUserInput(
      `expected at most ${MAX_PERIODS} periods, got ${last - first + 1}: use a shorter \`during\` or longer periods in \`by\``,
    )
  }
  const rows: ActivityRow[] = []
  for (let period = first; period <= last; period++) rows.push({ period, by, counts: {}, between })
  for (const { kind, periods, counts } of counted) {
    periods?.forEach((period, i) => {
      // An entry that overlaps the range may have started before it.
      const row = rows[period - first]
      if (row) row.counts[kind] = counts?.[i] ?? 0
    })
  }
  return rows
}
