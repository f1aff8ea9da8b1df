import { countryAt } from './demonyms.ts'
import {
  ADDRESS,
  GENERAL_AFTER,
  HEADS,
  LOWER_HEADS,
  PEERS,
  PORTFOLIO,
  PORTFOLIO_ENDING,
  RANKS,
  REIGNING,
  STANDING,
  THINGS,
} from './offices.ts'
import { BEGINNING, type Word } from './words.ts'

/** A text with its words. */
export interface Reading {
  readonly text: string
  readonly words: readonly Word[]
  /** The words as written, an empty text where there is a mark. */
  readonly texts: readonly string[]
}

/** An office as a text names it, its holder's name not included. */
export interface Office {
  /** As written, without article and country; a plural office in the singular. */
  readonly title: string
  readonly country?: string
  /** Whether words of a country stand in it, whichever that is. */
  readonly hasCountry: boolean
  readonly plural: boolean
  /** Whether an article stands before it: "the President", who as a rule is not named. */
  readonly article: boolean
  /** Its last noun, in lower case and in the singular. */
  readonly head: string
  /** Indices of its first word, the article left out, and of the word after it. */
  readonly begin: number
  readonly end: number
}

const ARTICLE = /^(the|a|an|his|her|their|its|both)$/
const CAPITAL = /^['’ʿ‘]?\p{Lu}/u

/** What "his" and "her" are followed by, where they honour. */
const STYLE = /^(royal|all|serene|imperial|holiness|majesty|excellency|highness|grace|eminence|beatitude)$/

/** Words of an office that are looked through for its noun; more are no office. */
const LONGEST = 14

export const isCapital = (word: Word | undefined): boolean => word?.kind === 'word' && CAPITAL.test(word.text)

const AFFIXES = /^(elect|designate|nominate|general|at|large|in|chief|vice|co|ex|deputy|sub|under|pro|tem)$/

/** The noun that is misspelt most: "Minster", "Ministere", "Minsiter". */
const MISSPELT = /^min[is]{1,3}te?re?(?=$|-)/

/** The noun of an office that a word is, in lower case and in the singular. */
export function headOf(word: Word | undefined): { head: string; plural: boolean } | undefined {
  if (word?.kind !== 'word') return undefined
  const parts = word.lower.replace(/-+$/, '').replace(MISSPELT, 'minister').split('-', 6)
  const noun = parts.find((part) => !AFFIXES.test(part)) ?? (parts.length === 1 ? parts[0] : undefined)
  if (noun === undefined || parts.some((part) => part !== noun && !AFFIXES.test(part) && !HEADS.has(part)))
    return undefined
  const singular = noun.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')
  const head = HEADS.has(noun) ? noun : HEADS.has(singular) ? singular : undefined
  if (head === undefined || !(isCapital(word) || LOWER_HEADS.has(head))) return undefined
  return { head, plural: head !== noun }
}

const isPortfolio = (word: Word | undefined): boolean =>
  word?.kind === 'word' && (PORTFOLIO.has(word.lower) || (isCapital(word) && PORTFOLIO_ENDING.test(word.lower)))

/** Particles that a name may begin with. */
const PARTICLE =
  /^(al|el|ul|bin|ibn|ben|bint|abu|von|van|der|den|de|da|do|dos|das|del|della|di|du|la|le|las|los|y|e|ould|wuld|ag|arap|ap|av|af|zu|zum|ter|ten|te|tot|st\.?|lo|ad|as|at|ash|az|an|ar)-?$/i

export const isParticle = (word: Word | undefined): boolean =>
  word?.kind === 'word' &&
  (PARTICLE.test(word.text) || /^(al|el|as|ash|ad|at|az|an|ar|ul|bin|d|l|ben)[-'’]\p{Lu}/u.test(word.text))

/** Whether a name may begin at a word. */
export function isNameable({ words }: Reading, at: number): boolean {
  const word = words[at]
  if (word === undefined || BEGINNING.test(word.text)) return false
  if (isCapital(word)) return !/^(the|and|of|for|u\.s\.|mr|mrs)$/.test(word.lower)
  if (!isParticle(word)) return false
  if (/[-'’]\p{Lu}/u.test(word.text)) return true
  // "an" and "at" are particles of a name only with their hyphen.
  if (/^(as|at|an|ad|ar|ash|az)$/.test(word.lower)) return false
  return isCapital(words[at + 1]) || (isParticle(words[at + 1]) && isCapital(words[at + 2]))
}

/** What an office is of, after its "of" or "for" at a word: the index after it, and the country that it names. */
function readComplement(
  reading: Reading,
  at: number,
  head: string,
): { end: number; country?: string; countryEnd?: number } {
  const { words, texts } = reading
  const whole = countryAt(texts, at + 1)
  if (whole?.noun && !isPortfolio(words[at + 1 + whole.length])) {
    const end = at + 1 + whole.length
    return whole.code ? { end, country: whole.code, countryEnd: end } : { end, countryEnd: end }
  }
  let end = at
  for (let next = at + 1; next < words.length && next - at <= LONGEST; next++) {
    const word = words[next]
    if (word?.kind === 'comma') {
      // "Minister of Agriculture, Forestry and Fisheries X"; "Secretary of State, Defense Minister X" is none.
      if (!isPortfolio(words[next + 1]) || headWithin(reading, next + 1)) break
    } else if (word?.kind !== 'word') break
    else if (/^(and|&)$/.test(word.lower)) {
      if (!isPortfolio(words[next + 1]) || headWithin(reading, next + 1)) break
    } else if (!/^(of|for|the|on|with|to)$/.test(word.lower)) {
      const country = countryAt(texts, next)
      if (country && isPortfolio(words[next + country.length])) next += country.length - 1
      else if (!isPortfolio(word) && !(isCapital(word) && THINGS.has(word.lower))) {
        // The first word is what a minister is of, whether one knows it or not, if a name is left.
        if (
          end > at ||
          !/^(minister|secretary|commissioner)$/.test(head) ||
          countryAt(texts, next) ||
          !isCapital(word) ||
          !isNameable(reading, next + 1)
        )
          break
      }
      end = next + 1
    }
  }
  return { end }
}

/** Whether a noun of an office follows the portfolio that begins at a word. */
function headWithin(reading: Reading, at: number): boolean {
  const { words } = reading
  for (let next = at; next < at + 5; next++) {
    if (headOf(words[next])) return isNameable(reading, next + 1) || headOf(words[next + 1]) !== undefined
    if (!isPortfolio(words[next]) && !/^(and|&)$/.test(words[next]?.lower ?? '')) return false
  }
  return false
}

/** The words before an office's noun: where they end, and what they tell. */
function readBefore(reading: Reading, begin: number) {
  const { words, texts } = reading
  const skipped = new Set<number>()
  const codes = new Set<string>()
  let hasCountry = false
  let unknown = 0
  for (let at = begin; at < begin + LONGEST; at++) {
    const word = words[at]
    if (word?.kind !== 'word') {
      const listed = word?.kind === 'comma' && isPortfolio(words[at - 1]) && isPortfolio(words[at + 1])
      if (!listed || !/^(and|&)$/.test(words[at + 2]?.lower ?? '')) return undefined
      continue
    }
    if (/['’]s?$/.test(word.text) && !PORTFOLIO.has(word.lower)) {
      const country = countryAt([...texts.slice(begin, at), word.text.replace(/['’]s?$/, '')], 0)
      if (country?.length !== at - begin + 1) return undefined
      if (country.code) codes.add(country.code)
      for (let own = begin; own <= at; own++) skipped.add(own)
      hasCountry = true
      continue
    }
    if (headOf(word)) return { at, skipped, codes, hasCountry }
    const country = countryAt(texts, at)
    if (country) {
      hasCountry = true
      if (country.code) codes.add(country.code)
      for (let own = at; own < at + country.length; own++) skipped.add(own)
      at += country.length - 1
    } else if (/^(and|&)$/.test(word.lower)) {
      const joins = isPortfolio(words[at - 1]) && isPortfolio(words[at + 1])
      const countries = skipped.has(at - 1) && countryAt(texts, at + 1) !== undefined
      if (!joins && !countries) return undefined
      if (countries) skipped.add(at)
    } else if (/^(of|for)$/.test(word.lower)) {
      if (at === begin || !isCapital(words[at - 1])) return undefined
    } else if (/^(the)$/.test(word.lower)) {
      if (!/^(of|for)$/.test(words[at - 1]?.lower ?? '')) return undefined
    } else if (!isPortfolio(word) && !STANDING.has(word.lower)) {
      if (!isCapital(word) || BEGINNING.test(word.text) || ++unknown > 5) return undefined
    }
  }
  return undefined
}

/** The office that the words from `at` name, if they do. */
export function readOffice(reading: Reading, at: number, nested = false): Office | undefined {
  const { words } = reading
  const article = ARTICLE.test(words[at]?.lower ?? '')
  const begin = article ? at + 1 : at
  // The dead are met by nobody.
  if (/^late$/.test(words[begin]?.lower ?? '')) return undefined
  if (article && STYLE.test(words[begin]?.lower ?? '')) {
    // "His Holiness Pope Francis"
    const styled = readOffice(
      reading,
      /^(royal|all|serene|imperial)$/.test(words[begin]?.lower ?? '') ? begin + 2 : begin + 1,
      nested,
    )
    if (styled && isNameable(reading, styled.end)) return styled
  }
  const before = readBefore(reading, begin)
  if (!before) return undefined
  const { skipped, codes } = before
  let { hasCountry } = before
  let { head, plural } = headOf(words[before.at]) ?? { head: '', plural: false }
  let end = before.at + 1
  let titled = end
  let ofCountry = false
  for (;;) {
    const next = words[end]
    const own = headOf(next)
    if (next?.kind !== 'word') break
    if (/^general$/i.test(next.lower) && GENERAL_AFTER.has(head)) titled = ++end
    else if (/^(elect|designate)$/i.test(next.lower)) titled = ++end
    else if (/^(of|for|to)$/.test(next.lower) && !PEERS.has(head) && !ofCountry) {
      const complement = readComplement(reading, end, head)
      if (complement.end === end) break
      if (complement.countryEnd !== undefined) {
        ofCountry = true
        hasCountry = true
        if (complement.country) codes.add(complement.country)
        for (let skip = end; skip < complement.countryEnd; skip++) skipped.add(skip)
      }
      titled = end = complement.end
    } else if (RANKS.has(next.lower) && isCapital(next) && isNameable(reading, end + 1)) {
      if (RANKS.has(head) && before.at + 1 === end && !REIGNING.has(head) && !ADDRESS.has(next.lower)) titled = end + 1
      end++
    } else if (own && isCapital(next) && !REIGNING.has(own.head) && isNameable(reading, end + 1)) {
      head = own.head
      plural = own.plural
      titled = ++end
    } else if (
      own &&
      isCapital(next) &&
      /^(secretary|minister|chairman|president|justice|executive|governor|prosecutor|commissioner|representative|negotiator|adviser|advisor)$/.test(
        own.head,
      )
    ) {
      head = own.head
      plural = own.plural
      titled = ++end
    } else break
  }
  const country = codes.size === 1 ? [...codes][0] : undefined
  const title = titleOf(reading, begin, titled, skipped, plural)
  const office = { title, hasCountry, plural, article, head, begin, end, ...(country && { country }) }
  return nested || article || plural || ofCountry ? office : joinedWith(reading, office)
}

/** "Premier and Prince Sihanouk" is one man with two titles, "Prime Minister and Mrs. Churchill" one with his wife. */
function joinedWith(reading: Reading, office: Office): Office {
  const and = reading.words[office.end]
  if (!/^(and|&)$/.test(and?.lower ?? '')) return office
  const other = readOffice(reading, office.end + 1, true)
  if (!other || other.article || other.plural || !isNameable(reading, other.end)) return office
  if (/^(mrs\.?|madame|queen|princess|empress|lady|duchess|sheikha|begum)$/.test(other.head))
    return { ...office, end: other.end }
  if (office.country && other.country && office.country !== other.country) return office
  const country = office.country ?? other.country
  const title = `${office.title} ${and?.text} ${other.title}`
  return {
    ...office,
    title,
    hasCountry: office.hasCountry || other.hasCountry,
    end: other.end,
    ...(country && { country }),
  }
}

function titleOf(
  { text, words }: Reading,
  begin: number,
  end: number,
  skipped: ReadonlySet<number>,
  plural: boolean,
): string {
  let title = ''
  let last: Word | undefined
  for (let at = begin; at < end; at++) {
    const word = words[at]
    if (!word || skipped.has(at)) continue
    const blank = last !== undefined && /\s/.test(text.slice(last.end, word.start))
    title += `${blank ? ' ' : ''}${word.text}`
    last = word
  }
  title = title.replace(/^[\s,]+/, '')
  if (!plural) return title
  return title.replace(/(ies|s)(?=(\s+(of|for|to)\s.*)?$)/, (ending) => (ending === 'ies' ? 'y' : ''))
}
