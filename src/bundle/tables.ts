import type { Kind } from './format.ts'

/** A table that bundles fill: its key, and the columns by which its rows hang on rows of other tables and go with them. */
interface Table {
  readonly key: readonly string[]
  readonly parents?: Readonly<Record<string, string>>
  /** The records whose own rows these are; other rows are parts of a record. */
  readonly kind?: Kind
  /** Rows that the loader derives, and that no bundle lacks. */
  readonly exceptWhere?: string
}

/** In an order in which rows find what they refer to. */
export const tables = {
  country: { key: ['code'], kind: 'countries' },
  organization: { key: ['slug'], kind: 'organizations' },
  organization_member: { key: ['organization_slug', 'country_code'], parents: { organization_slug: 'organization' } },
  person: { key: ['slug'], kind: 'people' },
  // What leads to a person leads there for good: nothing takes it away.
  person_alias: { key: ['slug'] },
  topic: { key: ['slug'], kind: 'topics' },
  topic_broader: { key: ['topic_slug', 'broader_slug'], parents: { topic_slug: 'topic' } },
  source: { key: ['slug'], kind: 'sources' },
  position: { key: ['slug'], kind: 'positions' },
  attestation: { key: ['id'], parents: { position_slug: 'position' } },
  visit: { key: ['slug'], kind: 'visits' },
  meeting: { key: ['slug'], kind: 'meetings' },
  participation: { key: ['id'], parents: { meeting_slug: 'meeting', visit_slug: 'visit' } },
  agreement: { key: ['slug'], kind: 'agreements' },
  agreement_party: { key: ['agreement_slug', 'country_code'], parents: { agreement_slug: 'agreement' } },
  agreement_topic: {
    key: ['agreement_slug', 'topic_slug'],
    parents: { agreement_slug: 'agreement' },
    exceptWhere: 'NOT stated',
  },
  agreement_event: { key: ['id'], parents: { agreement_slug: 'agreement' } },
  agreement_event_actor: { key: ['id'], parents: { event_id: 'agreement_event' } },
  search_document: { key: ['kind', 'key'] },
  statement: { key: ['slug'], kind: 'statements' },
  statement_voice: { key: ['id'], parents: { statement_slug: 'statement' } },
  statement_topic: {
    key: ['statement_slug', 'topic_slug'],
    parents: { statement_slug: 'statement' },
    exceptWhere: 'NOT stated',
  },
  statement_country: {
    key: ['statement_slug', 'country_code'],
    parents: { statement_slug: 'statement' },
    exceptWhere: 'NOT stated',
  },
  citation: {
    key: ['id'],
    parents: {
      position_slug: 'position',
      attestation_id: 'attestation',
      visit_slug: 'visit',
      participation_id: 'participation',
      meeting_slug: 'meeting',
      statement_slug: 'statement',
      agreement_slug: 'agreement',
      agreement_event_id: 'agreement_event',
    },
  },
} as const satisfies Record<string, Table>

export type TableName = keyof typeof tables

/** The tables in their order, each as what all have in common. */
export const tableList: readonly (Table & { readonly name: TableName })[] = Object.entries(tables).map(
  ([name, table]) => ({ name: name as TableName, ...table }),
)

/** The table of the records of a kind. */
export const tableOf = Object.fromEntries(
  tableList.flatMap(({ name, kind }) => (kind ? [[kind, name]] : [])),
) as Record<Kind, TableName>
