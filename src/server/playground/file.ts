import { hash } from 'node:crypto'
import { type Encoding, encode } from '../answers/encoding.ts'

/** A text that browsers ask for. */
export interface File {
  readonly contentType: string
  /** Changes with the content. */
  readonly hash: string
  encoded(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>>
}

/** Makes a file, which is compressed once for each encoding that somebody asks for, and kept. */
export function makeFile(mediaType: string, content: string): File {
  const encoded = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>()
  return {
    contentType: `${mediaType}; charset=utf-8`,
    hash: hash('sha256', content).slice(0, 16),
    encoded(encoding) {
      const bytes = encoded.get(encoding) ?? encode(Buffer.from(content), encoding)
      // Uncompressed is for the few clients that take nothing else, so it is not kept.
      if (encoding !== 'identity') encoded.set(encoding, bytes)
      return bytes
    },
  }
}
