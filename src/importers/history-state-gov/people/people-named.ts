import { stateOn } from '../../../countries/states.ts'
import { slugOf } from '../../../people/names.ts'
import type { Decision } from '../../importer.ts'
import type { Draft } from '../draft.ts'
import type { Journey } from '../journeys/journeys.ts'
import { organizationNamed } from '../organizations.ts'
import { type American, type Americans, addName } from '../pocom/americans.ts'
import type { Named } from '../remarks/person.ts'
import { readRemark, readTitledName } from '../remarks/remark.ts'
import type { Meeting } from '../remarks/sentence.ts'
import type { Unnamed } from '../remarks/unnamed.ts'
import { resolveAmerican } from './american-match.ts'
import { matchPeople } from './match.ts'
import { type Mention, mentionOf, type Written } from './mention.ts'
import { properName } from './proper-names.ts'
import { hostOf, type Place, placeInRemark } from './represented.ts'
import { isLeader, isRuler, type Titled } from './titles.ts'
import { isCommon } from './watersheds.ts'

/** A person whom the row of a journey names. */
export interface NamedPerson {
  readonly mention: Mention
  readonly organization?: Place['organization']
  /** True if the person acted for the mention's country. */
  readonly represents: boolean
  /** True if the row does not say the country, and the host's was assumed. */
  readonly ofHost: boolean
  /** Range of the words in the text of the file, in UTF-16 units. */
  readonly range: readonly [start: number, end: number]
  slug: string
  /** The office in the publisher's own lists, if they have it. */
  position?: string
}

/** The people of a journey: its visitors and the people in its meetings. */
export interface NamedIn {
  readonly visitors: readonly NamedPerson[]
  readonly meetings: readonly NamedMeeting[]
}

/** An organization at a meeting, or somebody whom the row does not name. */
export interface UnnamedAttendee {
  readonly words: string
  readonly country?: string
  readonly organization?: Place['organization']
  readonly itself: boolean
  readonly range: readonly [start: number, end: number]
}

export interface NamedMeeting {
  readonly meeting: Meeting
  readonly people: readonly NamedPerson[]
  readonly others: readonly UnnamedAttendee[]
  /** True if the row names more people, and does not say whether they met together. */
  readonly listed: boolean
}

/** Identifies the people named in all journeys, and creates those who are in no list. */
export function namePeople(
  journeys: readonly Journey[],
  draft: Draft,
  americans: Americans,
  decisions: Decision[],
): ReadonlyMap<Journey, NamedIn> {
  const named = new Map<Journey, NamedIn>()
  for (const journey of journeys) {
    const visitors = journey.visitors.map(withOffice).flatMap((titled) => {
      const range = journey.visitor.range(titled.start, titled.end)
      const list = `${journey.slug} visitors`
      const organization = organizationNamed(titled.title ?? '')
      const scope = organization ? { organization, represents: false } : { country: journey.from, represents: true }
      return nameOne(journey, titled, { ...scope, ofHost: false, range }, list) ?? []
    })
    const { meetings, unread, unnamed } = readRemark(journey.remark.text)
    for (const words of unread) journey.row.dropPart('unread-remark', `could not be read as a meeting: “${words}”`)
    for (const words of unnamed)
      journey.row.dropPart(
        'nobody-named',
        `names nobody who was met: “${words}”; expected a person, an organization or an office, so no meeting is created`,
      )
    const met = meetings.flatMap((meeting, nth) => {
      const people = meeting.people.map((person, i): NamedPerson | UnnamedAttendee | undefined => {
        if (person.unnamed) return unnamedAttendee(journey, person, person.unnamed)
        const place = placeInRemark(journey, person, americans)
        const doubtful = place.ofHost && isDoubtful(journey, meeting, i)
        const known = doubtful ? { range: place.range, represents: false, ofHost: false } : place
        return nameOne(journey, person, known, `${journey.slug} ${nth}`)
      })
      if (!meeting.together) return apart(meeting, people)
      const attendees = people.filter((person) => person !== undefined)
      return [{ meeting, ...sorted(attendees), listed: false }]
    })
    named.set(journey, { visitors, meetings: met })
  }
  const all = [...named.values()].flatMap(({ visitors, meetings }) => [
    ...visitors,
    ...meetings.flatMap(({ people }) => people),
  ])
  const foreign = resolveAmericans(doubtHosts(all), draft, americans, decisions)
  nameForeigners(foreign, draft, decisions)
  return named
}

