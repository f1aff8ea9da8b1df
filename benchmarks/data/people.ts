import type { Country } from './countries.ts'
import { dayIn, LAST_YEAR } from './dates.ts'
import type { Making } from './making.ts'
import type { Encounter } from './pairs.ts'
import { Lottery, type Random, zipf } from './random.ts'
import type { RecordOf } from './record.ts'
import { personName, slugOf } from './words.ts'

/** A person who acts for a country in some years. */
export interface Person {
  readonly record: RecordOf<'people'>
  readonly positions: readonly RecordOf<'positions'>[]
  readonly from: number
  readonly to: number
}

const PEOPLE = 3_000
const FEWEST_PER_COUNTRY = 4

const offices = [
  'Head of Government',
  'Head of State',
  'Foreign Minister',
  'Deputy Foreign Minister',
  'Defence Minister',
  'Finance Minister',
  'Trade Minister',
  'Energy Minister',
  'National Security Adviser',
  'Ambassador',
  'Special Envoy',
  'Director General',
]

/** The people of a block: more for countries that meet more, and those of a country by how active they are. */
export class People {
  readonly #byCountry = new Map<Country, readonly Person[]>()
  readonly #active = new Map<string, Lottery<Person>>()

  constructor(making: Making, encounters: readonly Encounter[]) {
    const shares = new Map<Country, number>()
    for (const { countries, meetings } of encounters) {
      for (const country of countries) shares.set(country, (shares.get(country) ?? 0) + meetings)
    }
    const weights = [...shares].map(([country, share]) => [country, share ** 0.6] as const)
    const sum = weights.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [country, weight] of weights) {
      const count = Math.max(FEWEST_PER_COUNTRY, Math.round((PEOPLE * weight) / sum))
      const person = (_: unknown, i: number) => newPerson(making, country, i / count)
      this.#byCountry.set(country, making.random.some(Array.from({ length: count }, person), count))
    }
  }

  all(): Person[] {
    return [...this.#byCountry.values()].flat()
  }

  /** Some people who acted for a country in a year. The most active are drawn most often. */
  some(random: Random, country: Country, year: number, count: number): Person[] {
    const key = `${country.number} ${year}`
    const active = this.#active.get(key) ?? new Lottery(this.#actingIn(country, year), zipf(1, 0.9))
    this.#active.set(key, active)
    return active.some(random, count)
  }

  #actingIn(country: Country, year: number): readonly Person[] {
    const people = this.#byCountry.get(country) ?? []
    const acting = people.filter(({ from, to }) => from <= year && year <= to)
    return acting.length > 0 ? acting : people
  }
}

/** A person whose career starts early or late: 0 is before all meetings, 1 near the last ones. */
function newPerson(making: Making, country: Country, at: number): Person {
  const { random, newSlug } = making
  const name = personName(random, country.number)
  const slug = newSlug(slugOf(name))
  const from = 1938 + Math.floor(at * 86)
  const to = Math.min(from + 3 + Math.floor(24 * random.next() ** 1.5), LAST_YEAR)
  const count = random.happens(0.76) ? 1 : random.happens(0.8) ? 2 : 3
  const positions = Array.from({ length: count }, (_, i) => {
    const year = (n: number) => from + Math.floor(((to - from) * n) / count)
    return newPosition(making, country, slug, i + 1, [year(i), year(i + 1)])
  })
  const names = random.happens(0.3) ? [name.replace(/^(.).* /, '$1. ')] : []
  return { record: { slug, name, names }, positions, from, to }
}

/** The nth office of a person, between two years. */
function newPosition(
  { random, archive }: Making,
  country: Country,
  person: string,
  nth: number,
  [from, to]: readonly [number, number],
): RecordOf<'positions'> {
  const title = random.pick(offices)
  const [begin, end] = [dayIn(random, from), to > from ? dayIn(random, to) : `${to}-12-31`]
  const precision = random.happens(0.8) ? 10 : random.happens(0.7) ? 7 : 4
  const until = to === LAST_YEAR ? '..' : random.happens(0.06) ? '' : end.slice(0, precision)
  const tenure = random.happens(0.03) ? '/' : `${begin.slice(0, precision)}/${until}`
  const isAttested = to - from > 2 && random.happens(0.15)
  const owner = random.next()
  return {
    slug: `${person}-${nth}`,
    person,
    post: `${country.code.toLowerCase()}-${slugOf(title)}`,
    title,
    ...(owner < 0.92 ? { country: country.code } : {}),
    ...(owner > 0.8 ? { organization: country.ministry } : {}),
    tenure,
    attested: isAttested ? [{ when: dayIn(random, from + 1), citations: archive.cite() }] : [],
    citations: archive.cite(),
  }
}
