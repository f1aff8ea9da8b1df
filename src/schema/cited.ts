import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'

/** A record with citations. It is implemented in `citation.ts`. */
export const Cited = builder.interfaceRef<object>('Cited')

/** Options of the field `citations`, the same for every type that implements `Cited`. */
export const citations = {
  description: 'The passages of sources that support this fact, in reading order.',
  query: {
    orderBy: [{ sourceSlug: 'asc' }, { start: 'asc' }, { id: 'asc' }] as Prisma.CitationOrderByWithRelationInput[],
  },
}

/** Options of the field `note`, the same for every type that implements `Cited`. */
export const note = {
  nullable: true,
  description:
    'Remark by the editors about this fact, for example how they read an unclear source. Null if there is none.',
} as const
