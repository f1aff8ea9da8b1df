import { Prisma } from '../../generated/prisma/client.ts'
import type { Table } from './tables.ts'

type Sql = Prisma.Sql
const { sql, raw } = Prisma

/** The column with the id of the withdrawal, null for a row that is not withdrawn. Records that are read have it as a property. */
export const WITHDRAWAL = 'withdrawal'

/** The models that are never withdrawn. */
const LASTING = new Set([
  'Country',
  'Organization',
  'OrganizationMember',
  'Person',
  'PersonAlias',
  'Source',
  'Topic',
  'TopicBroader',
])

/** Whether rows of a model can be in `withdrawn_row`. */
export const isKept = (model: string): boolean => !LASTING.has(model)

const withdrawn = (table: Table) => sql`
  SELECT own.*, moved.withdrawal_id AS ${raw(WITHDRAWAL)}
  FROM withdrawn_row moved, jsonb_populate_record(NULL::${raw(table.sql)}, moved.content) own
  WHERE moved.table_name = ${table.sql.slice(1, -1)}`

const present = (table: Table) => sql`SELECT there.*, NULL FROM ${raw(table.sql)} there`

/** The rows that can be parts of a row: those that were withdrawn with it, and those that are not withdrawn. */
export const keptParts = (table: Table, row: string): Sql =>
  sql`(${withdrawn(table)} AND moved.withdrawal_id = ${raw(`${row}.${WITHDRAWAL}`)} UNION ALL ${present(table)})`

/** The row with the key that an expression gives, withdrawn or not. */
export const keptRow = (table: Table, key: Sql): Sql =>
  sql`(${withdrawn(table)} AND moved.key = ${key} UNION ALL ${present(table)} WHERE there.${raw(table.key as string)} = ${key})`

/** The withdrawn rows with these keys. */
export const keptRows = (table: Table, keys: readonly string[]): Sql =>
  sql`(${withdrawn(table)} AND moved.key = ANY (${keys}))`
