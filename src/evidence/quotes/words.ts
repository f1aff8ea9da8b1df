import { fold } from '../../search/fold.ts'

/** The words of a text as numbers, for comparing, and where each begins and ends in the text, in UTF-16 units. */
export interface Words {
  readonly text: string
  readonly ids: Uint32Array
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** Scripts without spaces, of which each character is a word. */
const UNSPACED = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]'
const INVISIBLE = '\\u00ad\\u200b-\\u200d\\u2060\\ufeff'

/** A currency or a sign of a share is a word, since another one changes what is said. */
const WORD = `${UNSPACED}|(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}${INVISIBLE}])+|[\\p{Sc}%‰]`

/** In XML, tags and entities are not words: a reader does not see them. */
const IN_XML = new RegExp(`<[^>]*>|&#?\\w+;|(?<word>${WORD})`, 'gu')
const IN_TEXT = new RegExp(`(?<word>${WORD})`, 'gu')

/** Whether a text is XML. */
export const isXml = (text: string): boolean => /^\ufeff?\s*</.test(text)

/** Splits a text into words. Case, accents and all other characters are left out. */
export function wordsOf(text: string): Words {
  const [ids, starts, ends] = [[], [], []] as [number[], number[], number[]]
  const known = new Map<string, number>()
  for (const { groups, index } of text.matchAll(isXml(text) ? IN_XML : IN_TEXT)) {
    const word = groups?.['word']
    if (word === undefined) continue
    let id = known.get(word)
    if (id === undefined) {
      id = idOf(folded(word))
      known.set(word, id)
    }
    if (id === NOTHING) continue
    ids.push(id)
    starts.push(index)
    ends.push(index + word.length)
  }
  return { text, ids: Uint32Array.from(ids), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) }
}

/** The folded words from one to another, exclusive, with spaces between. Default: all. */
export const foldedWords = ({ text, starts, ends }: Words, from = 0, to = starts.length): string =>
  Array.from({ length: to - from }, (_, i) => folded(text.slice(starts[from + i], ends[from + i]))).join(' ')

const folded = (word: string) => (/^[a-z\d]+$/i.test(word) ? word.toLowerCase() : fold(word))

/** The id of a word of invisible characters only. */
const NOTHING = 0

/** FNV-1a of 32 bits. Different words can have the same number, so equal numbers are followed by a comparison of the words. */
function idOf(word: string): number {
  if (word === '') return NOTHING
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash >>> 0 || 1
}

/** Numbers of the words that follow an ellipsis within a quotation. */
export function gapsOf({ text, starts, ends }: Words): Set<number> {
  const gaps = new Set<number>()
  for (let word = 1; word < starts.length; word++) {
    if (/…|\.\s*\.\s*\./.test(text.slice(ends[word - 1], starts[word]))) gaps.add(word)
  }
  return gaps
}
