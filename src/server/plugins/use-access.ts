import type { Plugin } from 'graphql-yoga'
import type { Access } from '../access.ts'
import type { RequestContext } from '../exchange.ts'
import { errorOf, type Refusal } from '../refusal.ts'

/** Finds the key of each request, and refuses the request if the key is not valid, or if there is none and reading needs one. */
export function useAccess(access: Access): Plugin<RequestContext, RequestContext> {
  return {
    onRequestParse({ request, serverContext }) {
      const refusal = access.admit(request, serverContext.exchange)
      if (refusal instanceof Promise) return refusal.then(refuse)
      refuse(refusal)
    },
  }
}

function refuse(refusal: Refusal | undefined): void {
  if (refusal) throw errorOf(refusal)
}
