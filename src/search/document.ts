import { fold } from './fold.ts'

/** The kinds of records that are searched: those with names are also found by misspelt ones. */
export const searchedBy = {
  PERSON: 'names',
  MEETING: 'words',
  VISIT: 'words',
  TOPIC: 'names',
  STATEMENT: 'words',
  AGREEMENT: 'words',
  ORGANIZATION: 'names',
  SOURCE: 'words',
} as const
export type SearchKind = keyof typeof searchedBy

export const searchKinds = Object.keys(searchedBy) as readonly SearchKind[]

/** UTF-16 units of a text that are searched; the database cannot index much more of one. */
const SEARCHED = 200_000

/** Between what is no one text: a word that is not searched but counted, so that no phrase is found across it. */
const APART = ' the '

type Text = string | null | undefined

/** What of a record is searched. */
export interface Searched {
  /** Found even when misspelt. They come one a line. */
  readonly names?: readonly Text[]
  /** Weighs more than the rest. */
  readonly titles?: readonly Text[]
  readonly texts?: readonly Text[]
}

/** The row by which a record is found: what is searched, folded, and what an excerpt is cut from, as it is. */
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
    // The excerpt's own signs of a hit must not stand in it.
    text: join([...names, ...titles, ...texts]).replaceAll(/[\ue000\ue001]/g, ''),
  }
}
