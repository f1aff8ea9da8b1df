import type { BundleInput } from '../../bundle/format.ts'
import type { MappingOf } from './mapping.ts'
import { slugOf } from './names.ts'
import type { Citations, RowReading } from './reading.ts'
import { Unreadable } from './unreadable.ts'

type Position = NonNullable<BundleInput['positions']>[number]

/** Converts a row to an office held by a person. Throws Unreadable if it has no readable person, title, tenure or country. */
export function positionOf(
  { fields }: MappingOf<'positions'>,
  reading: RowReading,
  slug: string,
  citations: Citations,
): Position {
  const tenure = reading.during(reading.optionalDate(fields.tenure) ?? '/')
  const attested = reading.optionalDate(fields.attested)
  if (attested !== undefined && tenure === '/') reading.during(attested)
  const title = reading.expected(fields.title)
  const [country, organization] = [reading.optional(fields.country), reading.optional(fields.organization)]
  const represented = country === undefined ? {} : reading.represented(country, fields.country)
  const body = represented.representingOrganization ?? (organization && reading.organization(organization))
  if (represented.representing === undefined && body === undefined) {
    throw new Unreadable(
      'no-country',
      'found neither a country nor an organization; expected the one that the office belongs to',
    )
  }
  const post = reading.optional(fields.post) ?? title
  const mission = reading.optional(fields.accreditedTo)
  const accredited = mission === undefined ? {} : reading.represented(mission, fields.accreditedTo)
  return {
    slug,
    person: reading.person(reading.expected(fields.person), represented.representing, wikidataOf(fields, reading)),
    post: slugOf([represented.representing ?? body, post, mission].filter(Boolean).join(' ')),
    title,
    country: represented.representing,
    organization: body,
    accreditedTo: accredited.representing,
    accreditedToOrganization: accredited.representingOrganization,
    appointed: reading.optionalDate(fields.appointed),
    tenure,
    attested: attested === undefined ? [] : [{ when: attested, citations }],
    note: reading.note(fields.note),
    citations,
  }
}

/** An item such as Q42, also in a URL. */
export function wikidataOf(
  { wikidata }: Pick<MappingOf<'people'>['fields'], 'wikidata'>,
  reading: RowReading,
): string | undefined {
  const text = reading.optional(wikidata)
  if (text === undefined) return undefined
  const item = /^(?:https?:\/\/(?:www\.)?wikidata\.org\/(?:wiki|entity)\/)?(Q[1-9]\d{0,17})$/.exec(text)?.[1]
  if (item === undefined) {
    reading.anomalies.push(new Unreadable('not-wikidata', 'expected a Wikidata item such as Q42; imported without it'))
  }
  return item
}
