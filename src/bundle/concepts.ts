import type { EntryKind } from '../relations/entries.ts'
import type { SearchKind } from '../search/document.ts'

/** What other parts of the program must know about a concept. */
interface Concept {
  /** One of its records, in words. */
  readonly one: string
  /** Its type in the API. */
  readonly type: string
  readonly table: string
  /** As what a search finds its records; null where nobody searches them. */
  readonly search: SearchKind | null
  /** As what a record, or each of its events, stands in the timeline of a relation; null where it has no place there. */
  readonly timeline: EntryKind | null
}

/**
 * The one list of concepts. A bundle has a list of records for each, under this name and in this order: records refer to
 * records of concepts that come before, or of their own. Everything else that goes by concept is derived from this list or
 * checked against it by the compiler, so that a new concept does not compile until each place knows it.
 */
export const concepts = {
  countries: { one: 'country', type: 'Country', table: 'country', search: null, timeline: null },
  organizations: {
    one: 'organization',
    type: 'Organization',
    table: 'organization',
    search: 'ORGANIZATION',
    timeline: null,
  },
  people: { one: 'person', type: 'Person', table: 'person', search: 'PERSON', timeline: null },
  topics: { one: 'topic', type: 'Topic', table: 'topic', search: 'TOPIC', timeline: null },
  sources: { one: 'source', type: 'Source', table: 'source', search: 'SOURCE', timeline: null },
  positions: { one: 'position', type: 'Position', table: 'position', search: null, timeline: null },
  visits: { one: 'visit', type: 'Visit', table: 'visit', search: 'VISIT', timeline: 'VISIT' },
  meetings: { one: 'meeting', type: 'Meeting', table: 'meeting', search: 'MEETING', timeline: 'MEETING' },
  agreements: {
    one: 'agreement',
    type: 'Agreement',
    table: 'agreement',
    search: 'AGREEMENT',
    timeline: 'AGREEMENT_EVENT',
  },
  statements: { one: 'statement', type: 'Statement', table: 'statement', search: 'STATEMENT', timeline: 'STATEMENT' },
} as const satisfies Record<string, Concept>

/** The name of a concept, which is that of its list in a bundle. */
export type Kind = keyof typeof concepts

export const kinds = Object.keys(concepts) as readonly Kind[]

/** The types of the API whose records have a list in a bundle. */
export type ConceptType = (typeof concepts)[Kind]['type']

/** The concept of an entry of a timeline. Compiles only while every kind of entry belongs to a concept. */
export const kindOfEntry = Object.fromEntries(
  kinds.flatMap((kind) => (concepts[kind].timeline ? [[concepts[kind].timeline, kind]] : [])),
) as Record<NonNullable<(typeof concepts)[Kind]['timeline']>, Kind> satisfies Record<EntryKind, Kind>

/** The kinds of records that a search finds. */
export type SearchedKind = { [K in Kind]: (typeof concepts)[K]['search'] extends null ? never : K }[Kind]
