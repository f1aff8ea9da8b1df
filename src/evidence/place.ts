import { codePoints, slice } from './text.ts'

/** Words that a citation quotes, with the words around them if they occur more than once. */
interface Quoted {
  readonly exact: string
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
}

/** The place of quoted words in a text, in code points, and how the text itself writes them. */
interface Found {
  readonly start: number
  readonly end: number
  readonly exact: string
  readonly prefix?: string
  readonly suffix?: string
}

/** Number of code points of the words around a citation to store. */
const AROUND = 32

/** Maximum number of places to show in a message. */
const MOST_SHOWN = 3

/**
 * Finds quoted words in a text. White space, and the kinds of quotation marks and dashes, do not matter. Returns a problem if the
 * words are not in the text, or stand at several places between which `prefix` and `suffix` do not decide.
 */
export function placeOf(text: string, { exact, prefix, suffix }: Quoted): Found | { readonly problem: string } {
  const matches = wholeWords(text, [...text.matchAll(patternOf(exact, 'gu'))])
  if (matches.length === 0) return { problem: `expected words of the text, got ${shown(exact)}${nearby(text, exact)}` }
  const fitting = matches.filter(({ index, 0: words }) => {
    const end = index + words.length
    const before = prefix === undefined || endsWith(prefix).test(text.slice(0, index))
    return before && (suffix === undefined || beginsWith(suffix).test(text.slice(end)))
  })
  const [match, other] = fitting
  if (!match || other) {
    const places = (match ? fitting : matches).slice(0, MOST_SHOWN).map((place) => context(text, place))
    const count = `${matches.length} ${matches.length === 1 ? 'place' : 'places'}`
    const what = match
      ? `stands at ${count}; expected \`prefix\` or \`suffix\` with the words before or after it`
      : `stands at ${count}, but not with the given \`prefix\` and \`suffix\``
    return { problem: `${shown(exact)} ${what}: ${places.join(' · ')}${matches.length > MOST_SHOWN ? ' · …' : ''}` }
  }
  const words = match[0]
  const start = codePoints(text.slice(0, match.index))
  const end = start + codePoints(words)
  const before = slice(text, Math.max(0, start - AROUND), start)
  const after = slice(text, end, end + AROUND)
  return { start, end, exact: words, ...(before && { prefix: before }), ...(after && { suffix: after }) }
}

/** The matches that neither begin nor end within a word, if there are any: “India” is not found in “Indian”. */
function wholeWords(text: string, matches: readonly RegExpExecArray[]): readonly RegExpExecArray[] {
  const whole = matches.filter(({ index, 0: words }) => {
    return !isWithinWord(text, index) && !isWithinWord(text, index + words.length)
  })
  return whole.length > 0 ? whole : matches
}

const isWithinWord = (text: string, index: number) =>
  /[\p{L}\p{M}\p{N}]$/u.test(text.slice(Math.max(0, index - 2), index)) &&
  /^[\p{L}\p{M}\p{N}]/u.test(text.slice(index, index + 2))

/** The words in their context, for a message. */
function context(text: string, { index, 0: words }: RegExpExecArray): string {
  const end = index + words.length
  return `“…${oneLine(text.slice(Math.max(0, index - AROUND), index))}[${oneLine(words)}]${oneLine(text.slice(end, end + AROUND))}…”`
}

/** What the text has instead, if it has words that differ by case, or that begin alike. */
function nearby(text: string, exact: string): string {
  const [same] = text.match(patternOf(exact, 'iu')) ?? []
  if (same) return `; it has ${shown(same)}`
  const words = exact.split(/\s+/).filter(Boolean)
  let [found, missing] = [0, words.length]
  while (missing - found > 1) {
    const middle = (found + missing) >> 1
    if (patternOf(words.slice(0, middle).join(' '), 'iu').test(text)) found = middle
    else missing = middle
  }
  if (found < 3) return ''
  const { index = 0 } = text.match(patternOf(words.slice(0, found).join(' '), 'iu')) ?? {}
  return `; it has ${shown(text.slice(index, index + exact.length))}`
}

const SINGLE = "'‘’‚‛`´′"
const DOUBLE = '"“”„‟«»″'
const DASHES = '‐‑‒–—―−-'

/** A pattern for words, whatever their white space and their kinds of quotation marks and dashes. */
function patternOf(words: string, flags: string): RegExp {
  return new RegExp(sourceOf(words), flags)
}

const endsWith = (words: string) => new RegExp(`${sourceOf(words)}\\s*$`, 'u')
const beginsWith = (words: string) => new RegExp(`^\\s*${sourceOf(words)}`, 'u')

function sourceOf(words: string): string {
  return words
    .trim()
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replaceAll(/\s+/g, '\\s+')
    .replaceAll(new RegExp(`[${SINGLE}]`, 'gu'), `[${SINGLE}]`)
    .replaceAll(new RegExp(`[${DOUBLE}]`, 'gu'), `[${DOUBLE}]`)
    .replaceAll(new RegExp(`[${DASHES}]`, 'gu'), `[${DASHES}]`)
}

/** Maximum number of characters of words in a message. */
const LONGEST_SHOWN = 80

function shown(words: string): string {
  const line = oneLine(words.trim())
  return `“${line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line}”`
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')
