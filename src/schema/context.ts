import type { Database } from '../database/open.ts'
import type { Selections } from './loading/selection.ts'
import type { SourceTexts } from './loading/source-texts.ts'

/** What every resolver has at hand. */
export interface Context {
  readonly database: Database
  readonly sourceTexts: SourceTexts
  /** Made anew for each execution (`execution/executing.ts`). */
  readonly selections: Selections
}
