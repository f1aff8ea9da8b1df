import type { Plugin } from 'graphql-yoga'
import type { Limits } from '../../config/limits.ts'
import type { Access } from '../access.ts'
import { readBody, tooLarge } from '../body.ts'
import type { RequestContext } from '../exchange.ts'
import { INCOMPLETE, responseOf } from '../refusal.ts'

type OnRequest = Parameters<NonNullable<Plugin<RequestContext, RequestContext>['onRequest']>>[0]

/**
 * Refuses requests with more bytes than the limits allow: requests with a key that may edit can be larger. Yoga's own limit wraps
 * each body in a stream, which takes longer than everything else that Yoga does for a request. Node.js reads at most
 * `content-length` bytes, so only bodies without this header are counted.
 */
export function useRequestLimit(limits: Limits, access: Access): Plugin<RequestContext, RequestContext> {
  return {
    // Not an async function, because most requests need not wait.
    onRequest(payload) {
      const { method, headers } = payload.request
      if (method === 'GET' || method === 'HEAD') return
      const length = headers.get('content-length')
      return length === null || Number(length) > limits.body ? checkLarge(payload, length) : undefined
    },
  }

  /** The key is read only for a body that is too large for everyone else, or of unknown length. */
  async function checkLarge(payload: OnRequest, length: string | null): Promise<void> {
    const { request, serverContext, setRequest, endResponse, fetchAPI } = payload
    const refusal = await access.identify(request, serverContext.exchange)
    if (refusal) return endResponse(responseOf(refusal))
    const most = serverContext.exchange.mayEdit ? limits.editBody : limits.body
    if (Number(length) > most) return endResponse(responseOf(tooLarge(most)))
    if (length !== null) return
    try {
      const body = await readBody(request, most)
      if (!body) return endResponse(responseOf(tooLarge(most)))
      const { url, method, headers, signal } = request
      setRequest(new fetchAPI.Request(url, { method, headers, signal, body }))
    } catch {
      endResponse(responseOf(INCOMPLETE))
    }
  }
}
