import { type BundleInput, records } from '../../bundle/format.ts'
import { countryName } from '../../countries/states.ts'
import { attendeesOf, titleOf } from './attendees.ts'
import type { MappingOf } from './mapping.ts'
import type { Citations, RowReading } from './reading.ts'

type Visit = NonNullable<BundleInput['visits']>[number]

/** Converts a row to a visit. Throws Unreadable if it has no readable date or country visited. */
export function visitOf(
  { fields, participations }: MappingOf<'visits'>,
  reading: RowReading,
  slug: string,
  citations: Citations,
): Visit {
  const when = reading.during(reading.date(fields.when))
  const to = reading.country(reading.expected(fields.to), fields.to)
  const from = reading.optional(fields.from)
  const attendees = attendeesOf(participations, reading, citations)
  return {
    slug,
    title: fields.title ? reading.expected(fields.title) : titleOf('Visit', attendees.names, ` to ${countryName(to)}`),
    kind:
      fields.kind && reading.optional(fields.kind)
        ? reading.word(fields.kind, records.visits.shape.kind.unwrap().options)
        : undefined,
    from: from && reading.attempt(() => reading.country(from)),
    to,
    when,
    official: reading.optionalDate(fields.official),
    places: reading.list(fields.places),
    description: reading.optional(fields.description),
    participations: attendees.participations,
    note: reading.note(fields.note),
    citations,
  }
}
