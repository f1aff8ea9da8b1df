import type { Prisma } from '../../generated/prisma/client.ts'
import { SLUG } from '../../keys.ts'
import { type Pair, pairOf } from '../../relations/entries.ts'
import { fold } from '../../search/fold.ts'
import type { Day } from '../../time/edtf.ts'
import { builder } from '../builder.ts'
import { badUserInput, echo } from '../errors.ts'
import { decodeGlobalId, type NodeType } from '../ids/global-id.ts'

/** The key of the record with this slug or global ID. Throws BAD_USER_INPUT. */
export function keyOf(type: NodeType, name: string, where: string): string {
  if (SLUG.test(name)) return name
  const { typename, id } = decodeGlobalId(name)
  if (typename === type && id !== '') return id
  throw badUserInput(`\`${where}\`: expected the slug or ID of a record of type ${type}, got ${echo(name)}`)
}

/** The same for fields that return null for an unknown record: an invalid name gives a key that no record has. */
export function keyOrNone(type: NodeType, name: string): string {
  if (SLUG.test(name)) return name
  const { typename, id } = decodeGlobalId(name)
  return typename === type ? id : ''
}

/** The keys of the records with these slugs or global IDs. Throws BAD_USER_INPUT. */
export const keysOf = (type: NodeType, names: readonly string[], where: string): string[] =>
  someOf(names, where).map((name) => keyOf(type, name, where))

/** True unless null or undefined. An empty string is a value, and the caller reports it as an error. */
export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined

/** The conditions that are objects, joined by AND. */
export const all = <Where>(...conditions: (Where | '' | false | null | undefined)[]): { AND: Where[] } => ({
  AND: conditions.filter((condition) => typeof condition === 'object' && condition !== null),
})

/** Maximum length of a list in a filter: each value is a parameter of the SQL statement. */
const MAX_VALUES = 100

/** Returns the list. Throws BAD_USER_INPUT if it is too long, or empty: matching nothing is probably not what the client meant. */
export function someOf<T>(list: readonly T[], where: string): T[] {
  if (list.length === 0)
    throw badUserInput(
      `\`${where}\`: expected at least one value, got an empty list; leave \`${where}\` out to match everything`,
    )
  if (list.length > MAX_VALUES) {
    throw badUserInput(`\`${where}\`: expected at most ${MAX_VALUES} values, got ${list.length}`)
  }
  return [...list]
}

/** Maximum number of countries in `between`: each is a join, and planning many joins takes longer than reading. */
const MAX_BETWEEN = 10

/** The countries in `between`, each once. Throws BAD_USER_INPUT. */
export function eachOf(between: readonly string[]): string[] {
  const codes = [...new Set(someOf(between, 'between'))]
  if (codes.length > MAX_BETWEEN) {
    throw badUserInput(`\`between\`: expected at most ${MAX_BETWEEN} countries, got ${codes.length}`)
  }
  return codes
}

/** The records between all of these countries, at least two. Only for models with the relation `pairs`. */
export const betweenPairs = ([first = '', ...others]: readonly string[]) =>
  others.map((other) => ({ pairs: { some: pairColumns(pairOf(first, other)) } }))

/** The condition on rows of a pair of countries. */
export const pairColumns = ([one, two]: Pair) => ({ one, two })

/** The description of a filter: what it filters, and how its values combine. */
export const conditionsOn = (plural: string, { between = false } = {}) =>
  `Conditions on ${plural}. All given fields must match (AND). In a list, one matching value is enough (OR)${between ? ', except in `between`, where all values must match (AND)' : ''}. An empty list is an error, and so is a list of more than ${MAX_VALUES} values.`

export const DateMatch = builder.enumType('DateMatch', {
  description: 'How certain it must be that something took place in a range of days.',
  values: {
    POSSIBLE: { description: 'It may have taken place in the range. An unknown date counts as possible.' },
    CERTAIN: { description: 'It certainly took place in the range, at least in part.' },
  },
})

export const DateRange = builder.inputType('DateRange', {
  description:
    'A range of days. Something is in the range if it took place on at least one of its days. Example: `{ from: "2026-02-01", to: "2026-02-28" }`.',
  fields: (t) => ({
    from: t.field({
      type: 'Date',
      description: 'First day of the range, inclusive, as `YYYY-MM-DD`. If omitted, the range has no start.',
    }),
    to: t.field({
      type: 'Date',
      description: 'Last day of the range, inclusive, as `YYYY-MM-DD`. If omitted, the range has no end.',
    }),
    match: t.field({
      type: DateMatch,
      defaultValue: 'POSSIBLE',
      description: 'How certain it must be. By default it is enough that something may have taken place in the range.',
    }),
  }),
})

export interface Range {
  from?: Day | null | undefined
  to?: Day | null | undefined
  match?: 'POSSIBLE' | 'CERTAIN' | null | undefined
}

type Limit = { gte?: Date; lte?: Date } | null

