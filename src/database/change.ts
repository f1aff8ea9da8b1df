import type { ClientBase } from 'pg'
import { UserError } from '../errors.ts'
import { setPatience } from './connection.ts'
import type { Database } from './open.ts'

/** One change at a time. */
const CHANGE_LOCK = 20_260_206

/** Changes the data in one transaction, after any other change: all that `work` does, or, where it throws, nothing. */
export async function changeData<Result>(
  database: Database,
  work: (client: ClientBase) => Promise<Result>,
  dryRun = false,
): Promise<Result> {
  const client = await database.pool.connect()
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
    if (!dryRun) await database.hearChange()
    return result
  } catch (error) {
    setPatience(client, false)
    await client.query('ROLLBACK').catch(() => {})
    client.release(!(error instanceof UserError))
    throw error
  }
}

/** Sorts into the indexes of words what they were given and only listed so far: every search reads through the lists. */
async function cleanPendingLists(client: ClientBase): Promise<void> {
  await client.query(`
    SELECT gin_clean_pending_list(index.oid) FROM pg_class index JOIN pg_am method ON method.oid = relam
    WHERE amname = 'gin' AND relkind = 'i' AND relnamespace = quote_ident(current_schema())::regnamespace
      AND pg_has_role(relowner, 'USAGE')`)
}

/** Tells whoever keeps answers that the data changed. */
export const raiseVersion = (client: ClientBase) =>
  client.query('UPDATE dataset SET version = version + 1, changed_at = now()')
