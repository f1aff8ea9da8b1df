import { brandWithType } from '@pothos/core'

/**
 * The one of several rows that is there, marked with the name of its type, for a field that may be of any of them.
 * A check in the database makes sure that there is exactly one.
 */
export function branded(rows: Readonly<Record<string, unknown>>): never {
  const [type, row] = Object.entries(rows).find(([, row]) => row) as [string, object]
  brandWithType(row, type as never)
  return row as never
}
