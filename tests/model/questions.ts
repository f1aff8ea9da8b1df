import fc from 'fast-check'
import { AGREEMENTS, COUNTRIES, DAYS, EVENT_KINDS, MEETINGS, ORGANIZATIONS, PEOPLE, POSTS, SOURCES, TITLES, TOPICS, VISITS } from './arbitraries.ts' // biome-ignore format: one line
import type { Filters, ListName, Office } from './filters.ts'
import type { Part } from './lists.ts'
import { type Listed, ordersOf, type Parent } from './model.ts'
import type { Granularity, Kind, Pair, Which } from './relations.ts'
import { type Range, shift } from './time.ts'

/** Questions, valid ones and ones with a mistake, whatever the data: they name what may not be there. */

export interface ListQuestion<L extends ListName = ListName> extends Listed<L> {
  readonly part: Part
  /** How many at a time, where the list is paged through from either end. */
  readonly step?: number | undefined
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 })
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, arbitrary)
const any = <T>(...pool: readonly T[]) => fc.constantFrom(...pool)

export const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url')

/** A record by its slug or its global id. */
const name = (type: string, pool: readonly string[]) =>
  fc.tuple(any(...pool, ...pool, 'nobody'), fc.boolean()).map(([slug, byId]) => (byId ? globalId(type, slug) : slug))
const list = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 1, maxLength: 2 })
const names = (type: string, pool: readonly string[]) => list(name(type, pool))
const code = any<string>('IN', 'US', ...COUNTRIES, 'IN', 'US', 'ZW')
const codes = list(code)

/** A day on which something turns, or the day before or after. */
export const day = fc.tuple(any(...DAYS), any(0, -1, 1, 0)).map(([day, by]) => shift(day, by))

export const range: fc.Arbitrary<Range> = fc
  .record(
    {
      from: fc.option(day, { freq: 3 }),
      to: fc.option(day, { freq: 3 }),
      match: any('POSSIBLE' as const, 'CERTAIN' as const, 'CERTAIN' as const, null),
    },
    { requiredKeys: [] },
  )
  .map(({ from, to, match }) => {
    const isBackward = from && to && from > to
    return { ...(from !== undefined && { from: isBackward ? to : from }), ...(to !== undefined && { to: isBackward ? from : to }), ...(match !== undefined && { match }) } // biome-ignore format: one line
  })

export const title = any(...TITLES).chain((title) =>
  any(title, title.toUpperCase(), title.toLowerCase(), title.replace('_', 'x')),
)
/** Records of a few of these fields: the more there are, the less passes. */
function fewOf<T>(all: { [F in keyof T]-?: fc.Arbitrary<T[F]> }): fc.Arbitrary<T> {
  const chosen = fc.uniqueArray(any(...(Object.keys(all) as (keyof T)[])), { maxLength: 2 })
  return chosen.chain((fields) =>
    fc.record(Object.fromEntries(fields.map((field) => [field, fc.option(all[field], { freq: 20 })]))),
  ) as fc.Arbitrary<T>
}

const organization = name('Organization', ORGANIZATIONS)
export const office = fewOf<Office>({ title, post: any(...POSTS), country: code, organization })
const person = name('Person', PEOPLE)
const source = name('Source', SOURCES)
const topics = names('Topic', TOPICS)
const organizations = names('Organization', ORGANIZATIONS)

const fields: { [L in ListName]: { [F in keyof Filters[L]]-?: fc.Arbitrary<Filters[L][F]> } } = {
  meetings: {
    between: codes,
    during: range,
    topics,
    participants: list(person),
    organizations,
    representedOrganizations: organizations,
    kinds: list(any('BILATERAL', 'SUMMIT', 'CALL', 'OTHER')),
    visit: name('Visit', VISITS),
    source,
    holding: office,
  },
  visits: {
    from: codes,
    to: codes,
    kinds: list(any('STATE', 'WORKING', 'TRANSIT')),
    during: range,
    participants: list(person),
    organizations,
    representedOrganizations: organizations,
    holding: office,
    source,
  },
  statements: {
    speakers: list(fc.oneof(person, organization)),
    between: codes,
    topics,
    quotation: list(any('DIRECT', 'MIXED', 'REPORTED', 'OWN')),
    during: range,
    meeting: name('Meeting', MEETINGS),
    agreement: name('Agreement', AGREEMENTS),
    source,
  },
  agreements: {
    between: codes,
    statuses: list(any('ANNOUNCED', 'IN_NEGOTIATION', 'SIGNED', 'IN_FORCE', 'ENDED')),
    topics,
    during: range,
    source,
  },
  relationEvents: { between: codes, kinds: list(any(...EVENT_KINDS)), during: range, source },
  people: { country: codes, met: list(person), holding: office },
  positions: {
    title,
    post: any(...POSTS),
    country: code,
    organization,
    on: day,
    match: any('CERTAIN', 'POSSIBLE', 'CERTAIN', null),
    person,
    accreditedTo: codes,
    accreditedToOrganization: organization,
  },
  organizations: { kinds: list(any('MINISTRY', 'ALLIANCE')), country: codes, member: codes },
  topics: { broader: topics },
  sources: { publisher: names('Organization', ORGANIZATIONS), during: range },
  countries: { codes, inFacts: fc.boolean() },
}

