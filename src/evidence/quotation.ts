import { fold } from '../search/fold.ts'
import { slice } from './text.ts'
import type { Verification } from './verify.ts'

/** The parts of a statement that are in quotation marks. */
interface Quoting {
  readonly quotation: string
  readonly text: string
  readonly quoted: readonly string[]
}

/** The words of a statement that must be in a passage that it cites: what is in quotation marks, and the text of a direct quotation. */
export const quotedWords = ({ quotation, text, quoted }: Quoting): string[] => [
  ...(quotation === 'DIRECT' ? [text] : []),
  ...quoted,
]

/** Whether one of the passages has the words. */
export const isQuotedFrom = (passages: readonly string[], words: string): boolean =>
  passages.some((passage) => comparable(passage).includes(comparable(words)))

/** Folded, without quotation marks: a table doubles them, and quotations within quotations change them. */
const comparable = (words: string) => fold(words).replaceAll(/["']/g, '')

/** A passage that a statement cites, with the text of its source if that is stored. */
interface CitedPassage {
  readonly start: number
  readonly end: number
  readonly text: string | null | undefined
}

/** Compares quoted words with the passages that the statement cites. */
export function verifyQuotation(words: readonly string[], passages: readonly CitedPassage[]): Verification {
  const known = passages.flatMap(({ start, end, text }) => (typeof text === 'string' ? slice(text, start, end) : []))
  if (words.every((quoted) => isQuotedFrom(known, quoted))) return 'VERIFIED'
  return known.length < passages.length ? 'TEXT_NOT_HELD' : 'MISMATCH'
}
