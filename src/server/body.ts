import type { Refusal } from './refusal.ts'

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

export const tooLarge = (bytes: number): Refusal => ({
  status: 413,
  code: 'REQUEST_ENTITY_TOO_LARGE',
  message: `request body: expected at most ${bytes} bytes`,
})
