import DataLoader from 'dataloader'
import type { ConceptType } from '../../bundle/concepts.ts'
import type { Database } from '../../database/open.ts'
import { ask } from '../../database/read/statement.ts'
import { outlivingClients } from '../../database/waiting-clients.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { SLUG } from '../../keys.ts'
import type { Context } from '../context.ts'
import { badUserInput, echo } from '../errors.ts'
import { decodeGlobalId } from '../ids/global-id.ts'
import { unknownCountry, withCodes } from './country-names.ts'

const { sql, raw, join } = Prisma

/** What a field of a filter can name: a record of a type, or an office by the slug that its holders share. */
type Named = Exclude<ConceptType, 'Position' | 'RelationEvent' | 'Statement'> | 'Post'

/** The types that fields of filters name, by the names of the fields, which are the same in all filters. */
const NAMED: Readonly<Record<string, readonly Named[]>> = {
  accreditedTo: ['Country'],
  accreditedToOrganization: ['Organization'],
  agreement: ['Agreement'],
  between: ['Country'],
  broader: ['Topic'],
  codes: ['Country'],
  country: ['Country'],
  from: ['Country'],
  meeting: ['Meeting'],
  member: ['Country'],
  met: ['Person'],
  organization: ['Organization'],
  organizations: ['Organization'],
  participants: ['Person'],
  person: ['Person'],
  post: ['Post'],
  publisher: ['Organization'],
  representedOrganizations: ['Organization'],
  source: ['Source'],
  speakers: ['Person', 'Organization'],
  to: ['Country'],
  topics: ['Topic'],
  visit: ['Visit'],
}

/** Where the records of a type are: their table and its key. */
const TABLES: Readonly<Record<Named, readonly [table: string, key: string]>> = {
  Agreement: ['agreement', 'slug'],
  Country: ['country', 'code'],
  Meeting: ['meeting', 'slug'],
  Organization: ['organization', 'slug'],
  Person: ['person', 'slug'],
  Post: ['position', 'post'],
  Source: ['source', 'slug'],
  Topic: ['topic', 'slug'],
  Visit: ['visit', 'slug'],
}

interface Name {
  /** The path of the field in the filter. */
  readonly where: string
  readonly types: readonly Named[]
  readonly name: string
  /** Whether the list of the filter can have records although this name is unknown. */
  readonly isOneOfSeveral: boolean
}

/** The names of records in a filter. */
function* namesIn(filter: object, prefix = ''): Generator<Name> {
  for (const [field, value] of Object.entries(filter)) {
    if (value === null || value === undefined) continue
    if (field === 'holding') yield* namesIn(value, 'holding.')
    const types = NAMED[field]
    if (!types) continue
    const names: string[] = [value].flat()
    const isOneOfSeveral = names.length > 1 && field !== 'between'
    for (const name of names) yield { where: `${prefix}${field}`, types, name, isOneOfSeveral }
  }
}

/**
 * Checks that the records which a filter names exist. Throws BAD_USER_INPUT with the nearest names. An unknown name leaves a list
 * empty, unless it is one of several. So only these two cases need this SQL statement.
 */
export async function expectKnown(
  filter: object | null | undefined,
  isEmpty: boolean,
  context: Context,
): Promise<void> {
  const { database } = context
  const names = [...namesIn((await withCodes(filter, database)) ?? {})]
  if (!isEmpty && !names.some(({ isOneOfSeveral }) => isOneOfSeveral)) return
  const known = await Promise.all(
    names.map(async (name) => {
      const found = await Promise.all(placesOf(name).map((place) => lookup(database).load(place)))
      return found.some(Boolean)
    }),
  )
  const unknown = names.find((_, i) => !known[i])
  if (unknown) throw await unknownName(unknown, context)
}

/** The records that a name can be, as `Type:key`. */
function placesOf({ types, name }: Name): string[] {
  const isKey = SLUG.test(name) || types.includes('Country')
  const { typename, id } = isKey ? { typename: undefined, id: name } : decodeGlobalId(name)
  return types.filter((type) => typename === undefined || type === typename).map((type) => `${type}:${id}`)
}

