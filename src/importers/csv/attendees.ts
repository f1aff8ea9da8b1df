import type { BundleInput } from '../../bundle/format.ts'
import { type Attending, attendeeColumn } from './mapping.ts'
import { type Citations, type RowReading, split } from './reading.ts'
import { clean, show } from './text.ts'
import { Unreadable } from './unreadable.ts'

type Participation = NonNullable<NonNullable<BundleInput['meetings']>[number]['participations']>[number]

/** Maximum length of the words for an unnamed attendee. */
const LONGEST_UNNAMED = 300

interface Attendees {
  readonly participations: Participation[]
  /** The names, for the title of a fact that has none. */
  readonly names: readonly string[]
}

/** The attendees of the fact of a row. One that cannot be read is left out and reported. */
export function attendeesOf(mappings: readonly Attending[], reading: RowReading, citations: Citations): Attendees {
  const found = new Map<string, Participation>()
  const names: string[] = []
  for (const attending of mappings) {
    const { separator, pattern, country, role } = attending
    const { what, column } = attendeeColumn(attending)
    const written = split(reading.optional({ column, pattern }) ?? '', separator)
    const represented = representedBy(reading, written, split(reading.optional(country) ?? '', separator))
    for (const [i, name] of written.entries()) {
      reading.attempt(() => {
        const who = whoIs(reading, what, name, represented[i]?.representing)
        const key = JSON.stringify(who)
        if (found.has(key)) {
          throw new Unreadable(
            'person-twice',
            `found ${show(name)} twice; expected each attendee once, with one role`,
            column,
          )
        }
        found.set(key, { ...who, role, ...represented[i], citations: [...citations] })
        names.push(clean(name))
      })
    }
  }
  if (found.size === 0 && mappings.length > 0) {
    reading.anomalies.push(new Unreadable('no-participants', 'found no participants; imported without participants'))
  }
  return { participations: [...found.values()], names }
}

/** A name that the mapping lists is what the list says, whatever the column has otherwise. */
function whoIs(
  reading: RowReading,
  what: ReturnType<typeof attendeeColumn>['what'],
  name: string,
  country: string | undefined,
) {
  if (reading.isListed(name, 'organizations')) return { organization: reading.organization(name) }
  if (what === 'person' || reading.isListed(name, 'people')) return { person: reading.person(name, country) }
  if (what === 'organization') return { organization: reading.organization(name) }
  const unnamed = clean(name)
  if (unnamed.length <= LONGEST_UNNAMED) return { unnamed }
  throw new Unreadable('name-too-long', `found ${show(name)}; expected at most ${LONGEST_UNNAMED} characters`)
}

/** What each attendee represents: one country or organization for all, or one for each. */
function representedBy(reading: RowReading, names: readonly string[], countries: readonly string[]) {
  if (countries.length > 1 && countries.length !== names.length) {
    const message = `found ${countries.length} countries for ${names.length} people; expected one for all, or one for each`
    reading.anomalies.push(new Unreadable('countries-and-people', message))
    return []
  }
  const found = countries.map((name) => reading.attempt(() => reading.represented(name)))
  return names.map((_, i) => found[found.length === 1 ? 0 : i])
}

/** A title for a fact whose row has none: `Meeting of Ada Berg, Bo Lind and Oxfam`. */
export function titleOf(what: string, names: readonly string[], ending = ''): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} others`] : names
  const joined = [shown.slice(0, -1).join(', '), shown.at(-1)].filter(Boolean).join(' and ')
  if (joined === '' && ending === '') {
    throw new Unreadable('empty-cell', 'found neither a title nor participants; expected one of them')
  }
  return `${what}${joined && ` of ${joined}`}${ending}`
}
