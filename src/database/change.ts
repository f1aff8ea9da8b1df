import type { ClientBase } from 'pg'
import { UserError } from '../errors.ts'
import { setPatience } from './connection.ts'
import type { Database } from './open.ts'
import { outlivingClients } from './waiting-clients.ts'

/** An arbitrary number for the lock that lets one change run at a time, the same in every process of this program. */
const CHANGE_LOCK = 20_260_206

/**
 * Runs `work` in one transaction, when no other change is running. Rolls back if it throws, or for a dry run. The change goes
 * on if the client that requested it leaves.
 */
export const changeData = <Result>(
  database: Database,
  work: (client: ClientBase) => Promise<Result>,
  dryRun = false,
): Promise<Result> => outlivingClients(() => change(database, work, dryRun))

async function change<Result>(
  database: Database,
  work: (client: ClientBase) => Promise<Result>,
  dryRun: boolean,
): Promise<Result> {
  const client = await database.pool.connect()
  let lost: Error | undefined
  const noteLoss = (error: Error) => {
    lost ??= error
  }
  client.on('error', noteLoss)
  try {
    await client.query('BEGIN')
    await client.query('SET LOCAL statement_timeout = 0')
    setPatience(client, true)
    await client.query('SELECT pg_advisory_xact_lock($1)', [CHANGE_LOCK])
    const result = await work(client)
    if (!dryRun) await cleanPendingLists(client)
    await client.query(dryRun ? 'ROLLBACK' : 'COMMIT')
    setPatience(client, false)
    client.release()
    if (!dryRun) await database.refreshDataVersion()
    return result
  } catch (error) {
    setPatience(client, false)
    await client.query('ROLLBACK').catch(() => {})
    client.release(!(error instanceof UserError))
    // If the connection ended between two statements, `pg` does not say why when the next one fails.
    throw lost ?? error
  } finally {
    client.off('error', noteLoss)
  }
}

/** Moves new entries of the text indexes into the indexes themselves. Until then, every search scans the list of new entries. */
async function cleanPendingLists(client: ClientBase): Promise<void> {
  await client.query(`
    SELECT gin_clean_pending_list(index.oid) FROM pg_class index JOIN pg_am method ON method.oid = relam
    WHERE amname = 'gin' AND relkind = 'i' AND relnamespace = quote_ident(current_schema())::regnamespace
      AND pg_has_role(relowner, 'USAGE')`)
}

/** Raises the version of the data, which invalidates every cached response. */
export const raiseVersion = (client: ClientBase) =>
  client.query('UPDATE dataset SET version = version + 1, changed_at = now()')
