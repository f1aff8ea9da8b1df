import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Pool } from 'pg'
import type { Prisma } from '../../generated/prisma/client.ts'

/** The statements that came before, each with its name, or '' as long as it came once. */
const seen = new LRUCache<string, string>({
  max: 5_000,
  maxSize: 20_000_000,
  sizeCalculation: (_, text) => text.length,
})

/** Each connection keeps the plan of each named statement for good, and questions may be of any number of shapes and sizes. */
const MOST_NAMED = 1_000
const LONGEST_NAMED = 50_000
let named = 0

/** Lets PostgreSQL parse and plan a statement once a connection, if it comes again. */
function nameOf(text: string): string | undefined {
  const name = seen.get(text)
  if (name) return name
  if (name === undefined || named >= MOST_NAMED || text.length > LONGEST_NAMED) {
    if (name === undefined) seen.set(text, '')
    return undefined
  }
  named += 1
  const given = hash('sha1', text, 'base64url')
  seen.set(text, given)
  return given
}

/** The rows that a statement returns. */
export async function ask<Row extends object>(pool: Pool, { text, values }: Prisma.Sql): Promise<Row[]> {
  const name = nameOf(text)
  const { rows } = await pool.query<Row>({ text, values, ...(name === undefined ? {} : { name }) })
  return rows
}
