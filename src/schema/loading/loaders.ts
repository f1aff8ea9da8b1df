import type { Database } from '../../database/open.ts'
import { type Editions, editions, type SourceTexts, sourceTexts } from './source-texts.ts'
import { type Withdrawals, withdrawals } from './withdrawals.ts'

/** The loaders of a request. Each is created when it is used, because few requests use one. */
export class Loaders {
  readonly #database: Database
  #sourceTexts: SourceTexts | undefined
  #editions: Editions | undefined
  #withdrawals: Withdrawals | undefined

  constructor(database: Database) {
    this.#database = database
  }

  get sourceTexts(): SourceTexts {
    this.#sourceTexts ??= sourceTexts(this.#database)
    return this.#sourceTexts
  }

  get editions(): Editions {
    this.#editions ??= editions(this.#database)
    return this.#editions
  }

  get withdrawals(): Withdrawals {
    this.#withdrawals ??= withdrawals(this.#database)
    return this.#withdrawals
  }
}
