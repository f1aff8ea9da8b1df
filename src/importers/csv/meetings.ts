import { type BundleInput, records } from '../../bundle/format.ts'
import { attendeesOf, titleOf } from './attendees.ts'
import type { MappingOf } from './mapping.ts'
import type { Citations, RowReading } from './reading.ts'

type Meeting = NonNullable<BundleInput['meetings']>[number]

/** Converts a row to a meeting. Throws Unreadable if it has no readable kind or date, and neither a title nor participants. */
export function meetingOf(
  { fields, participations }: MappingOf<'meetings'>,
  reading: RowReading,
  slug: string,
  citations: Citations,
): Meeting {
  const when = reading.during(reading.date(fields.when))
  const attendees = attendeesOf(participations, reading, citations)
  const host = reading.optional(fields.host)
  return {
    slug,
    title: fields.title ? reading.expected(fields.title) : titleOf('Meeting', attendees.names),
    kind: reading.word(fields.kind, records.meetings.shape.kind.options),
    when,
    place: reading.optional(fields.place),
    host: host && reading.attempt(() => reading.country(host)),
    visit: reading.reference(fields.visit, 'visits'),
    participations: attendees.participations,
    note: reading.note(fields.note),
    citations,
  }
}
