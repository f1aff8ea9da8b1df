import { createKey, type Key, listKeys, revokeKey } from '../access/keys.ts'
import type { Scope } from '../access/scopes.ts'
import { looksLikeKey } from '../access/secret.ts'
import { UserError } from '../errors.ts'
import { isDay } from '../time/day.ts'
import type { Context } from './context.ts'

export interface CreateOptions {
  readonly scope: Scope
  readonly expires?: string
}

const LONGEST_NAME = 100
const MS_PER_DAY = 86_400_000

/** Creates a key and prints it. Only the key goes to standard output, so that a script can read it. */
export async function create(
  { stdout, stderr, openDatabase }: Context,
  givenName: string,
  { scope, expires }: CreateOptions,
): Promise<void> {
  const name = checkedName(givenName)
  const expiresAt = expires === undefined ? undefined : endOf(expires)
  const database = await openDatabase()
  try {
    const { id, key } = await createKey(database, { name, scope, expiresAt })
    stdout.write(`${key}\n`)
    const until = expires === undefined ? 'does not expire' : `expires at the end of ${expires} (UTC)`
    stderr.write(`created the key ${id}, “${name}”, with the scope ${scope}; it ${until}. It is not shown again.\n`)
  } finally {
    await database.close()
  }
}

/** Prints the keys, the newest first. With `json`, one Key per line. */
export async function list({ stdout, openDatabase }: Context, { json }: { json?: boolean }): Promise<void> {
  const database = await openDatabase()
  try {
    const keys = await listKeys(database)
    for (const key of keys) stdout.write(`${json ? JSON.stringify(key) : lineOf(key)}\n`)
    if (keys.length === 0 && !json) stdout.write('there are no keys; `bilateral key create` creates one\n')
  } finally {
    await database.close()
  }
}

/** Revokes a key. */
export async function revoke({ stdout, openDatabase }: Context, id: string): Promise<void> {
  if (looksLikeKey(id)) throw new UserError('expected the id of a key, not the key; `bilateral key list` lists the ids')
  const database = await openDatabase()
  try {
    const key = await revokeKey(database, id)
    stdout.write(`revoked ${lineOf(key)}\n`)
  } finally {
    await database.close()
  }
}

function checkedName(given: string): string {
  const name = given.trim().normalize()
  if (name === '' || name.length > LONGEST_NAME || /\p{C}/u.test(name)) {
    throw new UserError(`name: expected 1 to ${LONGEST_NAME} characters without control characters`)
  }
  return name
}

/** The end of a day in UTC. */
function endOf(day: string): Date {
  const end = isDay(day) ? Date.parse(day) + MS_PER_DAY : Number.NaN
  if (Number.isNaN(end)) throw new UserError(`--expires: expected a day as YYYY-MM-DD, got ${JSON.stringify(day)}`)
  if (end <= Date.now()) throw new UserError(`--expires: expected today or a later day, got ${day}`)
  return new Date(end)
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

function lineOf({ id, name, scope, createdAt, expiresAt, revokedAt, lastUsed }: Key): string {
  const parts = [`created ${dayOf(createdAt)}`, lastUsed ? `last used ${lastUsed}` : 'not used']
  // The last moment is in the day that was given.
  if (expiresAt) {
    parts.push(
      `${expiresAt.getTime() <= Date.now() ? 'expired' : 'expires'} ${dayOf(new Date(expiresAt.getTime() - 1))}`,
    )
  }
  if (revokedAt) parts.push(`revoked ${dayOf(revokedAt)}`)
  return `${id} ${scope} “${name}”: ${parts.join(', ')}`
}
