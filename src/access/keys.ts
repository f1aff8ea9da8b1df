import type { Database } from '../database/open.ts'
import { UserError } from '../errors.ts'
import type { Scope } from './scopes.ts'
import { createSecret, parseSecret, type StoredSecret } from './secret.ts'

type Connection = Pick<Database, 'pool'>

/** A key as lists show it. */
export interface Key {
  readonly id: string
  readonly name: string
  readonly scope: Scope
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  /** The last day on which it was used, as YYYY-MM-DD. */
  readonly lastUsed: string | null
}

export interface KeyOptions {
  readonly name: string
  readonly scope: Scope
  readonly expiresAt?: Date | undefined
}

const COLUMNS = `id, name, scope, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt",
  last_used::text AS "lastUsed"`

/** Creates a key and returns it with its id. The key itself is not stored, so this is the only time that it can be shown. */
export async function createKey({ pool }: Connection, { name, scope, expiresAt }: KeyOptions) {
  const key = createSecret('key')
  const { id, hash } = parseSecret('key', key) as StoredSecret
  await pool.query('INSERT INTO api_key (id, name, scope, hash, expires_at) VALUES ($1, $2, $3, $4, $5)', [
    id,
    name,
    scope,
    hash,
    expiresAt ?? null,
  ])
  return { id, key }
}

/** Returns keys, the newest first. */
export async function listKeys({ pool }: Connection, first?: number): Promise<Key[]> {
  const { rows } = await pool.query<Key>(`SELECT ${COLUMNS} FROM api_key ORDER BY created_at DESC, id LIMIT $1`, [
    first ?? null,
  ])
  return rows
}

/** Revokes a key, and returns it. If it was revoked before, that time does not change. */
export async function revokeKey({ pool }: Connection, id: string): Promise<Key> {
  const { rows } = await pool.query<Key>(
    `UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING ${COLUMNS}`,
    [id],
  )
  const [key] = rows
  if (!key) throw new UserError(`no key has the id ${id}; \`bilateral key list\` lists the keys`)
  return key
}
