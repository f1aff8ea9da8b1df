import type { BundleInput } from '../../bundle/format.ts'
import { countryAt } from '../../countries/in-words.ts'
import { internationalOrganizations } from '../../countries/organizations.ts'
import { COUNTRIES } from '../../countries/table.ts'
import type { Known } from '../../importers/csv/known.ts'
import { slugOf } from '../../importers/csv/names.ts'
import { KnownPeople, lettersOf } from '../../people/known.ts'
import type { Person } from '../people.ts'
import type { Topic } from '../topics.ts'

type Records<K extends keyof BundleInput> = NonNullable<BundleInput[K]>
type Element<T> = T extends readonly (infer E)[] ? E : never
type Organization = Element<Records<'organizations'>>

/** Finds the records that names of a text mean, and makes new ones for the others. */
export class DraftNames {
  readonly countries: Element<Records<'countries'>>[] = []
  readonly people: Element<Records<'people'>>[] = []
  readonly organizations: Organization[] = []
  readonly topics: Element<Records<'topics'>>[] = []
  /** What is not certain about people, in plain words. */
  readonly doubts: string[] = []
  readonly #known: Known
  readonly #knownPeople: KnownPeople
  readonly #source: string
  readonly #day: string | undefined
  readonly #slugs = new Map<string, string>()
  readonly #taken: Map<string, number>
  readonly #organizationSlugs: Map<string, string>

  constructor(known: Known, source: string, day: string | undefined) {
    this.#known = known
    this.#knownPeople = new KnownPeople(known.people)
    this.#source = source
    this.#day = day
    this.#taken = new Map([...known.people.map(({ slug }) => slug), ...known.formerPeople].map((slug) => [slug, 1]))
    const named = [...internationalOrganizations, ...known.organizations]
    this.#organizationSlugs = new Map(
      named.flatMap(({ slug, name, names }) => [name, ...names].map((each) => [lettersOf(each), slug])),
    )
  }

  /** The slug of a person of the text, who may have an office of a country. */
  person({ id, name, names }: Person, country: string | undefined): string {
    const key = `person ${id}`
    const given = this.#slugs.get(key)
    if (given !== undefined) return given
    const days = { first: this.#day ?? null, last: this.#day ?? null }
    const found = this.#knownPeople.find({ name, country, days, source: this.#source })
    const slug = found.person?.slug ?? this.#freeSlug(slugOf(name) || `person-${id}`)
    this.#slugs.set(key, slug)
    if (!found.person) {
      this.people.push({
        slug,
        name,
        names: [...names].filter((other) => other !== name && other.split(' ').length > 1),
      })
      if (found.candidates.length > 0) {
        const candidates = found.candidates.map((known) => `${known.slug} (${known.name})`).join(' or ')
        this.doubts.push(`“${name}” may be ${candidates}`)
      }
    }
    return slug
  }

  #freeSlug(wanted: string): string {
    const slug = freeSlug(this.#taken, wanted)
    this.#taken.set(slug, 1)
    return slug
  }

  organization(name: string): string {
    const letters = lettersOf(name)
    const known = this.#organizationSlugs.get(letters)
    const slug = known ?? (slugOf(name) || 'organization')
    const isRecorded = this.#known.organizations.some((recorded) => recorded.slug === slug)
    if (isRecorded || this.organizations.some((made) => made.slug === slug)) return slug
    this.#organizationSlugs.set(letters, slug)
    const international = internationalOrganizations.find((other) => other.slug === slug)
    if (international) this.organizations.push({ ...international })
    else {
      const words = name.split(' ')
      const country = words.map((_, i) => countryAt(words, i)?.code).find(Boolean)
      const kind = /\b(?:Ministry|Department|Foreign Office|Embassy|Treasury)\b/.test(name) ? 'MINISTRY' : 'OTHER'
      this.organizations.push({ slug, name, kind, ...(country && { country: this.country(country) }) })
    }
    return slug
  }

  country(code: string): string {
    const isKnown =
      this.#known.countries.some((known) => known.code === code) || this.countries.some((made) => made.code === code)
    if (!isKnown) this.countries.push({ code, name: nameOfCountry(code) })
    return code
  }

  topic({ slug, name }: Topic): string {
    const isKnown =
      this.#known.topics.some((known) => known.slug === slug) || this.topics.some((made) => made.slug === slug)
    if (!isKnown) this.topics.push({ slug, name })
    return slug
  }
}

const tableNames = new Map([...COUNTRIES.values()].map(({ code, name }) => [code, name.replace(/^the /, '')]))
const displayNames = new Intl.DisplayNames('en', { type: 'region' })

export const nameOfCountry = (code: string): string =>
  tableNames.get(code) ?? (/^[A-Z]{2}$/.test(code) ? (displayNames.of(code) ?? code) : code)

/** The slug, with a number if it is taken. `taken` counts how often each slug was wanted, so that the time per slug is constant. */
export function freeSlug(taken: Map<string, number>, wanted: string): string {
  if (!taken.has(wanted)) return wanted
  for (;;) {
    const count = (taken.get(wanted) ?? 1) + 1
    taken.set(wanted, count)
    if (!taken.has(`${wanted}-${count}`)) return `${wanted}-${count}`
  }
}
