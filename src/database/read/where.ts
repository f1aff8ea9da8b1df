import { Prisma } from '../../generated/prisma/client.ts'
import { type Column, type Relation, type Table, tables } from './tables.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** A query object has something that is not read here: Prisma answers it. */
export class Unknown extends Error {}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** A value as the database reads it: dates are days. */
const parameter = (value: unknown) => (value instanceof Date ? value.toISOString().slice(0, 10) : value)

const COMPARISONS: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=', equals: '=' }

const TRUE = sql`TRUE`

/** The rows of a relation that are joined already, by the relation's name. */
export type Joined = ReadonlyMap<string, string>

/** Which rows of a table, known as `row`, a Prisma `where` lets through. Throws Unknown. */
export function condition(table: Table, row: string, where: unknown, joined: Joined = new Map()): Sql {
  if (!isPlain(where)) throw new Unknown('where')
  const all = Object.entries(where).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (name === 'AND') return listOf(value).map((one) => condition(table, row, one, joined))
    if (name === 'OR') return [anyOf(table, row, listOf(value), joined)]
    const field = table.fields.get(name)
    if (!field) throw new Unknown(`where.${name}`)
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
  const limit = perhaps(table, row, alternatives)
  if (limit) return limit
  return sql`(${join(
    alternatives.map((one) => sql`(${condition(table, row, one, joined)})`),
    ' OR ',
  )})`
}

/** Where a day is unknown or compares: as one comparison, of which there is an index. */
function perhaps(table: Table, row: string, alternatives: readonly unknown[]): Sql | undefined {
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
  return sql`${raw(asFar(column, row, comparison.startsWith('>')))} ${raw(comparison)} ${parameter(day)}`
}

/** A day for comparing and sorting, as it is in an index: an unknown one is as late or as early as can be. */
export const asFar = ({ sql: column }: Column, row: string, late: boolean) =>
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
      throw new Unknown(operator)
    }
    if (isPlain(operand)) throw new Unknown(operator)
    if (operator === 'in') return [sql`${column} = ANY (${listOf(operand).map(parameter)})`]
    if (operator === 'notIn') return [sql`${column} <> ALL (${listOf(operand).map(parameter)})`]
    if (operator === 'not') return [sql`${column} <> ${parameter(operand)}`]
    const comparison = COMPARISONS[operator]
    if (!comparison) throw new Unknown(operator)
    // An unknown day is neither before nor after another.
    const compared = field.isDate && comparison !== '=' ? raw(asFar(field, row, comparison.startsWith('<'))) : column
    return [sql`${compared} ${raw(comparison)} ${parameter(operand)}`]
  })
}

/** What rows that hang on a row are known as: by their depth, since names of PostgreSQL are short. */
export const beneath = (row: string) => `t${Number.parseInt(row.slice(1), 10) + 1}`

/** Whether there is a row that belongs to this one and is let through. */
function related(relation: Relation, row: string, value: unknown, joined: string | undefined): Sql {
  if (!isPlain(value)) throw new Unknown('relation')
  const where = relation.isList ? onlySome(value) : value
  const other = joined ?? beneath(row)
  const table = tables.get(relation.model) as Table
  const limits = condition(table, other, where)
  // Nothing is asked of the one, not even that it is there.
  if (!relation.isList && limits === TRUE) return TRUE
  // A foreign key that is there leads to a row.
  if (joined) return allOf([raw(`${row}.${relation.column} IS NOT NULL`), limits])
  const belongs = raw(`${other}.${relation.otherColumn} = ${row}.${relation.column}`)
  return sql`EXISTS (SELECT FROM ${raw(`${table.sql} ${other}`)} WHERE ${allOf([belongs, limits])})`
}

function onlySome(value: Record<string, unknown>): unknown {
  const { some, ...others } = value
  if (some === undefined || Object.keys(others).length > 0) throw new Unknown('some')
  return some
}
