import { messageOf, UserError } from '../errors.ts'
import { codeOf, isUnreachable } from './failure.ts'

/** An error while connecting, before any statement. */
export class CannotConnect extends Error {}

export const OWN_DATABASE = 'give bilateral a database of its own (CREATE DATABASE …) and name it in DATABASE_URL'

/** What an operator can do about an error, by its SQLSTATE or errno and its message. The first match counts. */
const REMEDIES: readonly (readonly [code: RegExp, message: RegExp, remedy: string])[] = [
  [
    /^08P01$/,
    /startup parameter/,
    'DATABASE_URL names PgBouncer: add pgbouncer=true to its parameters, and set DATABASE_DIRECT_URL to the URL of the server itself',
  ],
  [/^28/, /./, 'correct the user and password in DATABASE_URL, or allow the user in pg_hba.conf'],
  [/^3D000$/, /./, 'create the database, or correct its name in DATABASE_URL'],
  [/^53300$/, /./, 'lower DATABASE_POOL, or raise max_connections on the server'],
  [/^57P03$/, /./, 'try again when the server has started'],
  [/^(53100|ENOSPC)$/, /./, 'the disk is full: free some space and repeat the command'],
  [/^25006$/, /./, 'the server is read-only, possibly a replica: name a server that accepts writes in DATABASE_URL'],
  [
    /^(0A000|58P01|42501)$/,
    /extension/,
    'install the additional modules of PostgreSQL (package postgresql-contrib), or have an administrator run CREATE EXTENSION pg_trgm in this database',
  ],
  [
    /^42501$/,
    /./,
    'grant the user CREATE on the database and its schema, or name the owner of the tables in DATABASE_URL',
  ],
  [/^55P03$/, /./, 'another session locks a table for long: bilateral doctor names it; end it and repeat the command'],
  [/^(42710|42723|42P06|42P07)$/, /./, `the schema has objects that bilateral did not create: ${OWN_DATABASE}`],
]

/** What an operator can do about an error. Empty if nothing is known. */
export function remedyFor(error: unknown): string {
  const code = codeOf(error) ?? ''
  const message = rootOf(error)
  const [, , remedy] = REMEDIES.find(([codes, words]) => codes.test(code) && words.test(message)) ?? []
  return remedy ? `; ${remedy}` : ''
}

/**
 * The error to throw for an error that occurred while a database was opened. If an operator can fix it, its message is one
 * line.
 */
export function explain(error: unknown, location: string): unknown {
  if (error instanceof UserError) return error
  const code = codeOf(error)
  const remedy = remedyFor(error)
  if (!(error instanceof CannotConnect))
    return code
      ? new UserError(`cannot migrate the database at ${location}: ${messageOf(error)}${remedy}`, { cause: error })
      : error
  const message = rootOf(error)
  if (code && isUnreachable(code))
    return new UserError(`cannot reach the database at ${location} (${code}); is it running?`, { cause: error })
  const isRefused = code && /^[0-9A-Z]{5}$/.test(code)
  const what = isRefused
    ? `the database at ${location} refused the connection`
    : `cannot connect to the database at ${location}`
  return new UserError(`${what}: ${message}${remedy}`, { cause: error })
}

/** The message of the innermost cause. */
function rootOf(error: unknown): string {
  let root = error
  while (root instanceof Error && root.cause !== undefined) root = root.cause
  return messageOf(root)
}
