import { countryAt } from '../../../countries/in-words.ts'
import { ADDRESS, GENERAL_AFTER, PEERS, PORTFOLIO, RANKS, REIGNING, STANDING } from '../../../people/offices.ts'
import { readComplement } from './complement.ts'
import { headOf, isCapital, isNameable, isPortfolio, type Reading } from './reading.ts'
import { BEGINNING, type Word } from './words.ts'

/** An office in a text, without the name of its holder. */
export interface Office {
  /** As written, without article and country, in the singular. */
  readonly title: string
  readonly country?: string
  /** True if it contains words for a country, even if it is not clear which one. */
  readonly hasCountry: boolean
  readonly plural: boolean
  /** True if an article precedes it: after "the President" usually no name follows. */
  readonly article: boolean
  /** Its last noun, in lower case and singular. */
  readonly head: string
  /** Indices of its first word without the article, and of the word after it. */
  readonly begin: number
  readonly end: number
}

const ARTICLE = /^(the|a|an|his|her|their|its|both)$/

/** Words after "his" and "her" in honorific titles. */
const STYLE = /^(royal|all|serene|imperial|holiness|majesty|excellency|highness|grace|eminence|beatitude)$/

/** Maximum number of words in an office. */
const LONGEST = 14

/** The words before the noun of an office: their end and their meaning. */
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

/** The office that the words from `at` name. Undefined if they name none. */
export function readOffice(reading: Reading, at: number, nested = false): Office | undefined {
  const { words } = reading
  const article = ARTICLE.test(words[at]?.lower ?? '')
  const begin = article ? at + 1 : at
  // Nobody meets the dead.
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
    else if (/^(of|for|to|without)$/.test(next.lower) && !PEERS.has(head) && !ofCountry) {
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
    } else {
      // "Chief Palestinian Negotiator"
      const demonym = countryAt(reading.texts, end)
      const noun = demonym && headOf(words[end + demonym.length])
      if (!demonym || !noun || !isNameable(reading, end + demonym.length + 1)) break
      if (demonym.code) codes.add(demonym.code)
      hasCountry = true
      for (let skip = end; skip < end + demonym.length; skip++) skipped.add(skip)
      head = noun.head
      titled = end += demonym.length + 1
    }
  }
  const country = codes.size === 1 ? [...codes][0] : undefined
  const title = titleOf(reading, begin, titled, skipped, plural)
  const office = { title, hasCountry, plural, article, head, begin, end, ...(country && { country }) }
  return nested || article || plural || ofCountry ? office : joinedWith(reading, office)
}

/** "Premier and Prince Sihanouk" is one person with two titles; "Prime Minister and Mrs. Churchill" are two people. */
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
