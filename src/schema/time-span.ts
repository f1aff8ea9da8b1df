import type { Day } from '../time/edtf.ts'
import { label } from '../time/label.ts'
import { type Bounds, doubtsOf, timeSpan } from '../time/span.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'

/** The columns of a time span. They have the same names in every table. The outer bound of a doubtful side is a guess. */
interface SpanRow {
  edtf: string
  beginOfTheBegin: Date | null
  endOfTheBegin: Date | null
  beginOfTheEnd: Date | null
  endOfTheEnd: Date | null
}

/** A time span of which only the EDTF text is stored. */
export function writtenSpan(edtf: string): SpanRow {
  const span = timeSpan(edtf)
  const dateOf = (day: Day | null) => (day === null ? null : new Date(`${day}T00:00:00Z`))
  return {
    edtf,
    beginOfTheBegin: dateOf(span.beginOfTheBegin),
    endOfTheBegin: dateOf(span.endOfTheBegin),
    beginOfTheEnd: dateOf(span.beginOfTheEnd),
    endOfTheEnd: dateOf(span.endOfTheEnd),
  }
}

/** The columns that a field needs to compute with a time span. */
export const spanColumns = {
  edtf: true,
  beginOfTheBegin: true,
  endOfTheBegin: true,
  beginOfTheEnd: true,
  endOfTheEnd: true,
} as const

/** The columns of a `TimeSpan` field. The bounds are read only if the document selects one; the type does not show that. */
export const shownSpan = (_args: object, { selections }: Context): typeof spanColumns =>
  selections.askFor(...BOUNDS) ? spanColumns : ({ edtf: true } as typeof spanColumns)

const BOUNDS = ['beginOfTheBegin', 'endOfTheBegin', 'beginOfTheEnd', 'endOfTheEnd', 'likely']

/** The bounds of a time span, as YYYY-MM-DD. */
export const boundsOf = (row: SpanRow): Bounds => ({
  beginOfTheBegin: dayOf(row.beginOfTheBegin),
  endOfTheBegin: dayOf(row.endOfTheBegin),
  beginOfTheEnd: dayOf(row.beginOfTheEnd),
  endOfTheEnd: dayOf(row.endOfTheEnd),
  ...doubtsOf(row.edtf),
})

const dayOf = (date: Date | null): Day | null => date?.toISOString().slice(0, 10) ?? null

const DayRange = builder.objectRef<{ from: Day | null; to: Day | null }>('DayRange').implement({
  description: 'A range of days.',
  fields: (t) => ({
    from: t.expose('from', {
      type: 'Date',
      nullable: true,
      description: 'First day, as `YYYY-MM-DD`. Null if not known.',
    }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'Last day, as `YYYY-MM-DD`. Null if not known.' }),
  }),
})

export const TimeSpan = builder.objectRef<SpanRow>('TimeSpan').implement({
  description:
    'A date or a period, as precise as its source. It has the EDTF text and four bounds: the earliest and the latest day of its start, and the earliest and the latest day of its end. A bound is null if no source gives it; an approximate or uncertain date has none, but `likely` has the days that it is taken to mean. A missing end never means that something is still going on.',
  fields: (t) => ({
    edtf: t.expose('edtf', {
      type: 'EDTF',
      description: 'The start and the end as the source gives them, in EDTF. Example: `2026-02-02/2026-02-04`.',
    }),
    beginOfTheBegin: t.field({
      type: 'Date',
      nullable: true,
      description:
        'Earliest possible first day, as `YYYY-MM-DD`. Null if not known, or if the start is approximate or uncertain.',
      resolve: ({ edtf, beginOfTheBegin }) => (doubtsOf(edtf).beginIsDoubtful ? null : beginOfTheBegin),
    }),
    endOfTheBegin: t.expose('endOfTheBegin', {
      type: 'Date',
      nullable: true,
      description:
        'Latest possible first day, as `YYYY-MM-DD`. It had certainly started by this day. Null if not known.',
    }),
    beginOfTheEnd: t.expose('beginOfTheEnd', {
      type: 'Date',
      nullable: true,
      description:
        'Earliest possible last day, as `YYYY-MM-DD`. Once started, it certainly lasted until this day. Null if not known.',
    }),
    endOfTheEnd: t.field({
      type: 'Date',
      nullable: true,
      description:
        'Latest possible last day, as `YYYY-MM-DD`. Null if not known, or if the end is approximate or uncertain.',
      resolve: ({ edtf, endOfTheEnd }) => (doubtsOf(edtf).endIsDoubtful ? null : endOfTheEnd),
    }),
    likely: t.field({
      type: DayRange,
      nullable: true,
      description:
        'If the start or the end is approximate (`~`) or uncertain (`?`): the first and the last day that are taken to be possible. No source says how far an approximate date may be off: the service allows 10 days on either side of a day, a month on either side of a month, a year on either side of a year. Filters and sort orders use these days. Null for all other dates.',
      resolve: ({ edtf, beginOfTheBegin, endOfTheEnd }) => {
        const { beginIsDoubtful, endIsDoubtful } = doubtsOf(edtf)
        return beginIsDoubtful || endIsDoubtful ? { from: dayOf(beginOfTheBegin), to: dayOf(endOfTheEnd) } : null
      },
    }),
    label: t.string({
      description:
        'The date in English. Examples: `2–4 February 2026` (all of these days), `some time: 2–4 February 2026` (one of these days), `from 2017, end not known`.',
      resolve: ({ edtf }) => label(edtf),
    }),
  }),
})

export const Certainty = builder.enumType('Certainty', {
  description: 'Whether something was the case on a given day, according to the sources.',
  values: {
    CERTAIN: { description: 'Yes: it had certainly started and had certainly not ended.' },
    POSSIBLE: {
      description:
        'Possibly: the day is between the earliest start and the latest end, but the sources leave it open. An approximate or uncertain date gives no more than this.',
    },
    NO: { description: 'No: the day is before the earliest possible start or after the latest possible end.' },
    UNKNOWN: {
      description:
        'Not known: no source says how early it may have started, or how late it may have ended, or the day is too far from an approximate or uncertain date.',
    },
  },
})

export const Judgement = builder
  .objectRef<{ certainty: typeof Certainty.$inferType; reason: string }>('Judgement')
  .implement({
    description: 'How certain something is, and why.',
    fields: (t) => ({
      certainty: t.expose('certainty', { type: Certainty, description: 'How certain it is.' }),
      reason: t.exposeString('reason', {
        description:
          'The dates that decide it, in English. Example: `Appointed on 1 May 1933; entry on duty on 10 June 1933.`',
      }),
    }),
  })
