import { type BundleInput, records } from '../../bundle/format.ts'
import type { MappingOf } from './mapping.ts'
import { wikidataOf } from './positions.ts'
import type { RowReading } from './reading.ts'
import { clean } from './text.ts'

type Person = NonNullable<BundleInput['people']>[number]
type Organization = NonNullable<BundleInput['organizations']>[number]

/** Converts a row to a person. Throws Unreadable if it has no name. */
export function personOf({ fields }: MappingOf<'people'>, reading: RowReading, slug: string): Person {
  return {
    slug,
    name: clean(reading.expected(fields.name)),
    names: reading.list(fields.names).map(clean),
    wikidataId: wikidataOf(fields, reading),
    born: reading.optionalDate(fields.born),
    died: reading.optionalDate(fields.died),
  }
}

/** Converts a row to an organization. Throws Unreadable if it has no readable name or kind. */
export function organizationOf(
  { fields }: MappingOf<'organizations'>,
  reading: RowReading,
  slug: string,
): Organization {
  const country = reading.optional(fields.country)
  return {
    slug,
    name: clean(reading.expected(fields.name)),
    names: reading.list(fields.names).map(clean),
    kind: reading.word(fields.kind, records.organizations.shape.kind.options),
    country: country && reading.attempt(() => reading.country(country)),
    members: reading.each(fields.members, (name) => reading.country(name)),
  }
}
