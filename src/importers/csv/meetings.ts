import { type BundleInput, records } from '../../bundle/format.ts'
import type { MeetingsMapping } from './mapping.ts'
import { type RowReading, show, split } from './reading.ts'
import { Unreadable } from './unreadable.ts'

type Meeting = NonNullable<BundleInput['meetings']>[number]
type Citations = Meeting['citations']
type Participation = NonNullable<Meeting['participations']>[number]

/** Converts a row to a meeting. Throws Unreadable if it has no readable title, kind or date. */
export function meetingOf(mapping: MeetingsMapping, reading: RowReading, slug: string, citations: Citations): Meeting {
  const { title, kind, when, place, host, visit, note } = mapping.fields
  const hostName = reading.optional(host)
  return {
    slug,
    title: reading.expected(title),
    kind: reading.word(kind, records.meetings.shape.kind.options),
    when: reading.date(when),
    place: reading.optional(place),
    host: hostName && reading.attempt(() => reading.country(hostName)),
    visit: reading.reference(visit),
    note: reading.optional(note),
    participations: participationsOf(mapping, reading, citations),
    citations,
  }
}

function participationsOf(mapping: MeetingsMapping, reading: RowReading, citations: Citations): Participation[] {
  const found = new Map<string, Participation>()
  for (const { person, separator, country, role } of mapping.participations) {
    const names = split(reading.optional({ column: person }) ?? '', separator)
    const countries = countriesOf(reading, names, split(reading.optional(country) ?? '', separator))
    for (const [i, name] of names.entries()) {
      reading.attempt(() => {
        const slug = reading.person(name)
        if (found.has(slug)) {
          const message = `found ${show(name)} twice; expected each person once, with one role`
          throw new Unreadable('person-twice', message)
        }
        found.set(slug, { person: slug, role, representing: countries[i], citations })
      })
    }
  }
  if (found.size === 0 && mapping.participations.length > 0) {
    reading.anomalies.push(
      new Unreadable('no-participants', 'found no participants; imported as a meeting without participants'),
    )
  }
  return [...found.values()]
}

/** The country that each person represents: one country for all, or one for each. */
function countriesOf(reading: RowReading, names: string[], countries: string[]): (string | undefined)[] {
  if (countries.length > 1 && countries.length !== names.length) {
    const message = `found ${countries.length} countries for ${names.length} people; expected one for all, or one for each`
    reading.anomalies.push(new Unreadable('countries-and-people', message))
    return []
  }
  const codes = countries.map((name) => reading.attempt(() => reading.country(name)))
  return names.map((_, i) => codes[codes.length === 1 ? 0 : i])
}
