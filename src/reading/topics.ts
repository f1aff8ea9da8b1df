import { fold } from '../search/fold.ts'

/** A topic that a text can be about. */
export interface Topic {
  readonly slug: string
  readonly name: string
  readonly names: readonly string[]
}

/** Topics that most relations have, with the words for them. The topics of the database come first. */
const COMMON = `
  trade: tariffs; exports; imports; customs duties
  trade-agreements, Trade agreements: trade agreement; trade deal; free trade agreement
  investment: investments; investors
  defence: defense; military cooperation; arms sales
  security: counterterrorism; terrorism
  energy: oil; natural gas; electricity; renewables; pipeline
  climate, Climate change: climate crisis; emissions; clean energy
  migration: migrants; refugees; asylum; visas
  water: river; dam; irrigation
  fisheries: fishing
  health: vaccines; pandemic; hospitals
  education: students; scholarships; universities
  technology: semiconductors; artificial intelligence; cyber; cybersecurity
  critical-minerals, Critical minerals: rare earths; lithium
  nuclear-cooperation, Nuclear cooperation: nuclear energy; civil nuclear
  arms-control, Arms control: disarmament; non-proliferation
  human-rights, Human rights: civil liberties
  humanitarian-aid, Humanitarian aid: humanitarian assistance; humanitarian relief
  peace-talks, Peace talks: ceasefire; truce; peace process
  border, Borders: border; boundary
  sanctions: sanctions relief
  culture: cultural exchanges; museums; heritage
  agriculture: grain; farmers; food security; wheat
  transport: railway; aviation; flights; ports; shipping
  space: satellites; space exploration
  tourism: tourists
`

const commonTopics: readonly Topic[] = COMMON.trim()
  .split('\n')
  .map((line) => {
    const [head = '', words = ''] = line.trim().split(': ')
    const [slug = '', name = capitalized(slug)] = head.split(', ')
    return { slug, name, names: words.split('; ') }
  })

function capitalized(slug: string): string {
  return slug.slice(0, 1).toUpperCase() + slug.slice(1)
}

/** The topics of which a text has a name, whole words only. A topic of the database wins over a common one with the same words. */
export class TopicFinder {
  readonly #byFirstWord = new Map<string, { words: string; topic: Topic }[]>()

  constructor(known: readonly Topic[]) {
    const slugs = new Set(known.map(({ slug }) => slug))
    for (const topic of [...known, ...commonTopics.filter(({ slug }) => !slugs.has(slug))]) {
      for (const name of new Set([topic.name, ...topic.names].map(words))) {
        const [first = ''] = name.split(' ')
        const list = this.#byFirstWord.get(first)
        if (list?.some((other) => other.words === name)) continue
        if (list) list.push({ words: name, topic })
        else this.#byFirstWord.set(first, [{ words: name, topic }])
      }
    }
    for (const list of this.#byFirstWord.values()) list.sort((one, other) => other.words.length - one.words.length)
  }

  in(text: string): Topic[] {
    const all = words(text).split(' ')
    const found = new Set<Topic>()
    for (let i = 0; i < all.length; i++) {
      const rest = `${all.slice(i, i + MOST_WORDS).join(' ')} `
      const named = this.#byFirstWord.get(all[i] as string)?.find((name) => rest.startsWith(`${name.words} `))
      if (!named) continue
      found.add(named.topic)
      i += named.words.split(' ').length - 1
    }
    return [...found]
  }
}

/** Most words of the name of a topic. */
const MOST_WORDS = 8

const words = (text: string) =>
  fold(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
