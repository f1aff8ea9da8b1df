import type { Logger } from 'pino'
import type { Database } from '../database/open.ts'

/** Shorter than the usual time limit of load balancers, so that they receive our response instead of giving up. */
const PATIENCE_MS = 1_500

type CheckedDatabase = Pick<Database, 'readVersion' | 'replicas'>

/** Creates a function that checks whether the database responds. Concurrent checks share one query. */
export function readiness(database: CheckedDatabase, log: Logger): () => Promise<boolean> {
  let running: Promise<boolean> | undefined
  return () => {
    running ??= check(database, log).finally(() => {
      running = undefined
    })
    return running
  }
}

async function check(database: CheckedDatabase, log: Logger): Promise<boolean> {
  // Then requests can be answered even while the primary cannot be reached.
  if (database.replicas?.states.some(({ isUsed }) => isUsed)) return true
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
