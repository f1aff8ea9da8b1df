import type { PoolConfig } from 'pg'
import { DEFAULT_LIMITS } from '../config/limits.ts'
import type { ConnectionConfig } from './connection.ts'

/**
 * Milliseconds after which the server cancels a statement, because Prisma cannot cancel one whose client disconnected. Changes of
 * the data have no limit.
 */
export const STATEMENT_MS = DEFAULT_LIMITS.requestMs

/**
 * Settings of a session that the SQL relies on. The server, the database and the user can each have other defaults, and the text
 * of a date, an interval or a number depends on them.
 */
const MEANING = {
  datestyle: 'ISO',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  default_text_search_config: 'pg_catalog.simple',
}

/** Most data is in memory, where an index is as fast to read as a table. Compiling a query takes longer than it saves. */
const PLANNING = { random_page_cost: '1.1', jit: 'off' }

const SETTINGS = Object.entries({ ...MEANING, ...PLANNING })

/** Connects to a server, with the settings as options of the session. They win over options in the URL. */
export function sessionOf(url: string, statementMs = STATEMENT_MS): ConnectionConfig {
  const parsed = new URL(url)
  const given = parsed.searchParams.get('options') ?? ''
  parsed.searchParams.delete('options')
  const options = [given, ...SETTINGS.map(([name, value]) => `-c ${name}=${value}`)].join(' ').trim()
  return { connectionString: given ? parsed.href : url, options, statement_timeout: statementMs }
}

/** Connects to PgBouncer, which gives each transaction another session, so each transaction sets its own settings. */
export function pooledSessionOf(url: string, statementMs = STATEMENT_MS): PoolConfig & ConnectionConfig {
  const settings = [...SETTINGS, ['statement_timeout', statementMs]]
  return {
    connectionString: url,
    // A statement and the transaction around it make one round trip.
    pipeline: true,
    transactionSettings: settings.map(([name, value]) => `SET LOCAL ${name} = '${value}'`).join('; '),
  }
}
