import type { EntryKind } from '../relations/entries.ts'
import type { SearchKind } from '../search/document.ts'

/** What other parts of the program need to know about a concept. */
interface Concept {
  /** A word for one of its records. */
  readonly one: string
  /** Its type in the API. */
  readonly type: string
  readonly table: string
  /** The kind of search result that its records are. Null if they cannot be searched. */
  readonly search: SearchKind | null
  /** The kind of timeline entry that a record, or each of its events, is. Null if it is not in a timeline. */
  readonly timeline: EntryKind | null
}

/**
 * The list of all concepts. A bundle has a list of records for each concept, with this name and in this order: records refer
 * only to records of the same or an earlier concept, except that a meeting can come after a statement. Every other table of concepts is derived from this list or checked against
 * it by the compiler, so that a new concept does not compile until every place supports it.
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
  relationEvents: {
    one: 'relation event',
    type: 'RelationEvent',
    table: 'relation_event',
    search: 'RELATION_EVENT',
    timeline: 'RELATION_EVENT',
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
