import type { EntryKind } from '../relations/entries.ts'
import { builder } from './builder.ts'

/** An entry of a timeline. It is implemented in `timeline.ts`. */
export const Entry = builder.interfaceRef<object>('Entry')

export const TimelineKind = builder.enumType('TimelineKind', {
  description: 'Type of an entry of a timeline.',
  values: {
    VISIT: { description: 'A visit.' },
    MEETING: { description: 'A meeting.' },
    STATEMENT: { description: 'A statement.' },
    AGREEMENT_EVENT: { description: 'An agreement event.' },
    RELATION_EVENT: { description: 'A relation event.' },
  } satisfies Record<EntryKind, object>,
})
