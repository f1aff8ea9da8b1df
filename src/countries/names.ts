import isoCountries from 'i18n-iso-countries'
import { fold } from '../search/fold.ts'
import { FORMER_CODES, NAMES } from './former-names.ts'
import { internationalOrganizations } from './organizations.ts'
import { stateOn } from './states.ts'
import { COUNTRIES } from './table.ts'

/** A country in the database. */
export interface RecordedCountry {
  readonly code: string
  readonly name: string
  readonly names: readonly string[]
}

/** The days on which something was: `YYYY-MM-DD`. Null if not known. */
export interface Days {
  readonly first: string | null
  readonly last: string | null
}

/** What a name means: a country, an organization of states, or several countries of which the name does not say which. */
export type Meaning =
  | { readonly code: string; readonly named: string }
  | { readonly organization: (typeof internationalOrganizations)[number] }
  | { readonly candidates: readonly string[] }

/** Prepares a country’s name for comparison: `St. Lucia` and `Saint Lucia`, `The Gambia` and `Gambia` are the same. */
const keyOf = (name: string): string =>
  fold(name)
    .replaceAll("'", '')
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(and )?(the )?/, '')
    .replaceAll(/\bst\b/g, 'saint')
    .replaceAll(' ', '')

/** Words for a form of government before a name: `Islamic Republic of`, `Grand Duchy of`. */
const FORM =
  /^(?:the )?(?:(?:federal|federative|federated|democratic|socialist|islamic|people['’]?s|plurinational|bolivarian|oriental|arab|hashemite|co-?operative|independent|sovereign|grand) )*(?:republic|kingdom|states?|commonwealth|principality|duchy|sultanate|union|federation|confederation|emirate|empire) of (?:the )?/i

const organizations = new Map(
  internationalOrganizations.flatMap((organization) =>
    [organization.name, ...organization.names].map((name) => [keyOf(name), organization]),
  ),
)

/** Maximum number of characters of a name or a code. Longer texts name no country, and take too long to compare. */
const LONGEST = 500

/** Maximum number of texts whose meaning is cached. Clients can send any text. */
const MOST_CACHED = 10_000

/**
 * The names and codes of countries: the short and official names of ISO 3166 in English and one other language, its codes of two,
 * three and four letters, former names, and the names that a database has.
 */
export class CountryNames {
  readonly #codes = new Map<string, string>()
  readonly #names = new Map<string, ReadonlySet<string>>()
  readonly #cache = new Map<string, Meaning | undefined>()

  constructor(recorded: Iterable<RecordedCountry> = [], language = 'en') {
    for (const [code, alpha3] of Object.entries(isoCountries.getAlpha2Codes())) {
      if (code === 'XK') continue
      this.#codes.set(code, code).set(alpha3, code)
    }
    for (const { code } of COUNTRIES.values()) this.#codes.set(code, code)
    for (const [former, code] of FORMER_CODES) this.#codes.set(former, code)

    const known = [...recorded]
    for (const { code } of known) this.#codes.set(code, code)
    // What comes first decides: the table knows what a former name means today.
    this.#add([...NAMES, ...[...COUNTRIES].map(([id, { code }]) => [id, code] as const)])
    this.#add([...COUNTRIES.values()].map(({ name, code }) => [name, code]))
    for (const each of new Set(['en', language.split('-')[0] as string])) this.#add(namesIn(each))
    this.#add(known.flatMap(({ code, name, names }) => [name, ...names].map((name) => [name, code] as const)))
  }

  #add(names: Iterable<readonly [name: string, code: string]>): void {
    const added = new Map<string, Set<string>>()
    for (const [name, code] of names) {
      const key = keyOf(name)
      added.set(key, (added.get(key) ?? new Set()).add(this.#codes.get(code) ?? code))
    }
    for (const [key, codes] of added) if (key !== '' && !this.#names.has(key)) this.#names.set(key, codes)
  }

  /** What a name or a code means, on some days if they are known. Undefined if nothing has this name. */
  find(text: string, days?: Days): Meaning | undefined {
    if (text.length > LONGEST) return undefined
    if (this.#cache.size >= MOST_CACHED) this.#cache.clear()
    if (!this.#cache.has(text)) this.#cache.set(text, this.#meaning(text))
    const meaning = this.#cache.get(text)
    if (!meaning || 'organization' in meaning) return meaning
    // A code of four letters, and one of ours, means one state only.
    const isExact = 'code' in meaning && meaning.code === text && text.length > 3
    if ('code' in meaning) return isExact ? meaning : { ...meaning, code: onDays(meaning.code, days) }
    const [code, ...others] = meaning.candidates.filter((code) => existed(code, days))
    return code !== undefined && others.length === 0 ? { code, named: code } : meaning
  }

  /** The names that a misspelt name can be compared with. */
  get names(): string[] {
    return Object.values(isoCountries.getNames('en', { select: 'official' }))
  }

  #meaning(text: string): Meaning | undefined {
    const written = text.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').trim()
    const formerly = AMBIGUOUS_CODES.get(written)
    if (formerly) return { candidates: formerly }
    const code = this.#codes.get(written)
    if (code !== undefined) return { code, named: code }
    for (const form of formsOf(written)) {
      const codes = this.#names.get(keyOf(form))
      if (codes?.size === 1) {
        const [code = ''] = codes
        return { code, named: code }
      }
      if (codes) return { candidates: [...codes] }
      const organization = organizations.get(keyOf(form))
      if (organization) return { organization }
    }
    return undefined
  }
}

let standard: CountryNames | undefined

/** The names that are known without a database. They are collected when first needed. */
export function standardNames(): CountryNames {
  standard ??= new CountryNames()
  return standard
}

/** The codes of the countries that a name, or another code, may mean. */
export function codesOf(name: string): readonly string[] {
  const meaning = standardNames().find(name)
  if (!meaning || 'organization' in meaning) return []
  return 'code' in meaning ? [meaning.code] : meaning.candidates
}

function namesIn(language: string): (readonly [name: string, code: string])[] {
  const names = isoCountries.getNames(language, { select: 'all' }) as Record<string, readonly string[]> | undefined
  return Object.entries(names ?? {}).flatMap(([code, names]) => names.map((name) => [name, code] as const))
}

/** `Bahamas, The` as `The Bahamas`, `Benin (Dahomey)` without either part, `Republic of India` without its form of government. */
function* formsOf(name: string): Generator<string> {
  yield name
  const [, last, first] = /^([^,()]+), ([^,()]+)$/.exec(name) ?? []
  if (last && first) yield `${first} ${last}`
  const [, before, within] = /^([^()]+?)\s*\(([^()]+)\)$/.exec(name) ?? []
  if (before && within) {
    yield before
    yield within
  }
  let short = before ?? name
  while (FORM.test(short)) {
    short = short.replace(FORM, '')
    yield short
  }
}

/** Codes that ISO 3166 gave to one state after another. */
const AMBIGUOUS_CODES: ReadonlyMap<string, readonly string[]> = new Map([['CS', ['CSHH', 'CSXX']]])

/** The days of the states that share a name or a code with another one. */
const EXISTED: ReadonlyMap<string, Days> = new Map([
  ['CSHH', { first: '1918-10-28', last: '1992-12-31' }],
  ['CSXX', { first: '2003-02-04', last: '2006-06-04' }],
  ['X-korea', { first: null, last: '1948-08-14' }],
  ['KR', { first: '1948-08-15', last: null }],
  ['KP', { first: '1948-09-09', last: null }],
])

function existed(code: string, days?: Days): boolean {
  const state = EXISTED.get(code)
  if (!state || !days) return true
  return (
    (days.last === null || state.first === null || days.last >= state.first) &&
    (days.first === null || state.last === null || days.first <= state.last)
  )
}

const SOVIET: Days = { first: '1922-12-30', last: '1991-12-25' }

/** The state that a name meant on all of the days: the Soviet Union became Russia, and Russia was the Soviet Union. */
function onDays(code: string, { first, last }: Days = { first: null, last: null }): string {
  if (first === null || last === null) return code
  if (code === 'RU') return first >= (SOVIET.first as string) && last <= (SOVIET.last as string) ? 'SUHH' : code
  const [one, other] = [stateOn(code, first), stateOn(code, last)]
  return one === other ? one : code
}
