import { chooseEncoding } from '../answers/encoding.ts'
import { matches } from '../answers/etag.ts'
import { PLAYGROUND_POLICY } from '../security.ts'
import type { File } from './file.ts'
import { playground } from './playground.ts'

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
  const headers = {
    'content-security-policy': PLAYGROUND_POLICY,
    'cache-control': cacheControl,
    etag,
    vary: 'accept, accept-encoding',
  }
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
