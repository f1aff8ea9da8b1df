import { fold } from './fold.ts'

/** A search as somebody typed it, taken apart. All of it folded. */
export interface Query {
  /** For `websearch_to_tsquery`; empty where nothing is asked for, as where words are only excluded. */
  readonly words: string
  /** The same without what is excluded: what is found is ranked by it. */
  readonly wanted: string
  /** What of it excerpts mark. */
  readonly marked: string
  /** As a name that may be misspelt, where it is mere words. */
  readonly name: string | null
  /** A regular expression of the short names that differ from it by one letter, or by two that changed places. */
  readonly nearly: string | null
}

/** Characters of the longest query; the rest of a longer one is not read. */
export const LONGEST = 1_000

/** The most words, phrases and `or` of a query: ranking by many words takes the cube of their number. */
export const MOST_TERMS = 32

/** Characters of the longest query that may be misspelt. */
const LONGEST_NAME = 100

/** Likeness tells long names; of short ones too little is left of it. Of still shorter ones, any is nearly any other. */
const SHORT_NAME = /^\p{L}{5,9}$/u

/** Dashes that are no minus directly before a word, which excludes it, and do not stand within a word either. */
const PUNCTUATION = /(?<!\S)(?:-(?!\S)|--+|[‐‑‒–—―−]+)|[‐‑‒–—―−]+(?!\S)/g

/** A phrase or a word, with a minus or without. */
const TERM = /(?:(?<!\S)-)?(?:"[^"]*"|[^\s"]+)/g

const isExcluded = (term: string) => term.startsWith('-')

export function readQuery(query: string): Query {
  const folded = fold(wholeWords(query).replaceAll(PUNCTUATION, ' '))
  const alternatives: Set<string>[] = [new Set()]
  for (const [term] of folded.matchAll(TERM)) {
    if (term === 'or') alternatives.push(new Set())
    else if (/[\p{L}\p{N}]/u.test(term)) alternatives.at(-1)?.add(term)
  }
  const distinct = new Map(alternatives.map((terms) => [[...terms].toSorted().join(' '), wantedFirst([...terms])]))
  const asking = [...distinct.values()].filter(([first]) => first !== undefined && !isExcluded(first))
  const terms = asking.flatMap((terms) => ['or', ...terms]).slice(1, MOST_TERMS + 1)

  const isMereWords = terms.length > 0 && !terms.some((term) => term === 'or' || /^-|"/.test(term))
  const name = isMereWords && folded.length <= LONGEST_NAME ? folded : null
  const wanted = terms.filter((term) => !isExcluded(term))
  return {
    words: terms.join(' '),
    wanted: wanted.join(' '),
    // Words that must all be there, in alternatives: that is what PostgreSQL finds an excerpt for in exponential time.
    marked: wanted.filter((term) => term !== 'or').join(asking.length > 1 ? ' or ' : ' '),
    name,
    nearly: name !== null && SHORT_NAME.test(name) ? nearlyAs(name) : null,
  }
}

/** As much of a query as is read, without a word that would be cut in two. */
const wholeWords = (query: string) =>
  query.length <= LONGEST ? query : query.slice(0, LONGEST + 1).replace(/\S*$/, '')

const wantedFirst = (terms: string[]) => [
  ...terms.filter((term) => !isExcluded(term)),
  ...terms.filter((term) => isExcluded(term)),
]

function nearlyAs(name: string): string {
  const spellings = Array.from({ length: name.length + 1 }, (_, i) => {
    const [before, here, next, after] = [name.slice(0, i), name.slice(i, i + 1), name.slice(i + 1, i + 2), name.slice(i + 2)] // biome-ignore format: one line
    return [`${before}.${here}${next}${after}`, `${before}.${next}${after}`, `${before}${next}${after}`, `${before}${next}${here}${after}`] // biome-ignore format: one line
  })
  return `\\m(?:${[...new Set(spellings.flat())].join('|')})\\M`
}
