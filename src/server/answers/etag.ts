import { hash } from 'node:crypto'

/** Changes with the content. Weak, as a content has the same tag however it is compressed. */
export const etagOf = (content: string): string => `W/"${hash('sha256', content, 'base64url').slice(0, 22)}"`

/** Whether an If-None-Match header names the tag, weak or strong, since a proxy may have changed that. */
export function matches(header: string | null, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes('*') || tags.includes(etag.replace(/^W\//, ''))
}