/** Loaders that look up names of one tick in one SQL statement, by database. */
const lookups = new WeakMap<Database, DataLoader<string, boolean>>()

function lookup(database: Database): DataLoader<string, boolean> {
  const known = lookups.get(database)
  if (known) return known
  const loader = new DataLoader<string, boolean>((places) => outlivingClients(() => areKnown(database, places)), {
    cache: false,
  })
  lookups.set(database, loader)
  return loader
}

async function areKnown({ pool }: Database, places: readonly string[]): Promise<boolean[]> {
  const cases = Object.entries(TABLES).map(([type, [table, key]]) => {
    const former = type === 'Person' ? ' OR EXISTS (SELECT FROM person_alias WHERE slug = given.key)' : ''
    return raw(`WHEN '${type}' THEN EXISTS (SELECT FROM "${table}" WHERE ${key} = given.key)${former}`)
  })
  const split = places.map(
    (place) => [place.slice(0, place.indexOf(':')), place.slice(place.indexOf(':') + 1)] as const,
  )
  const rows = await ask<{ nth: number }>(
    pool,
    sql`SELECT nth::int FROM unnest(${split.map(([type]) => type)}::text[], ${split.map(([, key]) => key)}::text[])
      WITH ORDINALITY AS given (type, key, nth) WHERE CASE type ${join(cases, ' ')} END`,
  )
  const found = new Set(rows.map(({ nth }) => nth))
  return places.map((_, i) => found.has(i + 1))
}

/** Maximum number of unknown names of a request for which others are suggested. The other names are only reported. */
const MOST_SUGGESTED = 3

/** The suggestions for unknown names of a request, by its context. */
const suggestions = new WeakMap<Context, Promise<string[]>[]>()

/** Slugs that an unknown name may mean. Beyond the limit, waits for the others, because the first error of a request may be its only one. */
async function suggestionsFor(unknown: Name, context: Context): Promise<string[]> {
  const earlier = suggestions.get(context) ?? []
  suggestions.set(context, earlier)
  if (earlier.length >= MOST_SUGGESTED) {
    await Promise.allSettled(earlier)
    return []
  }
  const own = Promise.all(placesOf(unknown).map((place) => nearestSlugs(place, context.database)))
  const slugs = own.then((lists) => lists.flat())
  earlier.push(slugs)
  return await slugs
}

async function unknownName(unknown: Name, context: Context) {
  const { where, types, name } = unknown
  if (types.includes('Country')) return unknownCountry(where, name, context.database)
  const suggested = await suggestionsFor(unknown, context)
  const words = types.map((type) => type.toLowerCase()).join(' or ')
  const expected = types.includes('Post') ? 'slug of a known office' : `slug or ID of a known ${words}`
  return badUserInput(`\`${where}\`: expected the ${expected}, got ${echo(name)}${meant(suggested.map(echo))}`)
}

/** Maximum length of a name for which others are suggested, and maximum number of slugs that it is compared with. */
const LONGEST = 100
const MOST_COMPARED = 20_000

async function nearestSlugs(place: string, { pool }: Database): Promise<string[]> {
  const [type, key] = place.split(/:(.*)/s) as [Named, string]
  if (key.length > LONGEST) return []
  const [table, column] = TABLES[type]
  const rows = await ask<{ slug: string }>(
    pool,
    sql`SELECT DISTINCT similarity(slug, ${key}) AS score, slug
      FROM (SELECT ${raw(column)} AS slug FROM ${raw(`"${table}"`)} LIMIT ${MOST_COMPARED}) few
      WHERE similarity(slug, ${key}) > .2 ORDER BY 1 DESC, 2 LIMIT 3`,
  )
  return rows.map(({ slug }) => slug)
}

const meant = (suggestions: readonly string[]) =>
  suggestions.length === 0 ? '' : `; did you mean ${suggestions.slice(0, 3).join(' or ')}?`
