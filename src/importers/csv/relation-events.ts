import { type BundleInput, records } from '../../bundle/format.ts'
import type { MappingOf } from './mapping.ts'
import type { Citations, RowReading } from './reading.ts'

type RelationEvent = NonNullable<BundleInput['relationEvents']>[number]

/** Converts a row to an event of diplomatic relations. Throws Unreadable if it has no readable title, kind, date or countries. */
export function relationEventOf(
  { fields }: MappingOf<'relationEvents'>,
  reading: RowReading,
  slug: string,
  citations: Citations,
): RelationEvent {
  const when = reading.during(reading.date(fields.when))
  const by = reading.optional(fields.by)
  return {
    slug,
    title: reading.expected(fields.title),
    kind: reading.word(fields.kind, records.relationEvents.shape.kind.options),
    countries: fields.countries.map((cell) => reading.country(reading.expected(cell), cell)),
    by: by && reading.attempt(() => reading.country(by)),
    when,
    description: reading.optional(fields.description),
    note: reading.note(fields.note),
    citations,
  }
}
