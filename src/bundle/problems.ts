import { UserError } from '../errors.ts'

/** Something that a bundle has and should not, or lacks. */
export interface Problem {
  /** Where: `meetings[2].when`. Empty for the bundle as a whole. */
  readonly path: string
  /** What is wrong and what was expected. */
  readonly message: string
}

/** How many problems are told one by one. */
const TOLD = 100

/** A bundle that was not loaded, and why: every bad place by path. */
export class BundleRefused extends UserError {
  override name = 'BundleRefused'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const told = problems.slice(0, TOLD).map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`)
    if (problems.length > TOLD) told.push(`  … and ${problems.length - TOLD} more`)
    super(`the bundle was refused, and nothing of it loaded: ${count(problems.length)}\n${told.join('\n')}`)
    this.problems = problems
  }
}

const count = (n: number) => (n === 1 ? '1 problem' : `${n} problems`)

/** `['meetings', 2, 'when']` as `meetings[2].when`. */
export function pathOf(keys: readonly PropertyKey[]): string {
  return keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('')
}
