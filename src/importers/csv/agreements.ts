import { type BundleInput, records } from '../../bundle/format.ts'
import type { MappingOf } from './mapping.ts'
import type { Citations, RowReading } from './reading.ts'
import { Unreadable } from './unreadable.ts'

type Agreement = NonNullable<BundleInput['agreements']>[number]

/** Converts a row to an agreement. Throws Unreadable if it has no readable title, kind, party or event. */
export function agreementOf(
  { fields }: MappingOf<'agreements'>,
  reading: RowReading,
  slug: string,
  citations: Citations,
): Agreement {
  const dates = [
    ['ANNOUNCED', reading.optionalDate(fields.announced)],
    ['SIGNED', reading.optionalDate(fields.signed)],
    ['IN_FORCE', reading.optionalDate(fields.inForce)],
    ['ENDED', reading.optionalDate(fields.ended)],
  ] as const
  const events = dates.flatMap(([status, when]) =>
    when === undefined ? [] : [{ status, when, citations: [...citations] }],
  )
  const [first] = events
  if (!first) {
    throw new Unreadable('no-event', 'found no date; expected one for "announced", "signed", "inForce" or "ended"')
  }
  reading.during(first.when)
  const cells = Array.isArray(fields.parties) ? fields.parties : [fields.parties]
  const parties = [...new Set(cells.flatMap((cell) => reading.each(cell, (name) => reading.country(name))))]
  if (parties.length === 0)
    throw new Unreadable('no-party', 'found no country among the parties; expected at least one')
  return {
    slug,
    title: reading.expected(fields.title),
    kind: reading.word(fields.kind, records.agreements.shape.kind.options),
    description: reading.optional(fields.description),
    parties,
    topics: reading.each(fields.topics, (label) => reading.topic(label)),
    events,
    note: reading.note(fields.note),
    citations,
  }
}
