import DataLoader from 'dataloader'
import { codesOf } from '../../countries/names.ts'
import type { Database } from '../../database/open.ts'
import { ask } from '../../database/read/statement.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { COUNTRY_CODE } from '../../keys.ts'
import { nearest } from '../../nearest.ts'
import { fold } from '../../search/fold.ts'
import { badUserInput, echo } from '../errors.ts'

const { sql } = Prisma

/** The fields of filters that name countries. */
const FIELDS: ReadonlySet<string> = new Set('accreditedTo between codes country from member to'.split(' '))

/** A name that the scalar `CountryCode` let through, because only the database may know it. */
const isName = (value: unknown): value is string => typeof value === 'string' && !COUNTRY_CODE.test(value)

/**
 * The filter with codes in place of names that only the database knows. It is a promise only if there are such names. Throws
 * BAD_USER_INPUT for a name that no country has.
 */
export function withCodes<Filter>(filter: Filter, database: Database): Filter | Promise<Filter> {
  const fields = Object.entries((filter ?? {}) as object)
  const isUnresolved = fields.some(([field, value]) =>
    FIELDS.has(field) ? [value].flat().some(isName) : field === 'holding' && hasName(value),
  )
  if (!isUnresolved) return filter
  const resolved = fields.map(async ([field, value]) => {
    if (field === 'holding' && value) return [field, await withCodes(value, database)]
    if (!FIELDS.has(field) || value === null || value === undefined) return [field, value]
    if (!Array.isArray(value)) return [field, await codeOf(field, value, database)]
    return [field, await Promise.all(value.map((name) => codeOf(field, name, database)))]
  })
  return Promise.all(resolved).then((entries) => Object.fromEntries(entries))
}

const hasName = (filter: unknown) =>
  Object.entries(filter ?? {}).some(([field, value]) => FIELDS.has(field) && [value].flat().some(isName))

/** The code of a country that is given by its code, or by a name in the database. Throws BAD_USER_INPUT. */
export async function codeOf(where: string, name: string, database: Database): Promise<string> {
  if (!isName(name)) return name
  const countries = await recorded(database).load('all')
  const key = fold(name).trim()
  const named = countries.filter(({ names }) => names.some((one) => fold(one).trim() === key))
  const [country] = named
  if (!country) throw unknownIn(countries, where, name)
  if (named.length === 1) return country.code
  const codes = named.map(({ code }) => code).join(' or ')
  throw badUserInput(`\`${where}\`: expected the code of one country, got ${echo(name)}, which can mean ${codes}`)
}

interface Recorded {
  readonly code: string
  readonly names: readonly string[]
}

/** Loaders that read the names of all countries once for all requests of one tick, by database. */
const loaders = new WeakMap<Database, DataLoader<'all', readonly Recorded[]>>()

function recorded(database: Database): DataLoader<'all', readonly Recorded[]> {
  const known = loaders.get(database)
  if (known) return known
  const loader = new DataLoader<'all', readonly Recorded[]>(
    async (keys) => {
      const countries = await ask<Recorded>(
        database.pool,
        sql`SELECT code, array_prepend(name, names) AS names FROM country ORDER BY code`,
      )
      return keys.map(() => countries)
    },
    { cache: false },
  )
  loaders.set(database, loader)
  return loader
}

/** The error for a country that is not known, with those that have a similar name. */
export const unknownCountry = async (where: string, name: string, database: Database) =>
  unknownIn(await recorded(database).load('all'), where, name)

function unknownIn(countries: readonly Recorded[], where: string, name: string) {
  const byName = new Map(countries.flatMap(({ code, names }) => names.map((one) => [fold(one), { code, name: one }])))
  const codes = nearest(fold(name), byName.keys()).map((key) => `${byName.get(key)?.code} (${byName.get(key)?.name})`)
  const meant = codes.length === 0 ? '' : `; did you mean ${codes.join(' or ')}?`
  return badUserInput(
    `\`${where}\`: expected the code or the name of a country that \`countries\` lists, got ${echo(name)}${meant}`,
  )
}

/**
 * The codes of the countries with a code or a name, or otherwise of those in whose names a word starts with it.
 */
export async function countriesNamed(database: Database, search: string): Promise<string[]> {
  const key = fold(search).trim()
  if (key === '') return []
  const countries = await recorded(database).load('all')
  const having = (test: (name: string) => boolean) =>
    countries.filter(({ names }) => names.some((name) => test(fold(name)))).map(({ code }) => code)
  const exact = [...codesOf(search), ...codesOf(search.toUpperCase()), ...having((name) => name === key)]
  return [...new Set(exact.length > 0 ? exact : having((name) => startsWord(name, key)))]
}

/** True if a word of a name starts with a text. */
function startsWord(name: string, text: string): boolean {
  for (let at = name.indexOf(text); at !== -1; at = name.indexOf(text, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(name[at - 1] as string)) return true
  }
  return false
}
