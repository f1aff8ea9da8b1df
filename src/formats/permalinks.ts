import { COUNTRY_CODE, SLUG } from '../keys.ts'
import { encodeGlobalId, type NodeType } from '../schema/ids/global-id.ts'

/** The folders of permalinks, and the types of the records in them. */
const FOLDERS = {
  agreements: 'Agreement',
  countries: 'Country',
  meetings: 'Meeting',
  organizations: 'Organization',
  people: 'Person',
  'relation-events': 'RelationEvent',
  relations: 'Relation',
  sources: 'Source',
  statements: 'Statement',
  topics: 'Topic',
  visits: 'Visit',
} as const satisfies Record<string, NodeType>

/** The types whose records have a permalink. */
export type LinkedType = (typeof FOLDERS)[keyof typeof FOLDERS]

const folders = new Map(Object.entries(FOLDERS).map(([folder, type]) => [type, folder]))

/** The path of a record, without a slash at its start. `key` is its slug, its code, or the codes of a relation. */
export const permalinkOf = (type: LinkedType, key: string): string => `${folders.get(type)}/${key}`

/** The ID of the record with a path such as `/meetings/SLUG`. Undefined if no record can have it. */
export function idAtPermalink(path: string): string | undefined {
  const [, folder = '', key = ''] = /^\/?([^/]+)\/([^/]+)$/.exec(path) ?? []
  const type = Object.hasOwn(FOLDERS, folder) ? FOLDERS[folder as keyof typeof FOLDERS] : undefined
  if (!type) return undefined
  if (type === 'Relation') {
    const codes = key.toUpperCase().split('-').sort()
    return codes.length === 2 && codes.every(isCode) ? encodeGlobalId(type, codes.join(',')) : undefined
  }
  if (type === 'Country') return isCode(key.toUpperCase()) ? encodeGlobalId(type, key.toUpperCase()) : undefined
  return SLUG.test(key) ? encodeGlobalId(type, key) : undefined
}

const isCode = (code: string) => COUNTRY_CODE.test(code)
