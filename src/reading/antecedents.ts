import type { Mention } from './mentions.ts'
import type { People, Person } from './people.ts'

/** How many sentences back a pronoun can refer. */
const FAR = 4

/** Finds whom a pronoun, or "the minister", stands for. */
export class Antecedents {
  readonly #people: People
  /** The mentions of people outside quotations, by sentence, in order. */
  readonly #bySentence = new Map<number, Mention[]>()
  /** The first mention of each sentence that is no country. */
  readonly #firsts = new Map<number, Mention>()
  /** The first speaker of each sentence that has one. */
  readonly #speakers = new Map<number, Person>()

  constructor(people: People, mentions: readonly Mention[]) {
    this.#people = people
    for (const mention of mentions) {
      if (!mention.isQuoted && mention.kind !== 'country' && !this.#firsts.has(mention.sentence))
        this.#firsts.set(mention.sentence, mention)
      if (mention.isQuoted || !people.byMention.has(mention)) continue
      const list = this.#bySentence.get(mention.sentence)
      if (list) list.push(mention)
      else this.#bySentence.set(mention.sentence, [mention])
    }
  }

  /** Records who speaks in a sentence: the likeliest subject of the next one. */
  speaks(sentence: number, person: Person): void {
    if (!this.#speakers.has(sentence)) this.#speakers.set(sentence, person)
  }

  of(mention: Mention, text: string): Person | undefined {
    return mention.kind === 'pronoun' ? this.#ofPronoun(mention, text) : this.#ofTitle(mention)
  }

  #named(mention: Mention): Person | undefined {
    return this.#people.byMention.get(mention)
  }

  #ofPronoun({ sentence, start, end }: Mention, text: string): Person | undefined {
    const pronoun = text.slice(start, end).toLowerCase()
    if (/^the/.test(pronoun)) return undefined
    const other = /^(?:she|her)$/.test(pronoun) ? 'male' : 'female'
    const fits = (person: Person | undefined): person is Person => person !== undefined && person.gender !== other
    const before = (this.#bySentence.get(sentence) ?? []).filter((mention) => mention.start < start)
    const same = before.map((mention) => this.#named(mention)).find(fits)
    if (same) return same
    for (let i = sentence - 1; i >= Math.max(0, sentence - FAR); i--) {
      const speaker = this.#speakers.get(i)
      if (fits(speaker)) return speaker
      // "She will meet X. He said": X is not the subject there.
      if (this.#pronounBefore(i, start, text, other)) continue
      const named = (this.#bySentence.get(i) ?? []).filter((mention) => !mention.isGenitive)
      const subject = named.map((mention) => this.#named(mention)).find(fits)
      if (subject) return subject
    }
    return undefined
  }

  /** True if the first mention of a sentence is a pronoun of the other gender: its subject is somebody else. */
  #pronounBefore(sentence: number, before: number, text: string, other: 'female' | 'male'): boolean {
    const first = this.#firsts.get(sentence)
    if (first?.kind !== 'pronoun' || first.start >= before) return false
    return text.slice(first.start, first.end).toLowerCase() === (other === 'female' ? 'she' : 'he')
  }

  /** Who of the people before has the title. Undefined if several do, and the words do not say which. */
  #ofTitle({ start, sentence, title = '', head = '' }: Mention): Person | undefined {
    const words = title.toLowerCase().split(/\s+/)
    const has = (person: Person, word: string) =>
      person.titles.some((title) => title.start < start && title.title.toLowerCase().includes(word))
    const holders = this.#people.people.filter((person) => has(person, head.toLowerCase()))
    const exact = holders.filter((person) => words.every((word) => has(person, word)))
    const candidates = exact.length > 0 ? exact : holders
    if (candidates.length < 2) return candidates[0]
    for (let i = sentence; i >= Math.max(0, sentence - 1); i--) {
      const near = new Set(
        (this.#bySentence.get(i) ?? [])
          .filter((mention) => mention.start < start)
          .map((mention) => this.#named(mention)),
      )
      const here = candidates.filter((person) => near.has(person))
      if (here.length > 0) return here.length === 1 ? here[0] : undefined
    }
    return undefined
  }
}
