import type { Row } from './table.ts'
import { show } from './text.ts'
import { Unreadable } from './unreadable.ts'

/** A fact of a sheet, and the rows that it is from. */
export interface SheetFact {
  readonly record: Record<string, unknown>
  readonly rows: Row[]
}

/**
 * Adds the record of a further row to a fact: the values of its lists, and the values that the fact lacks. Returns an anomaly for each
 * value that differs.
 */
export function merge({ record }: SheetFact, other: Record<string, unknown>): Unreadable[] {
  return Object.entries(other).flatMap(([field, value]) => {
    const own = record[field]
    if (Array.isArray(value)) record[field] = joined((own as unknown[] | undefined) ?? [], value)
    else if (own === undefined) record[field] = value
    else if (value !== undefined && value !== own) {
      const message = `found ${show(String(value))} for ${field}; the first row about this fact has ${show(String(own))}, which counts`
      return [new Unreadable('differs-in-group', message)]
    }
    return []
  })
}

/** The values of both lists. Values that differ only in their citations are one, with the first citation. */
function joined(one: readonly unknown[], other: readonly unknown[]): unknown[] {
  const keyOf = (value: unknown) => JSON.stringify(value, (key, part) => (key === 'citations' ? undefined : part))
  const keys = new Set(one.map(keyOf))
  return [...one, ...other.filter((value) => !keys.has(keyOf(value)))]
}
