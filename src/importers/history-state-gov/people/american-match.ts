import { likeness, type NameKey, slugOf } from '../../../people/names.ts'
import { certaintyOn } from '../../../time/certainty.ts'
import type { American, Americans, HeldOffice } from '../pocom/americans.ts'
import { PRESIDENT_POST } from '../pocom/americans.ts'
import type { Mention } from './mention.ts'

/** A person in the publisher's lists whom a row names. */
interface Resolved {
  readonly person: American
  /** The office that the row names, if the lists have it. */
  readonly position?: string
  readonly rule: string
}

/** Maximum assumed length of a tenure without a recorded end, for finding people. */
const MAX_YEARS = 12

/**
 * Finds the person in the publisher's lists whom a row names, by name, office and day: "President Truman" on a day on which a
 * Truman was president. It returns a person only if exactly one fits.
 */
export function resolveAmerican(
  { key, office, title, day }: Mention,
  { all, offices }: Americans,
): Resolved | undefined {
  const at = dayOf(day)
  const named = (held: HeldOffice) => lives(held.person, at) && held.person.keys.some((other) => isNamed(key, other))
  const presidencies = offices.filter(({ post }) => post === PRESIDENT_POST)
  if (office.standing === 'former') {
    return only(
      presidencies.filter(
        (held) => named(held) && office.kind === 'president' && (held.bounds.endOfTheEnd ?? '9') <= at,
      ),
      'former-president',
      false,
    )
  }
  if (office.standing === 'elect') {
    return only(
      presidencies.filter((held) => named(held) && office.kind === 'president' && within(at, held, 0.3)),
      'president-elect',
      false,
    )
  }
  if (office.kind === 'president')
    return only(
      presidencies.filter((held) => named(held) && covers(held, at)),
      'president-on-that-day',
    )
  if (office.kind === 'vice-president') {
    return only(
      presidencies.filter((held) => named(held) && within(at, held, MAX_YEARS)),
      'vice-president-later-president',
      false,
    )
  }
  if (office.kind === 'secretary-of-state') {
    return only(
      offices.filter((held) => held.post === 'secretary-of-state' && named(held) && covers(held, at)),
      'secretary-on-that-day',
    )
  }
  if (/^(general|gen)$/.test(office.kind)) {
    // General Eisenhower, before he was president.
    return only(
      presidencies.filter((held) => named(held) && within(at, held, MAX_YEARS)),
      'general-later-president',
      false,
    )
  }
  const post = slugOf(title ?? '')
  if (post) {
    const holders = offices.filter((held) => held.post.startsWith(post) && covers(held, at) && named(held))
    const found = only(holders, 'office-on-that-day')
    if (found) return found
  }
  if (key.words.length < 2) return undefined
  const active = new Set(
    offices
      .filter((held) => Math.abs(yearsBetween(held.bounds.beginOfTheBegin ?? held.bounds.endOfTheEnd, at)) <= 20)
      .map(({ person }) => person),
  )
  const people = all.filter(
    (person) => active.has(person) && lives(person, at) && person.keys.some((other) => isNamed(key, other)),
  )
  const [person] = people
  return person && people.length === 1 ? { person, rule: 'full-name-in-the-lists' } : undefined
}

/** The person who held all of these offices. Undefined if they had several holders. */
function only(held: readonly HeldOffice[], rule: string, inOffice = true): Resolved | undefined {
  const people = new Set(held.map(({ person }) => person))
  const [first] = held
  if (!first || people.size !== 1) return undefined
  return { person: first.person, rule, ...(inOffice && { position: first.position }) }
}

/** True if a name matches a name in a list: the family name alone, or given name and family name. */
function isNamed(key: NameKey, listed: NameKey): boolean {
  if (key.words.at(-1) !== listed.words.at(-1)) return false
  if (key.words.length === 1) return true
  const alike = likeness(key, listed, 'US')
  return alike === 'equal' || (alike === 'part' && (key.words[0] as string)[0] === (listed.words[0] as string)[0])
}

/** Nobody acts as a child, or after a known death. */
const lives = ({ birth, death }: American, day: string) =>
  !(birth && Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) < 18) && !(death && day.slice(0, death.length) > death)

/** True if the office was held on a day, as far as is known. */
export function covers({ bounds }: HeldOffice, day: string): boolean {
  if (certaintyOn(day, bounds) === 'NO') return false
  if (bounds.beginOfTheBegin === null) return false
  return bounds.endOfTheEnd !== null || yearsBetween(bounds.beginOfTheBegin, day) <= MAX_YEARS
}

/** Whether a tenure started after a day, and how soon. */
const within = (day: string, { bounds }: HeldOffice, years: number) => {
  const until = -yearsBetween(bounds.beginOfTheBegin, day)
  return until > 0 && until <= years
}

const dayOf = (day: string) => (day.length === 10 ? day : `${day}-01-01`.slice(0, 10))

const yearsBetween = (from: string | null, to: string) =>
  from === null ? Number.NaN : (Date.parse(to) - Date.parse(from)) / (365.25 * 24 * 3_600_000)
