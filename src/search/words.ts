/** Scripts that are written without spaces, and Hangul, in which particles join words. Each is indexed by pairs of characters. */
const UNSPACED =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30fc]'
const LETTER = `(?:(?!${UNSPACED})[\\p{L}\\p{M}])`
const INSIDE = '[\\p{L}\\p{M}\\p{N}]'

/** The parts of a folded text, from those that are most particular. All other characters separate them. */
const PARTS = new RegExp(
  [
    `(?<decade>(?<!${INSIDE})\\d{3}0'?s(?!${INSIDE}))`,
    `(?<joined>${LETTER}+(?:['-]${LETTER}+)+|(?<!${INSIDE})${LETTER}(?:\\.${LETTER})+(?!${INSIDE}))`,
    `(?<unspaced>${UNSPACED}(?:${UNSPACED}|\\p{M})*)`,
    `(?<word>${LETTER}+)`,
    "(?<number>\\p{N}+(?:[,']\\d{3}(?!\\p{N}))*)",
  ].join('|'),
  'gu',
)

/**
 * A part of a text or of a query. Its words are indexed one after the other: `Kestrel-16` has two. A word that is written with
 * hyphens, apostrophes or full stops is indexed `whole` too, so `co-operation` and `cooperation` find each other.
 */
export interface Part {
  readonly words: readonly string[]
  readonly whole?: string
  /** The words are pairs of characters, and the last character. */
  readonly isUnspaced?: boolean
}

/** Splits a folded text, so that PostgreSQL's parser, which takes `word/word` for a path, finds only words of letters or digits. */
export function* partsOf(folded: string): Generator<Part> {
  for (const { groups = {} } of folded.matchAll(PARTS)) {
    const { decade, joined, unspaced, word, number } = groups
    if (word !== undefined) yield { words: [word] }
    else if (number !== undefined) yield { words: [number.replaceAll(/\P{N}/gu, '')] }
    else if (decade !== undefined) yield { words: [decadeOf(decade.slice(0, 4))] }
    else if (unspaced !== undefined) yield { words: pairsOf(unspaced), isUnspaced: true }
    else if (joined !== undefined) yield joinedPart(joined)
  }
}

/** A word for a decade that no text has. */
export const decadeOf = (year: string) => `decade${year.slice(0, 3)}0`

function joinedPart(joined: string): Part {
  const words = joined.split(/['.-]/)
  // A possessive is the word itself.
  return joined.endsWith("'s") ? { words } : { words, whole: words.join('') }
}

/**
 * Pairs of characters, not words: dictionaries of words (ICU) differ between versions of Node, and what a dictionary makes of a
 * query depends on the words around. Written as code points, because databases differ in what they take for a letter.
 */
function pairsOf(text: string): string[] {
  const characters = Array.from(text, (character) => `u${character.codePointAt(0)?.toString(16).padStart(5, '0')}`)
  return characters.map((character, i) => `${character}${characters[i + 1] ?? ''}`)
}

/** Separates texts: a stop word, which is not found but counted, so no phrase matches across texts. */
export const APART = ' the '

/** The words of a folded text, as the database indexes them. */
export function indexedWords(folded: string): string {
  const parts = [...partsOf(folded)]
  const words = parts.flatMap(({ words }) => words).join(' ')
  const wholes = parts.flatMap(({ whole }) => whole ?? []).join(' ')
  return wholes === '' ? words : `${words}${APART}${wholes}`
}
