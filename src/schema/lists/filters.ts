import type { Prisma } from '../../generated/prisma/client.ts'
import { SLUG } from '../../keys.ts'
import { type Pair, pairOf } from '../../relations/entries.ts'
import { fold } from '../../search/fold.ts'
import type { Day } from '../../time/edtf.ts'
import { builder } from '../builder.ts'
import { badUserInput } from '../errors.ts'
import { decodeGlobalId, type NodeType } from '../ids/global-id.ts'

/** The key of a record that a caller names by its slug or by its global id. */
export function keyOf(type: NodeType, name: string, where: string): string {
  if (SLUG.test(name)) return name
  const { typename, id } = decodeGlobalId(name)
  if (typename === type && id !== '') return id
  throw badUserInput(`\`${where}\` names ${JSON.stringify(name)}; expected the slug or the id of a ${type}`)
}

/** The same where a record that is not there is no mistake: a name that can be none becomes a key that no record has. */
export function keyOrNone(type: NodeType, name: string): string {
  if (SLUG.test(name)) return name
  const { typename, id } = decodeGlobalId(name)
  return typename === type ? id : ''
}

/** The keys of the records that a list names: any of them will do. */
export const keysOf = (type: NodeType, names: readonly string[], where: string): string[] =>
  someOf(names, where).map((name) => keyOf(type, name, where))

/** Whether a caller gave a value; the empty text is one, and a mistake to be told. */
export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined

/** All of the conditions that are given. */
export const all = <Where>(...conditions: (Where | '' | false | null | undefined)[]): { AND: Where[] } => ({
  AND: conditions.filter((condition) => typeof condition === 'object' && condition !== null),
})

/** The most entries of a list in a filter: each is a parameter of the statement. */
const MOST_ENTRIES = 100

/** The list itself. Throws BAD_USER_INPUT where it is empty, so matches nothing, which is more likely a mistake, or too long. */
export function someOf<T>(list: readonly T[], where: string): T[] {
  if (list.length === 0) throw badUserInput(`\`${where}\` is empty; expected at least one entry, or nothing`)
  if (list.length > MOST_ENTRIES) {
    throw badUserInput(`\`${where}\` has ${list.length} entries; expected at most ${MOST_ENTRIES}`)
  }
  return [...list]
}

/** The most countries of which something must be between all: each is a join, and planning many takes longer than reading. */
const MOST_BETWEEN = 10

/** The countries, each once, that something must be between. Throws BAD_USER_INPUT. */
export function eachOf(between: readonly string[]): string[] {
  const codes = [...new Set(someOf(between, 'between'))]
  if (codes.length > MOST_BETWEEN) {
    throw badUserInput(`\`between\` has ${codes.length} countries; expected at most ${MOST_BETWEEN}`)
  }
  return codes
}

/** The records that are between all of some countries, of which there are at least two; of a model with `pairs`. */
export const betweenPairs = ([first = '', ...others]: readonly string[]) =>
  others.map((other) => ({ pairs: { some: pairColumns(pairOf(first, other)) } }))

/** The rows of a pair of countries. */
export const pairColumns = ([one, two]: Pair) => ({ one, two })

const DateMatch = builder.enumType('DateMatch', {
  description: 'How sure it must be that something lasted in a range of days.',
  values: {
    POSSIBLE: { description: 'Its bounds allow it; an unwritten bound allows anything.' },
    CERTAIN: { description: 'Its bounds allow nothing else.' },
  },
})

export const DateRange = builder.inputType('DateRange', {
  description: 'Days from one to another, both included; a missing one leaves that side open.',
  fields: (t) => ({
    from: t.field({ type: 'Date', description: 'The first day.' }),
    to: t.field({ type: 'Date', description: 'The last day.' }),
    match: t.field({
      type: DateMatch,
      defaultValue: 'POSSIBLE',
      description: 'Whether it is enough that something may have lasted on one of these days.',
    }),
  }),
})

export interface Range {
  from?: Day | null | undefined
  to?: Day | null | undefined
  match?: 'POSSIBLE' | 'CERTAIN' | null | undefined
}

type Limit = { gte?: Date; lte?: Date } | null

/** A condition on the bounds of a time span, whatever table has them. */
type Bounded = {
  OR?: Bounded[]
  beginOfTheBegin?: Limit
  endOfTheBegin?: Limit
  beginOfTheEnd?: Limit
  endOfTheEnd?: Limit
}

/** The range itself. Throws BAD_USER_INPUT where it ends before it begins. */
export function forward(range: Range): Range {
  const { from, to } = range
  if (from && to && from > to) throw badUserInput(`\`during\` ends on ${to}, before it begins on ${from}`)
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
    // What is certain is possible, and of what is possible there are indexes.
    ...(match === 'CERTAIN'
      ? [first && { beginOfTheEnd: { gte: first } }, last && { endOfTheBegin: { lte: last } }]
      : []),
  ]
  return { AND: limits.filter((limit) => typeof limit === 'object' && limit !== null) }
}

export const OfficeFilter = builder.inputType('OfficeFilter', {
  description: 'An office. Several fields mean all of them.',
  fields: (t) => ({
    title: t.string({ description: 'What it is called, whatever the case: `Prime Minister`.' }),
    post: t.string({ description: 'The office itself, a slug that successive holders share.' }),
    country: t.field({ type: 'CountryCode', description: 'The state that it is of, also by its organization.' }),
    organization: t.id({ description: 'The organization that it is of: slug or id.' }),
  }),
})

interface Office {
  title?: string | null | undefined
  post?: string | null | undefined
  country?: string | null | undefined
  organization?: string | null | undefined
}

/** The voices of people or organizations that a list names: any of them will do. */
export function voicesOf(names: readonly string[], where: string): Prisma.StatementVoiceWhereInput {
  const keys: Record<'Person' | 'Organization', string[]> = { Person: [], Organization: [] }
  for (const name of someOf(names, where)) {
    const { typename, id } = SLUG.test(name) ? { typename: undefined, id: name } : decodeGlobalId(name)
    if (id === '' || (typename && typename !== 'Person' && typename !== 'Organization')) {
      throw badUserInput(
        `\`${where}\` names ${JSON.stringify(name)}; expected the slug or the id of a Person or an Organization`,
      )
    }
    if (typename !== 'Organization') keys.Person.push(id)
    if (typename !== 'Person') keys.Organization.push(id)
  }
  return { OR: [{ personSlug: { in: keys.Person } }, { organizationSlug: { in: keys.Organization } }] }
}

/** The positions whose office is of one of some states, itself or, where no state is recorded, by its organization. */
export const officesOfCountries = (codes: string[]): Prisma.PositionWhereInput => ({
  OR: [{ countryCode: { in: codes } }, { countryCode: null, organization: { countryCode: { in: codes } } }],
})

/** The positions that are of an office. */
export function positionsOf({ title, post, country, organization }: Office): Prisma.PositionWhereInput {
  return {
    ...(typeof title === 'string' ? { titleFolded: fold(title) } : {}),
    ...(typeof post === 'string' ? { post: SLUG.test(post) ? post : '' } : {}),
    ...(country ? officesOfCountries([country]) : {}),
    ...(isGiven(organization) ? { organizationSlug: keyOf('Organization', organization, 'organization') } : {}),
  }
}

/** The participations of people who perhaps held an office then: not certainly not. */
export const atOffice = (office: Office): Prisma.ParticipationWhereInput => ({
  offices: { some: { certainty: { not: 'NO' }, position: positionsOf(office) } },
})
