import type { z } from 'zod'
import { type Bundle, bundle, type Kind, references } from './format.ts'

/** A place in a bundle that names a record. */
export interface Reference {
  readonly path: readonly PropertyKey[]
  readonly kind: Kind
  readonly slug: string
}

/** Every place in a bundle that names a record, as the format declares them. */
export function referencesOf(whole: Bundle): Reference[] {
  const found: Reference[] = []
  visit(bundle, whole, [], found)
  return found
}

function visit(schema: z.core.$ZodType, value: unknown, path: PropertyKey[], found: Reference[]): void {
  if (value === undefined) return
  const named = references.get(schema)
  if (named) found.push({ path, kind: named.kind, slug: value as string })

  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  switch (def.type) {
    case 'object':
      for (const [key, field] of Object.entries(def.shape)) {
        visit(field, (value as Record<string, unknown>)[key], [...path, key], found)
      }
      break
    case 'array':
      for (const [i, element] of (value as unknown[]).entries()) visit(def.element, element, [...path, i], found)
      break
    case 'optional':
    case 'default':
      visit(def.innerType, value, path, found)
      break
    case 'union':
      for (const option of def.options) visit(option, value, path, found)
      break
  }
}
