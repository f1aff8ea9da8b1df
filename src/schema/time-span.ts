import type { Day } from '../time/edtf.ts'
import { label } from '../time/label.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'

/** The columns of a time span, as every table has them. */
export interface SpanRow {
  edtf: string
  beginOfTheBegin: Date | null
  endOfTheBegin: Date | null
  beginOfTheEnd: Date | null
  endOfTheEnd: Date | null
}

/** What a field that reckons with a time span selects. */
export const spanColumns = {
  edtf: true,
  beginOfTheBegin: true,
  endOfTheBegin: true,
  beginOfTheEnd: true,
  endOfTheEnd: true,
} as const

/** What a field that shows a time span selects: its bounds only where a document asks for any, whatever the type says. */
export const shownSpan = (_args: object, { selections }: Context): typeof spanColumns =>
  selections.askFor(...BOUNDS) ? spanColumns : ({ edtf: true } as typeof spanColumns)

const BOUNDS = ['beginOfTheBegin', 'endOfTheBegin', 'beginOfTheEnd', 'endOfTheEnd']

/** Between which days something began and ended, as text. */
export const boundsOf = (row: SpanRow) => ({
  beginOfTheBegin: dayOf(row.beginOfTheBegin),
  endOfTheBegin: dayOf(row.endOfTheBegin),
  beginOfTheEnd: dayOf(row.beginOfTheEnd),
  endOfTheEnd: dayOf(row.endOfTheEnd),
})

const dayOf = (date: Date | null): Day | null => date?.toISOString().slice(0, 10) ?? null

export const TimeSpan = builder.objectRef<SpanRow>('TimeSpan').implement({
  description:
    'A date as precisely as its source gives it, and no more: the EDTF text, and the days between which it began and ended. A bound is null where nobody wrote it down; unknown is never ongoing.',
  fields: (t) => ({
    edtf: t.expose('edtf', { type: 'EDTF', description: 'What the source says of begin and end.' }),
    beginOfTheBegin: t.expose('beginOfTheBegin', {
      type: 'Date',
      nullable: true,
      description: 'The earliest day on which it may have begun.',
    }),
    endOfTheBegin: t.expose('endOfTheBegin', {
      type: 'Date',
      nullable: true,
      description: 'The latest day on which it may have begun: by then it had.',
    }),
    beginOfTheEnd: t.expose('beginOfTheEnd', {
      type: 'Date',
      nullable: true,
      description: 'The earliest day on which it may have ended: until then it lasted, once begun.',
    }),
    endOfTheEnd: t.expose('endOfTheEnd', {
      type: 'Date',
      nullable: true,
      description: 'The latest day on which it may have ended.',
    }),
    label: t.string({
      description: 'In English: `2–4 February 2026`, `some time: 2–4 February 2026`, `from 2017, end not known`.',
      resolve: ({ edtf }) => label(edtf),
    }),
  }),
})

export const Certainty = builder.enumType('Certainty', {
  description: 'Whether something was so on a day, as far as its sources tell.',
  values: {
    CERTAIN: { description: 'It had begun and had not ended, for sure.' },
    POSSIBLE: { description: 'What is written down allows it, and does not settle it.' },
    NO: { description: 'Before it can have begun, or after it must have ended.' },
    UNKNOWN: { description: 'Nobody wrote down how early it may have begun, or how late it may have ended.' },
  },
})
