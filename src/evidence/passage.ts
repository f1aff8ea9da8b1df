import { fold } from '../search/fold.ts'
import { slice } from './text.ts'
import type { Claim } from './verify.ts'

/** The columns by which a citation is located, all folded by `search/fold.ts`. */
export interface Passage {
  /** The cited words from the text of the source if it is stored, otherwise the excerpt with prefix and suffix. */
  readonly passage: string
  /** The excerpt alone. */
  readonly words: string
  /** Anchors, by which an index finds citations that longer words contain or overlap: the first words of the excerpt … */
  readonly words_begin: string | null
  /** … and the first and last words of the passage, if the text is stored. */
  readonly passage_begin: string | null
  readonly passage_end: string | null
}

/** Minimum number of characters for a match within longer words to be significant. It must have two words, too. */
export const SIGNIFICANT = 10

/** The passage of a citation. `text` is the text of its source, if it is stored. */
export function passageOf({ start, end, exact, prefix, suffix }: Claim, text: string | null | undefined): Passage {
  const isStored = typeof text === 'string'
  const passage = fold(isStored ? slice(text, start, end) : `${prefix ?? ''}${exact}${suffix ?? ''}`)
  const words = fold(exact)
  const inWords = words.length < SIGNIFICANT ? [] : wordsOf(words)
  const inPassage = !isStored || passage.length < SIGNIFICANT ? [] : wordsOf(passage)
  return {
    passage,
    words,
    words_begin: anchorOf(inWords.slice(0, RUN)),
    passage_begin: anchorOf(inPassage.slice(0, RUN)),
    passage_end: anchorOf(inPassage.slice(-RUN)),
  }
}

/** Number of words of an anchor. A shorter text gives an anchor of two words, never of one. */
const RUN = 3

const anchorOf = (words: readonly string[]) => (words.length > 1 ? words.join(' ') : null)

/** In scripts without spaces, each character is a word. Words of more than 40 characters are split, because an index limits the length. */
const UNSPACED = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]'
const WORDS = new RegExp(`${UNSPACED}|(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}]){1,40}`, 'gu')

const wordsOf = (folded: string): string[] => folded.match(WORDS) ?? []

/** Every anchor that a folded text can contain. */
export function anchorsIn(folded: string): string[] {
  const words = wordsOf(folded)
  const anchors = words.flatMap((_, i) => [anchorOf(words.slice(i, i + 2)), anchorOf(words.slice(i, i + RUN))])
  return [...new Set(anchors)].filter((anchor) => anchor !== null)
}
