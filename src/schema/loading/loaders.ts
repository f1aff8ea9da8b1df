import DataLoader from 'dataloader'
import type { Database } from '../../database/open.ts'
import { type Coverage, readCoverages } from '../../relations/coverage.ts'
import type { Pair } from '../../relations/entries.ts'
import { type Counting, countTimelines } from '../../relations/timeline.ts'
import { readYears, type StoredYears, type YearsWanted } from '../../relations/years.ts'
import { countFound, type Finding } from '../../search/search.ts'
import { type Editions, editions, type SourceTexts, sourceTexts } from './source-texts.ts'
import { type Withdrawals, withdrawals } from './withdrawals.ts'

/** The loaders of a request. Each is created when it is used, because few requests use one. */
export class Loaders {
  readonly #database: Database
  #sourceTexts: SourceTexts | undefined
  #editions: Editions | undefined
  #withdrawals: Withdrawals | undefined
  #coverages: DataLoader<Pair, Coverage, string> | undefined
  #timelineTotals: DataLoader<Counting, number> | undefined
  #found: DataLoader<Finding, number> | undefined
  #years: DataLoader<YearsWanted, StoredYears[]> | undefined

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

  /** What the database has about pairs of countries. */
  get coverages(): DataLoader<Pair, Coverage, string> {
    this.#coverages ??= new DataLoader((pairs) => readCoverages(this.#database, pairs), { cacheKeyFn: String })
    return this.#coverages
  }

  /** Numbers of entries of timelines. */
  get timelineTotals(): DataLoader<Counting, number> {
    this.#timelineTotals ??= new DataLoader((wanted) => countTimelines(this.#database, wanted), { cache: false })
    return this.#timelineTotals
  }

  /** Numbers of records that searches find. */
  get found(): DataLoader<Finding, number> {
    this.#found ??= new DataLoader((wanted) => countFound(this.#database, wanted), { cache: false })
    return this.#found
  }

  /** The stored years of relations. */
  get years(): DataLoader<YearsWanted, StoredYears[]> {
    this.#years ??= new DataLoader((wanted) => readYears(this.#database, wanted), { cache: false })
    return this.#years
  }
}
