import { Prisma } from '../../generated/prisma/client.ts'
import { type Column, type Relation, type Table, tables } from './tables.ts'
import { allOf, condition, indexedDate, nestedAlias, Unsupported } from './where.ts'
import { isKept, keptParts, keptRow, keptRows, WITHDRAWAL } from './withdrawn.ts'

type Sql = Prisma.Sql
const { sql, raw, join, empty } = Prisma

/** A query object of Prisma. */
export interface Query {
  readonly where?: unknown
  readonly orderBy?: unknown
  readonly take?: unknown
  readonly select?: unknown
}

type Row = Record<string, unknown>

/** A selection: SQL for its values as a JSON array, which is shorter than an object, and a function that makes a record of them. */
export interface Selected {
  readonly json: Sql
  readonly make: (values: unknown) => Row
}

/** Converts a JSON value to what Prisma returns. */
type Make = (value: unknown) => unknown

/** SQL alias of the outermost rows of a statement. */
export const ROOT = 't0'

const QUERY = new Set(['where', 'orderBy', 'take', 'select'])

/** Dates are sent as days since this one: a number is shorter than a date, and faster to convert. */
const EPOCH = `DATE '1970-01-01'`
const DAY_MS = 86_400_000

/** Selections by their `select`. Those of a repeated document are the same objects each time (schema/loading/selection.ts). */
const selectedBySelect = new WeakMap<object, Selected & { readonly table: Table; readonly row: string }>()

/** The selection of a Prisma `select` on rows with the alias `row`. Default: all columns. Throws Unsupported. */
export function selected(table: Table, row: string, select: unknown = everyColumn(table)): Selected {
  if (typeof select !== 'object' || select === null) throw new Unsupported('select')
  const found = selectedBySelect.get(select)
  if (found && found.table === table && found.row === row) return found
  const made = { ...read(table, row, select), table, row }
  selectedBySelect.set(select, made)
  return made
}

/**
 * With `isWithdrawn`, the row is one that `withdrawn.ts` reads, and so are the facts related to it. Its record then has the id of its
 * withdrawal.
 */
