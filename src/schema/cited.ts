import { WITHDRAWAL } from '../database/read/withdrawn.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { Withdrawal } from './withdrawal.ts'

/** A record with citations. It is implemented in `citation.ts`. */
export const Cited = builder.interfaceRef<object>('Cited')

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
