import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestContext } from '../exchange.ts'
import { type RateLimits, REFUSED_COST, REQUEST_COST } from '../rate-limits/rate-limits.ts'
import { errorOf } from '../refusal.ts'

/** Errors that do not mean that a document was refused: the service could not execute it, or does not have it. */
const NOT_OF_DOCUMENT = new Set<unknown>([
  'INTERNAL_SERVER_ERROR',
  'PERSISTED_QUERY_NOT_FOUND',
  'TIMEOUT',
  'UNAVAILABLE',
])

/**
 * Charges the caller for each request, also if the response cache has the result, and for each document that is refused. If a
 * page asks, it has been charged itself (`app.ts`). The cost of an operation is charged before it is executed: see `graphql.ts`.
 */
export function useRateLimits(rateLimits: RateLimits): Plugin<RequestContext, RequestContext> {
  return {
    async onRequestParse({ serverContext: { exchange } }) {
      if (exchange.isCharged) return
      exchange.isCharged = true
      const refusal = await rateLimits.charge(exchange, REQUEST_COST)
      if (refusal) throw errorOf(refusal)
    },
    async onResultProcess({ result, serverContext: { exchange } }) {
      const { errors = [] } = result as ExecutionResult
      const isRefused = errors.some(({ extensions }) => !NOT_OF_DOCUMENT.has(extensions['code']))
      // A wrong key has been charged to its address.
      if (isRefused && exchange.cost === 0 && !(await exchange.identified))
        await rateLimits.charge(exchange, REFUSED_COST)
    },
  }
}
