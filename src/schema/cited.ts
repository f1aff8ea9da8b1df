import { WITHDRAWAL } from '../database/read/withdrawn.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { Withdrawal } from './withdrawal.ts'

/** A record with citations. It is implemented in `citation.ts`. */
export const Cited = builder.interfaceRef<object>('Cited')

const orderBy = [{ sourceSlug: 'asc' }, { start: 'asc' }, { id: 'asc' }] as Prisma.CitationOrderByWithRelationInput[]

/** Assumed lengths of the lists, for the cost of a query. A fact of the archives has 2.3 citations, and few are contradicted. */
export const citationsSize = { listSize: () => 3 }
export const contradictedBySize = { listSize: () => 1 }

/** Options of the field `citations`, the same for every type that implements `Cited`. */
export const citations = {
  description: 'The passages of sources that support this fact, in reading order.',
  extensions: citationsSize,
  query: { where: { stance: 'SUPPORTS' as const }, orderBy },
}

/** Options of the field `contradictedBy`, the same for every type that implements `Cited`. */
export const contradictedBy = {
  description: 'The passages of sources that contradict this fact, in reading order.',
  extensions: contradictedBySize,
  query: { where: { stance: 'CONTRADICTS' as const }, orderBy },
}

/** Options of the field `note`, the same for every type that implements `Cited`. */
export const note = {
  nullable: true,
  description:
    'Remark by the editors about this fact, for example how they read an unclear source. Null if there is none.',
} as const

/** Options of the field `withdrawn`, the same for every type that implements `Cited`. */
export const withdrawn = {
  type: Withdrawal,
  nullable: true,
  description: 'Why this fact does not count any more. Null for a fact that counts.',
  resolve: (fact: object, _args: object, { loaders }: Context) => {
    const { [WITHDRAWAL]: id } = fact as { [WITHDRAWAL]?: string | null }
    return id ? loaders.withdrawals.load(id) : null
  },
} as const
