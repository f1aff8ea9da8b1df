import { stateOn } from '../countries/states.ts'
import { fold } from '../search/fold.ts'
import { likeness, type NameKey, nameKey } from './names.ts'

/** A person in a database, with what identifies a person besides the name. */
export interface KnownPerson {
  readonly slug: string
  readonly name: string
  readonly names: readonly string[]
  readonly wikidataId: string | null
  /** The countries that the person represented or held an office of. */
  readonly countries: readonly string[]
  /** The first and the last day on which the person is known to have acted, as `YYYY-MM-DD`. Null if no day is known. */
  readonly first: string | null
  readonly last: string | null
  /** The sources that name the person. */
  readonly sources: readonly string[]
}

/** A name in a source, with the country and the days of the fact if they are known. */
export interface Named {
  readonly name: string
  /** The person’s item in Wikidata. */
  readonly wikidataId?: string | undefined
  readonly country?: string | undefined
  readonly days?: { readonly first: string | null; readonly last: string | null } | undefined
  readonly source: string
}

export interface Found {
  /** The person whom the name certainly means. */
  readonly person?: KnownPerson
  /** The evidence for that person. */
  readonly evidence?: string
  /** People with a similar name, if it is not certain that the name means one of them. */
  readonly candidates: readonly KnownPerson[]
}

/** Number of years before and after the known acts of a person in which a fact can be about the same person. */
const NEAR = 10
const FAR = 60
/** Maximum number of candidates to report. */
const MOST_CANDIDATES = 3

/** The letters and digits of a name: spellings that differ in case, accents, apostrophes, spaces and look-alikes are the same. */
export const lettersOf = (name: string): string => fold(name).replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')

/**
 * The people of a database by name. A name means a person for certain only if it is a whole name of this person alone, the country or
 * the time agrees, and neither contradicts. Everybody else with a similar name is a candidate.
 */
export class KnownPeople {
  readonly #byLetters = new Map<string, KnownPerson[]>()
  readonly #byWord = new Map<string, Set<KnownPerson>>()
  readonly #byItem = new Map<string, KnownPerson>()
  readonly #slugs = new Set<string>()
  readonly #keys = new Map<KnownPerson, readonly NameKey[]>()

  constructor(people: Iterable<KnownPerson>) {
    for (const person of people) {
      const names = [...new Set([person.name, ...person.names])]
      this.#slugs.add(person.slug)
      if (person.wikidataId) this.#byItem.set(person.wikidataId, person)
      for (const letters of new Set(names.map(lettersOf))) addTo(this.#byLetters, letters, person)
      const keys = names.map(nameKey)
      this.#keys.set(person, keys)
      for (const word of keys.flatMap(({ words }) => words)) {
        this.#byWord.set(word, (this.#byWord.get(word) ?? new Set()).add(person))
      }
    }
  }

  has(slug: string): boolean {
    return this.#slugs.has(slug)
  }

  find(named: Named): Found {
    const item = named.wikidataId && this.#byItem.get(named.wikidataId)
    if (item) return { person: item, evidence: `the Wikidata item ${named.wikidataId}`, candidates: [] }
    const equal = this.#byLetters.get(lettersOf(named.name)) ?? []
    const own = equal.filter(({ sources }) => sources.includes(named.source))
    const [again] = own
    if (again && own.length === 1 && !differs(again, named)) {
      return { person: again, evidence: `the same name in ${named.source}`, candidates: [] }
    }
    const fitting = equal.filter((person) => !differs(person, named))
    const [person] = fitting
    const evidence = person && fitting.length === 1 ? evidenceFor(person, named) : undefined
    if (person && evidence) return { person, evidence, candidates: [] }
    return { candidates: [...new Set([...equal, ...this.#similar(named)])].slice(0, MOST_CANDIDATES) }
  }

  #similar({ name, country = '' }: Named): KnownPerson[] {
    const key = nameKey(name)
    const sharing = new Set(
      key.words.filter((word) => word.length > 2).flatMap((word) => [...(this.#byWord.get(word) ?? [])]),
    )
    return [...sharing].filter((person) => {
      const isFromElsewhere = country !== '' && person.countries.length > 0 && !isOf(person, country)
      return !isFromElsewhere && this.#keys.get(person)?.some((other) => likeness(key, other, country) !== undefined)
    })
  }
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

/** True if a state is one of a person’s countries, or the state that one of them became. */
const isOf = ({ countries, last }: KnownPerson, code: string) =>
  countries.some((own) => own === code || stateOn(own, '9999') === code || stateOn(code, last ?? '9999') === own)

function differs(person: KnownPerson, { wikidataId, country, days }: Named): boolean {
  if (wikidataId && person.wikidataId) return true
  if (country !== undefined && person.countries.length > 0 && !isOf(person, country)) return true
  return yearsApart(person, days) > FAR
}

/** Why a person with the same name is the same person. Undefined if only the name agrees. */
function evidenceFor(person: KnownPerson, { name, country, days }: Named): string | undefined {
  // A family name alone identifies nobody.
  if (nameKey(name).words.length < 2) return undefined
  if (country !== undefined && isOf(person, country)) return `the same name and country ${country}`
  if (country === undefined && yearsApart(person, days) <= NEAR)
    return `the same name, and acts between ${person.first} and ${person.last}`
  return undefined
}

/** Number of years between the acts of a person and the days of a fact. NaN if either is not known. */
function yearsApart({ first, last }: KnownPerson, days: Named['days']): number {
  const [from, to] = [days?.first, days?.last].map((day) => (day ? Number(day.slice(0, 4)) : undefined))
  if (!first || !last || (from === undefined && to === undefined)) return Number.NaN
  const [begin, end] = [from ?? (to as number), to ?? (from as number)]
  return Math.max(0, Number(first.slice(0, 4)) - end, begin - Number(last.slice(0, 4)))
}