/** Reads an office that the reader of visitors does not know: "African Union Chairman Alpha Konare". */
function withOffice(visitor: Titled): Titled {
  if (visitor.title) return visitor
  const [read] = readTitledName(visitor.name)
  return read?.title ? { ...visitor, title: read.title, name: read.name } : visitor
}

/** A meeting with each person of a list. "Met with A and B" does not say that A met B. */
const apart = (meeting: Meeting, people: readonly (NamedPerson | UnnamedAttendee | undefined)[]): NamedMeeting[] =>
  people.flatMap((person, i) => {
    const named = meeting.people[i] as Meeting['people'][number]
    return person ? [{ meeting: { ...meeting, people: [named] }, ...sorted([person]), listed: people.length > 1 }] : []
  })

const sorted = (attendees: readonly (NamedPerson | UnnamedAttendee)[]) => ({
  people: attendees.filter((attendee) => 'mention' in attendee),
  others: attendees.filter((attendee) => 'words' in attendee),
})

/** An attendee without a name. An office without a country is taken to be the host's, as for people. */
function unnamedAttendee(journey: Journey, { start, end }: Named, unnamed: Unnamed): UnnamedAttendee | undefined {
  const { remark, day } = journey
  const { words, itself = false } = unnamed
  const organization = unnamed.organization && organizationNamed(unnamed.organization)
  const country = unnamed.country ? stateOn(unnamed.country, day) : organization ? undefined : hostOf(journey, words)
  // "The Emperor met with the President": the row of a visitor is about the visitor.
  if (journey.kind === 'visit' && !country && !organization) {
    journey.row.dropPart('unread-remark', `could not be read as a meeting: “${remark.text.slice(start, end)}”`)
    return undefined
  }
  return {
    words,
    itself: itself && organization !== undefined,
    range: remark.range(start, end),
    ...(organization && { organization }),
    ...(country && { country }),
  }
}

/** "Lebanese Prime Minister Hariri and Speaker Berri", in Syria: the second can belong to the country of the first or to the host. */
function isDoubtful({ remark, to }: Journey, { people }: Meeting, i: number): boolean {
  const [before, person] = [people[i - 1], people[i]]
  if (!before?.country || before.country === to || !person || person.country) return false
  return /^\s+and\s+$/.test(remark.text.slice(before.end, person.start))
}

/** The person with a name. Undefined, and reported, if the words are no name. */
function nameOne(journey: Journey, written: Written, place: Place, list: string): NamedPerson | undefined {
  const { name, refused } = properName(written.name)
  if (refused) {
    const message = name
      ? `“${refused}” in “${written.name}” is no part of a name; it is left out`
      : `“${written.name}” is no name; the person is left out`
    journey.row.dropPart('no-name', message)
  }
  if (!name) return undefined
  const { range, organization, represents, ofHost } = place
  const mention = mentionOf(journey, { ...written, name }, { ...place, list })
  return { mention, range, represents, ofHost, slug: '', ...(organization && { organization }) }
}

const TWO_YEARS = 2 * 366 * 24 * 3_600_000

/**
 * A remark without a country usually means the host, but not always ("Met with Prime Minister Netanyahu", in Gaza). If nobody
 * with that office and family name is known in the host country within two years, but somebody is in exactly one other country,
 * it means that country. If there are several, or the name is common, the country is unknown.
 */
