import type { Logger } from 'pino'
import type { Database } from '../database/open.ts'

/** Load balancers give up after a few seconds, and then do not learn that it is the database that does not answer. */
const PATIENCE_MS = 1_500

/** Makes the check whether the database answers. Concurrent checks share one query. */
export function readiness(database: Pick<Database, 'readVersion'>, log: Logger): () => Promise<boolean> {
  let running: Promise<boolean> | undefined
  return () => {
    running ??= check(database, log).finally(() => {
      running = undefined
    })
    return running
  }
}

async function check(database: Pick<Database, 'readVersion'>, log: Logger): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the database did not respond within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  try {
    await Promise.race([database.readVersion(), late])
    return true
  } catch (error) {
    log.warn({ err: error }, 'not ready')
    return false
  } finally {
    clearTimeout(timer)
  }
}
