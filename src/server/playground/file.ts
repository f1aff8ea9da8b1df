import { hash } from 'node:crypto'
import { type Encoding, encode } from '../answers/encoding.ts'

/** A text file for browsers. */
export interface File {
  readonly contentType: string
  /** Hash of the content. */
  readonly hash: string
  encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>>
}

/** Creates a file that is compressed on the first request for an encoding, and cached. */
export function makeFile(mediaType: string, content: string): File {
  const encoded = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>()
  return {
    contentType: `${mediaType}; charset=utf-8`,
    hash: hash('sha256', content).slice(0, 16),
    encoded(encoding) {
      const bytes = encoded.get(encoding) ?? encode(Buffer.from(content), encoding)
      // Few clients accept no compression, so their copy is not worth the memory.
      if (encoding !== 'identity') encoded.set(encoding, bytes)
      return bytes
    },
  }
}
