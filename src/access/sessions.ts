import type { Database } from '../database/open.ts'
import { createSecret, parseSecret, type StoredSecret } from './secret.ts'

type Connection = Pick<Database, 'pool'>

/** Seconds after which a browser must sign in again. */
export const SESSION_SECONDS = 14 * 86_400

/**
 * Signs a browser in with a key, and returns the secret for its cookie. That is not the key, so a stolen cookie ends with the
 * session. It is not a signed statement either, because the key that signs would have to be stored where keys only have hashes.
 */
export async function openSession({ pool }: Connection, keyId: string): Promise<string> {
  const secret = createSecret('session')
  const { id, hash } = parseSecret('session', secret) as StoredSecret
  await pool.query(
    `WITH ended AS (DELETE FROM key_session WHERE expires_at < now())
     INSERT INTO key_session (id, hash, key_id, expires_at) VALUES ($1, $2, $3, now() + $4 * interval '1 second')`,
    [id, hash, keyId, SESSION_SECONDS],
  )
  return secret
}

/** Signs a browser out. Returns the id of its session, if the text is the secret of one. */
export async function closeSession({ pool }: Connection, text: string): Promise<string | undefined> {
  const secret = parseSecret('session', text)
  if (secret) await pool.query('DELETE FROM key_session WHERE id = $1 AND hash = $2', [secret.id, secret.hash])
  return secret?.id
}
