import type { BundleInput } from '../../bundle/format.ts'
import { codePoints, sha256 } from '../../evidence/text.ts'
import { readDate } from './dates.ts'
import { type Element, wordsOf } from './xml.ts'

export type Input<
  K extends
    | 'positions'
    | 'visits'
    | 'meetings'
    | 'relationEvents'
    | 'people'
    | 'sources'
    | 'organizations'
    | 'countries',
> = NonNullable<BundleInput[K]>[number]
export type CitationInput = Input<'visits'>['citations'][number]
export type ParticipationInput = NonNullable<Input<'visits'>['participations']>[number]

/** A file of the archive: its text with LF line ends, and its XML elements. */
export interface Document {
  /** Path relative to the archive, with slashes. */
  readonly path: string
  readonly text: string
  readonly root: Element
  /** Positions of the characters that have two UTF-16 units, ascending. */
  readonly wide: readonly number[]
}

export function documentOf(path: string, text: string, root: Element): Document {
  const wide = Array.from(text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g), ({ index }) => index)
  return { path, text, root, wide }
}

/** `visits/data/1950.xml` as `hsg-visits-data-1950`. */
const sourceSlug = ({ path }: Document): string =>
  `hsg-${path
    .replace(/\.xml$/i, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')}`.slice(0, 200)

const MAX_EXCERPT = 5_000

/** Cites a range of UTF-16 units for the given fields. Without fields, it supports the fact as a whole. */
export function cite(
  document: Document,
  [start, end]: readonly [start: number, end: number],
  supports: readonly string[] = [],
): CitationInput {
  const words = document.text.slice(start, end)
  const exact = words.length <= MAX_EXCERPT ? words : [...words].slice(0, MAX_EXCERPT).join('')
  return {
    source: sourceSlug(document),
    start: start - below(document.wide, start),
    end: end - below(document.wide, end),
    exact,
    ...(supports.length > 0 && { supports: [...supports] }),
  }
}

const below = (places: readonly number[], limit: number) => {
  let count = 0
  while (count < places.length && (places[count] as number) < limit) count++
  return count
}

export const rangeOf = ({ start, end }: Element): readonly [number, number] => [start, end]

/** The text of a child element with collapsed white space. Empty if there is none. */
export function textOf(document: Document, row: Element, name: string): string {
  const element = row.children.find((child) => child.name === name)
  return element ? wordsOf(document.text, element).text : ''
}

/** The repository of a folder. */
const REPOSITORIES: Readonly<Record<string, string>> = {
  visits: 'https://github.com/HistoryAtState/visits/blob/master/',
  travels: 'https://github.com/HistoryAtState/travels/blob/master/',
  pocom: 'https://github.com/HistoryAtState/pocom/blob/master/',
}

/** The source record of a file. Its date of publication is the latest date on which a row was changed. */
export function fileSource(document: Document, title: string): Input<'sources'> {
  const { path, text } = document
  const [folder = '', ...rest] = path.split('/')
  const days = text.matchAll(/<last-modified-date(?:time)?>\s*(\d{4}-\d{2}-\d{2})/g)
  const latest = Array.from(days, ([, day]) => readDate(day as string) ?? '')
    .filter(Boolean)
    .sort()
    .at(-1)
  const url = `${REPOSITORIES[folder]}${rest.map(encodeURIComponent).join('/')}`
  return sourceOf(document, { title, url, published: latest ?? 'XXXX' })
}

/** The source record of a document, with its whole text. */
export function sourceOf(
  document: Document,
  { title, url, published }: { readonly title: string; readonly url: string; readonly published: string },
): Input<'sources'> {
  const { text } = document
  return {
    slug: sourceSlug(document),
    title,
    publisher: 'office-of-the-historian',
    url,
    language: 'en',
    license: 'CC0-1.0',
    published,
    sha256: sha256(text),
    length: codePoints(text),
    text,
  }
}