function doubtHosts(people: readonly NamedPerson[]): NamedPerson[] {
  const known = new Map<string, Mention[]>()
  const keyOf = ({ office, key }: Mention) => `${office.kind} ${key.words.at(-1)} ${key.ordinal}`
  for (const { mention, ofHost } of people) {
    if (mention.country && !ofHost) known.set(keyOf(mention), [...(known.get(keyOf(mention)) ?? []), mention])
  }
  return people.map((person) => {
    const { mention, ofHost } = person
    const { kind } = mention.office
    if (!ofHost || !mention.country || mention.country === 'US') return person
    if (!isLeader(kind) && !isRuler(kind) && !/foreign/.test(kind)) return person
    const near = (known.get(keyOf(mention)) ?? []).filter(
      (other) => Math.abs(Date.parse(other.day) - Date.parse(mention.day)) < TWO_YEARS,
    )
    if (near.length === 0 || near.some(({ family }) => family === mention.family)) return person
    const [{ family, country }] = near as [Mention, ...Mention[]]
    const word = mention.key.words.at(-1) ?? ''
    const certain = word.length > 4 && !isCommon(word) && near.every((other) => other.family === family) && country
    const { country: _, ...rest } = mention
    return certain
      ? Object.assign(person, { mention: { ...rest, country, family } })
      : Object.assign(person, { mention: { ...rest, family: '' }, represents: false })
  })
}

function resolveAmericans(
  people: readonly NamedPerson[],
  draft: Draft,
  americans: Americans,
  decisions: Decision[],
): NamedPerson[] {
  const reported = new Set<string>()
  return people.filter((person) => {
    const { mention } = person
    if (mention.country !== 'US') return true
    const resolved = resolveAmerican(mention, americans)
    if (!resolved) return true
    person.slug = resolved.person.slug
    if (resolved.position) person.position = resolved.position
    if (mention.key.words.length > 1) addName(draft, person.slug, mention.name)
    decisions.push({
      one: `${mention.row} ${mention.text}`,
      other: nameOfAmerican(resolved.person),
      same: true,
      rule: resolved.rule,
      evidence: `US; ${mention.title ?? 'no title'} on ${mention.day}`,
    })
    reported.add(person.slug)
    return false
  })
}

const nameOfAmerican = ({ slug }: American) => `the publisher’s ${slug}`

function nameForeigners(people: readonly NamedPerson[], draft: Draft, decisions: Decision[]): void {
  const personOf = new Map(people.map((person) => [person.mention, person]))
  const groups = matchPeople(
    people.map(({ mention }) => mention),
    decisions,
  )
  for (const group of groups) {
    const names = namesOf(group)
    const [name = ''] = names
    const country = mostFrequent(group.flatMap(({ country }) => country ?? []))
    const base = `${slugOf(name) || 'unnamed'}${country ? `-${country.toLowerCase()}` : ''}`.slice(0, 180)
    const first = group.map(({ day }) => day.slice(0, 4)).sort()[0]
    const slug = draft.people.has(base) ? draft.free('people', first ? `${base}-${first}` : base) : base
    draft.people.set(slug, { slug, name, names: names.slice(1) })
    for (const mention of group) (personOf.get(mention) as NamedPerson).slug = slug
  }
}

/** The spellings of a group, the fullest first, then by frequency. The single name of a ruler includes the title. */
function namesOf(group: readonly Mention[]): string[] {
  const counts = new Map<string, { count: number; words: number }>()
  for (const { name, key } of group) {
    const counted = counts.get(name) ?? { count: 0, words: key.words.filter((word) => word.length > 1).length }
    counts.set(name, { ...counted, count: counted.count + 1 })
  }
  const sorted = [...counts].sort(
    ([a, one], [b, other]) => other.words - one.words || other.count - one.count || (a < b ? -1 : 1),
  )
  return sorted.map(([name]) => name)
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0]
}
