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

/** Makes of a record what Prisma would have made of it: JSON has no dates. */
export type Revive = (row: Row) => void

/** What is selected of a row: a JSON object, and what remains to be done with it. */
export interface Selected {
  readonly json: Sql
  readonly revive: Revive | undefined
}

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
  const revivals: Revive[] = []
  for (const [name, asked] of Object.entries(select)) {
    if (!asked) continue
    const field = table.fields.get(name)
    if (!field) throw new Unknown(`select.${name}`)
    if (field.kind === 'column') {
      parts.push(column(name, field, row))
      if (field.isDate) revivals.push(reviveDate(name))
    } else {
      const { json, revive } = related(field, row, asked === true ? {} : asked)
      parts.push(sql`${raw(`'${name}', `)}${json}`)
      if (revive) revivals.push(field.isList ? reviveList(name, revive) : reviveOne(name, revive))
    }
  }
  return { json: sql`json_build_object(${parts.length > 0 ? join(parts, ', ') : empty})`, revive: everyOne(revivals) }
}

const everyColumn = ({ fields }: Table) =>
  Object.fromEntries([...fields].map(([name, { kind }]) => [name, kind === 'column']))

const column = (name: string, { sql: column, isDate }: Column, row: string) =>
  raw(isDate ? `'${name}', ${row}.${column} - ${EPOCH}` : `'${name}', ${row}.${column}`)

const reviveDate =
  (name: string): Revive =>
  (row) => {
    const day = row[name] as number | null
    if (day !== null) row[name] = new Date(day * DAY_MS)
  }

const reviveOne =
  (name: string, revive: Revive): Revive =>
  (row) => {
    const one = row[name] as Row | null
    if (one !== null) revive(one)
  }

const reviveList =
  (name: string, revive: Revive): Revive =>
  (row) => {
    for (const one of row[name] as Row[]) revive(one)
  }

function everyOne(revivals: readonly Revive[]): Revive | undefined {
  if (revivals.length <= 1) return revivals[0]
  return (row) => {
    for (const revive of revivals) revive(row)
  }
}

/** The record, or the list of records, that belongs to a row. */
function related(relation: Relation, row: string, query: object): Selected {
  const table = tables.get(relation.model) as Table
  const other = beneath(row)
  const belongs = raw(`${other}.${relation.otherColumn} = ${row}.${relation.column}`)
  if (relation.isList) return listed(table, other, query, belongs)
  const { select, ...others } = query as Query
  if (Object.keys(others).length > 0) throw new Unknown('a query of one record')
  const { json, revive } = selected(table, other, select)
  return { json: sql`(SELECT ${json} FROM ${raw(`${table.sql} ${other}`)} WHERE ${belongs})`, revive }
}

/** The record of a model whose key an expression gives, for statements by hand that find keys. Throws Unknown. */
export function recordAt(model: string, key: Sql, select: unknown): Selected {
  const table = tables.get(model)
  if (!table?.key) throw new Unknown(model)
  const { json, revive } = selected(table, ROOT, select)
  return {
    json: sql`(SELECT ${json} FROM ${raw(`${table.sql} ${ROOT}`)} WHERE ${raw(`${ROOT}.${table.key}`)} = ${key})`,
    revive,
  }
}

/**
 * The records of a query as a JSON array: first the page's rows, in their order, then what is asked of these only.
 * Throws Unknown.
 */
export function listed(table: Table, row: string, query: Query, belongs?: Sql): Selected {
  const unknown = Object.keys(query).find((name) => !QUERY.has(name))
  if (unknown) throw new Unknown(unknown)
  const { where = {}, orderBy = [], take, select } = query
  const { columns, joins, joined } = ordered(table, row, Array.isArray(orderBy) ? orderBy : [orderBy])
  const limits = condition(table, row, where, joined)
  const { json, revive } = selected(table, row, select)
  const page = join(
    [
      raw(`SELECT ${row}.* FROM ${[`${table.sql} ${row}`, ...joins].join(' LEFT JOIN ')}`),
      sql`WHERE ${belongs ? allOf([belongs, limits]) : limits}`,
      ...(columns.length > 0 ? [raw(`ORDER BY ${columns.join(', ')}`)] : []),
      ...(take === undefined ? [] : [sql`LIMIT ${take}`]),
    ],
    ' ',
  )
  return { json: sql`(SELECT coalesce(json_agg(${json}), '[]') FROM (${page}) ${raw(row)})`, revive }
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
