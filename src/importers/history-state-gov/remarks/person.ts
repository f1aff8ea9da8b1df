import { countryAt } from '../../../countries/in-words.ts'
import { ADDRESS, PEERS, PORTFOLIO, RANKS, SURNAMES, THINGS } from '../../../people/offices.ts'
import { type Office, readOffice } from './office.ts'
import { headOf, isCapital, isNameable, isParticle, type Reading } from './reading.ts'
import type { Unnamed } from './unnamed.ts'
import { BEGINNING, type Word } from './words.ts'

/** A person named in a remark, or somebody unnamed. */
export interface Named {
  /** Somebody whom the remark does not name, or an organization. Then the name is empty. */
  readonly unnamed?: Unnamed
  /** The office or rank as written, without countries and articles: "Foreign Minister", "King". */
  readonly title?: string
  /** As written, without the title: "Karl Gruber", "Hassan II", "Brezhnev". */
  readonly name: string
  /** The country code, if the remark names the country: "Egyptian Foreign Minister Riad", "Prime Minister Nehru of India". */
  readonly country?: string
  /** Half-open range of UTF-16 units in the remark, including title and country. */
  readonly start: number
  readonly end: number
}

/** A person, and the index of the word after the name. */
export interface Person {
  readonly named: Named
  readonly next: number
}

const MONTH = /^(January|February|March|April|May|June|July|August|September|October|November|December)$/

/** Months after which a name has ended, with or without a day: "Bush Oct". "May" and "April" can be names. */
const MONTH_AFTER =
  /^(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|June|July|August|September|October|November|December)\.?$/

/** Words that are never inside a name but can stand before one. */
const NO_NAME =
  /^(ministers?|presidents?|secretary|chairman|ambassador|chancellor|negotiator|commissioner|representative|coordinator|administrator|general|admiral|colonel|gen\.|governor|premier|spokesman)$/

/** Maximum number of words in a name. */
const LONGEST = 10

/** Maximum length of a word in a name. */
const LONGEST_WORD = 40

/** True if a date starts at a word: "May 24", "24 May". */
export const isDate = (words: readonly Word[], at: number): boolean =>
  MONTH.test(words[at]?.text ?? '') && /^\d/.test(words[at + 1]?.text ?? '')

/** Words that always end a name. */
const AFTER_NAME =
  /^(and|or|&|with|to|at|in|on|during|while|regarding|concerning|for|about|of|who|after|before|en|as|from|by|also|again|both|aboard|near|over|under|upon|following|prior|when|where|until|through|throughout|between|against|into|since|here|there|twice|separately|privately|informally|briefly|later|afterwards?|en-route|plus|then|but|via|his|her|their|is|was|were|had|has|alone|together|along|across|a|an|the|this|because|so|if|that|which|whose|outside|including|per|re|on-board)$/

/** True if a sentence or a name can end before a word. */
function isBoundary(words: readonly Word[], at: number): boolean {
  const word = words[at]
  if (word?.kind !== 'word') return true
  if (AFTER_NAME.test(word.lower) || BEGINNING.test(word.text) || isDate(words, at) || MONTH_AFTER.test(word.text))
    return true
  return /^(\d|[a-z]+(ed|ing|ly)$)/.test(word.text)
}

interface Name {
  readonly name: string
  readonly next: number
  readonly end: number
  readonly words: readonly Word[]
}

