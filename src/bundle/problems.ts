import { UserError } from '../errors.ts'
import type { Kind } from './concepts.ts'

/** One reason why a bundle is refused. */
export interface Problem {
  /** Where: `meetings[2].when`. Empty for the bundle as a whole. */
  readonly path: string
  /** What is wrong and what was expected. */
  readonly message: string
}

/** Maximum number of problems in the message of an error, and in the list for programs. */
const MOST_SHOWN = 100
const MOST_LISTED = 10_000

/** What a message says was expected, without what was found. Undefined if it does not say. */
export const expectedIn = ({ message }: Problem): string | undefined =>
  /\bexpected (?<expected>.+?)(?=, got |, but |; |$)/s.exec(message)?.groups?.['expected']

/** The last line of a refusal, if records cannot be read: what is checked afterwards. */
export const NOT_YET_CHECKED = 'References, codes and cited words are checked once these are corrected.'

/** Collects the problems of a bundle. */
export class Problems {
  readonly #listed: Problem[] = []
  #count = 0

  add(problems: Iterable<Problem>): void {
    for (const problem of problems) {
      this.#count++
      if (this.#listed.length < MOST_LISTED) this.#listed.push(problem)
    }
  }

  /** Throws a BundleRefused if there is any problem; `records` is the number of records of each kind, `remark` a last line. */
  refuse(records: RecordCounts = {}, remark?: string): void {
    if (this.#count > 0) throw new BundleRefused(this.#listed, records, this.#count, remark)
  }
}

/** Number of records of each kind. */
export type RecordCounts = Readonly<Partial<Record<Kind, number>>>

/** A bundle that was not loaded, with the path of every problem. */
export class BundleRefused extends UserError {
  override name = 'BundleRefused'
  /** At most the first 10,000 of them. */
  readonly problems: readonly Problem[]
  readonly problemCount: number
  /** The records that were read. All of them were refused. */
  readonly records: RecordCounts

  constructor(
    problems: readonly Problem[],
    records: RecordCounts = {},
    problemCount = problems.length,
    remark?: string,
  ) {
    const lines = problems.slice(0, MOST_SHOWN).map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`)
    if (problemCount > lines.length) lines.push(`  … and ${problemCount - lines.length} more`)
    if (remark !== undefined) lines.push(`  ${remark}`)
    super(`the bundle was refused and nothing was loaded: ${count(problemCount)}\n${lines.join('\n')}`)
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
