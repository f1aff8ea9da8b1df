import type { Plugin } from 'graphql-yoga'
import { chooseEncoding } from '../answers/encoding.ts'
import { matches } from '../answers/etag.ts'
import type { RequestContext } from '../exchange.ts'

/**
 * Completes the responses to GraphQL requests: compresses large ones, handles `If-None-Match`, and sets what browsers and CDNs
 * may cache. `cacheScope` is `public`, or `private` if clients may see different data. With `hasCors`, it preserves Yoga's headers for
 * pages of other origins.
 */
export function useResponseHeaders(
  cacheScope: 'public' | 'private',
  sharedMaxAge: number,
  hasCors: boolean,
): Plugin<RequestContext, RequestContext> {
  const forCaches = {
    'cache-control': cacheControlOf(cacheScope, sharedMaxAge),
    vary: hasCors ? 'accept, accept-encoding, origin' : 'accept, accept-encoding',
  }
  return {
    onResponse({ request, response, setResponse, fetchAPI, serverContext }) {
      const { result, isCached } = serverContext.exchange
      if (!result || response.status !== 200) {
        if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
        return
      }
      const isGet = request.method === 'GET'
      const cors = hasCors ? corsHeadersOf(response) : undefined
      const validators = isGet ? { ...forCaches, etag: result.etag } : undefined
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

/** The `Cache-Control` of responses that browsers and CDNs may cache, but must revalidate. */
export function cacheControlOf(cacheScope: 'public' | 'private', sharedMaxAge: number): string {
  const shared = sharedMaxAge > 0 ? `s-maxage=${sharedMaxAge}, ` : ''
  return `${cacheScope}, max-age=0, ${shared}must-revalidate`
}

const corsHeadersOf = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))
