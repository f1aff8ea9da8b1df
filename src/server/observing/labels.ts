/** Maximum number of names that are known in advance. */
const MOST_KNOWN = 200

const UNNAMED = 'unnamed'
const OTHER = 'other'

/** The values of a label. Each one costs memory here and in Prometheus, so clients can add only a few. */
export class Labels {
  readonly #values: Set<string>
  readonly #most: number

  /** `known` are values that come first. After them, the first `mostOthers` values are added. */
  constructor(known: Iterable<string>, mostOthers: number) {
    this.#values = new Set([...known].slice(0, MOST_KNOWN))
    this.#most = this.#values.size + mostOthers
  }

  /** The value itself, or `other` if there are too many. */
  of(value: string | undefined): string {
    if (value === undefined) return UNNAMED
    if (this.#values.has(value)) return value
    if (this.#values.size >= this.#most || value.length > 100) return OTHER
    this.#values.add(value)
    return value
  }
}
