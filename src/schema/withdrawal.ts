import { builder } from './builder.ts'
import type { Withdrawn } from './loading/withdrawals.ts'

const WithdrawnBy = builder.enumType('WithdrawnBy', {
  description: 'Who or what withdrew a fact.',
  values: {
    EDITOR: { description: 'An editor. The fact stays withdrawn if its source is imported again.' },
    EDITION: {
      description:
        'The import of a new edition of its source, which does not have the fact. A later edition can restore it.',
    },
  },
})

/** Its field `citations` is in `citation.ts`. */
export const Withdrawal = builder.objectRef<Withdrawn>('Withdrawal').implement({
  description:
    'Why a fact does not count any more. No list, count or search contains the fact, but it can still be read by its ID or slug.',
  fields: (t) => ({
    reason: t.exposeString('reason', {
      description: 'The reason. Example: `not in the edition of 20 October 2023 of hsg-visits-data-2010`.',
    }),
    note: t.exposeString('note', { nullable: true, description: 'Remark by the editors. Null if there is none.' }),
    by: t.expose('by', { type: WithdrawnBy, description: 'Who or what withdrew it.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was withdrawn.' }),
  }),
})
