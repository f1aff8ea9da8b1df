import { fold } from './fold.ts'

/** The parts of a search query, all folded. */
export interface Query {
  /** For `websearch_to_tsquery`. Empty if there is nothing to search for, for example if all words are excluded. */
  readonly words: string
  /** The same without excluded words, for the ranking. */
  readonly wanted: string
  /** The words to mark in excerpts. */
  readonly marked: string
  /** The query as a name that may be misspelt; null if it has operators. */
  readonly name: string | null
  /** A regular expression for names that differ from a short name by one letter, or by two swapped letters. */
  readonly nearly: string | null
}

/** Maximum number of characters of a query. The rest of a longer one is ignored. */
export const LONGEST = 1_000

/** Maximum number of words, phrases and `or` of a query. The time for ranking grows with the cube of this number. */
export const MOST_TERMS = 32

/** Maximum number of characters of a query that may be a misspelt name. */
const LONGEST_NAME = 100

/** Names too short for trigrams, and long enough to differ from others by more than two letters. */
const SHORT_NAME = /^\p{L}{5,9}$/u

/** Dashes that are punctuation: neither a minus before an excluded word nor part of a word. */
const PUNCTUATION = /(?<!\S)(?:-(?!\S)|--+|[‐‑‒–—―−]+)|[‐‑‒–—―−]+(?!\S)/g

/** A phrase or a word, with or without a minus. */
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
    // With both alternatives and words that must all match, PostgreSQL takes exponential time to find an excerpt.
    marked: wanted.filter((term) => term !== 'or').join(asking.length > 1 ? ' or ' : ' '),
    name,
    nearly: name !== null && SHORT_NAME.test(name) ? nearlyAs(name) : null,
  }
}

/** The first characters of a query, without a word that the limit cuts in two. */
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
