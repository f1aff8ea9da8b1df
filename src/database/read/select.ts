import { Prisma } from '../../generated/prisma/client.ts'
import { type Column, type Relation, type Table, tables } from './tables.ts'
import { allOf, asFar, beneath, condition, Unknown } from './where.ts'

type Sql = Prisma.Sql
const { sql, raw, join, empty } = Prisma

/** The records that a query asks for, as Prisma takes it. */
export interface Query {
  readonly where?: unknown
  readonly orderBy?: unknown
  readonly take?: unknown
  readonly select?: unknown
}

type Row = Record<string, unknown>

/** What is selected of a row: its values as a JSON array, which is shorter than an object, and how a record is made of them. */
export interface Selected {
  readonly json: Sql
  readonly make: (values: unknown) => Row
}

/** Makes of a value what Prisma would have made of it. */
type Make = (value: unknown) => unknown

/** What the rows that a statement is about are known as. */
export const ROOT = 't0'

const QUERY = new Set(['where', 'orderBy', 'take', 'select'])

/** Days are numbered from here: that is shorter than a date, and quicker to make a Date of. */
const EPOCH = `DATE '1970-01-01'`
const DAY_MS = 86_400_000

/** What was made of selects that come again: those that are kept with their document (schema/selection.ts). */
const known = new WeakMap<object, Selected & { readonly table: Table; readonly row: string }>()

/** What a Prisma `select` asks of the rows of a table, known as `row`; all columns where there is none. Throws Unknown. */
export function selected(table: Table, row: string, select: unknown = everyColumn(table)): Selected {
  if (typeof select !== 'object' || select === null) throw new Unknown('select')
  const found = known.get(select)
  if (found && found.table === table && found.row === row) return found
  const made = { ...read(table, row, select), table, row }
  known.set(select, made)
  return made
}

function read(table: Table, row: string, select: object): Selected {
  const parts: Sql[] = []
  const names: string[] = []
  const makes: (Make | undefined)[] = []
  for (const [name, asked] of Object.entries(select)) {
    if (!asked) continue
    const field = table.fields.get(name)
    if (!field) throw new Unknown(`select.${name}`)
    names.push(name)
    if (field.kind === 'column') {
      parts.push(raw(field.isDate ? `${row}.${field.sql} - ${EPOCH}` : `${row}.${field.sql}`))
      makes.push(field.isDate ? makeDate : undefined)
    } else {
      const { json, make } = related(field, row, asked === true ? {} : asked)
      parts.push(json)
      makes.push(field.isList ? (list) => (list as unknown[]).map(make) : (one) => one && make(one))
    }
  }
  return {
    json: sql`json_build_array(${parts.length > 0 ? join(parts, ', ') : empty})`,
    // By index: this is done for each record of each answer, and an iterator leaves as much behind as the record itself.
    make(values) {
      const record: Row = {}
      for (let i = 0; i < names.length; i++) {
        const value = (values as unknown[])[i]
        record[names[i] as string] = makes[i]?.(value) ?? value
      }
      return record
    },
  }
}

const everyColumn = ({ fields }: Table) =>
  Object.fromEntries([...fields].map(([name, { kind }]) => [name, kind === 'column']))

const makeDate: Make = (day) => (day === null ? null : new Date((day as number) * DAY_MS))

/** The record, or the list of records, that belongs to a row. */
function related(relation: Relation, row: string, query: object): Selected {
  const table = tables.get(relation.model) as Table
  const other = beneath(row)
  const belongs = raw(`${other}.${relation.otherColumn} = ${row}.${relation.column}`)
  if (relation.isList) {
    const { json, each } = listed(table, other, query, belongs)
    return { json, make: each }
  }
  const { select, ...others } = query as Query
  if (Object.keys(others).length > 0) throw new Unknown('a query of one record')
  const { json, make } = selected(table, other, select)
  if (relation.refers && asksForKeyOnly(table, relation, select)) {
    const key = `${row}.${relation.column}`
    return { json: raw(`CASE WHEN ${key} IS NOT NULL THEN json_build_array(${key}) END`), make }
  }
  return { json: sql`(SELECT ${json} FROM ${raw(`${table.sql} ${other}`)} WHERE ${belongs})`, make }
}

