import type { Decision } from '../importer.ts'
import { resolveAmerican } from './american-match.ts'
import { type American, type Americans, addName } from './americans.ts'
import { isTerritory } from './countries.ts'
import type { Draft } from './draft.ts'
import type { Journey } from './journeys.ts'
import { matchPeople } from './match.ts'
import type { Mention } from './mention.ts'
import { nameKey, slugOf } from './names.ts'
import { organizationNamed } from './organizations.ts'
import { readRemark } from './remarks/remark.ts'
import type { Meeting } from './remarks/sentence.ts'
import { isLeader, officeOf } from './titles.ts'
import { familyOf, isCommon } from './watersheds.ts'

/** A person whom the row of a journey names. */
export interface NamedPerson {
  readonly mention: Mention
  readonly organization?: ReturnType<typeof organizationNamed>
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

export interface NamedMeeting {
  readonly meeting: Meeting
  readonly people: readonly NamedPerson[]
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
    const visitors = journey.visitors.map((titled) =>
      nameOne(journey, titled, { country: journey.from, range: journey.visitor.range(titled.start, titled.end) }),
    )
    const { meetings, unread, unnamed } = readRemark(journey.remark.text)
    for (const words of unread) journey.row.dropPart('unread-remark', `could not be read as a meeting: “${words}”`)
    for (const words of unnamed)
      journey.row.dropPart(
        'nobody-named',
        `names nobody who was met: “${words}”; expected a person, so no meeting is created`,
      )
    const met = meetings.flatMap((meeting) => {
      const people = meeting.people.map((person, i) => {
        const place = inRemark(journey, person, americans)
        return nameOne(journey, person, isDoubtful(journey, meeting, i) ? { ...place, country: undefined } : place)
      })
      return meeting.together ? [{ meeting, people, listed: false }] : apart(meeting, people)
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

/** A meeting with each person of a list. "Met with A and B" does not say that A met B. */
const apart = (meeting: Meeting, people: readonly NamedPerson[]): NamedMeeting[] =>
  people.map((person, i) => {
    const named = meeting.people[i] as Meeting['people'][number]
    return { meeting: { ...meeting, people: [named] }, people: [person], listed: people.length > 1 }
  })

/** "Lebanese Prime Minister Hariri and Speaker Berri", in Syria: the second can belong to the country of the first or to the host. */
function isDoubtful({ remark, to }: Journey, { people }: Meeting, i: number): boolean {
  const [before, person] = [people[i - 1], people[i]]
  if (!before?.country || before.country === to || !person || person.country) return false
  return /^\s+and\s+$/.test(remark.text.slice(before.end, person.start))
}

type Written = { readonly title?: string; readonly name: string; readonly country?: string }
type Place = {
  readonly country?: string | undefined
  readonly explicit?: boolean
  readonly range: readonly [number, number]
  readonly organization?: ReturnType<typeof organizationNamed>
}

const HOSTED = new WeakSet<Mention>()

function nameOne(
  journey: Journey,
  { title, name }: Written,
  { country, range, organization, explicit = true }: Place,
): NamedPerson {
  const written = [title, name].filter(Boolean).join(' ')
  const mention: Mention = {
    row: journey.label,
    text: written,
    ...(title && { title }),
    office: title ? officeOf(title) : { kind: 'none', standing: 'full' },
    name,
    key: nameKey(name),
    ...(country && { country }),
    family: country ? familyOf(country) : (organization?.slug ?? ''),
    day: journey.day,
  }
  if (!explicit) HOSTED.add(mention)
  return { mention, range, slug: '', ...(organization && { organization }) }
}

/** Titles that belong to no state. */
const INTERNATIONAL =
  /\b(International(?! (?:Cooperation|Trade|Relations|Affairs|Development))|World|Quartet|Organi[sz]ation|Secretary[- ]General|High Commissioner|High Representative|Special Representative)\b/

/** Offices of Americans that remarks use without "American". */
const AMERICAN =
  /president|secretary|senator|congress|ambassador|governor|mayor|general|admiral|representative|speaker|justice|assistant|counsel|adviser|advisor|attorney/i

/**
 * The country of a person named in a remark: the country in the remark; none for the office of an organization; otherwise the
 * host. On a trip, "President Truman" is not a president of the host on a day on which he was president of the United States.
 */
function inRemark(journey: Journey, person: Written & { start: number; end: number }, americans: Americans): Place {
  const { remark } = journey
  const range = remark.range(person.start, person.end)
  if (person.country) return { country: person.country, range }
  const before = remark.text.slice(Math.max(0, person.start - 24), person.start)
  const title = person.title ?? ''
  if (/\b(PLO|P\.L\.O\.|Palestin\w+)\b/.test(`${before.split(/[,;.]| and /).at(-1)} ${title}`))
    return { country: 'PS', range }
  if (INTERNATIONAL.test(title) && !organizationNamed(title)) return { range }
  const organization = organizationNamed(title) ?? organizationNamed(before.split(/[,;]| and | with /).at(-1) ?? '')
  if (organization) return { organization, range }
  const mention = nameOne(journey, person, { range }).mention
  if (journey.kind === 'visit') {
    const american =
      resolveAmerican(mention, americans) || (AMERICAN.test(title) && !/prime|foreign|minister/i.test(title))
    return { country: american ? 'US' : undefined, explicit: false, range }
  }
  const leads = ['president', 'vice-president', 'secretary-of-state'].includes(mention.office.kind)
  if (leads && resolveAmerican(mention, americans)) return { country: 'US', explicit: false, range }
  return { country: isTerritory(journey.to) ? undefined : journey.to, explicit: false, range }
}

const TWO_YEARS = 2 * 366 * 24 * 3_600_000

/**
 * A remark without a country usually means the host, but not always ("Met with Prime Minister Netanyahu", in Gaza). If nobody
 * with that office and family name is known in the host country within two years, but somebody is in exactly one other country,
 * it means that country. If there are several, or the name is common, the country is unknown.
 */
function doubtHosts(people: readonly NamedPerson[]): NamedPerson[] {
  const known = new Map<string, Mention[]>()
  const keyOf = ({ office, key }: Mention) => `${office.kind} ${key.words.at(-1)}`
  for (const { mention } of people) {
    if (mention.country && !HOSTED.has(mention))
      known.set(keyOf(mention), [...(known.get(keyOf(mention)) ?? []), mention])
  }
  return people.map((person) => {
    const { mention } = person
    const host = mention.country
    if (!HOSTED.has(mention) || host === 'US') return person
    if (!isLeader(mention.office.kind) && !/foreign/.test(mention.office.kind)) return person
    const near = (known.get(keyOf(mention)) ?? []).filter(
      (other) => Math.abs(Date.parse(other.day) - Date.parse(mention.day)) < TWO_YEARS,
    )
    if (near.length === 0 || near.some(({ family }) => family === mention.family)) return person
    const [{ family, country }] = near as [Mention, ...Mention[]]
    const word = mention.key.words.at(-1) ?? ''
    const certain = word.length > 4 && !isCommon(word) && near.every((other) => other.family === family) && country
    const { country: _, ...rest } = mention
    return Object.assign(person, { mention: certain ? { ...rest, country, family } : { ...rest, family: '' } })
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
