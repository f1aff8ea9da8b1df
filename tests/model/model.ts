import { type Bundle, type BundleRecord, keyOfRecord } from '../../src/bundle/format.ts'
import type { Bounds } from '../../src/time/span.ts'
import { countryOfOffice } from './facts.ts'
import { type Filters, type ListName, named, passes } from './filters.ts'
import { byDate, byName } from './lists.ts'
import { isVisitBetween, type Pair } from './relations.ts'
import { spanOf, tenureOf } from './time.ts'

/**
 * The reference model: what the service must answer about a bundle, in plain arrays and functions. It is written from the
 * design and shares no code with the service but the reading of EDTF. The bundle holds all countries.
 */

export type OrderName = 'OLDEST_FIRST' | 'NEWEST_FIRST' | 'NAME' | 'NAME_DESCENDING'

/** The span of the records of a list; null where they are sorted by name. */
const spans: { [L in ListName]: ((bundle: Bundle, record: BundleRecord<L>) => Bounds) | null } = {
  meetings: (_bundle, { when }) => spanOf(when),
  visits: (_bundle, { when }) => spanOf(when),
  statements: (_bundle, { said }) => spanOf(said),
  positions: tenureOf,
  sources: (_bundle, { published }) => spanOf(published),
  relationEvents: (_bundle, { when }) => spanOf(when),
  agreements: null,
  people: null,
  organizations: null,
  topics: null,
  countries: null,
}

const nameOf = (record: object) => ('title' in record ? record.title : (record as { name: string }).name) as string

/** The orders that a list can have, the default first. */
export const ordersOf = (list: ListName): readonly OrderName[] =>
  spans[list] ? ['OLDEST_FIRST', 'NEWEST_FIRST'] : ['NAME', 'NAME_DESCENDING']

/** Whether a filter says how certain, but not on which day, which is a mistake of the client. */
export const lacksDay = (list: ListName, filter: object | null | undefined): boolean => {
  const { on, match } = (list === 'positions' ? (filter ?? {}) : {}) as Filters['positions']
  return Boolean(match && !on)
}

/** What a list is of, where it is not of all: a person's meetings, the visits of a relation. */
export interface Parent {
  readonly field: 'person' | 'organization' | 'topic' | 'visit' | 'meeting' | 'agreement' | 'relation'
  /** A slug, or two codes with a comma between. */
  readonly name: string
}

export interface Listed<L extends ListName> {
  readonly list: L
  readonly of?: Parent | undefined
  readonly filter: Filters[L] | null | undefined
  readonly orderBy: OrderName | null | undefined
}

/** Whether a filter names a record that is not there, which is a mistake of the client. */
export function namesUnknown(bundle: Bundle, filter: object | null | undefined): boolean {
  return Object.entries(filter ?? {}).some(([field, value]) => {
    if (value === null || value === undefined) return false
    if (field === 'holding') return namesUnknown(bundle, value)
    return (knownTo[field] ?? []).length > 0 && [value].flat().some((name) => !isKnown(bundle, field, name))
  })
}

/** A slug may be that of several types; a global id says whose. */
function isKnown(bundle: Bundle, field: string, name: string): boolean {
  const { type, slug } = named(name)
  return (knownTo[field] ?? []).some(([of, keys]) => (type === undefined || type === of) && keys(bundle).includes(slug))
}

const slugs = (records: readonly { slug: string }[]) => records.map(({ slug }) => slug)
type Known = readonly [type: string, keys: (bundle: Bundle) => string[]]
const person: Known = ['Person', ({ people }) => slugs(people)]
const organization: Known = ['Organization', ({ organizations }) => slugs(organizations)]
const topic: Known = ['Topic', ({ topics }) => slugs(topics)]

/** The records that a field of a filter can name. Countries are always there. */
const knownTo: Readonly<Record<string, readonly Known[]>> = {
  accreditedToOrganization: [organization],
  agreement: [['Agreement', ({ agreements }) => slugs(agreements)]],
  broader: [topic],
  meeting: [['Meeting', ({ meetings }) => slugs(meetings)]],
  met: [person],
  organization: [organization],
  organizations: [organization],
  participants: [person],
  person: [person],
  post: [['', ({ positions }) => positions.map(({ post }) => post)]],
  publisher: [organization],
  representedOrganizations: [organization],
  source: [['Source', ({ sources }) => slugs(sources)]],
  speakers: [person, organization],
  topics: [topic],
  visit: [['Visit', ({ visits }) => slugs(visits)]],
}

