import { HEADS, LOWER_HEADS, PORTFOLIO, PORTFOLIO_ENDING } from '../../../people/offices.ts'
import { BEGINNING, type Word, wordsOf } from './words.ts'

/** A text and its words. */
export interface Reading {
  readonly text: string
  readonly words: readonly Word[]
  /** The words as written; an empty string for a punctuation mark. */
  readonly texts: readonly string[]
}

/** A half-open range of UTF-16 units in a text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The range of the words from one index up to another. */
export const spanOf = (words: readonly Word[], from: number, to: number): Span => ({
  start: words[from]?.start ?? 0,
  end: words[to - 1]?.end ?? 0,
})

export function readingOf(text: string, words: readonly Word[] = wordsOf(text)): Reading {
  return { text, words, texts: words.map((word) => (word.kind === 'word' ? word.text : '')) }
}

const CAPITAL = /^['’ʿ‘]?\p{Lu}/u

export const isCapital = (word: Word | undefined): boolean => word?.kind === 'word' && CAPITAL.test(word.text)

const AFFIXES = /^(elect|designate|nominate|general|at|large|in|chief|vice|co|ex|deputy|sub|under|pro|tem)$/

/** The most frequently misspelt noun: "Minster", "Ministere", "Minsiter". */
const MISSPELT = /^min[is]{1,3}te?re?(?=$|-)/

/** The office noun of a word, in lower case and singular. */
export function headOf(word: Word | undefined): { head: string; plural: boolean } | undefined {
  if (word?.kind !== 'word') return undefined
  const parts = word.lower.replace(/-+$/, '').replace(MISSPELT, 'minister').split('-', 6)
  const noun = parts.find((part) => !AFFIXES.test(part)) ?? (parts.length === 1 ? parts[0] : undefined)
  if (noun === undefined || parts.some((part) => part !== noun && !AFFIXES.test(part) && !HEADS.has(part)))
    return undefined
  const singular = noun.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')
  const head = [noun, singular].find((form) => HEADS.has(form) || LOWER_HEADS.has(form))
  if (head === undefined || !(isCapital(word) || LOWER_HEADS.has(head))) return undefined
  return { head, plural: head !== noun }
}

export const isPortfolio = (word: Word | undefined): boolean =>
  word?.kind === 'word' && (PORTFOLIO.has(word.lower) || (isCapital(word) && PORTFOLIO_ENDING.test(word.lower)))

/** Particles that can start a name. */
const PARTICLE =
  /^(al|el|ul|bin|ibn|ben|bint|abu|von|van|der|den|de|da|do|dos|das|del|della|di|du|la|le|las|los|y|e|ould|wuld|ag|arap|ap|av|af|zu|zum|ter|ten|te|tot|st\.?|lo|ad|as|at|ash|az|an|ar)-?$/i

export const isParticle = (word: Word | undefined): boolean =>
  word?.kind === 'word' &&
  (PARTICLE.test(word.text) || /^(al|el|as|ash|ad|at|az|an|ar|ul|bin|d|l|ben)[-'’]\p{Lu}/u.test(word.text))

/** True if a name can start at a word. */
export function isNameable({ words }: Reading, at: number): boolean {
  const word = words[at]
  if (word === undefined || BEGINNING.test(word.text)) return false
  if (isCapital(word)) return !/^(the|and|of|for|u\.s\.|mr|mrs)$/.test(word.lower)
  if (!isParticle(word)) return false
  if (/[-'’]\p{Lu}/u.test(word.text)) return true
  // "an" and "at" are particles of a name only with a hyphen.
  if (/^(as|at|an|ad|ar|ash|az)$/.test(word.lower)) return false
  return isCapital(words[at + 1]) || (isParticle(words[at + 1]) && isCapital(words[at + 2]))
}
