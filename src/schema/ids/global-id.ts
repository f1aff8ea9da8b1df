import { type ConceptType, concepts } from '../../bundle/concepts.ts'

/** The types that have global IDs but no list in a bundle. */
const furtherTypes = ['AgreementEvent', 'Attendee', 'Attestation', 'Citation', 'Participation', 'Relation'] as const

/** The types whose records have a global ID. */
export type NodeType = ConceptType | (typeof furtherTypes)[number]
const types: readonly NodeType[] = [...Object.values(concepts).map(({ type }) => type), ...furtherTypes]

export const idDescription =
  'Globally unique identifier. It never changes and is the same in every database. Use it with `node`, or wherever a slug is accepted.'

/**
 * A global ID: the name of the type and the key of the record, so it is the same on every database.
 * It starts with a capital letter, because type names do so in Base64 too. A slug never does.
 */
export function encodeGlobalId(typename: string, key: string | number | bigint): string {
  return Buffer.from(`${typename}:${key}`).toString('base64url')
}

/** Decodes a global ID. Invalid text gives the ID of a record that cannot exist. */
export function decodeGlobalId(id: string): { typename: NodeType; id: string } {
  const [, name, key] = /^([A-Z]\w*):([^\0]+)$/.exec(Buffer.from(id, 'base64url').toString()) ?? []
  const typename = types.find((type) => type === name)
  return typename && key && encodeGlobalId(typename, key) === id
    ? { typename, id: key }
    : { typename: 'Person', id: '' }
}