/** The name that starts at a word. Undefined for a possessive ("Sadat's advisers"), a place or a body. */
export function readName(reading: Reading, at: number): Name | undefined {
  const { text, words } = reading
  if (!isNameable(reading, at) || isDate(words, at)) return undefined
  if (/^(e|y|do|as|at|an|ad|ar|ash|az)$/.test(words[at]?.text ?? '')) return undefined
  const found: Word[] = []
  let next = at
  if (PEERS.has(words[at]?.lower ?? '') && words[at + 1]?.lower === 'of' && isCapital(words[at + 2])) {
    // "Governor General Earl of Athlone"
    found.push(...words.slice(at, at + 2))
    next = at + 2
  }
  let owner = false
  for (; next < words.length && next - at < LONGEST && !owner; next++) {
    const word = words[next]
    if (word === undefined || isDate(words, next) || (found.length > 0 && MONTH_AFTER.test(word.text))) break
    if (word.kind === 'open' && words[next + 2]?.kind === 'close' && isCapital(words[next + 3])) {
      if (countryAt(reading.texts, next + 1)) break
      found.push(word, ...words.slice(next + 1, next + 3))
      next += 2
      continue
    }
    if (!isPartOfName(reading, next, found)) break
    owner = /['’]s$|s['’]$/.test(word.text) || /s['’]$/.test(text.slice(word.start, word.end + 1))
    found.push(word)
  }
  const last = found.at(-1)
  // "President Trump’s meeting" is not about meeting the president.
  if (!last || found.some((word) => word.text.length > LONGEST_WORD) || owner) return undefined
  const proper = found.filter((word) => word.kind === 'word')
  if (
    proper.some(
      (word, place) => THINGS.has(word.lower) && !SURNAMES.has(word.lower) && place > 0 && place + 1 === proper.length,
    )
  )
    return undefined
  if (proper.slice(1).some((word) => NO_NAME.test(word.lower))) return undefined
  return { name: clean(found, text, last.end), next, end: last.end, words: proper }
}

function isPartOfName(reading: Reading, at: number, found: readonly Word[]): boolean {
  const { words } = reading
  const word = words[at]
  if (word === undefined) return false
  if (word.kind === 'comma') {
    // "Benigno S. Aquino, 3rd"
    return found.length > 0 && /^(Jr\.?|Sr\.?|[23]rd|2nd|III)$/.test(words[at + 1]?.text ?? '')
  }
  if (found.length === 0) return true
  if (/^(Jr\.?|Sr\.?|[23]rd|2nd)$/.test(word.text)) return true
  return isNameable(reading, at) && !/^(and|of)$/.test(word.lower)
}

/** Joins the words of a name with single spaces; "al- Abadi" becomes "al-Abadi". */
function clean(found: readonly Word[], text: string, end: number): string {
  const start = found[0]?.start ?? 0
  return text
    .slice(start, end)
    .replace(/\s+/g, ' ')
    .replace(/(?<=(^|\s)[AaEe]l-) (?=\p{Lu})/u, '')
    .replace(/[.](?<=\p{Ll}{3}[.])$/u, '')
}

export const isAcronym = (text: string): boolean => /^[\p{Lu}\d-]{2,}$/u.test(text) && !/^[IVX]+$/.test(text)

/** A name without a title needs two or more words, none of which names a body, a place or an office. */
function isBareName({ words }: Name, reading: Reading, at: number, alone: boolean): boolean {
  if (words.length < (alone ? 1 : 2) || countryAt(reading.texts, at)) return false
  return !words.some(
    (word) =>
      THINGS.has(word.lower) ||
      (PORTFOLIO.has(word.lower) && !isParticle(word)) ||
      headOf(word) !== undefined ||
      isAcronym(word.text),
  )
}

/** The country after a name and its end: "of India", "(Uganda)", "of the European Commission". */
function readAfter(reading: Reading, at: number): { next: number; country?: string } {
  const { words, texts } = reading
  const word = words[at]
  if (word?.lower === 'of' || word?.kind === 'open') {
    const country = countryAt(texts, at + 1)
    let next = at + 1 + (country?.length ?? 0)
    if (
      country &&
      (country.noun || !isCapital(words[next])) &&
      (word.kind !== 'open' || words[next]?.kind === 'close')
    ) {
      if (word.kind === 'open') next++
      if (isBoundary(words, next)) return country.code ? { next, country: country.code } : { next }
    }
    if (word.kind === 'open') {
      const close = words.slice(at, at + 12).findIndex((other) => other.kind === 'close')
      return { next: close < 0 ? at : at + close + 1 }
    }
    for (
      next = at + 1;
      next < at + 10 && (isCapital(words[next]) || /^(the|of|and|for)$/.test(words[next]?.lower ?? ''));
      next++
    ) {
      if (/^and$/.test(words[next]?.lower ?? '') && readOffice(reading, next + 1)) break
    }
    return { next: next > at + 1 ? next : at }
  }
  return { next: at }
}

/** "Karl Gruber, Foreign Minister of Austria": an office after its holder's name. */
function readApposition(reading: Reading, at: number): Office | undefined {
  if (reading.words[at]?.kind !== 'comma') return undefined
  const office = readOffice(reading, at + 1)
  return office && !office.plural && isBoundary(reading.words, office.end) ? office : undefined
}

/** The context for reading a person. */
interface Expected {
  /** The shared office, if a plural stands before the names. The range of the first name includes it. */
  readonly office?: Office
  /** True if a single word can be a name without a title. */
  readonly alone?: boolean
}

/** The person that the words from `at` name. Undefined if they name none. */
export function readPerson(reading: Reading, at: number, expected: Expected = {}): Person | undefined {
  const { words } = reading
  const office = expected.office ?? readOffice(reading, at)
  if (office?.plural && !expected.office) return undefined
  const from = expected.office ? at : (office?.end ?? at)
  const first = words[expected.office ? at : (office?.begin ?? at)]
  if (!first) return undefined
  if (office && !expected.office && PEERS.has(office.head) && words[from]?.lower === 'of')
    return readPeer(reading, office)
  const late = office?.article && words[from]?.kind === 'comma' ? from + 1 : from
  const rank = late > from ? readOffice(reading, late) : undefined
  // "the Amir, Sheikh Jaber"
  if (late > from && (!isCapital(words[late]) || (rank && !RANKS.has(rank.title.toLowerCase())))) return undefined
  const name = readName(reading, rank?.end ?? late)
  if (!name || (!office && !isBareName(name, reading, at, expected.alone === true))) return undefined
  if (late > from && !rank && !isBareName(name, reading, late, true)) return undefined
  const after = readAfter(reading, name.next)
  if (!isBoundary(words, after.next)) return undefined
  const apposed = office ? undefined : readApposition(reading, after.next)
  const own = office ?? apposed
  const next = apposed?.end ?? after.next
  const country = expected.office ? (after.country ?? own?.country) : (own?.country ?? after.country)
  const title = own && !ADDRESS_ONLY(own) ? own.title : undefined
  const end = next > name.next ? (words[next - 1]?.end ?? name.end) : name.end
  return {
    named: { ...(title && { title }), name: name.name, ...(country && { country }), start: first.start, end },
    next,
  }
}

/** "Mr." and "Dr." are neither offices nor ranks. */
const ADDRESS_ONLY = ({ head, title }: Office): boolean =>
  (ADDRESS.has(head) || /^(mrs\.?|madame)$/.test(head)) && !title.includes(' ')

/** "the Duke of Windsor": the place is the name, unless it is a country. */
function readPeer(reading: Reading, { begin, end }: Office): Person | undefined {
  const { words, text, texts } = reading
  const first = words[begin]
  const name = isCapital(words[end + 1]) && !countryAt(texts, end + 1) ? readName(reading, end + 1) : undefined
  if (!name || !first || !isBoundary(words, name.next)) return undefined
  return {
    named: { name: text.slice(first.start, name.end).replace(/\s+/g, ' '), start: first.start, end: name.end },
    next: name.next,
  }
}
