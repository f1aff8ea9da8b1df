import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { Prisma } from '../../generated/prisma/client.ts'

/** The statements that came before, each with its name, once it came again. */
const seen = new Map<string, string | undefined>()

/** Each connection keeps the plan of each named statement for good, and questions may be of any number of shapes. */
const MOST_NAMED = 500
const MOST_SEEN = 5_000

/** Lets PostgreSQL parse and plan a statement once a connection, if it comes again. */
function nameOf(text: string): string | undefined {
  const name = seen.get(text)
  if (name !== undefined) return name
  if (!seen.has(text)) {
    if (seen.size < MOST_SEEN) seen.set(text, undefined)
    return undefined
  }
  if (named >= MOST_NAMED) return undefined
  named += 1
  const given = createHash('sha1').update(text).digest('base64url')
  seen.set(text, given)
  return given
}

let named = 0

/** The rows that a statement returns. */
export async function ask<Row extends object>(pool: Pool, { text, values }: Prisma.Sql): Promise<Row[]> {
  const name = nameOf(text)
  const { rows } = await pool.query<Row>({ text, values, ...(name === undefined ? {} : { name }) })
  return rows
}
