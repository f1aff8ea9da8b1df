import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestContext } from '../exchange.ts'
import { type RateLimits, REFUSED_COST, REQUEST_COST } from '../rate-limits/rate-limits.ts'
import { errorOf } from '../refusal.ts'

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
      const isRefused = exchange.cost === 0 && ((result as ExecutionResult).errors?.length ?? 0) > 0
      if (isRefused) await rateLimits.charge(exchange, REFUSED_COST)
    },
  }
}
