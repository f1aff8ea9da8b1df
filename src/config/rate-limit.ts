import { z } from 'zod'
import { UserError } from '../errors.ts'
import type { DatabaseConfig } from './database.ts'

/** What each caller may use. */
export interface RateLimit {
  readonly cost: number
  /** Length of a window in seconds. */
  readonly seconds: number
  /** `memory`, or the URL of the PostgreSQL or Redis server that processes share. */
  readonly store: string
}

const DEFAULT = '2000000/60'

/** Only this machine can connect to these. */
const isLocal = (host: string) => ['localhost', '::1'].includes(host) || host.startsWith('127.')

const EXPECTED = 'expected COST/SECONDS, such as 2000000/60, or off'

export const rateLimitVariables = z.object({
  RATE_LIMIT: z
    .string()
    .regex(/^(off|[1-9]\d{0,9}\/[1-9]\d{0,5})$/, EXPECTED)
    .refine((text) => text === 'off' || Number(text.split('/')[0]) <= 2_000_000_000, EXPECTED)
    .optional()
    .describe(
      `cost of the queries that each key or address may use, as COST/SECONDS, or off (default: ${DEFAULT}; off if HOST is an address of this machine only)`,
    ),
  RATE_LIMIT_STORE: z
    .string()
    .refine(
      (text) => ['memory', 'database'].includes(text) || (/^rediss?:\/\//.test(text) && URL.canParse(text)),
      'expected memory, database or redis://HOST:PORT',
    )
    .default('memory')
    .describe(
      'where the use of rate limits is counted: memory, or, for several processes, database or redis://HOST:PORT (default: memory)',
    ),
})

/** The rate limit of each caller. Undefined if there is none. Throws a UserError if the variables contradict others. */
export function rateLimitOf(
  variables: z.infer<typeof rateLimitVariables>,
  { host, database, maxCost }: { readonly host: string; readonly database: DatabaseConfig; readonly maxCost: number },
): RateLimit | undefined {
  const text = variables.RATE_LIMIT ?? (isLocal(host) ? 'off' : DEFAULT)
  const store = storeOf(variables.RATE_LIMIT_STORE, database)
  if (text === 'off') return undefined
  const [cost, seconds] = text.split('/').map(Number) as [number, number]
  if (cost < maxCost) {
    throw new UserError(`environment variable RATE_LIMIT: expected a cost of at least ${maxCost}, which is MAX_COST`)
  }
  return { cost, seconds, store }
}

function storeOf(store: string, database: DatabaseConfig): string {
  if (store !== 'database') return store
  if ('folder' in database) {
    throw new UserError(
      'environment variable RATE_LIMIT_STORE: expected memory or redis://HOST:PORT, because there is no DATABASE_URL',
    )
  }
  return database.directUrl ?? database.url
}
