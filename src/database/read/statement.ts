import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Pool } from 'pg'
import type { Prisma } from '../../generated/prisma/client.ts'

/** Longer statements are not prepared. */
const LONGEST_PREPARED = 50_000

/** The names of the statements that were run before, by their texts. */
const names = new LRUCache<string, string>({
  max: 5_000,
  maxSize: 20_000_000,
  sizeCalculation: (_, text) => text.length,
})

/**
 * The name under which a connection prepares a statement, so that PostgreSQL parses it only once. Empty for a statement that is
 * run for the first time, because many are never run again.
 */
export function statementName(text: string): string {
  const name = names.get(text)
  if (name === undefined && text.length <= LONGEST_PREPARED) names.set(text, hash('sha1', text, 'base64url'))
  return name ?? ''
}

/** The rows that a statement returns. */
export async function ask<Row extends object>(pool: Pool, { text, values }: Prisma.Sql): Promise<Row[]> {
  const { rows } = await pool.query<Row>({ text, values, name: statementName(text) })
  return rows
}
