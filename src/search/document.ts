import { fold } from './fold.ts'

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
  SOURCE: 'words',
} as const
export type SearchKind = keyof typeof searchedBy

export const searchKinds = Object.keys(searchedBy) as readonly SearchKind[]

/** Maximum number of UTF-16 units of a text to search. The database cannot index much more. */
const SEARCHED = 200_000

/** Separates texts: a stop word, which is not found but counted, so no phrase matches across texts. */
const APART = ' the '

type Text = string | null | undefined

/** The parts of a record that are searched. */
export interface Searched {
  /** Found by misspelt words too. */
  readonly names?: readonly Text[]
  /** These count more in the ranking. */
  readonly titles?: readonly Text[]
  readonly texts?: readonly Text[]
}

/** The row by which a search finds a record: its folded words, and the original text for excerpts. */
export function searchDocument(kind: SearchKind, key: string, { names = [], titles = [], texts = [] }: Searched) {
  const given = (parts: readonly Text[]) => parts.filter((part) => typeof part === 'string' && part !== '') as string[]
  const join = (parts: readonly Text[]) => given(parts).join('\n').slice(0, SEARCHED)
  const folded = (parts: readonly Text[], between: string) =>
    given(parts)
      .map((part) => fold(part.slice(0, SEARCHED)))
      .join(between)
      .slice(0, SEARCHED)
  return {
    kind,
    key,
    names: names.length > 0 ? folded(names, '\n') : null,
    title: folded([...names, ...titles], APART),
    body: folded(texts, APART),
    // These characters mark hits in excerpts, so the text must not contain them.
    text: join([...names, ...titles, ...texts]).replaceAll(/[\ue000\ue001]/g, ''),
  }
}
