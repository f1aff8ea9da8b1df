import type { z } from 'zod'
import type { Kind } from './concepts.ts'
import { records, references } from './format.ts'
import { type Placed, within } from './records.ts'

/** A place in a bundle that refers to a record. */
export interface Reference {
  readonly path: string
  readonly kind: Kind
  readonly slug: string
}

/** Every place in a record that refers to another one, as the format declares them. */
export function referencesOf({ kind, record, path }: Placed): Reference[] {
  const found: Reference[] = []
  visit(records[kind], record, [])
  return found

  function visit(schema: z.core.$ZodType, value: unknown, keys: readonly PropertyKey[]): void {
    if (value === undefined) return
    const named = references.get(schema)
    if (named) found.push({ path: within(path, keys), kind: named.kind, slug: value as string })

    const { def } = schema._zod as z.core.$ZodTypes['_zod']
    switch (def.type) {
      case 'object':
        for (const key in def.shape) {
          visit(def.shape[key] as z.core.$ZodType, (value as Record<string, unknown>)[key], [...keys, key])
        }
        break
      case 'array':
        for (const [i, element] of (value as unknown[]).entries()) visit(def.element, element, [...keys, i])
        break
      case 'optional':
      case 'default':
        visit(def.innerType, value, keys)
        break
      case 'union':
        for (const option of def.options) visit(option, value, keys)
        break
      case 'string':
      case 'number':
      case 'enum':
        break
      default:
        throw new Error(`cannot look for references in ${def.type}: add it to references.ts`)
    }
  }
}
