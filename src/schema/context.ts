import type { Caller } from '../access/caller.ts'
import type { Database } from '../database/open.ts'
import type { Loaders } from './loading/loaders.ts'
import type { Selections } from './loading/selection.ts'

/** What resolvers know of the request, and report about it. */
export interface RequestState {
  readonly caller: Caller
  /** Whether the response depends on more than the data and the scope of the caller's key. It is then not cached. */
  isPersonal: boolean
}

/** The context that every resolver receives. */
export interface Context {
  readonly database: Database
  readonly loaders: Loaders
  readonly exchange: RequestState
  /** Created for each execution (`execution/execute.ts`). */
  readonly selections: Selections
}
