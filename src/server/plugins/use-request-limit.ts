import type { Plugin } from 'graphql-yoga'

/**
 * Refuses requests of more than so many bytes. Yoga's own limit puts a stream around each body, which takes longer than all
 * else that it does for a request. Node reads no more than the header tells, so only a body of untold length need be counted.
 */
export function useRequestLimit(bytes: number): Plugin {
  return {
    onRequest({ request, setRequest, endResponse, fetchAPI }) {
      if (request.method === 'GET' || request.method === 'HEAD') return
      const refuse = () => endResponse(new fetchAPI.Response(TOO_LARGE, { status: 413, headers: JSON_TYPE }))
      const told = request.headers.get('content-length')
      if (told !== null) return Number(told) > bytes ? refuse() : undefined
      return read(request, bytes).then((body) => {
        if (!body) return refuse()
        const { url, method, headers, signal } = request
        setRequest(new fetchAPI.Request(url, { method, headers, signal, body }))
      })
    },
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }
const TOO_LARGE = JSON.stringify({
  errors: [{ message: 'Request body too large', extensions: { code: 'REQUEST_ENTITY_TOO_LARGE' } }],
})

/** Reads a body to its end, since who is still sending hears no answer, and keeps it where it has no more than so many bytes. */
async function read(request: Request, bytes: number): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size <= bytes) chunks.push(chunk)
  }
  return size > bytes ? undefined : Buffer.concat(chunks)
}
