/**
 * A global id: the type's name and the record's key, so it is the same on every database that holds the record.
 * It begins with a capital letter, as type names do in Base64, so it is never mistaken for a slug.
 */
export function encodeGlobalId(typename: string, key: string | number | bigint): string {
  return Buffer.from(`${typename}:${key}`).toString('base64url')
}

/** Undoes encodeGlobalId. What is no id of this API becomes the id of a type that has no records. */
export function decodeGlobalId(id: string): { typename: string; id: string } {
  const [, typename, key] = /^([A-Z]\w*):(.+)$/s.exec(Buffer.from(id, 'base64url').toString()) ?? []
  return typename && key && encodeGlobalId(typename, key) === id ? { typename, id: key } : NO_RECORD
}

const NO_RECORD = { typename: 'Query', id: '' }