function read(table: Table, row: string, select: object, isWithdrawn = false): Selected {
  const parts: Sql[] = isWithdrawn ? [raw(`${row}.${WITHDRAWAL}`)] : []
  const names: string[] = isWithdrawn ? [WITHDRAWAL] : []
  const makes: (Make | undefined)[] = isWithdrawn ? [undefined] : []
  for (const [name, asked] of Object.entries(select)) {
    if (!asked) continue
    const field = table.fields.get(name)
    if (!field) throw new Unsupported(`select.${name}`)
    names.push(name)
    if (field.kind === 'column') {
      parts.push(raw(field.isDate ? `${row}.${field.sql} - ${EPOCH}` : `${row}.${field.sql}`))
      makes.push(field.isDate ? toDate : undefined)
    } else {
      const { json, make } = related(field, row, asked === true ? {} : asked, isWithdrawn)
      parts.push(json)
      makes.push(field.isList ? (list) => (list as unknown[]).map(make) : (one) => one && make(one))
    }
  }
  return {
    json: sql`json_build_array(${parts.length > 0 ? join(parts, ', ') : empty})`,
    // A loop by index, because this runs for each record: an iterator would allocate as much memory as the record.
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

/** The selection of a Prisma `select` on rows that `withdrawn.ts` reads. Throws Unsupported. */
function withdrawn(table: Table, row: string, select: unknown = everyColumn(table)): Selected {
  if (typeof select !== 'object' || select === null) throw new Unsupported('select')
  return read(table, row, select, true)
}

const everyColumn = ({ fields }: Table) =>
  Object.fromEntries([...fields].map(([name, { kind }]) => [name, kind === 'column']))

const toDate: Make = (day) => (day === null ? null : new Date((day as number) * DAY_MS))

/** The related record of a row, or the list of them. */
function related(relation: Relation, row: string, query: object, isWithdrawn: boolean): Selected {
  const table = tables.get(relation.model) as Table
  const other = nestedAlias(row)
  const belongs = raw(`${other}.${relation.otherColumn} = ${row}.${relation.column}`)
  const kept = isWithdrawn && isKept(relation.model)
  if (relation.isList) {
    const { json, each } = listed(table, other, query, belongs, kept ? keptParts(table, row) : undefined)
    return { json, make: each }
  }
  const { select, ...others } = query as Query
  if (Object.keys(others).length > 0) throw new Unsupported('a query of one record')
  if (kept) {
    const { json, make } = withdrawn(table, other, select)
    return { json: sql`(SELECT ${json} FROM ${keptRow(table, raw(`${row}.${relation.column}`))} ${raw(other)})`, make }
  }
  const { json, make } = selected(table, other, select)
  if (relation.refers && selectsKeyOnly(table, relation, select)) {
    const key = `${row}.${relation.column}`
    return { json: raw(`CASE WHEN ${key} IS NOT NULL THEN json_build_array(${key}) END`), make }
  }
  return { json: sql`(SELECT ${json} FROM ${raw(`${table.sql} ${other}`)} WHERE ${belongs})`, make }
}

/** Whether only the key is selected, which the referring row already has. */
function selectsKeyOnly({ fields }: Table, { otherColumn }: Relation, select: unknown): boolean {
  const [[name = '', asked] = [], ...others] = Object.entries(select ?? {})
  const field = fields.get(name)
  return asked === true && others.length === 0 && field?.kind === 'column' && field.sql === otherColumn
}

/** The record with the key that an expression gives, for hand-written statements that find keys. Throws Unsupported. */
export function recordAt(model: string, key: Sql, select: unknown): Selected {
  const table = tables.get(model)
  if (!table?.key) throw new Unsupported(model)
  const { json, make } = selected(table, ROOT, select)
  return {
    json: sql`(SELECT ${json} FROM ${raw(`${table.sql} ${ROOT}`)} WHERE ${raw(`${ROOT}.${table.key}`)} = ${key})`,
    make,
  }
}

/** A statement for the withdrawn records with these keys. Throws Unsupported. */
export function withdrawnAt(table: Table, keys: readonly string[], select: unknown) {
  const { json, make } = withdrawn(table, ROOT, select)
  const key = raw(`${ROOT}.${table.key}`)
  return { statement: sql`SELECT ${key} AS key, ${json} AS record FROM ${keptRows(table, keys)} ${raw(ROOT)}`, make }
}

/** SQL for a JSON array of selections, and a function that makes a record of each. */
export interface Listed {
  readonly json: Sql
  readonly each: Selected['make']
}

/**
 * The records of a query as a JSON array. An inner query finds the rows of the page, so that their selections are computed for
 * these only. `kept` replaces the table: the rows of a withdrawn record. Throws Unsupported.
 */
export function listed(table: Table, row: string, query: Query, belongs?: Sql, kept?: Sql): Listed {
  const unknown = Object.keys(query).find((name) => !QUERY.has(name))
  if (unknown) throw new Unsupported(unknown)
  const { where = {}, orderBy = [], take, select } = query
  // Prisma reads a negative number from the end.
  if (typeof take === 'number' && take < 0) throw new Unsupported('take')
  const { columns, joins, joined } = ordered(table, row, Array.isArray(orderBy) ? orderBy : [orderBy])
  const limits = condition(table, row, where, joined)
  const { json, make } = kept ? withdrawn(table, row, select) : selected(table, row, select)
  const page = join(
    [
      sql`SELECT ${raw(row)}.* FROM ${kept ?? raw(table.sql)} ${raw([row, ...joins].join(' LEFT JOIN '))}`,
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
  /** The joined tables whose columns order the rows, each with its join condition. */
  readonly joins: string[]
  readonly joined: Map<string, string>
}

function ordered(table: Table, row: string, orderBy: readonly object[]): Ordered {
  const order: Ordered = { columns: [], joins: [], joined: new Map() }
  for (const [name, way] of orderBy.flatMap((one) => Object.entries(one))) {
    const field = table.fields.get(name)
    if (field?.kind === 'column') order.columns.push(sorted(field, row, way))
    else if (field && !field.isList) byRelated(order, field, row, name, way)
    else throw new Unsupported(`orderBy.${name}`)
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
    if (field?.kind !== 'column') throw new Unsupported(`orderBy.${name}.${column}`)
    columns.push(sorted(field, other, way))
  }
}

/**
 * A column of ORDER BY. A date has two indexes. The position of null dates decides which one is used, and in which direction.
 */
function sorted(column: Column, row: string, order: unknown): string {
  const { sort, nulls } =
    typeof order === 'string' ? { sort: order } : ((order ?? {}) as { sort?: string; nulls?: string })
  if ((sort !== 'asc' && sort !== 'desc') || (nulls !== undefined && nulls !== 'first' && nulls !== 'last')) {
    throw new Unsupported('orderBy')
  }
  const way = sort === 'asc' ? 'ASC' : 'DESC'
  const isLast = nulls === undefined ? sort === 'asc' : nulls === 'last'
  if (column.isDate) return `${indexedDate(column, row, isLast === (sort === 'asc'))} ${way}`
  return `${row}.${column.sql} ${way}${nulls === undefined ? '' : ` NULLS ${nulls.toUpperCase()}`}`
}
