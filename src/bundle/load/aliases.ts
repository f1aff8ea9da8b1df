import type { ClientBase } from 'pg'
import type { Citation, Participation, Voice } from '../format.ts'
import type { Placed } from '../records.ts'

/**
 * The people who were merged. A file that still uses several slugs for one person can be loaded again: its facts are stored for
 * the merged person, who is not split again.
 */
export class Aliases {
  readonly #slugOf: ReadonlyMap<string, string>

  private constructor(slugOf: ReadonlyMap<string, string>) {
    this.#slugOf = slugOf
  }

  static async read(client: ClientBase): Promise<Aliases> {
    const { rows } = await client.query<{ slug: string; person: string }>(
      'SELECT slug, person_slug AS person FROM person_alias',
    )
    return new Aliases(new Map(rows.map(({ slug, person }) => [slug, person])))
  }

  /** Replaces former slugs in a record; undefined for the record of a person that was merged into another. */
  apply(placed: Placed): Placed | undefined {
    if (this.#slugOf.size === 0) return placed
    if (placed.kind === 'people') return this.#slugOf.has(placed.record.slug) ? undefined : placed
    return { ...placed, record: this.#renamed(placed.record) } as Placed
  }

  /** Replaces former slugs in a value, and removes the duplicates that this causes in lists of people. */
  #renamed(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return once(value.map((element) => this.#renamed(element)))
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        key === 'person' ? (this.#slugOf.get(part) ?? part) : this.#renamed(part),
      ]),
    )
  }
}

/** Removes participations and voices of people that the list already has. */
function once(list: unknown[]): unknown[] {
  const first = new Map<unknown, Participation | Voice>()
  return list.filter((element) => {
    if (typeof element !== 'object' || element === null || !('person' in element)) return true
    const one = element as Participation | Voice
    const before = first.get(element.person)
    if (!before) first.set(element.person, one)
    else if ('citations' in before && 'citations' in one) add(before.citations, one.citations)
    return !before
  })
}

/** Adds the citations of passages that are not cited yet. */
function add(citations: Citation[], more: readonly Citation[]): void {
  for (const citation of more) {
    const isThere = citations.some(
      ({ source, start, end }) => source === citation.source && start === citation.start && end === citation.end,
    )
    if (!isThere) citations.push(citation)
  }
}
