import { fold } from './fold.ts'

/** The kinds of records that are searched. */
export const searchKinds = [
  'PERSON',
  'MEETING',
  'VISIT',
  'TOPIC',
  'STATEMENT',
  'AGREEMENT',
  'ORGANIZATION',
  'SOURCE',
] as const
export type SearchKind = (typeof searchKinds)[number]

/** UTF-16 units of a text that are searched; the database cannot index much more of one. */
const SEARCHED = 200_000

type Text = string | null | undefined

/** What of a record is searched. */
export interface Searched {
  /** Found even when misspelt. */
  readonly names?: readonly Text[]
  /** Weighs more than the rest. */
  readonly titles?: readonly Text[]
  readonly texts?: readonly Text[]
}

/** The row by which a record is found: what is searched, folded, and what an excerpt is cut from, as it is. */
export function searchDocument(kind: SearchKind, key: string, { names = [], titles = [], texts = [] }: Searched) {
  const join = (parts: readonly Text[]) => parts.filter(Boolean).join('\n').slice(0, SEARCHED)
  return {
    kind,
    key,
    names: names.length > 0 ? fold(join(names)) : null,
    title: fold(join([...names, ...titles])),
    body: fold(join(texts)),
    // The excerpt's own signs of a hit must not stand in it.
    text: join([...names, ...titles, ...texts]).replaceAll(/[\ue000\ue001]/g, ''),
  }
}
