import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { DatabaseConfig } from '../config/database.ts'
import { UserError } from '../errors.ts'
import { CannotConnect, explain } from './explain.ts'
import { withoutPassword } from './open.ts'
import { openFolder } from './pglite/folder.ts'
import { sessionOf } from './session.ts'

/** One connection to a database as it is: not created, and not migrated. */
export interface AsFound {
  readonly client: pg.ClientBase
  /** Shown to people: a folder, or a server's URL without the password. */
  readonly location: string
  close(): Promise<void>
}

/**
 * Connects to a database without migrating it, whatever version it has. While a service has the embedded database open, uses it
 * through the service. Throws a UserError if there is no database, or if it cannot be reached. Statements have no time limit.
 */
export async function openAsFound(config: DatabaseConfig): Promise<AsFound> {
  if ('url' in config) {
    const url = config.directUrl ?? config.url
    const location = withoutPassword(url)
    const client = await connectTo({ ...sessionOf(url), connectionTimeoutMillis: 10_000 }, location)
    return { client, location, close: () => client.end() }
  }
  const location = resolve(config.folder)
  if (!existsSync(join(location, 'pglite'))) throw new UserError(`there is no database in the folder ${location}`)
  const folder = await openFolder(location, {})
  try {
    const client = await connectTo(folder.poolConfig, location)
    return {
      client,
      location,
      async close() {
        await client.end()
        await folder.close()
      },
    }
  } catch (error) {
    await folder.close()
    throw error
  }
}

async function connectTo(config: pg.ClientConfig, location: string): Promise<pg.Client> {
  const client = new pg.Client({ ...config, statement_timeout: 0 })
  // The next statement reports a lost connection. Without a listener, this event would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw explain(new CannotConnect('cannot connect', { cause: error }), location)
  }
  return client
}
