import type { Plugin } from 'graphql-yoga'
import { INCOMPLETE, type Refusal, responseOf } from '../refusal.ts'

/**
 * Refuses requests with more than this number of bytes. Yoga's own limit wraps each body in a stream, which takes longer than
 * everything else that Yoga does for a request. Node.js reads at most `content-length` bytes, so only bodies without this
 * header are counted.
 */
export function useRequestLimit(bytes: number): Plugin {
  const refusal: Refusal = {
    status: 413,
    code: 'REQUEST_ENTITY_TOO_LARGE',
    message: `request body: expected at most ${bytes} bytes`,
  }
  return {
    onRequest({ request, setRequest, endResponse, fetchAPI }) {
      if (request.method === 'GET' || request.method === 'HEAD') return
      const length = request.headers.get('content-length')
      if (length !== null) return Number(length) > bytes ? endResponse(responseOf(refusal)) : undefined
      return readBody(request, bytes).then(
        (body) => {
          if (!body) return endResponse(responseOf(refusal))
          const { url, method, headers, signal } = request
          setRequest(new fetchAPI.Request(url, { method, headers, signal, body }))
        },
        () => endResponse(responseOf(INCOMPLETE)),
      )
    },
  }
}

/**
 * Returns the bytes of a body, or undefined if there are too many. Even then, it reads to the end, because many clients do not
 * read the response before they have sent everything.
 */
export async function readBody(request: Request, bytes: number): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size <= bytes) chunks.push(chunk)
  }
  return size > bytes ? undefined : Buffer.concat(chunks)
}
