import type { ClientBase } from 'pg'
import { concepts, type Kind, kinds } from './concepts.ts'

/** A table that bundles fill: its key, and the columns that refer to the rows that its rows are parts of, and are deleted with. */
interface Table {
  readonly key: readonly string[]
  readonly parents?: Readonly<Record<string, string>>
  /** Rows that the loader derives: no bundle has them, so none of them is missing from one. */
  readonly exceptWhere?: string
}

/** Rows are written in this order: after the rows that they refer to. */
export const tables = {
  country: { key: ['code'] },
  organization: { key: ['slug'] },
  organization_member: { key: ['organization_slug', 'country_code'], parents: { organization_slug: 'organization' } },
  person: { key: ['slug'] },
  // No parent: an alias is never removed.
  person_alias: { key: ['slug'] },
  topic: { key: ['slug'] },
  topic_broader: { key: ['topic_slug', 'broader_slug'], parents: { topic_slug: 'topic' } },
  source: { key: ['slug'] },
  position: { key: ['slug'] },
  attestation: { key: ['id'], parents: { position_slug: 'position' } },
  visit: { key: ['slug'] },
  visit_company: { key: ['visit_slug', 'accompanied_slug'], parents: { visit_slug: 'visit' } },
  meeting: { key: ['slug'] },
  participation: { key: ['id'], parents: { meeting_slug: 'meeting', visit_slug: 'visit' } },
  agreement: { key: ['slug'] },
  agreement_party: { key: ['agreement_slug', 'country_code'], parents: { agreement_slug: 'agreement' } },
  agreement_topic: {
    key: ['agreement_slug', 'topic_slug'],
    parents: { agreement_slug: 'agreement' },
    exceptWhere: 'NOT stated',
  },
  agreement_event: { key: ['id'], parents: { agreement_slug: 'agreement' } },
  agreement_event_actor: { key: ['id'], parents: { event_id: 'agreement_event' } },
  relation_event: { key: ['slug'] },
  search_document: { key: ['kind', 'key'] },
  statement: { key: ['slug'] },
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
  day_order: { key: ['id'], parents: { meeting_slug: 'meeting', statement_slug: 'statement' } },
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
      relation_event_slug: 'relation_event',
    },
  },
} as const satisfies Record<string, Table>

export type TableName = keyof typeof tables

/** The tables of facts: those whose rows a citation can support. */
export type FactTable = (typeof tables.citation.parents)[keyof typeof tables.citation.parents]

/** The table of the records of a kind; the other tables have the parts of records. */
export const tableOf = (kind: Kind): TableName => concepts[kind].table

const kindOfTable = new Map(kinds.map((kind) => [tableOf(kind), kind]))

/** The kind of the records in a table. Undefined if its rows are parts of records. */
export const kindOf = (table: TableName): Kind | undefined => kindOfTable.get(table)

/** The tables in their order, each as what all have in common. */
export const tableList: readonly (Table & { readonly name: TableName; readonly kind: Kind | undefined })[] =
  Object.entries(tables).map(([name, table]) => {
    const tableName = name as TableName
    return { name: tableName, kind: kindOf(tableName), ...table }
  })

/** Columns that are not filled from bundles. */
const OWN = ['imported_only', 'is_gone']

/** The columns of tables that are filled from bundles, except generated ones. */
export async function columnsOf(client: ClientBase, names: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT relname AS name, array_agg(attname::text) AS columns
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = quote_ident(current_schema())::regnamespace AND relname = ANY ($1)
       AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attname <> ALL ($2) GROUP BY 1`,
    [names, OWN],
  )
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}
