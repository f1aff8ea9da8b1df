import { z } from 'zod'
import { concepts, kinds } from './concepts.ts'
import { bundle, COMPUTED, records } from './format.ts'

/** The JSON Schema of bundles as people write them, with a named definition for each record, part and citation. */
export function bundleJsonSchema(): object {
  for (const kind of kinds) nameParts(records[kind], concepts[kind].type)
  const { $schema, type, properties, ...rest } = z.toJSONSchema(bundle, { io: 'input', override: dropComputed })
  const address = { type: 'string', description: 'Address of this JSON Schema, for editors' }
  return { $schema, type, properties: { $schema: address, ...properties }, ...rest }
}

let text: string | undefined

/** The JSON Schema as text. It is made when it is needed first. */
export function bundleJsonSchemaText(): string {
  text ??= `${JSON.stringify(bundleJsonSchema(), null, 2)}\n`
  return text
}

/** The names of definitions for objects in the lists of a record. */
const PARTS: Readonly<Record<string, string>> = {
  participations: 'Participation',
  attested: 'Attestation',
  events: 'AgreementEvent',
}

function nameParts(schema: z.ZodType, id: string): void {
  // Visits and meetings have the same participations.
  if (z.globalRegistry.get(schema)?.id !== undefined) return
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id })
  if (!(schema instanceof z.ZodObject)) return
  for (const [field, value] of Object.entries(schema.shape)) {
    const list = value instanceof z.ZodDefault ? value.unwrap() : value
    if (!(list instanceof z.ZodArray)) continue
    if (field === 'citations') nameParts(list.element as z.ZodType, `${id}Citation`)
    else if (PARTS[field]) nameParts(list.element as z.ZodType, PARTS[field])
  }
}

/** What the loader computes has no default that a person would write. */
function dropComputed({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.default === COMPUTED || jsonSchema.default === '') delete jsonSchema.default
}
