import { fold } from '../search/fold.ts'
import { slice } from './text.ts'
import type { Claim } from './verify.ts'

/** What a citation is located by, as columns of its row. All of it folded, as `search/fold.ts` does. */
export interface Passage {
  /** What it cites: of its source's text, where that is held, or else the excerpt with the words around it. */
  readonly passage: string
  /** The excerpt alone. */
  readonly words: string
  /** By these an index finds what longer words may contain or run into: the first words of the excerpt … */
  readonly words_begin: string | null
  /** … and the first and the last of the passage, where the text is held. */
  readonly passage_begin: string | null
  readonly passage_end: string | null
}

/** Characters of words that are told from chance when they stand within longer ones; they are two words at least, too. */
export const TELLING = 10

/** The passage of a citation. `text` is that of its source, where it is held. */
export function passageOf({ start, end, exact, prefix, suffix }: Claim, text: string | null | undefined): Passage {
  const held = typeof text === 'string'
  const passage = fold(held ? slice(text, start, end) : `${prefix ?? ''}${exact}${suffix ?? ''}`)
  const words = fold(exact)
  const inWords = words.length < TELLING ? [] : wordsOf(words)
  const inPassage = !held || passage.length < TELLING ? [] : wordsOf(passage)
  return {
    passage,
    words,
    words_begin: anchorOf(inWords.slice(0, RUN)),
    passage_begin: anchorOf(inPassage.slice(0, RUN)),
    passage_end: anchorOf(inPassage.slice(-RUN)),
  }
}

/** How many words an anchor has: fewer only where there are no more, and never one. */
const RUN = 3

const anchorOf = (words: readonly string[]) => (words.length > 1 ? words.join(' ') : null)

/** In scripts without spaces, a character is taken for a word; a long word for several, as an index has room for no longer. */
const UNSPACED = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]'
const WORDS = new RegExp(`${UNSPACED}|(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}]){1,40}`, 'gu')

const wordsOf = (folded: string): string[] => folded.match(WORDS) ?? []

/** Every anchor that a folded text can have in it. */
export function anchorsIn(folded: string): string[] {
  const words = wordsOf(folded)
  const anchors = words.flatMap((_, i) => [anchorOf(words.slice(i, i + 2)), anchorOf(words.slice(i, i + RUN))])
  return [...new Set(anchors)].filter((anchor) => anchor !== null)
}
