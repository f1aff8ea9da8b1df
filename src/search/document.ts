import { romanised, soundOf } from '../people/romanise.ts'
import { fold, INVISIBLE } from './fold.ts'
import { APART, indexedWords } from './words.ts'

/** The kinds of records that are searched: those with names are also found by misspelt ones. */
export const searchedBy = {
  PERSON: 'names',
  MEETING: 'words',
  VISIT: 'words',
  TOPIC: 'names',
  STATEMENT: 'words',
  AGREEMENT: 'words',
  RELATION_EVENT: 'words',
  ORGANIZATION: 'names',
  SOURCE: 'texts',
} as const
export type SearchKind = keyof typeof searchedBy

export const searchKinds = Object.keys(searchedBy) as readonly SearchKind[]

/** Maximum number of UTF-16 units of a text to search. The database cannot index much more. */
export const SEARCHED = 200_000

type Text = string | null | undefined

/** The parts of a record that are searched. */
export interface Searched {
  /** Found by misspelt words too. */
  readonly names?: readonly Text[]
  /** These count more in the ranking. */
  readonly titles?: readonly Text[]
  readonly texts?: readonly Text[]
}

/** The row by which a search finds a record: its words, and the original text for excerpts. */
export function searchDocument(kind: SearchKind, key: string, { names = [], titles = [], texts = [] }: Searched) {
  const latin = given(names).map((name) => romanised(fold(name)))
  return {
    kind,
    key,
    names: names.length > 0 ? latin.join('\n') : null,
    title: wordsOf([...names, ...titles]),
    body: kind === 'PERSON' ? soundsOf(latin) : wordsOf(texts),
    text: excerptable(
      given([...names, ...titles, ...texts])
        .join('\n')
        .slice(0, SEARCHED),
    ),
  }
}

const given = (parts: readonly Text[]) => parts.filter((part) => typeof part === 'string' && part !== '') as string[]

const wordsOf = (parts: readonly Text[]) =>
  given(parts)
    .map((part) => indexedWords(fold(part.slice(0, SEARCHED))))
    .join(APART)
    .slice(0, SEARCHED)

const soundsOf = (names: readonly string[]) =>
  [...new Set(names.flatMap((name) => name.split(' ').flatMap((word) => soundOf(word) ?? [])))].join(' ')

/** Marks where a text is split into words, for PostgreSQL's parser, which cuts excerpts. Taken out of each excerpt. */
export const SPLIT = '\u001f'
/** Mark hits in excerpts, so the text must not contain them. */
export const [HIT, HIT_END] = ['\ue000', '\ue001'] as const

const RESERVED = new RegExp(`[${SPLIT}${HIT}${HIT_END}]`, 'g')
const SIGNS = /(?<=\S)[^\p{L}\p{M}\p{N}\s'’-](?=\S)|-(?=\p{N})|(?<=\p{N})-/gu
const DIGITS = /(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu

const excerptable = (text: string) =>
  text
    .replaceAll(RESERVED, '')
    .replaceAll(INVISIBLE, '')
    .replaceAll(SIGNS, `${SPLIT}$&${SPLIT}`)
    .replaceAll(DIGITS, SPLIT)
