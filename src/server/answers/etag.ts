import { hash } from 'node:crypto'

/** The ETag of a content. It is weak, because all encodings of the content share it. */
export const etagOf = (content: string | Uint8Array): string =>
  `W/"${hash('sha256', content, 'base64url').slice(0, 22)}"`

/**
 * Whether an If-None-Match header lists the ETag. A proxy may have made it strong, so weak and strong ETags are treated as
 * equal. Apache and others add the encoding to the ETag of a response that they compress: `"…-gzip"`.
 */
export function matches(header: string | null, etag: string): boolean {
  const tags =
    header?.split(',').map((tag) =>
      tag
        .trim()
        .replace(/^W\//, '')
        .replace(/[-;](gzip|br|zstd)"$/, '"'),
    ) ?? []
  return tags.includes('*') || tags.includes(etag.replace(/^W\//, ''))
}
