import type { Database } from '../database/open.ts'
import type { Selections } from './loading/selection.ts'
import type { SourceTexts } from './loading/source-texts.ts'

/** The context that every resolver receives. */
export interface Context {
  readonly database: Database
  readonly sourceTexts: SourceTexts
  /** Created for each execution (`execution/execute.ts`). */
  readonly selections: Selections
}