/** A condition on the bounds of a time span, for any table. */
type Bounded = {
  OR?: Bounded[]
  beginOfTheBegin?: Limit
  endOfTheBegin?: Limit
  beginOfTheEnd?: Limit
  endOfTheEnd?: Limit
}

/** Returns the range. Throws BAD_USER_INPUT if it ends before it starts. */
export function forward(range: Range): Range {
  const { from, to } = range
  if (from && to && from > to)
    throw badUserInput(`\`during\`: expected \`from\` on or before \`to\`, got ${from} to ${to}`)
  return range
}

/** The rows whose time span overlaps a range, possibly or certainly. Throws BAD_USER_INPUT. */
export function lasting(during: Range): { AND: Bounded[] } {
  const { from, to, match } = forward(during)
  const first = from && new Date(`${from}T00:00:00Z`)
  const last = to && new Date(`${to}T00:00:00Z`)
  const limits = [
    first && { OR: [{ endOfTheEnd: null }, { endOfTheEnd: { gte: first } }] },
    last && { OR: [{ beginOfTheBegin: null }, { beginOfTheBegin: { lte: last } }] },
    // Certain overlaps also meet the conditions above, which can use an index.
    ...(match === 'CERTAIN'
      ? [first && { beginOfTheEnd: { gte: first } }, last && { endOfTheBegin: { lte: last } }]
      : []),
  ]
  return { AND: limits.filter((limit) => typeof limit === 'object' && limit !== null) }
}

export const OfficeFilter = builder.inputType('OfficeFilter', {
  description: 'Conditions on an office. All given fields must match.',
  fields: (t) => ({
    title: t.string({
      description: 'Complete title of the office. Case and accents are ignored. Example: `Prime Minister`.',
    }),
    post: t.string({ description: 'Slug of the office. Example: `external-affairs-minister-of-india`.' }),
    country: t.field({
      type: 'CountryCode',
      description:
        'Code of the state to which the office belongs, directly or through its organization. Example: `IN`.',
    }),
    organization: t.id({ description: 'Slug or ID of the organization to which the office belongs.' }),
  }),
})

interface Office {
  title?: string | null | undefined
  post?: string | null | undefined
  country?: string | null | undefined
  organization?: string | null | undefined
}

/** The voices of the people or organizations with these slugs or global IDs. Throws BAD_USER_INPUT. */
export function voicesOf(names: readonly string[], where: string): Prisma.StatementVoiceWhereInput {
  const keys: Record<'Person' | 'Organization', string[]> = { Person: [], Organization: [] }
  for (const name of someOf(names, where)) {
    const { typename, id } = SLUG.test(name) ? { typename: undefined, id: name } : decodeGlobalId(name)
    if (id === '' || (typename && typename !== 'Person' && typename !== 'Organization')) {
      throw badUserInput(`\`${where}\`: expected the slug or ID of a Person or an Organization, got ${echo(name)}`)
    }
    if (typename !== 'Organization') keys.Person.push(id)
    if (typename !== 'Person') keys.Organization.push(id)
  }
  return { OR: [{ personSlug: { in: keys.Person } }, { organizationSlug: { in: keys.Organization } }] }
}

/** The positions whose office belongs to one of these states, or to an organization of theirs if it has no state itself. */
export const officesOfCountries = (codes: string[]): Prisma.PositionWhereInput => ({
  OR: [{ countryCode: { in: codes } }, { countryCode: null, organization: { countryCode: { in: codes } } }],
})

/** The positions that match an `OfficeFilter`. */
export function positionsOf({ title, post, country, organization }: Office): Prisma.PositionWhereInput {
  return {
    ...(typeof title === 'string' ? { titleFolded: fold(title) } : {}),
    ...(typeof post === 'string' ? { post: SLUG.test(post) ? post : '' } : {}),
    ...(country ? officesOfCountries([country]) : {}),
    ...(isGiven(organization) ? { organizationSlug: keyOf('Organization', organization, 'organization') } : {}),
  }
}

/** The participations of people who held or may have held an office at the time. */
export const atOffice = (office: Office): Prisma.ParticipationWhereInput => ({
  offices: { some: { certainty: { not: 'NO' }, position: positionsOf(office) } },
})

interface Attending {
  organizations?: readonly string[] | null | undefined
  representedOrganizations?: readonly string[] | null | undefined
}

/** The conditions that one of some organizations took part, and that somebody represented one of others. Throws BAD_USER_INPUT. */
export const attendedBy = ({ organizations, representedOrganizations: represented }: Attending) => [
  organizations && attending({ organizationSlug: { in: keysOf('Organization', organizations, 'organizations') } }),
  represented &&
    attending({
      representingOrganizationSlug: { in: keysOf('Organization', represented, 'representedOrganizations') },
    }),
]

const attending = (attendee: Prisma.ParticipationWhereInput) => ({ participations: { some: attendee } })
