import type { RecordedCountry } from '../../countries/names.ts'
import type { KnownPerson } from '../../people/known.ts'

/** A topic or an organization in the database. */
export interface KnownRecord {
  readonly slug: string
  readonly name: string
  readonly names: readonly string[]
}

/** The records of the database that the rows of a sheet may mean. */
export interface Known {
  readonly countries: readonly RecordedCountry[]
  readonly people: readonly KnownPerson[]
  readonly organizations: readonly KnownRecord[]
  readonly topics: readonly KnownRecord[]
  /** The slugs of people that were merged into others. They still lead to them. */
  readonly formerPeople: ReadonlySet<string>
  /** The slugs of the facts that rows can refer to. Undefined if they are not checked. */
  readonly meetings?: ReadonlySet<string>
  readonly visits?: ReadonlySet<string>
}

/** No database: what a mapping refers to is not checked. */
export const NOTHING_KNOWN: Known = {
  countries: [],
  people: [],
  organizations: [],
  topics: [],
  formerPeople: new Set(),
}
