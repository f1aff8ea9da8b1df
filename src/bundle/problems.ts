import { UserError } from '../errors.ts'
import type { Kind } from './concepts.ts'

/** Something that a bundle has and should not, or lacks. */
export interface Problem {
  /** Where: `meetings[2].when`. Empty for the bundle as a whole. */
  readonly path: string
  /** What is wrong and what was expected. */
  readonly message: string
}

/** How many problems are told one by one, and how many are kept for programs. */
const TOLD = 100
const KEPT = 10_000

/** What is wrong with a bundle, as it comes to light. */
export class Problems {
  readonly #kept: Problem[] = []
  #count = 0

  add(problems: Iterable<Problem>): void {
    for (const problem of problems) {
      this.#count++
      if (this.#kept.length < KEPT) this.#kept.push(problem)
    }
  }

  /** Throws a BundleRefused where there is any; `records` is how many records the bundle has of each kind. */
  refuse(records: RecordCounts = {}): void {
    if (this.#count > 0) throw new BundleRefused(this.#kept, records, this.#count)
  }
}

/** How many records there are of each kind. */
export type RecordCounts = Readonly<Partial<Record<Kind, number>>>

/** A bundle that was not loaded, and why: every bad place by path. */
export class BundleRefused extends UserError {
  override name = 'BundleRefused'
  /** Of very many the first. */
  readonly problems: readonly Problem[]
  readonly problemCount: number
  /** The records of the bundle, as far as it was read: all of them were refused. */
  readonly records: RecordCounts

  constructor(problems: readonly Problem[], records: RecordCounts = {}, problemCount = problems.length) {
    const told = problems.slice(0, TOLD).map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`)
    if (problemCount > told.length) told.push(`  … and ${problemCount - told.length} more`)
    super(`the bundle was refused, and nothing of it loaded: ${count(problemCount)}\n${told.join('\n')}`)
    this.problems = problems
    this.problemCount = problemCount
    this.records = records
  }
}

const count = (n: number) => (n === 1 ? '1 problem' : `${n} problems`)

/** `['meetings', 2, 'when']` as `meetings[2].when`. */
export function pathOf(keys: readonly PropertyKey[]): string {
  return keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('')
}
