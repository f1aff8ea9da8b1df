import { codePoints, slice } from './text.ts'

/** What a citation claims of its source: that `exact`, between `prefix` and `suffix`, stands within `start` to `end`. */
export interface Claim {
  readonly start: number
  readonly end: number
  readonly exact: string
  readonly prefix?: string | null | undefined
  readonly suffix?: string | null | undefined
}

export type Verification = 'VERIFIED' | 'MISMATCH' | 'TEXT_NOT_HELD'

/** Holds a claim against the text of its source, where that is held. */
export function verify(claim: Claim, text: string | null | undefined): Verification {
  if (text === null || text === undefined) return 'TEXT_NOT_HELD'
  const { start, end, exact, prefix, suffix } = claim
  const before = prefix ?? ''
  const after = suffix ?? ''
  const cited = slice(text, start, end)
  // The words around an excerpt may lie inside of the range or outside.
  const lead = slice(text, Math.max(0, start - codePoints(before)), start)
  const trail = slice(text, end, end + codePoints(after))
  return cited.includes(exact) && (lead + cited + trail).includes(before + exact + after) ? 'VERIFIED' : 'MISMATCH'
}
