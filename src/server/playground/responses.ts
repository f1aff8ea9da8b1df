import { chooseEncoding } from '../answers/encoding.ts'
import { matches } from '../answers/etag.ts'
import type { File } from './file.ts'
import { playground } from './playground.ts'

const SECURITY = {
  // GraphiQL's editor writes styles into the page, and its fonts and images are data URLs.
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
}

/** The page of GraphiQL. It requests nothing from other hosts. */
export async function pageResponse(request: Request): Promise<Response> {
  const { page } = await playground()
  return await respond(page, 'no-cache', request)
}

/** A file of the page by its hashed name. Undefined if there is no such file. */
export async function assetResponse(name: string, request: Request): Promise<Response | undefined> {
  const { assets } = await playground()
  const asset = assets.get(name)
  return asset && (await respond(asset, 'public, max-age=31536000, immutable', request))
}

async function respond(file: File, cacheControl: string, request: Request): Promise<Response> {
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
