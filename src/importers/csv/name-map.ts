import { fold } from '../../search/fold.ts'

/** The sheet’s names for records, with their slugs or codes. Names that differ only in look-alikes or accents are the same. */
export class NameMap<V> {
  readonly #byFolded = new Map<string, V>()
  /** The names as the mapping has them. */
  readonly entries: readonly (readonly [name: string, value: V])[]

  constructor(entries: readonly (readonly [name: string, value: V])[] = []) {
    this.entries = entries
    for (const [name, value] of entries) this.#byFolded.set(fold(name), value)
  }

  get(name: string): V | undefined {
    return this.#byFolded.get(fold(name))
  }

  has(name: string): boolean {
    return this.#byFolded.has(fold(name))
  }

  /** A name that another entry has too, with another value. */
  get contradiction(): string | undefined {
    return this.entries.find(([name, value]) => this.get(name) !== value)?.[0]
  }
}
