import { type Kind, records } from './format.ts'
import type { Placed } from './records.ts'

/** The columns of a table of records of a kind: the fields of the format. */
export const csvColumns = (kind: Kind): string[] => Object.keys(records[kind].shape)

/** A record as a row of such a table; what is a list in the format is one cell, its entries divided by semicolons. */
export const csvCells = ({ kind, record }: Placed): string[] =>
  csvColumns(kind).map((column) => cellOf((record as unknown as Record<string, Value>)[column]))

interface Part {
  readonly [field: string]: Value
}
type Value = string | number | Part | readonly Value[] | undefined

function cellOf(value: Value): string {
  if (value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  return isList(value) ? value.map(cellOf).join('; ') : partOf(value)
}

const isList = (value: Part | readonly Value[]): value is readonly Value[] => Array.isArray(value)

/** A part of a record by what tells it from the others: `gazette 12-34`, `ada (HOST, IN)`, `SIGNED 2031-05-05`. */
function partOf({ source, start, end, person, organization, role, representing, status, when }: Part): string {
  if (source !== undefined) return `${source} ${start}-${end}`
  if (role !== undefined) return `${person} (${[role, representing].filter(Boolean).join(', ')})`
  return [status, when, person, organization].filter(Boolean).join(' ')
}
