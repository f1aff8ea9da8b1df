import type { Database } from '../database/open.ts'
import type { Loaders } from './loading/loaders.ts'
import type { Selections } from './loading/selection.ts'

/** The context that every resolver receives. */
export interface Context {
  readonly database: Database
  readonly loaders: Loaders
  /** Created for each execution (`execution/execute.ts`). */
  readonly selections: Selections
}
