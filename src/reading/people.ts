import { likeness, type NameKey, nameKey } from '../people/names.ts'
import { capitalized, type Mention } from './mentions.ts'
import type { Sentence } from './sentences.ts'
import type { Span } from './span.ts'
import { genderOf } from './words/first-names.ts'
import { HONORIFICS, TITLE_HEADS } from './words/titles.ts'

/** A title that the text gives to a person, at the place of a mention or after it. */
export interface Title extends Span {
  readonly title: string
  readonly mention: Mention
}

/** A person of the text: the chain of all mentions that mean this person. */
export interface Person {
  readonly id: number
  /** The fullest name. */
  readonly name: string
  /** All names in the text. */
  readonly names: ReadonlySet<string>
  readonly titles: readonly Title[]
  readonly mentions: readonly Mention[]
  readonly gender: 'female' | 'male' | undefined
}

/** The people of a text, with the mentions that name them. */
export interface People {
  readonly people: readonly Person[]
  readonly byMention: ReadonlyMap<Mention, Person>
}

interface Draft {
  id: number
  name: string
  names: Set<string>
  keys: NameKey[]
  titles: Title[]
  mentions: Mention[]
  gender: 'female' | 'male' | undefined
}

/** Most people who share a word of their names that are compared. */
const MOST_COMPARED = 50

/** Groups the mentions of a text by person. `speaking` are mentions that somebody speaks under: they name people too. */
export function peopleOf(
  text: string,
  mentions: readonly Mention[],
  sentences: readonly Sentence[],
  speaking: ReadonlySet<Mention>,
): People {
  const chains = new Chains()
  // A full name introduces somebody, wherever it is; a single word only joins.
  const isNaming = (mention: Mention) =>
    !mention.isQuoted && (mention.kind === 'person' || (mention.kind === 'names' && speaking.has(mention)))
  for (const mention of mentions.filter(isNaming)) chains.join(mention) ?? chains.introduce(mention)
  const rest = mentions.filter(
    (mention) =>
      !isNaming(mention) && (mention.kind === 'person' || mention.kind === 'names' || mention.kind === 'single'),
  )
  for (const mention of rest) chains.join(mention)
  for (const person of chains.people) {
    person.mentions.sort((one, other) => one.start - other.start)
    for (const mention of person.mentions) {
      if (mention.isQuoted) continue
      const title = titleAfter(text, mention, sentences[mention.sentence] as Sentence)
      if (title) person.titles.push(title)
    }
  }
  return { people: chains.people, byMention: chains.byMention }
}

class Chains {
  readonly people: Draft[] = []
  readonly byMention = new Map<Mention, Draft>()
  readonly #byName = new Map<string, Draft>()
  readonly #byWord = new Map<string, Set<Draft>>()

  introduce(mention: Mention): void {
    const person: Draft = {
      id: this.people.length,
      name: '',
      names: new Set(),
      keys: [],
      titles: [],
      mentions: [],
      gender: undefined,
    }
    this.people.push(person)
    this.#add(person, mention)
  }

  /** Adds a mention to the person whom it names. Undefined if it names nobody, or may name several people. */
  join(mention: Mention): Draft | undefined {
    const person = this.#personOf(mention)
    if (person) this.#add(person, mention)
    return person
  }

  #personOf(mention: Mention): Draft | undefined {
    const name = mention.name as string
    const key = nameKey(name)
    const same = this.#byName.get(name)
    if (same && key.words.length > 1) return same
    const sharing = new Set(key.words.flatMap((word) => [...(this.#byWord.get(word) ?? [])].slice(0, MOST_COMPARED)))
    const gender = genderOfMention(mention)
    const alike = [...sharing].filter((person) => {
      if (gender && person.gender && gender !== person.gender) return false
      return person.keys.some((other) => isSameName(key, other))
    })
    if (alike.length < 2) return alike[0]
    const titled = alike.filter(({ titles }) => titles.some(({ mention: { head } }) => head === mention.head))
    return mention.head && titled.length === 1 ? titled[0] : undefined
  }

  #add(person: Draft, mention: Mention): void {
    const name = mention.name as string
    this.byMention.set(mention, person)
    person.mentions.push(mention)
    if (!person.names.has(name)) {
      person.names.add(name)
      const key = nameKey(name)
      person.keys.push(key)
      for (const word of key.words) this.#byWord.set(word, (this.#byWord.get(word) ?? new Set()).add(person))
      this.#byName.set(name, person)
    }
    const hasMoreWords = nameKey(name).words.length > nameKey(person.name).words.length
    if (person.name === '' || (hasMoreWords && !mention.isQuoted)) person.name = name
    if (mention.title && !mention.isQuoted) {
      person.titles.push({ title: mention.title, mention, start: mention.start, end: mention.end })
    }
    person.gender ??= genderOfMention(mention)
  }
}

/** True if one name is a part of the other, or both have the same family name and given names that begin alike (Joe, Joseph). */
function isSameName(one: NameKey, other: NameKey): boolean {
  const like = likeness(one, other, '')
  if (like === 'equal' || like === 'part') return true
  if (one.words.length < 2 || other.words.length < 2 || one.words.at(-1) !== other.words.at(-1)) return false
  return one.words[0]?.slice(0, 2) === other.words[0]?.slice(0, 2)
}

function genderOfMention({ title, name = '' }: Mention): 'female' | 'male' | undefined {
  for (const word of title?.split(' ') ?? []) {
    const gender = HONORIFICS.get(word)
    if (gender) return gender
  }
  const words = name.split(' ')
  return words.length > 1 ? genderOf(words[0] as string) : undefined
}

/** Most items of an apposition after a name. */
const LONGEST_APPOSITION = 12

/** "Name, the foreign minister of X,": the office after the name. */
function titleAfter(text: string, mention: Mention, { items }: Sentence): Title | undefined {
  if (items[mention.last + 1]?.text !== ',') return undefined
  const begin = mention.last + 2
  let end = begin
  let hasHead = false
  while (end < items.length && end < begin + LONGEST_APPOSITION) {
    const item = items[end]
    if (!item || /^[,.;)]$/.test(item.text)) break
    if (item.tag === 'VERB' || item.tag === 'AUX' || item.isQuoted || item.tag === 'CCONJ') return undefined
    if (TITLE_HEADS.has(capitalized(item.text))) hasHead = true
    end++
  }
  const [first, last] = [/^(?:the|an?)$/i.test(items[begin]?.text ?? '') ? begin + 1 : begin, end - 1]
  const closes = /^[,.;)]$/.test(items[end]?.text ?? '')
  const [from, to] = [items[first], items[last]]
  if (!hasHead || !closes || !from || !to || first > last) return undefined
  // Another name in between belongs to somebody else: "A, B and Foreign Minister C,".
  if (
    /\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+$/u.test(text.slice(from.start, to.end)) &&
    !/\bof\b/.test(text.slice(from.start, to.end))
  )
    return undefined
  return { title: text.slice(from.start, to.end), mention, start: mention.start, end: to.end }
}
