import type { Plugin } from 'graphql-yoga'
import { chooseEncoding } from '../answers/encoding.ts'
import { matches } from '../answers/etag.ts'
import type { RequestContext } from '../exchange.ts'

/**
 * Completes the responses to GraphQL requests: compresses large ones, handles `If-None-Match`, and sets what browsers and CDNs
 * may cache. `cacheScope` is `public`, or `private` if clients may see different data.
 */
export function useResponseHeaders(
  cacheScope: 'public' | 'private',
  sharedMaxAge: number,
): Plugin<RequestContext, RequestContext> {
  const shared = sharedMaxAge > 0 ? `s-maxage=${sharedMaxAge}, ` : ''
  const cacheControl = `${cacheScope}, max-age=0, ${shared}must-revalidate`
  return {
    onResponse({ request, response, setResponse, fetchAPI, serverContext }) {
      const { headers } = response
      const { result } = serverContext.exchange
      if (!result || response.status !== 200) {
        if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
        return
      }
      if (request.method === 'GET') {
        headers.set('cache-control', cacheControl)
        headers.set('etag', result.etag)
        headers.set('vary', 'accept, accept-encoding')
        if (matches(request.headers.get('if-none-match'), result.etag)) {
          headers.delete('content-type')
          headers.delete('content-length')
          return setResponse(new fetchAPI.Response(null, { status: 304, headers }))
        }
      }
      const encoding = chooseEncoding(request.headers.get('accept-encoding'))
      return result.encoded(encoding)?.then((body) => {
        headers.set('content-encoding', encoding)
        headers.set('content-length', String(body.byteLength))
        setResponse(new fetchAPI.Response(body, { status: 200, headers }))
      })
    },
  }
}
