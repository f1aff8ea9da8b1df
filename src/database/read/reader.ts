import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts'
import { outlivingClients, WaitingClients } from '../waiting-clients.ts'
import { type Listed, listed, type Query, ROOT, type Selected, selected, withdrawnAt } from './select.ts'
import { ask } from './statement.ts'
import { type Table, tables } from './tables.ts'
import { condition, Unsupported } from './where.ts'
import { isKept } from './withdrawn.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** Maximum number of counts per statement. They succeed or fail together. */
const MOST_COUNTED = 10

type Row = Record<string, unknown>

/** The methods of Prisma's delegates that are implemented here. */
interface Delegate {
  findMany(query?: Query): Promise<Row[]>
  findFirst(query?: Query): Promise<Row | null>
  findUnique(query: Query): Promise<Row | null>
  findUniqueOrThrow(query: Query): Promise<Row>
  count(query?: Query): Promise<number>
}

/** A page of rows, and the number of all rows that meet a condition. */
export interface CountedPage {
  readonly rows: Row[]
  readonly count: number
}

/**
 * Returns the client with other implementations of findMany, findFirst, findUnique and count: each runs one statement that
 * returns nested JSON. Concurrent reads by key share a statement, and so do concurrent counts. Adds `findPage`, which Prisma does not
 * have: it finds rows like `findMany`, and counts those that meet a condition, in one statement. Query objects that this folder does not
 * support (`Unsupported`) go to Prisma. The README beside this file says which they are.
 */
export function withOneStatementReads(prisma: PrismaClient, pool: Pool): PrismaClient {
  const models = Object.fromEntries(
    [...tables].map(([model, table]) => {
      const name = model.charAt(0).toLowerCase() + model.slice(1)
      return [name, reads(pool, table, isKept(model), prisma[name as 'meeting'] as unknown as Delegate)]
    }),
  )
  return prisma.$extends({
    name: 'one statement a read',
    model: models as object,
    // A transaction must read over its own connection, which only Prisma knows.
    client: { $transaction: prisma.$transaction.bind(prisma) },
  }) as unknown as PrismaClient
}

/** A record is found by its key even if it is withdrawn. */
function reads(pool: Pool, table: Table, kept: boolean, prisma: Delegate) {
  const createLoaders = () => ({
    one: new DataLoader<Wanted, Row | null>((wanted) => together(pool, table, kept, wanted), { cache: false }),
    counted: new DataLoader<Sql, number>((conditions) => countTogether(pool, table, conditions), {
      cache: false,
      maxBatchSize: MOST_COUNTED,
    }),
  })
  const forNobody = createLoaders()
  const loadersOf = new WeakMap<WaitingClients, typeof forNobody>()
  /** Executions do not share statements, because each ends its own when its clients leave. */
  function loaders() {
    const clients = WaitingClients.current
    if (!clients) return forNobody
    const found = loadersOf.get(clients)
    if (found) return found
    const created = createLoaders()
    loadersOf.set(clients, created)
    return created
  }
  const reading: Delegate = {
    async findUnique(query) {
      const wanted = known(() => wantedBy(table, query))
      // Prisma reads what several executions request at the same time with one statement.
      return wanted ? await loaders().one.load(wanted) : await outlivingClients(() => prisma.findUnique(query))
    },
    async findUniqueOrThrow(query) {
      const wanted = known(() => wantedBy(table, query))
      // If nothing is found, Prisma throws its own error.
      return (
        (wanted && (await loaders().one.load(wanted))) ??
        (await outlivingClients(() => prisma.findUniqueOrThrow(query)))
      )
    },
    async findMany(query = {}) {
      const list = known(() => listed(table, ROOT, query))
      return list ? await answer(pool, list) : await prisma.findMany(query)
    },
    async findFirst(query = {}) {
      const list = known(() => listed(table, ROOT, { ...query, take: 1 }))
      if (!list) return await prisma.findFirst(query)
      const [first] = await answer(pool, list)
      const wanted = first || !kept ? undefined : known(() => wantedBy(table, query))
      return first ?? (wanted && (await withdrawn(pool, table, [wanted])).get(wanted.key)) ?? null
    },
    async count(query = {}) {
      const { where = {}, ...others } = query
      const limits = Object.keys(others).length > 0 ? undefined : known(() => condition(table, ROOT, where))
      return limits ? await loaders().counted.load(limits) : await prisma.count(query)
    },
  }
  return {
    ...reading,
    async findPage(query: Query, counted: object): Promise<CountedPage> {
      const page = known(() => ({ list: listed(table, ROOT, query), limits: condition(table, ROOT, counted) }))
      if (page) return await countedPage(pool, table, page.list, page.limits)
      const [rows, count] = await Promise.all([reading.findMany(query), reading.count({ where: counted })])
      return { rows, count }
    },
  }
}