const place = fc.nat(12)
const size = any(0, 1, 2, 3, 5, 100)
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ first: size, after: maybe(place), before: rarely(place) }, { requiredKeys: [] }),
  fc.record({ last: size, before: maybe(place), after: rarely(place) }),
)

/** Which lists hang on what. */
const hanging: Record<ListName, readonly Parent['field'][]> = {
  meetings: ['person', 'organization', 'topic', 'visit', 'relation'],
  visits: ['person', 'organization', 'relation'],
  statements: ['person', 'topic', 'meeting', 'agreement', 'relation'],
  agreements: ['topic', 'relation'],
  relationEvents: ['relation'],
  people: [],
  positions: ['relation'],
  organizations: [],
  topics: [],
  sources: [],
  countries: [],
}
const slugsOf = {
  person: PEOPLE,
  organization: ORGANIZATIONS,
  topic: TOPICS,
  visit: VISITS,
  meeting: MEETINGS,
  agreement: AGREEMENTS,
}

/** Two different countries, in either order. */
export const pair = fc.uniqueArray(code, { minLength: 2, maxLength: 2 }) as unknown as fc.Arbitrary<Pair>

const parent = (list: ListName): fc.Arbitrary<Parent | undefined> => {
  const choices = hanging[list].map((field) =>
    (field === 'relation' ? pair.map((codes) => codes.join(',')) : any<string>(...slugsOf[field])).map((name) => ({
      field,
      name,
    })),
  )
  return choices.length === 0 ? fc.constant(undefined) : maybe(fc.oneof(...choices))
}

const listQuestion = <L extends ListName>(list: L) =>
  fc.record({
    list: fc.constant(list),
    of: parent(list),
    filter: fc.option(fewOf<Filters[L]>(fields[list]), { nil: null, freq: 8 }),
    orderBy: any(undefined, null, ...ordersOf(list)),
    part,
    step: maybe(any(1, 2, 3)),
  }) as unknown as fc.Arbitrary<ListQuestion>

const weights: Record<ListName, number> = { meetings: 5, visits: 3, statements: 4, agreements: 3, relationEvents: 3, people: 3, positions: 3, organizations: 1, topics: 1, sources: 1, countries: 1 } // biome-ignore format: one line

export const listQuestions: fc.Arbitrary<ListQuestion> = fc.oneof(
  ...(Object.keys(weights) as ListName[]).map((list) => ({ weight: weights[list], arbitrary: listQuestion(list) })),
)

/** A list that searches, by relevance. */
export interface RankedQuestion extends ListQuestion {
  readonly words: string
}

/** Those that are searched, and where they can be ranked: not where they hang on a record. */
export const rankedQuestions: fc.Arbitrary<RankedQuestion> = fc
  .tuple(
    listQuestions.filter(
      ({ list, of }) => list !== 'positions' && list !== 'countries' && (!of || of.field === 'relation'),
    ),
    any('ada', 'bo OR ada', 'ada OR trade OR zoe OR elodie', 'title', 'nothing', ''),
  )
  .map(([question, words]) => ({ ...question, words }))

export interface RelationQuestion {
  readonly between: Pair
  readonly which: Which
  readonly by: Granularity
  readonly on: string
  readonly part: Part
  readonly step?: number | undefined
}

export const relationQuestions: fc.Arbitrary<RelationQuestion> = fc.record({
  between: pair,
  which: fc.record(
    {
      during: fc.option(range),
      topics: fc.option(topics, { freq: 1 }),
      kinds: fc.option(list(any<Kind>('VISIT', 'MEETING', 'STATEMENT', 'AGREEMENT_EVENT', 'RELATION_EVENT')), {
        freq: 1,
      }),
      orderBy: fc.option(any('OLDEST_FIRST' as const, 'NEWEST_FIRST' as const)),
    },
    { requiredKeys: [] },
  ),
  by: any<Granularity>('MONTH', 'YEAR', 'DECADE'),
  on: day,
  part,
  step: maybe(any(1, 2, 3)),
})
