import type { Day } from '../time/edtf.ts'
import { label } from '../time/label.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'

/** The columns of a time span. They have the same names in every table. */
interface SpanRow {
  edtf: string
  beginOfTheBegin: Date | null
  endOfTheBegin: Date | null
  beginOfTheEnd: Date | null
  endOfTheEnd: Date | null
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

const BOUNDS = ['beginOfTheBegin', 'endOfTheBegin', 'beginOfTheEnd', 'endOfTheEnd']

/** The bounds of a time span, as YYYY-MM-DD. */
export const boundsOf = (row: SpanRow) => ({
  beginOfTheBegin: dayOf(row.beginOfTheBegin),
  endOfTheBegin: dayOf(row.endOfTheBegin),
  beginOfTheEnd: dayOf(row.beginOfTheEnd),
  endOfTheEnd: dayOf(row.endOfTheEnd),
})

const dayOf = (date: Date | null): Day | null => date?.toISOString().slice(0, 10) ?? null

export const TimeSpan = builder.objectRef<SpanRow>('TimeSpan').implement({
  description:
    'A date or a period, as precise as its source. It has the EDTF text and four bounds: the earliest and the latest day of its start, and the earliest and the latest day of its end. A bound is null if no source gives it. A missing end never means that something is still going on.',
  fields: (t) => ({
    edtf: t.expose('edtf', {
      type: 'EDTF',
      description: 'The start and the end as the source gives them, in EDTF. Example: `2026-02-02/2026-02-04`.',
    }),
    beginOfTheBegin: t.expose('beginOfTheBegin', {
      type: 'Date',
      nullable: true,
      description: 'Earliest possible first day, as `YYYY-MM-DD`. Null if not known.',
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
    endOfTheEnd: t.expose('endOfTheEnd', {
      type: 'Date',
      nullable: true,
      description: 'Latest possible last day, as `YYYY-MM-DD`. Null if not known.',
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
      description: 'Possibly: the day is between the earliest start and the latest end, but the sources leave it open.',
    },
    NO: { description: 'No: the day is before the earliest possible start or after the latest possible end.' },
    UNKNOWN: { description: 'Not known: no source says how early it may have started, or how late it may have ended.' },
  },
})
