import type { Pool } from 'pg'
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts'
import { listed, type Query, type Selected } from './select.ts'
import { ask } from './statement.ts'
import { type Table, tables } from './tables.ts'
import { condition, Unknown } from './where.ts'

const { sql, raw } = Prisma

type Row = Record<string, unknown>

/** What is answered here, as Prisma's own delegates do. */
interface Delegate {
  findMany(query?: Query): Promise<Row[]>
  findFirst(query?: Query): Promise<Row | null>
  count(query?: Query): Promise<number>
}

/**
 * The client itself, but for reads of many, of the first, and of their number: each is one statement, which returns nested
 * JSON. What of a query object is not known here (`Unknown`), Prisma answers.
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
  return {
    async findMany(query = {}) {
      const list = known(() => listed(table, 't', query))
      return list ? await answer(pool, list) : await prisma.findMany(query)
    },
    async findFirst(query = {}) {
      const list = known(() => listed(table, 't', { ...query, take: 1 }))
      return list ? ((await answer(pool, list))[0] ?? null) : await prisma.findFirst(query)
    },
    async count(query = {}) {
      const { where = {}, ...others } = query
      const limits = Object.keys(others).length > 0 ? undefined : known(() => condition(table, 't', where))
      if (!limits) return await prisma.count(query)
      const statement = sql`SELECT count(*)::int AS count FROM ${raw(table.sql)} t WHERE ${limits}`
      const [{ count } = { count: 0 }] = await ask<{ count: number }>(pool, statement)
      return count
    },
  }
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

async function answer(pool: Pool, { json, revive }: Selected): Promise<Row[]> {
  const [{ rows } = { rows: [] }] = await ask<{ rows: Row[] }>(pool, sql`SELECT ${json} AS rows`)
  if (revive) for (const row of rows) revive(row)
  return rows
}
