import type { Database } from '../database/open.ts'
import type { Selections } from './loading/selection.ts'
import type { Editions, SourceTexts } from './loading/source-texts.ts'
import type { Withdrawals } from './loading/withdrawals.ts'

/** The context that every resolver receives. */
export interface Context {
  readonly database: Database
  readonly sourceTexts: SourceTexts
  readonly editions: Editions
  readonly withdrawals: Withdrawals
  /** Created for each execution (`execution/execute.ts`). */
  readonly selections: Selections
}
