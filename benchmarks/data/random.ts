/** Numbers that look random and are the same on every machine: mulberry32. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** From 0 up to 1, exclusive. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number; both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T
  }

  /** So many different entries of a list, or all of them. */
  some<T>(list: readonly T[], count: number): T[] {
    return distinct(Math.min(count, list.length), () => this.pick(list))
  }
}

/** Entries that are drawn as often as their weights say. */
export class Lottery<T> {
  readonly #entries: readonly T[]
  readonly #upTo: Float64Array

  constructor(entries: readonly T[], weight: (entry: T, index: number) => number) {
    let sum = 0
    this.#entries = entries
    this.#upTo = Float64Array.from(entries, (entry, i) => {
      sum += weight(entry, i)
      return sum
    })
  }

  draw(random: Random): T {
    const drawn = random.next() * (this.#upTo.at(-1) as number)
    let [low, high] = [0, this.#upTo.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#upTo[middle] as number) > drawn) high = middle
      else low = middle + 1
    }
    return this.#entries[low] as T
  }

  /** Some different entries: so many, or fewer where the same ones are drawn again and again. */
  some(random: Random, count: number): T[] {
    return distinct(Math.min(count, this.#entries.length), () => this.draw(random))
  }
}

/** A weight that falls with the rank, as those of words and of people do; the first `flat` ranks are nearly alike. */
export const zipf =
  (flat: number, exponent = 1) =>
  (_: unknown, rank: number) =>
    1 / (rank + flat) ** exponent

function distinct<T>(count: number, draw: () => T): T[] {
  const drawn = new Set<T>()
  for (let tries = 0; drawn.size < count && tries < 20 * count; tries++) drawn.add(draw())
  return [...drawn]
}
