import { once } from 'node:events'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Logger } from 'pino'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimit } from '../../config/rate-limit.ts'
import { messageOf } from '../../errors.ts'
import type { RateLimitStore, Used } from './rate-limits.ts'

/** A store, and how to close its connections. */
export interface OpenStore extends RateLimitStore {
  close(): Promise<void>
}

type Limiter = Pick<RateLimiterMemory, 'penalty'>

/** Longest wait for a shared store, in milliseconds, for a request and at the start. */
const PATIENCE_MS = 500
const START_MS = 2_000

/** Number of connections to the database, which are not those of queries. */
const CONNECTIONS = 2

/** Hundredths of a limit are counted in a process, so that cheap requests need not ask the store. */
const SHARE = 0.01

/** Milliseconds between two lines in the log about a store that fails. */
const QUIET_MS = 60_000

/** Maximum number of callers in one window that are counted one by one in memory. The others share counters. */
const MOST_CALLERS = 100_000
const SHARED_COUNTERS = 1_000

/**
 * Opens the store of a configuration. If a shared store fails, or does not answer within `patienceMs`, this process counts by
 * itself.
 */
export async function openStore(limit: RateLimit, log: Logger, patienceMs = PATIENCE_MS): Promise<OpenStore> {
  // The limit is checked elsewhere. `points` is only needed because the limiters expect it.
  const options = { points: limit.cost, duration: limit.seconds, keyPrefix: 'rate' }
  const memory = inMemory(options)
  const { store } = limit
  if (store === 'memory') return { add: memory, share: 0, close: async () => {} }
  if (store.startsWith('redis')) {
    const client = new Redis(store, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: patienceMs,
      connectTimeout: START_MS,
    })
    // Without a listener, an error would end the process. Requests report them.
    client.on('error', () => {})
    await once(client, 'ready', { signal: AbortSignal.timeout(START_MS) }).catch(() => {})
    const shared = new RateLimiterRedis({ ...options, storeClient: client, rejectIfRedisNotReady: true })
    return { add: insured(shared, memory, log), share: SHARE, close: async () => client.disconnect() }
  }
  const pool = new pg.Pool({
    connectionString: store,
    max: CONNECTIONS,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    // What was counted may be lost with the server, so nothing waits for its disk.
    options: '-c synchronous_commit=off',
  })
  pool.on('error', () => {})
  const stored = { storeClient: pool, storeType: 'pool', tableName: 'rate_limit', tableCreated: true }
  const shared = new RateLimiterPostgres({ ...options, ...stored })
  return { add: insured(shared, memory, log), share: SHARE, close: async () => await pool.end() }
}

type Add = RateLimitStore['add']

const adding =
  (limiter: Limiter): Add =>
  async (key, cost) =>
    usedOf(await limiter.penalty(key, cost))

const usedOf = ({ consumedPoints, msBeforeNext }: RateLimiterRes): Used => ({
  cost: consumedPoints,
  msUntilReset: msBeforeNext,
})

/** Counts in memory. The library has a timer for each key, and no bound for their number. */
function inMemory(options: { readonly points: number; readonly duration: number; readonly keyPrefix: string }): Add {
  const add = adding(new RateLimiterMemory(options))
  let windowEnds = 0
  let callers = 0
  return async (key, cost) => {
    const now = Date.now()
    if (now > windowEnds) {
      windowEnds = now + options.duration * 1_000
      callers = 0
    }
    if (callers >= MOST_CALLERS) return await add(`shared ${bucketOf(key)}`, cost)
    const used = await add(key, cost)
    if (used.cost === cost) callers += 1
    return used
  }
}

function bucketOf(key: string): number {
  let sum = 0
  for (const character of key) sum = (sum * 31 + character.charCodeAt(0)) % SHARED_COUNTERS
  return sum
}

function insured(shared: Limiter, memory: Add, log: Logger): Add {
  const add = adding(shared)
  let quietUntil = 0
  return async (key, cost) => {
    try {
      return await add(key, cost)
    } catch (error) {
      if (Date.now() > quietUntil) {
        quietUntil = Date.now() + QUIET_MS
        log.warn({ err: messageOf(error) }, 'the store of rate limits fails; this process counts by itself')
      }
      return await memory(key, cost)
    }
  }
}
