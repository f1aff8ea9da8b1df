import type { ClientBase } from 'pg'
import type { Citation, Participation, Voice } from '../format.ts'
import type { Placed } from '../records.ts'

/** A slug, and the person that it was merged into. */
export interface MergedPerson {
  readonly slug: string
  readonly person: string
}

/**
 * The people who were merged. A file that still uses several slugs for one person can be loaded again: its facts are stored for
 * the merged person, who is not split again.
 */
export class Aliases {
  readonly #personOf: ReadonlyMap<string, string>
  readonly #unmerged: ReadonlyMap<string, string>
  /** The people of the load who are merged, and those whose merge was undone. */
  readonly merged: MergedPerson[] = []
  readonly unmerged: MergedPerson[] = []

  private constructor(personOf: ReadonlyMap<string, string>, unmerged: ReadonlyMap<string, string>) {
    this.#personOf = personOf
    this.#unmerged = unmerged
  }

  static async read(client: ClientBase): Promise<Aliases> {
    const read = async (sql: string) => {
      const { rows } = await client.query<MergedPerson>(sql)
      return new Map(rows.map(({ slug, person }) => [slug, person]))
    }
    return new Aliases(
      await read('SELECT slug, person_slug AS person FROM person_alias'),
      await read('SELECT slug, from_slug AS person FROM person_unmerge'),
    )
  }

  /** The person that a former slug leads to. Undefined for other slugs. */
  readonly personOf = (slug: string): string | undefined => this.#personOf.get(slug)

  /** Replaces former slugs in a record; undefined for the record of a person that was merged into another. */
  apply(placed: Placed): Placed | undefined {
    if (placed.kind === 'people') {
      const { slug } = placed.record
      const [person, former] = [this.#personOf.get(slug), this.#unmerged.get(slug)]
      if (former !== undefined) this.unmerged.push({ slug, person: former })
      if (person === undefined) return placed
      this.merged.push({ slug, person })
      return undefined
    }
    return this.#isNamed(placed.record) ? ({ ...placed, record: this.#renamed(placed.record) } as Placed) : placed
  }

  /** Whether a value names a person by a former slug. */
  #isNamed(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false
    return Object.entries(value).some(([key, part]) =>
      key === 'person' ? this.#personOf.has(part) : this.#isNamed(part),
    )
  }

  /** Replaces former slugs in a value, and removes the duplicates that this causes in lists of people. */
  #renamed(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return once(value.map((element) => this.#renamed(element)))
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        key === 'person' ? (this.#personOf.get(part) ?? part) : this.#renamed(part),
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
      ({ source, start, end, stance = 'SUPPORTS' }) =>
        source === citation.source &&
        start === citation.start &&
        end === citation.end &&
        stance === (citation.stance ?? 'SUPPORTS'),
    )
    if (!isThere) citations.push(citation)
  }
}