/** Whether nothing is asked of a record but the key by which a row refers to it. */
function asksForKeyOnly({ fields }: Table, { otherColumn }: Relation, select: unknown): boolean {
  const [[name = '', asked] = [], ...others] = Object.entries(select ?? {})
  const field = fields.get(name)
  return asked === true && others.length === 0 && field?.kind === 'column' && field.sql === otherColumn
}

/** The record of a model whose key an expression gives, for statements by hand that find keys. Throws Unknown. */
export function recordAt(model: string, key: Sql, select: unknown): Selected {
  const table = tables.get(model)
  if (!table?.key) throw new Unknown(model)
  const { json, make } = selected(table, ROOT, select)
  return {
    json: sql`(SELECT ${json} FROM ${raw(`${table.sql} ${ROOT}`)} WHERE ${raw(`${ROOT}.${table.key}`)} = ${key})`,
    make,
  }
}

/** A JSON array of what is selected of each row. */
interface Listed {
  readonly json: Sql
  readonly each: Selected['make']
}

/**
 * The records of a query as a JSON array: first the page's rows, in their order, then what is asked of these only.
 * Throws Unknown.
 */
export function listed(table: Table, row: string, query: Query, belongs?: Sql): Listed {
  const unknown = Object.keys(query).find((name) => !QUERY.has(name))
  if (unknown) throw new Unknown(unknown)
  const { where = {}, orderBy = [], take, select } = query
  const { columns, joins, joined } = ordered(table, row, Array.isArray(orderBy) ? orderBy : [orderBy])
  const limits = condition(table, row, where, joined)
  const { json, make } = selected(table, row, select)
  const page = join(
    [
      raw(`SELECT ${row}.* FROM ${[`${table.sql} ${row}`, ...joins].join(' LEFT JOIN ')}`),
      sql`WHERE ${belongs ? allOf([belongs, limits]) : limits}`,
      ...(columns.length > 0 ? [raw(`ORDER BY ${columns.join(', ')}`)] : []),
      ...(take === undefined ? [] : [sql`LIMIT ${take}`]),
    ],
    ' ',
  )
  return { json: sql`(SELECT coalesce(json_agg(${json}), '[]') FROM (${page}) ${raw(row)})`, each: make }
}

interface Ordered {
  readonly columns: string[]
  /** The tables by whose columns the rows are ordered, each with the condition that joins it. */
  readonly joins: string[]
  readonly joined: Map<string, string>
}

function ordered(table: Table, row: string, orderBy: readonly object[]): Ordered {
  const order: Ordered = { columns: [], joins: [], joined: new Map() }
  for (const [name, way] of orderBy.flatMap((one) => Object.entries(one))) {
    const field = table.fields.get(name)
    if (field?.kind === 'column') order.columns.push(sorted(field, row, way))
    else if (field && !field.isList) byRelated(order, field, row, name, way)
    else throw new Unknown(`orderBy.${name}`)
  }
  return order
}

function byRelated(
  { columns, joins, joined }: Ordered,
  relation: Relation,
  row: string,
  name: string,
  orderBy: unknown,
): void {
  const table = tables.get(relation.model) as Table
  const known = joined.get(name)
  const other = known ?? `${row}_${joined.size}`
  if (!known) joins.push(`${table.sql} ${other} ON ${other}.${relation.otherColumn} = ${row}.${relation.column}`)
  joined.set(name, other)
  for (const [column, way] of Object.entries(orderBy as object)) {
    const field = table.fields.get(column)
    if (field?.kind !== 'column') throw new Unknown(`orderBy.${name}.${column}`)
    columns.push(sorted(field, other, way))
  }
}

/** A column in an order. Of a day, the place of an unknown one tells which of its indexes is read, and which way. */
function sorted(column: Column, row: string, order: unknown): string {
  const { sort, nulls } =
    typeof order === 'string' ? { sort: order } : ((order ?? {}) as { sort?: string; nulls?: string })
  if ((sort !== 'asc' && sort !== 'desc') || (nulls !== undefined && nulls !== 'first' && nulls !== 'last')) {
    throw new Unknown('orderBy')
  }
  const way = sort === 'asc' ? 'ASC' : 'DESC'
  const isLast = nulls === undefined ? sort === 'asc' : nulls === 'last'
  if (column.isDate) return `${asFar(column, row, isLast === (sort === 'asc'))} ${way}`
  return `${row}.${column.sql} ${way}${nulls === undefined ? '' : ` NULLS ${nulls.toUpperCase()}`}`
}