/** A read of one record by its key. */
interface Wanted {
  readonly key: string
  readonly select: unknown
  readonly selected: Selected
  /** Further conditions on the record. */
  readonly limits: Sql
}

function wantedBy(table: Table, { where, select, ...others }: Query): Wanted {
  const [[name = '', key] = [], ...more] = Object.entries((where ?? {}) as object)
  const field = table.fields.get(name)
  const isKey = field?.kind === 'column' && field.sql === table.key && typeof key === 'string'
  if (!isKey || Object.keys(others).length > 0) throw new Unsupported('findUnique')
  return {
    key,
    select,
    selected: selected(table, ROOT, select),
    limits: condition(table, ROOT, Object.fromEntries(more)),
  }
}

/** Reads records by their keys, with one statement for all that select the same. */
async function together(pool: Pool, table: Table, kept: boolean, wanted: readonly Wanted[]): Promise<(Row | null)[]> {
  const alike = new Map<string, Wanted[]>()
  for (const one of wanted) {
    const what = [one.selected.json, one.limits]
      .map(({ text, values }) => `${text} ${JSON.stringify(values)}`)
      .join(' ')
    const others = alike.get(what)
    if (others) others.push(one)
    else alike.set(what, [one])
  }
  const found = new Map<Wanted, Row>()
  await Promise.all(
    [...alike.values()].map(async (some) => {
      const [{ selected, limits }] = some as [Wanted]
      const { json, make } = selected
      const key = raw(`${ROOT}.${table.key}`)
      const keys = some.map((one) => one.key)
      const statement = sql`SELECT ${key} AS key, ${json} AS record FROM ${raw(`${table.sql} ${ROOT}`)} WHERE ${key} = ANY (${keys}) AND ${limits}`
      const records = new Map(
        (await ask<{ key: string; record: unknown }>(pool, statement)).map((row) => [row.key, row.record]),
      )
      for (const one of some) if (records.has(one.key)) found.set(one, make(records.get(one.key)))
      const others = some.filter((one) => !found.has(one))
      if (!kept || others.length === 0) return
      const gone = await withdrawn(pool, table, others)
      for (const one of others) if (gone.has(one.key)) found.set(one, gone.get(one.key) as Row)
    }),
  )
  return wanted.map((one) => found.get(one) ?? null)
}

/** The withdrawn records with the keys of reads that all select the same. */
async function withdrawn(pool: Pool, table: Table, wanted: readonly Wanted[]): Promise<Map<string, Row>> {
  const keys = wanted.map(({ key }) => key)
  const [{ select, limits }] = wanted as [Wanted]
  const { statement, make } = withdrawnAt(table, keys, select)
  const rows = await ask<{ key: string; record: unknown }>(pool, sql`${statement} WHERE ${limits}`)
  return new Map(rows.map(({ key, record }) => [key, make(record)]))
}

/** Counts the rows that meet each condition, for example those of nested lists on a page, in one statement. */
async function countTogether(pool: Pool, table: Table, conditions: readonly Sql[]): Promise<number[]> {
  const counts = conditions.map(
    (limits) => sql`(SELECT count(*)::int FROM ${raw(`${table.sql} ${ROOT}`)} WHERE ${limits})`,
  )
  const [row] = await ask<{ counts: number[] }>(pool, sql`SELECT ARRAY[${join(counts, ', ')}] AS counts`)
  return row?.counts ?? []
}

/** The result of `make`, or undefined if the query object is not supported. */
function known<Made>(make: () => Made): Made | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof Unsupported) return undefined
    throw error
  }
}

async function countedPage(pool: Pool, table: Table, { json, each }: Listed, limits: Sql): Promise<CountedPage> {
  const statement = sql`SELECT ${json} AS rows, (SELECT count(*)::int FROM ${raw(`${table.sql} ${ROOT}`)} WHERE ${limits}) AS count`
  const [{ rows, count } = { rows: [], count: 0 }] = await ask<{ rows: unknown[]; count: number }>(pool, statement)
  return { rows: rows.map(each), count }
}

async function answer(pool: Pool, { json, each }: Listed): Promise<Row[]> {
  const [{ rows } = { rows: [] }] = await ask<{ rows: unknown[] }>(pool, sql`SELECT ${json} AS rows`)
  return rows.map(each)
}
