import type { Mention } from './mentions.ts'
import type { People, Person } from './people.ts'
import type { Span } from './span.ts'

/** The mentions of a text by sentence. */
export class MentionIndex {
  readonly #people: People
  readonly #bySentence = new Map<number, Mention[]>()

  constructor(mentions: readonly Mention[], people: People) {
    this.#people = people
    for (const mention of mentions) {
      const list = this.#bySentence.get(mention.sentence)
      if (list) list.push(mention)
      else this.#bySentence.set(mention.sentence, [mention])
    }
  }

  in(sentence: number): readonly Mention[] {
    return this.#bySentence.get(sentence) ?? []
  }

  person(mention: Mention): Person | undefined {
    return this.#people.byMention.get(mention)
  }

  /** The mentions of people in a range of a sentence, outside quotations. */
  named(sentence: number, { start, end }: Span): Mention[] {
    return this.in(sentence).filter(
      (mention) => !mention.isQuoted && start <= mention.start && mention.end <= end && this.person(mention),
    )
  }

  /**
   * The people whom "the two leaders" or "the three leaders" means: those who are named together most often before. At least one of
   * them must have a title.
   */
  groupBefore(sentence: number, before: number, size: 2 | 3 = 2): readonly Person[] | undefined {
    const counts = new Map<string, { people: Person[]; count: number; last: number }>()
    for (let i = Math.max(0, sentence - FAR); i <= sentence; i++) {
      const people = this.#peopleIn(i, before)
      if (people.length !== size || !people.some(({ titles }) => titles.length > 0)) continue
      const key = people
        .map(({ id }) => id)
        .sort((one, other) => one - other)
        .join()
      const found = counts.get(key) ?? { people, count: 0, last: i }
      counts.set(key, { people: found.people, count: found.count + 1, last: i })
    }
    const [best] = [...counts.values()].sort((one, other) => other.count - one.count || other.last - one.last)
    return best?.people
  }

  #peopleIn(sentence: number, before: number): Person[] {
    const named = this.named(sentence, { start: 0, end: before })
    const people = named.filter(({ isGenitive }) => !isGenitive).map((mention) => this.person(mention) as Person)
    return [...new Set(people)]
  }
}

/** How many sentences back "the two leaders" can refer. */
const FAR = 12
