import { brandWithType } from '@pothos/core'

/**
 * Returns the one row that is not null, marked with the name of its type, for a field of an abstract type.
 * A check in the database makes sure that there is exactly one.
 */
export function branded(rows: Readonly<Record<string, unknown>>): never {
  for (const type in rows) {
    const row = rows[type]
    if (!row) continue
    brandWithType(row, type as never)
    return row as never
  }
  throw new Error(`expected a row of one of the types ${Object.keys(rows).join(', ')}, got none`)
}
