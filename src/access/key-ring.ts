import { timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Database } from '../database/open.ts'
import type { CallerKey } from './caller.ts'
import { type Scope, scopesOf } from './scopes.ts'
import { parseSecret, type SecretKind } from './secret.ts'

/** Time for which a process uses what it has read about a key. A revoked key works no longer than this. */
const LIFE_MS = 5_000

/** Maximum number of keys and sessions in memory. Those used least recently are read again. */
const MOST_KNOWN = 1_000

/** Maximum number of keys that are being read. The limits of queries do not count them. */
const MOST_READING = 200

/** A key was not looked up, because too many are being read. Its code is that of a server with too many connections. */
class TooManyReads extends Error {
  readonly code = '53300'

  constructor() {
    super(`too many keys: ${MOST_READING} are being read`)
  }
}

interface StoredKey {
  readonly id: string
  readonly name: string
  readonly scope: Scope
  readonly hash: Uint8Array
  readonly expiresAt: Date | null
  readonly isRevoked: boolean
  readonly wasUsedToday: boolean
}

/** Why a secret is refused. */
export type Rejection = 'malformed' | 'unknown' | 'revoked' | 'expired'

const KEY_COLUMNS = `key.id, name, scope, revoked_at IS NOT NULL AS "isRevoked",
  coalesce(last_used = (now() AT TIME ZONE 'UTC')::date, false) AS "wasUsedToday"`

const FIND: Readonly<Record<SecretKind, string>> = {
  key: `SELECT ${KEY_COLUMNS}, key.hash, key.expires_at AS "expiresAt" FROM api_key key WHERE key.id = $1`,
  session: `SELECT ${KEY_COLUMNS}, session.hash, least(key.expires_at, session.expires_at) AS "expiresAt"
    FROM key_session session JOIN api_key key ON key.id = key_id WHERE session.id = $1`,
}

const NOTE_USE = `UPDATE api_key SET last_used = (now() AT TIME ZONE 'UTC')::date
  WHERE id = $1 AND last_used IS DISTINCT FROM (now() AT TIME ZONE 'UTC')::date`

/** Finds keys by their text, and remembers for a few seconds what the database says about them. */
export class KeyRing {
  readonly #pool: Database['pool']
  /** By the kind of the secret and its id. Concurrent requests share one statement. */
  readonly #known: LRUCache<string, { readonly stored: StoredKey | undefined }, SecretKind>

  #reading = 0

  /** Remembers a key for `lifeMs` milliseconds. */
  constructor({ pool }: Pick<Database, 'pool'>, lifeMs = LIFE_MS) {
    this.#pool = pool
    this.#known = new LRUCache({
      max: MOST_KNOWN,
      ttl: lifeMs,
      // Who waits for a key gets it, even if it is evicted or forgotten meanwhile.
      ignoreFetchAbort: true,
      fetchMethod: async (name, _stale, { context: kind }) => ({ stored: await this.#read(kind, name) }),
    })
  }

  /** Returns the key that a secret stands for, or why it is refused. Throws if the database is not available. */
  async find(kind: SecretKind, text: string): Promise<CallerKey | Rejection> {
    const secret = parseSecret(kind, text)
    if (!secret) return 'malformed'
    const { stored } = await this.#known.forceFetch(`${kind} ${secret.id}`, { context: kind })
    if (!stored || !timingSafeEqual(stored.hash, secret.hash)) return 'unknown'
    if (stored.isRevoked) return 'revoked'
    if (stored.expiresAt && stored.expiresAt.getTime() <= Date.now()) return 'expired'
    return { id: stored.id, name: stored.name, scope: stored.scope, scopes: scopesOf(stored.scope) }
  }

  /** Whether this process has read lately that there is a key, or a session, with the id of this secret. */
  hasRead(kind: SecretKind, text: string): boolean {
    const secret = parseSecret(kind, text)
    return secret !== undefined && this.#known.peek(`${kind} ${secret.id}`, { allowStale: true })?.stored !== undefined
  }

  /** Forgets a secret that was changed by this process. */
  forget(kind: SecretKind, id: string): void {
    this.#known.delete(`${kind} ${id}`)
  }

  async #read(kind: SecretKind, name: string): Promise<StoredKey | undefined> {
    if (this.#reading >= MOST_READING) throw new TooManyReads()
    this.#reading += 1
    const { rows } = await this.#pool.query<StoredKey>(FIND[kind], [name.slice(kind.length + 1)]).finally(() => {
      this.#reading -= 1
    })
    const [stored] = rows
    // At most once a day for each key, and not awaited: the request does not depend on it.
    if (stored && !stored.wasUsedToday) this.#pool.query(NOTE_USE, [stored.id]).catch(() => {})
    return stored
  }
}
