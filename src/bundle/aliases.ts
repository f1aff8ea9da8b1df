import type { ClientBase } from 'pg'
import type { BundleRecord, Citation, Participation, Voice } from './format.ts'
import type { Placed } from './records.ts'

interface Merged {
  readonly alias: string
  readonly slug: string
  readonly name: string
  readonly names: readonly string[]
  readonly item: string | null
}

/**
 * People that were found to be the same. Files that still know them by several slugs say of the one what they say of each:
 * loading such a file again does not part them.
 */
export class Aliases {
  readonly #slugOf: ReadonlyMap<string, string>
  readonly #kept: ReadonlyMap<string, Merged>

  private constructor(merged: readonly Merged[]) {
    this.#slugOf = new Map(merged.map(({ alias, slug }) => [alias, slug]))
    this.#kept = new Map(merged.map((person) => [person.slug, person]))
  }

  static async read(client: ClientBase): Promise<Aliases> {
    const { rows } = await client.query<Merged>(`
      SELECT person_alias.slug AS alias, person.slug, name, names, wikidata_id AS item
      FROM person_alias JOIN person ON person.slug = person_slug`)
    return new Aliases(rows)
  }

  /** A record as the merged people have it; undefined for the record of one that is no more. */
  apply(placed: Placed): Placed | undefined {
    if (this.#slugOf.size === 0) return placed
    if (placed.kind !== 'people') return { ...placed, record: this.#renamed(placed.record) } as Placed
    return this.#slugOf.has(placed.record.slug) ? undefined : { ...placed, record: this.#person(placed.record) }
  }

  /** Whoever is one with others keeps their names. */
  #person(person: BundleRecord<'people'>): BundleRecord<'people'> {
    const held = this.#kept.get(person.slug)
    if (!held) return person
    const wikidataId = person.wikidataId ?? held.item ?? undefined
    return { ...person, names: [...person.names, held.name, ...held.names], ...(wikidataId ? { wikidataId } : {}) }
  }

  /** A fact, or a part of one, that names nobody by an old slug, and nobody twice in a place where each is named once. */
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

/** Participations and voices, each person's once. */
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

/** Adds the citations of words that are not cited yet. */
function add(citations: Citation[], more: readonly Citation[]): void {
  for (const citation of more) {
    const isThere = citations.some(
      ({ source, start, end }) => source === citation.source && start === citation.start && end === citation.end,
    )
    if (!isThere) citations.push(citation)
  }
}
