import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts'
import { listed, type Query, ROOT, type Selected, selected } from './select.ts'
import { ask } from './statement.ts'
import { type Table, tables } from './tables.ts'
import { condition, Unknown } from './where.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** How many counts share a statement at most: they share its connection, its time and its fate. */
const MOST_COUNTED = 10

type Row = Record<string, unknown>

/** What is answered here, as Prisma's own delegates do. */
interface Delegate {
  findMany(query?: Query): Promise<Row[]>
  findFirst(query?: Query): Promise<Row | null>
  findUnique(query: Query): Promise<Row | null>
  findUniqueOrThrow(query: Query): Promise<Row>
  count(query?: Query): Promise<number>
}

/**
 * The client itself, but for reads of many, of the first, of one by its key, and of their number: each is one statement, which
 * returns nested JSON; those by keys, and those of numbers, share one where they are asked for at a time. What of a query object
 * is not known here (`Unknown`), Prisma answers.
 */
export function withOneStatementReads(prisma: PrismaClient, pool: Pool): PrismaClient {
  const models = Object.fromEntries(
    [...tables].map(([model, table]) => {
      const name = model.charAt(0).toLowerCase() + model.slice(1)
      return [name, reads(pool, table, prisma[name as 'meeting'] as unknown as Delegate)]
    }),
  )
  return prisma.$extends({
    name: 'one statement a read',
    model: models as object,
    // Within a transaction all is read by its own connection, so by Prisma.
    client: { $transaction: prisma.$transaction.bind(prisma) },
  }) as unknown as PrismaClient
}

function reads(pool: Pool, table: Table, prisma: Delegate): Delegate {
  const one = new DataLoader<Wanted, Row | null>((wanted) => together(pool, table, wanted), { cache: false })
  const counted = new DataLoader<Sql, number>((conditions) => countTogether(pool, table, conditions), {
    cache: false,
    maxBatchSize: MOST_COUNTED,
  })
  return {
    async findUnique(query) {
      const wanted = known(() => wantedBy(table, query))
      return wanted ? await one.load(wanted) : await prisma.findUnique(query)
    },
    async findUniqueOrThrow(query) {
      const wanted = known(() => wantedBy(table, query))
      // Prisma throws as it does where nothing is found.
      return (wanted && (await one.load(wanted))) ?? (await prisma.findUniqueOrThrow(query))
    },
    async findMany(query = {}) {
      const list = known(() => listed(table, ROOT, query))
      return list ? await answer(pool, list) : await prisma.findMany(query)
    },
    async findFirst(query = {}) {
      const list = known(() => listed(table, ROOT, { ...query, take: 1 }))
      return list ? ((await answer(pool, list))[0] ?? null) : await prisma.findFirst(query)
    },
    async count(query = {}) {
      const { where = {}, ...others } = query
      const limits = Object.keys(others).length > 0 ? undefined : known(() => condition(table, ROOT, where))
      return limits ? await counted.load(limits) : await prisma.count(query)
    },
  }
}

/** A record that is wanted by its key, and what of it. */
interface Wanted {
  readonly key: string
  readonly selected: Selected
}

function wantedBy(table: Table, { where, select, ...others }: Query): Wanted {
  const [[name = '', key] = [], ...more] = Object.entries(where as object)
  const field = table.fields.get(name)
  const isKey = field?.kind === 'column' && field.sql === table.key && typeof key === 'string'
  if (!isKey || more.length > 0 || Object.keys(others).length > 0) throw new Unknown('findUnique')
  return { key, selected: selected(table, ROOT, select) }
}

/** The records that are wanted at a time: one statement for all of which the same is wanted. */
async function together(pool: Pool, table: Table, wanted: readonly Wanted[]): Promise<(Row | null)[]> {
  const alike = new Map<string, Wanted[]>()
  for (const one of wanted) {
    const what = `${one.selected.json.text} ${JSON.stringify(one.selected.json.values)}`
    const others = alike.get(what)
    if (others) others.push(one)
    else alike.set(what, [one])
  }
  const found = new Map<Wanted, Row>()
  await Promise.all(
    [...alike.values()].map(async (some) => {
      const { json, make } = (some[0] as Wanted).selected
      const key = raw(`${ROOT}.${table.key}`)
      const keys = some.map((one) => one.key)
      const statement = sql`SELECT ${key} AS key, ${json} AS record FROM ${raw(`${table.sql} ${ROOT}`)} WHERE ${key} = ANY (${keys})`
      const records = new Map(
        (await ask<{ key: string; record: unknown }>(pool, statement)).map((row) => [row.key, row.record]),
      )
      for (const one of some) if (records.has(one.key)) found.set(one, make(records.get(one.key)))
    }),
  )
  return wanted.map((one) => found.get(one) ?? null)
}

/** How many rows each of some conditions lets through, as of lists that hang on the records of a page: in one statement. */
async function countTogether(pool: Pool, table: Table, conditions: readonly Sql[]): Promise<number[]> {
  const counts = conditions.map(
    (limits) => sql`(SELECT count(*)::int FROM ${raw(`${table.sql} ${ROOT}`)} WHERE ${limits})`,
  )
  const [row] = await ask<{ counts: number[] }>(pool, sql`SELECT ARRAY[${join(counts, ', ')}] AS counts`)
  return row?.counts ?? []
}

/** What is made of a query object; nothing, where that has something unknown. */
function known<Made>(make: () => Made): Made | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof Unknown) return undefined
    throw error
  }
}

async function answer(pool: Pool, { json, each }: ReturnType<typeof listed>): Promise<Row[]> {
  const [{ rows } = { rows: [] }] = await ask<{ rows: unknown[] }>(pool, sql`SELECT ${json} AS rows`)
  return rows.map(each)
}
