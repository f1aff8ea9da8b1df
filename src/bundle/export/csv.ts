import type { Kind } from '../concepts.ts'
import { type BundleRecord, records } from '../format.ts'
import type { Placed } from '../records.ts'

/** The columns of a table of records of a kind: the fields of the format. */
export const csvColumns = (kind: Kind): string[] => Object.keys(records[kind].shape)

/** A record as a row of such a table. A list in the format is one cell, its entries separated by semicolons. */
export const csvCells = ({ kind, record }: Placed): string[] =>
  csvColumns(kind).map((column) => cellOf((record as unknown as Record<string, Value>)[column]))

type ValueOf<T> = T[keyof T]
/** A part of a record: an object in one of its lists. */
type Part = { [K in Kind]: Extract<Extract<ValueOf<BundleRecord<K>>, readonly unknown[]>[number], object> }[Kind]
type Value = string | number | Part | readonly Value[] | undefined

function cellOf(value: Value): string {
  if (value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  return isList(value) ? value.map(cellOf).join('; ') : partOf(value)
}

const isList = (value: Part | readonly Value[]): value is readonly Value[] => Array.isArray(value)

/** Short text for a part of a record: `gazette 12-34`, `ada (HOST, IN)`, `SIGNED 2031-05-05`. */
function partOf(part: Part): string {
  if ('source' in part) return `${part.source} ${part.start}-${part.end}`
  if ('role' in part) {
    const { person, organization, unnamed, role, representing, representingOrganization } = part
    const details = [role, representing ?? representingOrganization].filter(Boolean)
    return `${person ?? organization ?? unnamed} (${details.join(', ')})`
  }
  if ('status' in part) return `${part.status} ${part.when}`
  if ('when' in part) return part.when
  if ('sha256' in part) return part.sha256
  const [slug = ''] = Object.values(part)
  return slug
}
