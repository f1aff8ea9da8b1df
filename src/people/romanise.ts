import anyAscii from 'any-ascii'
import { spellingOf } from './spellings.ts'

/** Romanises a text and converts it to lower case: letters a-z, digits and separators. */
export const plain = (text: string): string => anyAscii(text.normalize('NFC')).toLowerCase()

/** A folded name in Latin letters, by which names are compared in every script, on databases of every locale. */
export const romanised = (folded: string): string =>
  plain(folded.replaceAll("'", ''))
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

/** Shorter words sound like too many others. */
const SHORTEST_WORD = 5
const SHORTEST_SOUND = 4

/** What transliterations into English, German, French and Spanish write differently, in this order. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:ch|j)(?=[bcdfghklmnpqrstvwxz])|kh/g, 'k'],
  [/schtsch|chtch|shch|tsch|tch|tsh|sch|dsch|dzh|dj|cz|ch|sh|zh|ts|tz|ds|dz|ss/g, 's'],
  [/(?<=[nl])j|^j(?=e)/g, 'y'],
  [/c(?=[eiy])|[jzx]/g, 's'],
  [/ph|[vw]/g, 'f'],
  [/[cqg]/g, 'k'],
  [/b/g, 'p'],
  [/d/g, 't'],
  [/[hy]/g, ''],
  [/(.)\1+/g, '$1'],
  [/(?<=.)[aeiou]+/g, ''],
]

/**
 * How a romanised word of a name sounds: its one spelling, or its consonants, roughly. `Gorbachev` and `Gorbatschow` sound alike. The
 * result is a word that no text has. It only proposes: what is spelled alike ranks higher, and `likeness` decides who is one person.
 */
export function soundOf(word: string): string | null {
  const spelling = spellingOf(word)
  if (spelling !== undefined) return `x0${spelling}`
  if (word.length < SHORTEST_WORD || /\d/.test(word)) return null
  const sound = SOUNDS.reduce((text, [pattern, replacement]) => text.replaceAll(pattern, replacement), word)
  return sound.length < SHORTEST_SOUND ? null : `x0${sound}`
}
