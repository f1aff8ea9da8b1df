import DataLoader from 'dataloader'
import { codesOf } from '../../countries/names.ts'
import type { Database } from '../../database/open.ts'
import { ask } from '../../database/read/statement.ts'
import { outlivingClients } from '../../database/waiting-clients.ts'
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
    // One after the other: the first name that is not known ends the request.
    const codes: string[] = []
    for (const name of new Set(value)) codes.push(await codeOf(field, name, database))
    return [field, codes]
  })
  return Promise.all(resolved).then((entries) => Object.fromEntries(entries))
}

const hasName = (filter: unknown) =>
  Object.entries(filter ?? {}).some(([field, value]) => FIELDS.has(field) && [value].flat().some(isName))

/** The code of a country that is given by its code, or by a name in the database. Throws BAD_USER_INPUT. */
export async function codeOf(where: string, name: string, database: Database): Promise<string> {
  if (!isName(name)) return name
  const countries = await recorded(database).load('all')
  const codes = countries.codes.get(fold(name).trim())
  if (!codes) throw unknownIn(countries, where, name)
  const [code, ...others] = [...codes]
  if (code && others.length === 0) return code
  const meant = [...codes].join(' or ')
  throw badUserInput(`\`${where}\`: expected the code of one country, got ${echo(name)}, which can mean ${meant}`)
}

interface Recorded {
  /** Names as they are recorded, by their folded form. */
  readonly names: ReadonlyMap<string, string>
  /** Codes of the countries that have a name, by its folded form. */
  readonly codes: ReadonlyMap<string, ReadonlySet<string>>
}

/** Loaders that read the names of all countries once for all requests of one tick, by database. */
const loaders = new WeakMap<Database, DataLoader<'all', Recorded>>()

function recorded(database: Database): DataLoader<'all', Recorded> {
  const known = loaders.get(database)
  if (known) return known
  const loader = new DataLoader<'all', Recorded>(
    async (keys) => {
      const statement = sql`SELECT code, unnest(array_prepend(name, names)) AS name FROM country ORDER BY code`
      const rows = await outlivingClients(() => ask<{ code: string; name: string }>(database.pool, statement))
      const names = new Map<string, string>()
      const codes = new Map<string, Set<string>>()
      for (const { code, name } of rows) {
        const key = fold(name).trim()
        names.set(key, name)
        codes.set(key, (codes.get(key) ?? new Set()).add(code))
      }
      return keys.map(() => ({ names, codes }))
    },
    { cache: false },
  )
  loaders.set(database, loader)
  return loader
}

/** The error for a country that is not known, with those that have a similar name. */
export const unknownCountry = async (where: string, name: string, database: Database) =>
  unknownIn(await recorded(database).load('all'), where, name)

function unknownIn({ names, codes }: Recorded, where: string, name: string) {
  const near = nearest(fold(name), names.keys()).map((key) => `${[...(codes.get(key) ?? [])][0]} (${names.get(key)})`)
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`
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
  const { codes } = await recorded(database).load('all')
  const having = (test: (name: string) => boolean) =>
    [...codes].flatMap(([name, some]) => (test(name) ? [...some] : []))
  const exact = [...codesOf(search), ...codesOf(search.toUpperCase()), ...(codes.get(key) ?? [])]
  return [...new Set(exact.length > 0 ? exact : having((name) => startsWord(name, key)))]
}

/** True if a word of a name starts with a text. */
function startsWord(name: string, text: string): boolean {
  for (let at = name.indexOf(text); at !== -1; at = name.indexOf(text, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(name[at - 1] as string)) return true
  }
  return false
}
