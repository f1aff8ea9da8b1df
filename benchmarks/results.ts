import type { StatementCounts } from './count-statements.ts'
import type { EmbeddedFigures } from './embedded.ts'
import type { Import } from './import.ts'
import type { LoadResult } from './phases/load.ts'
import type { Repeated } from './phases/repeated.ts'
import type { Starts } from './phases/start.ts'

/** The results at one scale. */
export interface ScaleResult {
  readonly runs: readonly LoadResult[]
  readonly statements: ReadonlyMap<string, StatementCounts>
  /** Number of statements that each search of D finds. */
  readonly matches: readonly number[]
}

/** All results. Those without a scale are for scale 1. */
export interface Results {
  readonly scales: ReadonlyMap<number, ScaleResult>
  readonly repeated: Repeated | undefined
  readonly pglite: LoadResult | undefined
  readonly imports: ReadonlyMap<string, Import>
  readonly starts: Starts | undefined
  readonly thread: EmbeddedFigures | undefined
}
