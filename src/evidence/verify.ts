import { codePoints, slice } from './text.ts'

/** The claim of a citation: the text of its source has `exact`, between `prefix` and `suffix`, within `start` to `end`. */
export interface Claim {
  readonly start: number
  readonly end: number
  readonly exact: string
  readonly prefix?: string | null | undefined
  readonly suffix?: string | null | undefined
}

export type Verification = 'VERIFIED' | 'MISMATCH' | 'TEXT_NOT_HELD'

/** Compares a claim with the text of its source, if it is stored. */
export function verify(claim: Claim, text: string | null | undefined): Verification {
  if (text === null || text === undefined) return 'TEXT_NOT_HELD'
  const { start, end, exact, prefix, suffix } = claim
  const before = prefix ?? ''
  const after = suffix ?? ''
  const cited = slice(text, start, end)
  // Prefix and suffix can be inside or outside the range.
  const lead = slice(text, Math.max(0, start - codePoints(before)), start)
  const trail = slice(text, end, end + codePoints(after))
  return cited.includes(exact) && (lead + cited + trail).includes(before + exact + after) ? 'VERIFIED' : 'MISMATCH'
}
