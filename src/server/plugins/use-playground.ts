import type { Plugin } from 'graphql-yoga'
import { chooseEncoding } from '../answers/encoding.ts'
import { matches } from '../answers/etag.ts'
import type { File } from '../playground/file.ts'
import { playground } from '../playground/playground.ts'

type Fetch = Pick<typeof globalThis, 'Response'>

const ASSETS = '/graphql/assets/'

const SECURITY = {
  // GraphiQL's editor writes styles into the page, and both carry their fonts and images within them.
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Serves GraphiQL to browsers at `/graphql`, whole: its page asks no other host for anything. `/` leads there. */
export function usePlayground(): Plugin {
  return {
    // Not async, so that nothing waits for a promise but those who ask for the playground.
    onRequest(asked) {
      const { request, fetchAPI, endResponse } = asked
      if (request.method !== 'GET' && request.method !== 'HEAD') return
      const { pathname } = asked.url
      if (pathname.startsWith(ASSETS)) {
        return answerAsset(pathname.slice(ASSETS.length), request, fetchAPI).then(endResponse)
      }
      const isBrowser = request.headers.get('accept')?.includes('text/html') ?? false
      if (isBrowser && pathname === '/graphql') return answerPage(request, fetchAPI).then(endResponse)
      // Relative, as are the page's addresses: a proxy may serve this below a path of its own.
      if (pathname === '/') return endResponse(redirect('graphql', fetchAPI))
      if (isBrowser && pathname === '/graphql/') endResponse(redirect('../graphql', fetchAPI))
    },
  }
}

const redirect = (location: string, { Response }: Fetch) =>
  new Response(null, { status: 302, headers: { location, vary: 'accept' } })

async function answerPage(request: Request, fetchAPI: Fetch): Promise<Response> {
  const { page } = await playground()
  return await answer(page, 'no-cache', request, fetchAPI)
}

async function answerAsset(name: string, request: Request, fetchAPI: Fetch): Promise<Response> {
  const { assets } = await playground()
  const asset = assets.get(name)
  if (!asset) return new fetchAPI.Response(null, { status: 404, headers: SECURITY })
  return await answer(asset, 'public, max-age=31536000, immutable', request, fetchAPI)
}

async function answer(file: File, cacheControl: string, request: Request, { Response }: Fetch): Promise<Response> {
  const etag = `W/"${file.hash}"`
  const headers = { ...SECURITY, 'cache-control': cacheControl, etag, vary: 'accept, accept-encoding' }
  if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const encoding = chooseEncoding(request.headers.get('accept-encoding'))
  const body = await file.encoded(encoding)
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': file.contentType,
      'content-length': String(body.byteLength),
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    },
  })
}
