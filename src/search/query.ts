import { romanised, soundOf } from '../people/romanise.ts'
import { fold } from './fold.ts'
import { type Office, officeIn } from './office.ts'
import { type Part, partsOf } from './words.ts'

/** The parts of a search query. Those in the syntax of `to_tsquery` are empty if there is nothing to search for. */
export interface Query {
  /** For `to_tsquery`: what all hits have. */
  readonly words: string
  /** The same without excluded words, for the ranking. */
  readonly wanted: string
  /** Like `words`, but names that sound alike match too. */
  readonly names: string
  /** If the query is a list of words: each of them, for records that lack some. Otherwise empty. */
  readonly each: readonly string[]
  /** The words to mark in excerpts, for records that have all of them and for others. */
  readonly marked: string
  readonly markedAny: string
  /** The query as a romanised name that may be misspelt; null if it has operators. */
  readonly name: string | null
  /** A regular expression for names that differ from a short name by one letter, or by two swapped letters. */
  readonly nearly: string | null
  /** The office whose holders the query asks for. */
  readonly office: Office | null
}

/** Maximum number of characters of a query. The rest of a longer one is ignored. */
export const LONGEST = 1_000

/** Maximum number of words, phrases and `or` of a query. The time for ranking grows with the cube of this number. */
export const MOST_TERMS = 32

/** Maximum number of characters of a query that may be a misspelt name. */
const LONGEST_NAME = 100

/** Names too short for trigrams, and long enough to differ from others by more than two letters. */
const SHORT_NAME = /^[a-z]{5,9}$/

/** Dashes that are punctuation: neither a minus before an excluded word nor part of a word. */
const PUNCTUATION = /(?<!\S)(?:-(?!\S)|--+|[‐‑‒–—―−]+)|[‐‑‒–—―−]+(?!\S)/g

/** A phrase or a word, with or without a minus. */
const TERM = /(?:(?<!\S)-)?(?:"[^"]*"|[^\s"]+)/g

/** A term of a query, in the syntax of `to_tsquery`. */
interface Term {
  readonly written: string
  readonly isExcluded: boolean
  readonly isPhrase: boolean
  readonly words: string
  /** The same for names. */
  readonly names: string
  readonly marked: readonly string[]
  readonly size: number
}

export function readQuery(query: string): Query {
  const folded = fold(wholeWords(query).replaceAll(PUNCTUATION, ' '))
  const asking = alternativesOf(folded)
  const terms = asking.flat()
  const isList = asking.length === 1 && !terms.some(({ isExcluded, isPhrase }) => isExcluded || isPhrase)
  const name = isList && folded.length <= LONGEST_NAME ? romanised(folded) : null
  const wanted = asking.map((terms) => terms.filter(({ isExcluded }) => !isExcluded))
  const marked = wanted.flat().flatMap(({ marked }) => marked)
  return {
    words: joined(asking, ({ words }) => words),
    wanted: joined(wanted, ({ words }) => words),
    names: joined(asking, ({ names }) => names),
    each: isList && terms.length > 1 ? terms.map(({ names }) => names) : [],
    // With both alternatives and words that must all match, PostgreSQL takes exponential time to find an excerpt.
    marked: marked.join(asking.length > 1 ? ' | ' : ' & '),
    markedAny: marked.join(' | '),
    name,
    nearly: name !== null && SHORT_NAME.test(name) ? nearlyAs(name) : null,
    office: name === null ? null : officeIn(folded),
  }
}

/** The terms of each alternative that has a wanted term, wanted ones first, up to the maximum. */
function alternativesOf(folded: string): Term[][] {
  const alternatives: Map<string, Term>[] = [new Map()]
  for (const [written] of folded.matchAll(TERM)) {
    const term = written === 'or' ? undefined : termOf(written)
    if (written === 'or') alternatives.push(new Map())
    else if (term) alternatives.at(-1)?.set(term.written, term)
  }
  const distinct = new Map(alternatives.map((terms) => [[...terms.keys()].toSorted().join(' '), [...terms.values()]]))
  const asking = [...distinct.values()].filter((terms) => terms.some(({ isExcluded }) => !isExcluded))
  return firstOf(asking.map(wantedFirst)).filter(([first]) => first && !first.isExcluded)
}

const wantedFirst = (terms: readonly Term[]) =>
  terms.toSorted((one, other) => Number(one.isExcluded) - Number(other.isExcluded))

/** The terms that together have at most the maximum number of words. */
function firstOf(alternatives: readonly Term[][]): Term[][] {
  let room = MOST_TERMS
  return alternatives.map((terms) =>
    terms.filter(({ size }) => {
      room -= size
      return room >= 0
    }),
  )
}

const joined = (alternatives: readonly (readonly Term[])[], text: (term: Term) => string) =>
  alternatives
    .map((terms) => terms.map((term) => (term.isExcluded ? `!(${text(term)})` : text(term))).join(' & '))
    .join(' | ')

function termOf(written: string): Term | undefined {
  const isPhrase = written.includes('"')
  const parts = [...partsOf(written)]
  const marked = [...new Set(parts.flatMap(({ words }) => words).map(quoted))].slice(0, MOST_TERMS)
  if (marked.length === 0) return undefined
  const ofParts = (text: (part: Part) => string) =>
    `(${[...new Set(parts.map(text))].slice(0, MOST_TERMS).join(' & ')})`
  return {
    written,
    isExcluded: written.startsWith('-'),
    isPhrase,
    words: isPhrase ? phraseOf(parts) : ofParts(asWords),
    names: isPhrase ? phraseOf(parts) : ofParts(asName),
    marked,
    size: marked.length,
  }
}

/** Words have only letters and digits. */
const quoted = (word: string) => `'${word}'`

function asWords({ words, whole, isUnspaced }: Part): string {
  if (isUnspaced) return unspaced(words).join(' & ')
  const all = words.map(quoted).join(' & ')
  return whole === undefined ? all : `(${all} | ${quoted(whole)})`
}

function asName(part: Part): string {
  const sounds = part.words.length === 1 ? soundOf(romanised(part.words[0] as string)) : null
  return sounds === null ? asWords(part) : `(${asWords(part)} | ${quoted(sounds)})`
}

/** The pairs of characters; a single character matches all pairs that start with it. */
const unspaced = (pairs: readonly string[]) =>
  pairs.length === 1 ? [`${quoted(pairs[0] as string)}:*`] : pairs.slice(0, -1).map(quoted)

/** All words at their distance. Only the last part of an unspaced text may go on in the record. */
const phraseOf = (parts: readonly Part[]) =>
  `(${parts
    .flatMap(({ words, isUnspaced }, i) => (isUnspaced && i === parts.length - 1 ? unspaced(words) : words.map(quoted)))
    .slice(0, MOST_TERMS)
    .join(' <-> ')})`

/** The first characters of a query, without a word that the limit cuts in two. */
const wholeWords = (query: string) =>
  query.length <= LONGEST ? query : query.slice(0, LONGEST + 1).replace(/\S*$/, '')

function nearlyAs(name: string): string {
  const spellings = Array.from({ length: name.length + 1 }, (_, i) => {
    const [before, here, next, after] = [name.slice(0, i), name.slice(i, i + 1), name.slice(i + 1, i + 2), name.slice(i + 2)] // biome-ignore format: one line
    return [`${before}.${here}${next}${after}`, `${before}.${next}${after}`, `${before}${next}${after}`, `${before}${next}${here}${after}`] // biome-ignore format: one line
  })
  return `\\m(?:${[...new Set(spellings.flat())].join('|')})\\M`
}
