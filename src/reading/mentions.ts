import { countryOfCapital } from '../countries/capitals.ts'
import { countryAt } from '../countries/in-words.ts'
import { PORTFOLIO, THINGS } from '../people/offices.ts'
import type { Item, Sentence } from './sentences.ts'
import type { Span } from './span.ts'
import { isFirstName } from './words/first-names.ts'
import { HONORIFICS, ORGANIZATION_WORD, TITLE_HEADS, TITLE_MODIFIERS } from './words/titles.ts'

/** Words that name somebody or something, or stand for a name. */
export interface Mention extends Span {
  /**
   * `person`: certainly one. `names`: several capitalized words that may be one. `single`: one word, which may be the name of
   * somebody named before. `title` and `definite` ("the minister") stand for somebody without a name.
   */
  readonly kind: 'person' | 'names' | 'single' | 'organization' | 'country' | 'pronoun' | 'title' | 'definite'
  readonly sentence: number
  /** Indexes of the first and the last item in the sentence. */
  readonly first: number
  readonly last: number
  /** In quotation marks: others than the author say it. */
  readonly isQuoted: boolean
  readonly name?: string
  /** Where the name begins, after a title. */
  readonly nameStart?: number
  readonly title?: string
  /** The main word of the title, with a capital letter. */
  readonly head?: string
  /** Of a country: its code, and whether it is a noun, not "Indian". */
  readonly country?: string
  readonly isNoun?: boolean
  /** Followed by ’s. */
  readonly isGenitive?: boolean
}

const PARTICLE = /^(?:bin|ibn|al|el|van|von|der|de|del|da|dos|di|la|le|ul|ur|abu|ben|Al|El)$/
const CALENDAR =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)$/
const PRONOUN = /^(?:he|she|his|her|him|they|their|them)$/i
const NO_NAME_BEGINNING =
  /^(?:The|A|An|In|On|New|North|South|East|West|Saint|Mount|Lake|Fort|San|Los|Great|Grand|Supreme|White|Super|Second|First|Both|Our|We|It|This|That|These|Those)$/

/** Names of countries that are also names of people. */
const ALSO_NAMES = /^(?:Georgia|Jordan|Chad|Israel|Jersey)$/

/** Short names that the table of names lacks. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  America: 'US',
  USA: 'US',
  UAE: 'AE',
  PRC: 'CN',
  'U.K.': 'GB',
  'U.S.A.': 'US',
  'U.A.E.': 'AE',
}

/** Words after a hyphen that make an adjective. */
const NO_GIVEN_NAME =
  /^(?:based|led|backed|born|run|owned|style|era|wide|held|area|elect|made|bound|trained|funded|day|ally|rule|free|level)$/

/** Most words of a name of a person. */
const LONGEST_NAME = 5

/** Most words of a title between "the" and its main word. */
const LONGEST_TITLE = 6

const isCapital = (item: Item | undefined): boolean =>
  item !== undefined && /^\p{Lu}[\p{L}.'’-]*$/u.test(item.text) && item.tag !== 'PRON'
export const capitalized = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)
const isHead = (item: Item | undefined) => item !== undefined && TITLE_HEADS.has(item.text)
const isModifier = (item: Item | undefined) => item !== undefined && TITLE_MODIFIERS.has(item.text)
/** A word for what an office is about, or of which body it is. */
const isField = (item: Item | undefined) =>
  item !== undefined &&
  (isModifier(item) || PORTFOLIO.has(item.text.toLowerCase()) || ORGANIZATION_WORD.test(item.text))

/** The words that are the last word of a name on its own before a verb, with the last sentence in which they are. */
export function namesBeforeVerbs(sentences: readonly Sentence[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const { items, index } of sentences) {
    items.forEach((item, i) => {
      const next = items[i + 1]
      if (isCapital(item) && !isCapital(items[i - 1]) && (next?.tag === 'VERB' || next?.tag === 'AUX'))
        found.set(item.text, index)
    })
  }
  return found
}

/** The mentions in a sentence, in order. */
export function mentionsIn(
  text: string,
  sentence: Sentence,
  beforeVerbs: ReadonlyMap<string, number>,
  isQuotation = false,
): Mention[] {
  return new MentionReader(text, sentence, beforeVerbs, isQuotation).read()
}

