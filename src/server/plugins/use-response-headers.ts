import type { Plugin } from 'graphql-yoga'
import type { CacheHeaders } from '../answers/cache-control.ts'
import { chooseEncoding } from '../answers/encoding.ts'
import { matches } from '../answers/etag.ts'
import type { Exchange, RequestContext } from '../exchange.ts'

/**
 * Completes the responses to GraphQL requests: compresses large ones, handles `If-None-Match`, and sets what browsers and CDNs
 * may cache. With `hasCors`, it preserves Yoga's headers for pages of other origins.
 */
export function useResponseHeaders(
  cacheHeadersOf: (exchange: Exchange) => CacheHeaders,
  hasCors: boolean,
): Plugin<RequestContext, RequestContext> {
  return {
    onResponse({ request, response, setResponse, fetchAPI, serverContext }) {
      const { exchange } = serverContext
      const { result, isCached } = exchange
      if (!result || response.status !== 200) {
        if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
        return
      }
      const isGet = request.method === 'GET'
      const cors = hasCors ? corsHeadersOf(response) : undefined
      const validators = isGet ? { ...cacheHeadersOf(exchange), etag: result.etag } : undefined
      if (validators && matches(request.headers.get('if-none-match'), validators.etag)) {
        return setResponse(new fetchAPI.Response(null, { status: 304, headers: { ...cors, ...validators } }))
      }
      const encoding = chooseEncoding(request.headers.get('accept-encoding'))
      const compressed = result.compressed(encoding)
      // The response has the text already, and needs no more headers.
      if (!isGet && !isCached && !compressed) return
      // A plain object, because the adapter writes it in one piece.
      const headers = { 'content-type': response.headers.get('content-type') ?? '', ...cors, ...validators }
      const send = (body: Buffer<ArrayBuffer>, encoding?: string) => {
        const length = { 'content-length': String(body.byteLength), ...(encoding && { 'content-encoding': encoding }) }
        setResponse(new fetchAPI.Response(body, { status: 200, headers: { ...headers, ...length } }))
      }
      if (!compressed) return send(result.body)
      return compressed.then((body) => send(body, encoding))
    },
  }
}

const corsHeadersOf = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))
