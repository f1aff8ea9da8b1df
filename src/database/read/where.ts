import { Prisma } from '../../generated/prisma/client.ts'
import { type Column, type Relation, type Table, tables } from './tables.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** Thrown for a query object that this folder does not support. Prisma then runs it. */
export class Unsupported extends Error {}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** A value as a parameter of SQL. Dates have no time of day. */
const parameter = (value: unknown) => (value instanceof Date ? value.toISOString().slice(0, 10) : value)

const COMPARISONS: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=', equals: '=' }

const TRUE = sql`TRUE`

/** SQL aliases of relations that are already joined, by their names. */
type Joined = ReadonlyMap<string, string>

/** The condition of a Prisma `where` on rows with the alias `row`. Throws Unsupported. */
export function condition(table: Table, row: string, where: unknown, joined: Joined = new Map()): Sql {
  if (!isPlain(where)) throw new Unsupported('where')
  const all = Object.entries(where).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (name === 'AND') return listOf(value).map((one) => condition(table, row, one, joined))
    if (name === 'OR') return [anyOf(table, row, listOf(value), joined)]
    const field = table.fields.get(name)
    if (!field) throw new Unsupported(`where.${name}`)
    return field.kind === 'column' ? comparisons(field, row, value) : [related(field, row, value, joined.get(name))]
  })
  return allOf(all)
}

const listOf = (value: unknown) => (Array.isArray(value) ? value : [value])

export function allOf(conditions: readonly Sql[]): Sql {
  const limits = conditions.filter((one) => one !== TRUE)
  const [first] = limits
  if (!first) return TRUE
  return limits.length === 1 ? first : join(limits, ' AND ')
}

function anyOf(table: Table, row: string, alternatives: readonly unknown[], joined: Joined): Sql {
  if (alternatives.length === 0) return sql`FALSE`
  const limit = nullOrCompared(table, row, alternatives)
  if (limit) return limit
  return sql`(${join(
    alternatives.map((one) => sql`(${condition(table, row, one, joined)})`),
    ' OR ',
  )})`
}

/** Turns "the date is null or compares" into one comparison that an index serves. Undefined for other alternatives. */
function nullOrCompared(table: Table, row: string, alternatives: readonly unknown[]): Sql | undefined {
  const [unknown, known, other] = alternatives
  if (other || !isPlain(unknown) || !isPlain(known)) return undefined
  const [[name = '', nothing] = [], ...more] = Object.entries(unknown)
  const [[same, limit] = [], ...yetMore] = Object.entries(known)
  const column = table.fields.get(name)
  const isOne = name === same && nothing === null && isPlain(limit) && more.length === 0 && yetMore.length === 0
  if (!isOne || column?.kind !== 'column' || !column.isDate) return undefined
  const [[operator = '', day] = [], ...rest] = Object.entries(limit)
  const comparison = COMPARISONS[operator]
  if (!comparison || operator === 'equals' || rest.length > 0 || !(day instanceof Date)) return undefined
  return sql`${raw(indexedDate(column, row, comparison.startsWith('>')))} ${raw(comparison)} ${parameter(day)}`
}

/** A date as the indexes store it: null counts as the latest or the earliest date. */
export const indexedDate = ({ sql: column }: Column, row: string, late: boolean) =>
  `coalesce(${row}.${column}, '${late ? '' : '-'}infinity')`

function comparisons(field: Column, row: string, value: unknown): Sql[] {
  const column = raw(`${row}.${field.sql}`)
  if (value === null) return [sql`${column} IS NULL`]
  if (!isPlain(value)) return [sql`${column} = ${parameter(value)}`]
  return Object.entries(value).flatMap(([operator, operand]) => {
    if (operand === undefined) return []
    if (operand === null) {
      if (operator === 'equals') return [sql`${column} IS NULL`]
      if (operator === 'not') return [sql`${column} IS NOT NULL`]
      throw new Unsupported(operator)
    }
    if (isPlain(operand)) throw new Unsupported(operator)
    if (operator === 'in') return [sql`${column} = ANY (${listOf(operand).map(parameter)})`]
    if (operator === 'notIn') return [sql`${column} <> ALL (${listOf(operand).map(parameter)})`]
    if (operator === 'not') return [sql`${column} <> ${parameter(operand)}`]
    const comparison = COMPARISONS[operator]
    if (!comparison) throw new Unsupported(operator)
    // A null date must fail this comparison.
    const compared =
      field.isDate && comparison !== '=' ? raw(indexedDate(field, row, comparison.startsWith('<'))) : column
    return [sql`${compared} ${raw(comparison)} ${parameter(operand)}`]
  })
}

/** The alias of rows nested in a row: `t` and the depth, because PostgreSQL cuts names after 63 bytes. */
export const nestedAlias = (row: string) => `t${Number.parseInt(row.slice(1), 10) + 1}`

/** The condition that a related row exists and meets `value`. */
function related(relation: Relation, row: string, value: unknown, joined: string | undefined): Sql {
  if (!isPlain(value)) throw new Unsupported('relation')
  const where = relation.isList ? onlySome(value) : value
  const other = joined ?? nestedAlias(row)
  const table = tables.get(relation.model) as Table
  const limits = condition(table, other, where)
  // An empty condition on a single related record does not require that it exists.
  if (!relation.isList && limits === TRUE) return TRUE
  // A foreign key that is not null guarantees the row.
  if (joined) return allOf([raw(`${row}.${relation.column} IS NOT NULL`), limits])
  const belongs = raw(`${other}.${relation.otherColumn} = ${row}.${relation.column}`)
  return sql`EXISTS (SELECT FROM ${raw(`${table.sql} ${other}`)} WHERE ${allOf([belongs, limits])})`
}

function onlySome(value: Record<string, unknown>): unknown {
  const { some, ...others } = value
  if (some === undefined || Object.keys(others).length > 0) throw new Unsupported('some')
  return some
}
