import { brandWithType } from '@pothos/core'

/**
 * The one of several rows that is there, marked with the name of its type, for a field that may be of any of them.
 * A check in the database makes sure that there is exactly one.
 */
export function branded(rows: Readonly<Record<string, unknown>>): never {
  for (const type in rows) {
    const row = rows[type]
    if (!row) continue
    brandWithType(row, type as never)
    return row as never
  }
  throw new Error(`none of ${Object.keys(rows).join(', ')} is there`)
}
