import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'

/** Whatever rests on the words of a source. Implemented beside its `Citation`, in `citation.ts`. */
export const Cited = builder.interfaceRef<object>('Cited')

/** How every type that is Cited shows its citations … */
export const citations = {
  description: 'The words of sources that support this fact, in reading order.',
  query: {
    orderBy: [{ sourceSlug: 'asc' }, { start: 'asc' }, { id: 'asc' }] as Prisma.CitationOrderByWithRelationInput[],
  },
}

/** … and its note. */
export const note = { nullable: true, description: 'What a reader must know about this fact.' } as const