/** The keys of what a list answers: the records that pass the filter, in order. */
export function listed<L extends ListName>(bundle: Bundle, { list, of, filter, orderBy }: Listed<L>): string[] {
  const isLetThrough = (record: BundleRecord<L>, filter: Filters[L]) =>
    passes[list](bundle, record, filter).every(Boolean)
  const isOf = (record: BundleRecord<L>, { field, name }: Parent) => {
    if (field === 'relation' && 'post' in record) return isAccredited(bundle, record, name.split(','))
    if (field === 'relation' && 'to' in record) return isVisitBetween(record, name.split(',') as unknown as Pair)
    if (field === 'organization' && 'participations' in record) return isPresent(record, name)
    return isLetThrough(record, scopeOf(list, field, name) as Filters[L])
  }
  return (bundle[list] as BundleRecord<L>[])
    .filter((record) => (!of || isOf(record, of)) && (!filter || isLetThrough(record, filter)))
    .toSorted(comparing(bundle, list, orderBy ?? defaultOrder(list, filter)))
    .map(keyOfRecord)
}

/** The first order; the holders of an office on a day are listed newest first. */
const defaultOrder = (list: ListName, filter: object | null | undefined) =>
  ordersOf(list)[list === 'positions' && (filter as Filters['positions'])?.on ? 1 : 0] as OrderName

/** What the database has about two countries: how much of each kind, from when to when, and from which sources. */
export function coverage(bundle: Bundle, pair: Pair) {
  const of: Parent = { field: 'relation', name: pair.join(',') }
  const between = <L extends ListName>(list: L) => {
    const slugs = listed(bundle, { list, of, filter: null, orderBy: null })
    return (bundle[list] as BundleRecord<L>[]).filter((record) => slugs.includes(keyOfRecord(record)))
  }
  const [visits, meetings, statements, agreements, relationEvents, positions] = [between('visits'), between('meetings'), between('statements'), between('agreements'), between('relationEvents'), between('positions')] // biome-ignore format: one line
  const agreementEvents = agreements.flatMap(({ events }) => events)
  const held = positions.map((position) => {
    const { beginOfTheBegin, endOfTheEnd, beginIsDoubtful, endIsDoubtful } = tenureOf(bundle, position)
    return {
      citations: position.citations,
      beginOfTheBegin: beginIsDoubtful ? null : beginOfTheBegin,
      endOfTheEnd: endIsDoubtful ? null : endOfTheEnd,
    }
  })
  const facts = [
    ...[...visits, ...meetings, ...agreementEvents, ...relationEvents].map(({ when, citations }) => ({
      citations,
      ...spanOf(when),
    })),
    ...statements.map(({ said, citations }) => ({ citations, ...spanOf(said) })),
    ...agreements.map(({ citations }) => ({ citations, beginOfTheBegin: null, endOfTheEnd: null })),
    ...held,
  ]
  const daysOf = (some: typeof facts) => ({
    first: some.flatMap(({ beginOfTheBegin }) => beginOfTheBegin ?? []).toSorted()[0] ?? null,
    last: some.flatMap(({ endOfTheEnd }) => endOfTheEnd ?? []).toSorted().at(-1) ?? null, // biome-ignore format: one line
  })
  return {
    ...daysOf(facts),
    visits: visits.length,
    meetings: meetings.length,
    statements: statements.length,
    agreements: agreements.length,
    agreementEvents: agreementEvents.length,
    relationEvents: relationEvents.length,
    positions: positions.length,
    sources: bundle.sources
      .map(({ slug }) => {
        const citing = facts.filter(({ citations }) => citations.some(({ source }) => source === slug))
        return { source: { slug }, count: citing.length, ...daysOf(citing) }
      })
      .filter(({ count }) => count > 0)
      .toSorted((one, other) => other.count - one.count || (one.source.slug < other.source.slug ? -1 : 1)),
  }
}

/** An organization is where it takes part itself, and where somebody represents it. */
const isPresent = ({ participations }: BundleRecord<'meetings' | 'visits'>, slug: string) =>
  participations.some(
    ({ organization, representingOrganization }) => organization === slug || representingOrganization === slug,
  )

/** Whether an office is that of a head of mission of one country to the other. */
function isAccredited(bundle: Bundle, position: BundleRecord<'positions'>, pair: readonly string[]): boolean {
  const [country] = countryOfOffice(bundle, position)
  const { accreditedTo } = position
  return [country, accreditedTo].every((code) => code !== undefined && pair.includes(code)) && country !== accreditedTo
}

/** A list that hangs on a record is the list of all, filtered by the record. */
function scopeOf(list: ListName, field: Parent['field'], name: string): object {
  if (field === 'relation') return { between: name.split(',') }
  if (field === 'topic') return { topics: [name] }
  if (field !== 'person') return { [field]: name }
  return list === 'statements'
    ? { speakers: [Buffer.from(`Person:${name}`).toString('base64url')] }
    : { participants: [name] }
}

function comparing<L extends ListName>(bundle: Bundle, list: L, order: OrderName) {
  const direction = order === 'OLDEST_FIRST' || order === 'NAME' ? 1 : -1
  const span = spans[list] as ((bundle: Bundle, record: BundleRecord<L>) => Bounds) | null
  if (!span) return byName<BundleRecord<L>>(nameOf, keyOfRecord, direction)
  return byDate<BundleRecord<L>>((record) => span(bundle, record), keyOfRecord, direction)
}
