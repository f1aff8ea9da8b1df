import { type Found, KnownPeople, lettersOf, type Named } from '../../people/known.ts'
import { likeness, nameKey } from '../../people/names.ts'
import type { Decision } from '../importer.ts'
import type { Known } from './known.ts'
import type { NameMap } from './name-map.ts'
import { freeSlug, slugOf } from './names.ts'
import { clean } from './text.ts'

/** A person whom the rows name. */
interface SheetPerson {
  readonly slug: string
  readonly name: string
  readonly names: string[]
  readonly isKnown: boolean
  readonly wikidataId: string | undefined
  country: string | undefined
}

type Mention = Omit<Named, 'source'>

/**
 * The people that the rows name. A name that the mapping lists refers to the person with its slug. Another one refers to a person of
 * the database if name, country and time leave no doubt; otherwise it makes a new person, and people with similar names are reported.
 * Within the sheet, spellings of the same letters are one person, unless they represent different countries.
 */
export class SheetPeople {
  readonly #listed: NameMap<string>
  readonly #known: KnownPeople
  readonly #source: string
  readonly #byLetters = new Map<string, SheetPerson[]>()
  readonly #byItem = new Map<string, SheetPerson>()
  readonly #taken = new Set<string>()
  readonly decisions: Decision[] = []

  constructor(listed: NameMap<string>, { people }: Known, source: string) {
    this.#listed = listed
    this.#known = new KnownPeople(people)
    this.#source = source
    for (const [, slug] of listed.entries) this.#taken.add(slug)
  }

  /** The slug of a person. Empty if the name has neither a letter nor a digit. */
  slugOf(mention: Mention): string {
    const listed = this.#listed.get(mention.name)
    if (listed !== undefined || lettersOf(mention.name) === '') return listed ?? ''
    return this.#same(mention)?.slug ?? this.#new(mention, this.#find(mention)).slug
  }

  /** Adds a name from a row that became a fact. */
  add(mention: Mention): void {
    if (this.#listed.has(mention.name)) return
    const name = clean(mention.name)
    const same = this.#same(mention)
    if (same) {
      same.country ??= mention.country
      if (same.name === name || same.names.includes(name)) return
      same.names.push(name)
      this.#decide(
        same.isKnown ? same.slug : same.name,
        name,
        true,
        same.wikidataId ? 'same-item' : 'same-letters',
        same.wikidataId ? `the Wikidata item ${same.wikidataId}` : 'the same name but for accents, signs or spaces',
      )
      return
    }
    const found = this.#find(mention)
    const person = this.#new(mention, found)
    this.#tell(person, found)
    this.#byLetters.set(lettersOf(name), [...(this.#byLetters.get(lettersOf(name)) ?? []), person])
    if (person.wikidataId) this.#byItem.set(person.wikidataId, person)
    this.#taken.add(person.slug)
  }

  /** The records for the bundle, in the order of the rows: people who are not in the database. */
  get records() {
    return [...this.#byLetters.values()]
      .flat()
      .flatMap(({ slug, name, names, wikidataId, isKnown }) =>
        isKnown ? [] : [{ slug, name, names, ...(wikidataId && { wikidataId }) }],
      )
  }

  /** Reports people of the sheet with similar names, which stay apart. */
  tellSimilar(): void {
    const people = [...this.#byLetters.values()].flat().map((person) => ({ person, key: nameKey(person.name) }))
    const byWord = new Map<string, typeof people>()
    for (const one of people) {
      const word = one.key.words.at(-1) ?? ''
      byWord.set(word, [...(byWord.get(word) ?? []), one])
    }
    for (const sharing of byWord.values()) {
      for (const [i, one] of sharing.entries()) {
        for (const other of sharing.slice(i + 1, i + MOST_COMPARED)) {
          const { country = '' } = one.person
          const areTwo = one.person.wikidataId !== undefined && other.person.wikidataId !== undefined
          if (areTwo || country !== (other.person.country ?? '') || !likeness(one.key, other.key, country)) continue
          this.#decide(
            one.person.name,
            other.person.name,
            false,
            'similar-name',
            `both ${country || 'without a country'}; if they are one person, list both names in "people"`,
          )
        }
      }
    }
  }

  #find(mention: Mention): Found {
    return this.#known.find({ ...mention, source: this.#source })
  }

  /** The person of the sheet with this item, or else with these letters and no other country. */
  #same({ name, country, wikidataId }: Mention): SheetPerson | undefined {
    const item = wikidataId && this.#byItem.get(wikidataId)
    if (item) return item
    const people = (this.#byLetters.get(lettersOf(name)) ?? []).filter((person) => person.wikidataId === wikidataId)
    return people.find((person) => person.country === country) ?? people.find((person) => !person.country || !country)
  }

  #new({ name, country, wikidataId }: Mention, { person }: Found): SheetPerson {
    if (person) return { slug: person.slug, name: clean(name), names: [], isKnown: true, country, wikidataId }
    const isTaken = (slug: string) => this.#taken.has(slug) || this.#known.has(slug)
    const slug = freeSlug(isTaken, slugOf(name), country?.toLowerCase(), wikidataId?.toLowerCase(), this.#source)
    return { slug, name: clean(name), names: [], isKnown: false, country, wikidataId }
  }

  #tell({ slug, name }: SheetPerson, { person, evidence = '', candidates }: Found): void {
    if (person) this.#decide(person.slug, name, true, 'known', evidence)
    for (const candidate of candidates) {
      const about = [
        candidate.countries.join(', '),
        candidate.first && `${candidate.first} to ${candidate.last}`,
      ].filter(Boolean)
      const hint = `if it is the same person, add ${JSON.stringify(name)}: ${JSON.stringify(candidate.slug)} to "people"`
      this.#decide(candidate.slug, `${name} (new, ${slug})`, false, 'candidate', [...about, hint].join('; '))
    }
  }

  #decide(one: string, other: string, same: boolean, rule: string, evidence: string): void {
    this.decisions.push({ one, other, same, rule, evidence })
  }
}

/** Maximum number of people with one family name that each person is compared with. */
const MOST_COMPARED = 50
