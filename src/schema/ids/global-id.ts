/** The types whose records have a global id. */
const types = [
  'Agreement',
  'AgreementEvent',
  'Attestation',
  'Citation',
  'Country',
  'Meeting',
  'Organization',
  'Participation',
  'Person',
  'Position',
  'Relation',
  'Source',
  'Statement',
  'Topic',
  'Visit',
] as const
export type NodeType = (typeof types)[number]

/**
 * A global id: the type's name and the record's key, so it is the same on every database that holds the record.
 * It begins with a capital letter, as type names do in Base64, so it is never mistaken for a slug.
 */
export function encodeGlobalId(typename: string, key: string | number | bigint): string {
  return Buffer.from(`${typename}:${key}`).toString('base64url')
}

/** Undoes encodeGlobalId. What is no id of this API becomes the id of a record that cannot be. */
export function decodeGlobalId(id: string): { typename: NodeType; id: string } {
  const [, name, key] = /^([A-Z]\w*):([^\0]+)$/.exec(Buffer.from(id, 'base64url').toString()) ?? []
  const typename = types.find((type) => type === name)
  return typename && key && encodeGlobalId(typename, key) === id
    ? { typename, id: key }
    : { typename: 'Person', id: '' }
}
