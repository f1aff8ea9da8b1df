import { DRAFT_MARK } from '../../bundle/check/draft-notes.ts'

/** A note with doubts, one a line. Undefined if there are none. */
export const noteOf = (doubts: readonly string[]): string | undefined =>
  doubts.length > 0 ? doubts.map((doubt) => `${DRAFT_MARK}: ${doubt}`).join('\n') : undefined