class MentionReader {
  readonly #text: string
  readonly #sentence: Sentence
  readonly #items: readonly Item[]
  readonly #beforeVerbs: ReadonlyMap<string, number>
  readonly #isQuotation: boolean
  readonly #found: Mention[] = []
  /** The items that are part of the name of a country. */
  readonly #inCountry = new Set<number>()

  constructor(text: string, sentence: Sentence, beforeVerbs: ReadonlyMap<string, number>, isQuotation: boolean) {
    this.#text = text
    this.#sentence = sentence
    this.#items = sentence.items
    this.#beforeVerbs = beforeVerbs
    this.#isQuotation = isQuotation
  }

  read(): Mention[] {
    this.#readCountries()
    for (let i = 0; i < this.#items.length; i++) i = this.#readNames(i)
    this.#readStandIns()
    return this.#found.sort((one, other) => one.start - other.start || other.end - one.end)
  }

  #add(kind: Mention['kind'], first: number, last: number, more: Partial<Mention> = {}): void {
    const begin = this.#items[first] as Item
    const end = this.#items[last] as Item
    this.#found.push({
      kind,
      sentence: this.#sentence.index,
      first,
      last,
      start: begin.start,
      end: end.end,
      isQuoted: this.#isQuotation || begin.isQuoted,
      isGenitive: /^(?:['’]s|['’])$/.test(this.#items[last + 1]?.text ?? ''),
      ...more,
    })
  }

  #words(first: number, last: number): string {
    return this.#text.slice((this.#items[first] as Item).start, (this.#items[last] as Item).end)
  }

  #readCountries(): void {
    const words = this.#items.map(({ text }) => text)
    for (let i = 0; i < words.length; i++) {
      const found = this.#countryAt(words, i)
      if (!found) continue
      const { length, country, isNoun } = found
      const isSurname =
        ALSO_NAMES.test(words[i] as string) && isCapital(this.#items[i - 1]) && !isHead(this.#items[i - 1])
      if (isSurname && this.#items[i - 1]?.tag === 'PROPN') continue
      const first = /^the$/i.test(words[i] as string) ? i + 1 : i
      for (let j = first; j < i + length; j++) this.#inCountry.add(j)
      if (country) this.#add('country', first, i + length - 1, { country, isNoun })
      i += length - 1
    }
  }

  #countryAt(words: readonly string[], at: number) {
    const word = words[at] as string
    if (!/^\p{Lu}|^the$/u.test(word)) return undefined
    const short = SHORT_NAMES[word]
    if (short) return { length: 1, country: short, isNoun: true }
    const named = countryAt(words, at)
    if (named) return { length: named.length, country: named.code, isNoun: named.noun }
    for (const length of [2, 1]) {
      const name = words.slice(at, at + length)
      const country = name.length === length ? countryOfCapital(name.join(' ')) : undefined
      if (country && !/^(?:State|Post|Times|Declaration|Accord|Treaty)$/.test(words[at + length] ?? ''))
        return { length, country, isNoun: true }
    }
    return undefined
  }

  /** Reads a run of capitalized words, and returns the index of its last item. */
  #readNames(i: number): number {
    const items = this.#items
    const item = items[i] as Item
    if (!isCapital(item) || this.#isCalendar(i)) return i
    const begins = i === 0 || /^[“"‘'«]$/.test(items[i - 1]?.text ?? '')
    const isTitle = isHead(item) || (isModifier(item) && isCapital(items[i + 1]))
    if (begins && item.tag !== 'PROPN' && !isTitle && !isFirstName(item.text) && !isCapital(items[i + 1])) return i
    const isName = /^(?:PROPN|NOUN|ADJ)$/.test(item.tag) || isModifier(item) || HONORIFICS.has(item.text)
    if (!isName && !isFirstName(item.text) && (item.tag !== 'VERB' || begins)) return i
    const last = this.#endOfRun(i)
    return this.#addRun(i, last)
  }

  #endOfRun(first: number): number {
    const items = this.#items
    let last = first
    for (;;) {
      const [next, second, third] = [items[last + 1], items[last + 2], items[last + 3]]
      if (!next) return last
      const linking = isHead(items[last]) || ORGANIZATION_WORD.test(items[last]?.text ?? '')
      if (isCapital(next) && !this.#isCalendar(last + 1) && next.tag !== 'DET') last++
      else if (next.text === 'of' && linking && isCapital(second)) last += 2
      else if (next.text === 'of' && linking && second?.text === 'the' && isCapital(third)) last += 3
      else if (next.text === 'for' && isHead(items[last]) && isCapital(second)) last += 2
      else if (next.text === 'and' && isField(items[last]) && isField(second) && this.#leadsToHead(last + 3)) last += 2
      else if (this.#isGivenName(last + 1)) last += 2
      else if (PARTICLE.test(next.text) && isCapital(second)) last += 2
      else if (PARTICLE.test(next.text) && second?.text === '-' && isCapital(third)) last += 3
      else if (
        /^[-‑]$/.test(next.text) &&
        isCapital(second) &&
        next.end === second?.start &&
        items[last]?.end === next.start
      )
        last += 2
      else return last
    }
  }

  /** A month or a weekday, but not "Jan de Wit". */
  #isCalendar(at: number): boolean {
    const [item, next] = [this.#items[at], this.#items[at + 1]]
    if (!item || !CALENDAR.test(item.text)) return false
    const isName = /^(?:Jan|April|June|May|Mar)$/.test(item.text) && next?.tag === 'PROPN' && !CALENDAR.test(next.text)
    return !isName && !(item.text === 'Jan' && PARTICLE.test(next?.text ?? ''))
  }

  /** The second half of a given name with a hyphen and a small letter: "Tae-yong", not "Moscow-based". */
  #isGivenName(hyphen: number): boolean {
    const [before, mark, half] = [this.#items[hyphen - 1], this.#items[hyphen], this.#items[hyphen + 1]]
    if (mark?.text !== '-' || before?.end !== mark.start || half?.start !== mark.end) return false
    return /^\p{Ll}{2,6}$/u.test(half.text) && !NO_GIVEN_NAME.test(half.text)
  }

  /** True if capitalized words of a title and its main word follow: "Infrastructure and Public Works Minister". */
  #leadsToHead(at: number): boolean {
    for (let i = at; i < at + 3; i++) {
      if (isHead(this.#items[i])) return true
      if (!isField(this.#items[i])) return false
    }
    return false
  }

  /** Adds the mentions of a run, and returns the index of its last item. */
  #addRun(first: number, last: number): number {
    const items = this.#items
    let head = -1
    for (let i = first; i <= last; i++) if (isHead(items[i]) || HONORIFICS.has(items[i]?.text ?? '')) head = i
    let name = this.#beginOfName(first, last, head)
    const isTitled = head >= 0
    const title = isTitled || name > first ? this.#words(first, Math.max(first, name - 1)) : undefined
    const headWord = isTitled ? { head: (items[head] as Item).text } : {}
    const words = () => items.slice(name, last + 1).map(({ text }) => text)
    const hasOrganization = words().some((word) => ORGANIZATION_WORD.test(word))
    if (
      name <= last &&
      hasOrganization &&
      !(isTitled && name === last && !/^(?:General|Chief)$/.test(items[head]?.text ?? ''))
    ) {
      this.#add('organization', first, last, { name: this.#words(name, last), nameStart: items[name]?.start as number })
      return last
    }
    while (name <= last && this.#inCountry.has(name)) name++
    if (name > last) {
      if (isTitled) this.#add('title', first, last, { title: this.#words(first, last), ...headWord })
      return last
    }
    if (name === last && /^[A-Z]{2,}$/.test((items[name] as Item).text)) {
      if (!isTitled) this.#add('organization', first, last, { name: (items[name] as Item).text })
      return last
    }
    const kind = isTitled ? 'person' : name === last ? 'single' : this.#isPerson(name, last) ? 'person' : 'names'
    const start = (items[name] as Item).start
    // "Joseph R. Biden, Jr."
    const isJunior = items[last + 1]?.text === ',' && /^(?:Jr|Sr|I{2,3})\.?$/.test(items[last + 2]?.text ?? '')
    const end = isJunior ? last + 2 : last
    this.#add(kind, first, end, {
      name: this.#words(name, last),
      nameStart: start,
      ...(title && { title }),
      ...headWord,
    })
    return end
  }

  /** The index of the first word of the name in a run with a title. */
  #beginOfName(first: number, last: number, head: number): number {
    const items = this.#items
    if (head < 0) {
      let at = first
      while (at < last - 1 && (isModifier(items[at]) || /^(?:and|of)$/.test(items[at]?.text ?? ''))) at++
      return at > first && last - at >= 1 && isModifier(items[at - 1]) ? at : first
    }
    let at = head + 1
    if (!/^(?:of|for|to)$/.test(items[at]?.text ?? '')) return at
    // "Secretary of State Marco Rubio", "President of Russia Vladimir Putin"
    at++
    const isLink = (item: Item | undefined) => /^(?:of|the|and|for|[-–])$/.test(item?.text ?? '')
    while (at <= last && (isField(items[at]) || this.#inCountry.has(at) || isLink(items[at]))) at++
    return at
  }

  /** True if several capitalized words without a title are probably the name of a person. */
  #isPerson(first: number, last: number): boolean {
    const items = this.#items
    const words = items.slice(first, last + 1).map(({ text }) => text)
    const [begin = '', second = ''] = words
    if (words.length > LONGEST_NAME || NO_NAME_BEGINNING.test(begin)) return false
    if (/^the$/i.test(items[first - 1]?.text ?? '')) return false
    if (words.some((_, i) => this.#inCountry.has(first + i))) return false
    const isThing = (word: string) => THINGS.has(word.toLowerCase()) || PORTFOLIO.has(word.toLowerCase())
    if (words.some(isThing) && !isFirstName(begin)) return false
    if (/^\p{Lu}\.?$/u.test(begin) || (words.length === 3 && /^\p{Lu}\.$/u.test(second))) return true
    if (isFirstName(begin)) return true
    const next = items[last + 1]
    if (next?.lemma === 'say') return true
    // "spokesman Jens Harder"
    if (this.#isHeadWord(first - 1) && words.length > 1) return true
    // "the Taoiseach, Aoife Brennan"
    if (items[first - 1]?.text === ',' && this.#isHeadWord(first - 2) && words.length === 2) return true
    if (/^(?:counterpart|colleague|host|guest|rival|predecessor|successor)$/.test(items[first - 1]?.text ?? ''))
      return true
    if (/^(?:said|says|told|with|by|met)$/i.test(items[first - 1]?.text ?? '') && words.length === 2) return true
    if (next?.text === ',' && this.#describesPerson(last + 2)) return true
    return [begin, words.at(-1) as string].some((word) => (this.#beforeVerbs.get(word) ?? -1) > this.#sentence.index)
  }

  /** True if an age, or an apposition with a title, begins at an item: "57", "who", "the foreign minister". */
  #describesPerson(at: number): boolean {
    const text = this.#items[at]?.text ?? ''
    if (/^\d{2}$/.test(text) || /^whose?$/.test(text) || TITLE_HEADS.has(text)) return true
    if (!/^(?:an?|the|his|her|[a-z]+)$/.test(text)) return false
    return this.#items
      .slice(at, at + 8)
      .some((item) => TITLE_HEADS.has(capitalized(item.text)) && /^\p{Ll}/u.test(item.text))
  }

  /** Pronouns, and "the minister". */
  #readStandIns(): void {
    const items = this.#items
    items.forEach((item, i) => {
      if (PRONOUN.test(item.text)) this.#add('pronoun', i, i)
      if (!/^the$/i.test(item.text)) return
      let head = i + 1
      while (head < i + LONGEST_TITLE && !this.#isHeadWord(head) && /^(?:ADJ|NOUN|PROPN)$/.test(items[head]?.tag ?? ''))
        head++
      while (this.#isHeadWord(head + 1)) head++
      const next = items[head + 1]
      if (!this.#isHeadWord(head) || isCapital(next) || next?.text === 'of') return
      const word = capitalized(items[head]?.text ?? '')
      this.#add('definite', i, head, { title: this.#words(i + 1, head), head: word })
    })
  }

  #isHeadWord(at: number): boolean {
    return TITLE_HEADS.has(capitalized(this.#items[at]?.text ?? ''))
  }
}
