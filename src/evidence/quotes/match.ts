import { foldedWords, gapsOf, type Words } from './words.ts'

/** Words of a quotation that a text has in the same order without a gap. */
export interface Run {
  /** Index of the text among those that were compared. */
  readonly text: number
  /** Number of the first word in the quotation, and in the text. */
  readonly at: number
  readonly inText: number
  readonly length: number
}

/** The part of a text that shares most words with a quotation. */
export interface Region {
  readonly text: number
  /** Numbers of the first word, and of that after the last. */
  readonly from: number
  readonly to: number
  /** Number of words of the quotation that it has, in runs. */
  readonly shared: number
}

/** What the texts have of a quotation. */
export interface Matches {
  /** Where texts have all words of it. At most MOST_PLACES. */
  readonly whole: Run[]
  /** For each word of the quotation, the longest run that has it and continues furthest. */
  readonly furthest: (Run | undefined)[]
  /** The best regions of different texts, the best first. At most MOST_REGIONS. */
  nearest: Region[]
}

/** Number of regions of a quotation to compare word by word. */
const MOST_REGIONS = 3

/** Maximum number of places of a quotation to return. */
const MOST_PLACES = 50

/** Maximum number of runs to compare for one quotation and one text. */
const MOST_RUNS = 2_000

/**
 * Number of words that a run must have to be noticed. In a short quotation, an altered word leaves only shorter ones, and a part at an
 * ellipsis can be short.
 */
const seedOf = (needle: Words) =>
  needle.ids.length >= 8 && gapsOf(needle).size === 0 ? 3 : Math.min(2, needle.ids.length)

/** Words beyond the length of a quotation that an altered version of it may have. */
export const slackOf = (length: number): number => Math.max(4, length >> 2)

interface Seed {
  readonly needle: number
  readonly at: number
}

/** Where quotations have words, by the hash of as many words as a seed has. */
class Seeds {
  readonly #byHash = new Map<number, Seed[]>()
  /** Whether there can be a seed with a hash, by its last bits: most words of a text are in no quotation, and a map is slower. */
  readonly #mayHave = new Uint8Array(1 << 16)

  add(hash: number, needle: number, at: number): void {
    const same = this.#byHash.get(hash)
    if (same) same.push({ needle, at })
    else this.#byHash.set(hash, [{ needle, at }])
    this.#mayHave[hash & 0xffff] = 1
  }

  get(hash: number): readonly Seed[] {
    return this.#mayHave[hash & 0xffff] === 0 ? NO_SEEDS : (this.#byHash.get(hash) ?? NO_SEEDS)
  }
}

const NO_SEEDS: readonly Seed[] = []

/** Quotations that are looked for in texts, all at once: a text is read only once. */
export class Needles {
  readonly matches: readonly Matches[]
  readonly #needles: readonly Words[]
  readonly #seeds = new Map<number, Seeds>()

  constructor(needles: readonly Words[]) {
    this.#needles = needles
    this.matches = needles.map(({ ids }) => ({
      whole: [],
      furthest: new Array<Run | undefined>(ids.length),
      nearest: [],
    }))
    for (const [needle, words] of needles.entries()) {
      const { ids } = words
      const size = seedOf(words)
      const seeds = this.#seeds.get(size) ?? new Seeds()
      this.#seeds.set(size, seeds)
      for (let at = 0; at + size <= ids.length; at++) seeds.add(hashOf(ids, at, size), needle, at)
    }
  }

  /** Looks for all quotations in a text. `text` is its index in the results. */
  read(words: Words, text: number): void {
    const runs = new Map<number, Run[]>()
    for (const [size, seeds] of this.#seeds) {
      for (let inText = 0; inText + size <= words.ids.length; inText++) {
        for (const { needle, at } of seeds.get(hashOf(words.ids, inText, size))) {
          const { ids } = this.#needles[needle] as Words
          // It belongs to a run that was found one word before.
          if (at > 0 && inText > 0 && ids[at - 1] === words.ids[inText - 1]) continue
          const length = sharedFrom(ids, at, words.ids, inText)
          if (length < size) continue
          const found = runs.get(needle)
          if (!found) runs.set(needle, [{ text, at, inText, length }])
          else if (found.length < MOST_RUNS) found.push({ text, at, inText, length })
        }
      }
    }
    for (const [needle, found] of runs) this.#add(needle, words, found)
  }

  #add(needle: number, words: Words, runs: readonly Run[]): void {
    const own = this.#needles[needle] as Words
    const matches = this.matches[needle] as Matches
    for (const run of runs) {
      if (run.length === own.ids.length) {
        if (matches.whole.length < MOST_PLACES && isSame(own, words, run.inText)) matches.whole.push(run)
        continue
      }
      for (let at = run.at; at < run.at + run.length; at++) {
        const known = matches.furthest[at]
        if (!known || known.at + known.length < run.at + run.length) matches.furthest[at] = run
      }
    }
    const region = densest(runs, own.ids.length, words.ids.length)
    matches.nearest = [...matches.nearest, region].toSorted((a, b) => b.shared - a.shared).slice(0, MOST_REGIONS)
  }
}

const isSame = (needle: Words, words: Words, inText: number) =>
  foldedWords(needle) === foldedWords(words, inText, inText + needle.ids.length)

function hashOf(ids: Uint32Array, from: number, size: number): number {
  let hash = 0
  for (let i = from; i < from + size; i++) hash = Math.imul(hash ^ (ids[i] as number), 0x9e3779b1) ^ (hash >>> 15)
  return hash ^ (hash >>> 16)
}

function sharedFrom(one: Uint32Array, i: number, other: Uint32Array, j: number): number {
  let length = 0
  while (i + length < one.length && j + length < other.length && one[i + length] === other[j + length]) length++
  return length
}

/** The part of a text, not much longer than the quotation, whose runs have most of its words. */
function densest(runs: readonly Run[], length: number, wordsOfText: number): Region {
  const sorted = runs.toSorted((a, b) => a.inText - b.inText)
  const counts = new Uint16Array(length)
  const longest = length + slackOf(length)
  let [first, shared] = [0, 0]
  let best: Region = { text: 0, from: 0, to: 0, shared: 0 }
  for (const run of sorted) {
    const end = run.inText + run.length
    for (let i = run.at; i < run.at + run.length; i++) {
      if (counts[i] === 0) shared++
      counts[i] = (counts[i] as number) + 1
    }
    for (let left = sorted[first] as Run; left !== run && end - left.inText > longest; left = sorted[first] as Run) {
      for (let i = left.at; i < left.at + left.length; i++) {
        counts[i] = (counts[i] as number) - 1
        if (counts[i] === 0) shared--
      }
      first++
    }
    if (shared <= best.shared) continue
    const { inText, at, text } = sorted[first] as Run
    // As far as the words before and after the runs can reach.
    const from = Math.max(0, inText - at - slackOf(length))
    const to = Math.min(wordsOfText, end + length - run.at - run.length + slackOf(length))
    best = { text, from, to, shared }
  }
  return best
}
