import { countryName } from '../../../countries/states.ts'
import { certaintyOn } from '../../../time/certainty.ts'
import { label } from '../../../time/label.ts'
import { timeSpan } from '../../../time/span.ts'
import { type CitationInput, cite, type Input, type ParticipationInput } from '../document.ts'
import { type Draft, isCited } from '../draft.ts'
import { covers } from '../people/american-match.ts'
import type { NamedIn, NamedMeeting, NamedPerson, UnnamedAttendee } from '../people/people-named.ts'
import { type Americans, PRESIDENT_POST } from '../pocom/americans.ts'
import { type Attested, attestOffices } from './attested-offices.ts'
import { type Company, companyOf, isInCompany, overlap } from './company.ts'
import type { Journey } from './journeys.ts'
import { meetingDay, meetingKind, meetingPlace } from './meeting-facts.ts'
import { stayOf } from './stay.ts'
import { visitKind } from './visit-kind.ts'

/** Writes journeys and their meetings, with all participants and their offices. */
export function writeJourneys(
  journeys: readonly Journey[],
  named: ReadonlyMap<Journey, NamedIn>,
  draft: Draft,
  americans: Americans,
): void {
  const days = new Map<NamedMeeting, string>()
  const attested: Attested[] = []
  for (const journey of journeys) {
    const { visitors, meetings } = named.get(journey) as NamedIn
    if (journey.when !== 'XXXX') for (const person of visitors) attested.push({ person, journey, when: journey.when })
    for (const met of meetings) {
      const when = meetingDay(
        journey,
        met.meeting,
        meetings.map(({ meeting }) => meeting),
      )
      days.set(met, when)
      if (when !== 'XXXX') for (const person of met.people) attested.push({ person, journey, when })
    }
  }
  const positions = attestOffices(attested, draft)
  const trips = journeys.filter(({ traveller }) => traveller?.role === 'president')
  const companies = new Map(journeys.map((journey) => [journey, companyOf(journey, trips, americans)]))
  const writing: Writing = { draft, americans, positions, days, byVisit: new Map() }
  // A president's trip comes first, so that those of companions find its meetings.
  for (const journey of journeys)
    if (!companies.get(journey)) writeJourney(journey, named.get(journey) as NamedIn, writing)
  for (const [journey, company] of companies)
    if (company) writeJourney(journey, named.get(journey) as NamedIn, writing, company)
  joinSame(draft)
}

interface Writing {
  readonly draft: Draft
  readonly americans: Americans
  readonly positions: ReadonlyMap<NamedPerson, string>
  readonly days: ReadonlyMap<NamedMeeting, string>
  /** The slugs of the meetings of each visit. */
  readonly byVisit: Map<string, string[]>
}

function writeJourney(journey: Journey, { visitors, meetings }: NamedIn, writing: Writing, company?: Company): void {
  const { positions, americans, draft, days, byVisit } = writing
  const travellers = travellersOf(journey, visitors, positions, americans, draft)
  const notes: string[] = []
  if (company) {
    const name = draft.people.get(company.president.slug)?.name ?? company.president.slug
    const on = company.trips.map(({ slug }) => slug)
    if (on.length > 0) notes.push(`Accompanied ${name} on ${on.join(' and ')}.`)
    else
      journey.row.dropPart(
        'unknown-trip',
        `accompanied ${name}, who has no row of a trip to this country on these days; the two are not linked`,
      )
  }
  for (const [i, met] of meetings.entries()) {
    const together = company && isInCompany(journey, company, met.meeting)
    const when = days.get(met) as string
    // The president met the same people, and so did the companion: it is one meeting if there are several of them.
    const isShared = company && (together || met.people.length + met.others.length > 1)
    const same = isShared ? presidentsMeeting(journey, company, met, when, writing) : undefined
    if (same) {
      joinMeeting(journey, met, when, same, travellers, draft)
      notes.push(`Took part in ${same}.`)
      continue
    }
    const all = together ? [...travellers, presidentOf(journey, company)] : travellers
    const slug = writeMeeting(journey, met, i, days.get(met) as string, journey.slug, all, positions, draft)
    if (slug) byVisit.set(journey.slug, [...(byVisit.get(journey.slug) ?? []), slug])
  }
  const accompanying = company?.trips.map(({ slug }) => slug) ?? []
  writeVisit(journey, travellers, [...new Set(notes)], accompanying, draft)
}

const presidentOf = ({ document }: Journey, { president, position, range }: Company): Travelling => ({
  person: president.slug,
  representing: 'US',
  ...(position && { position }),
  citations: [cite(document, range, ['person'])],
})

/** The keys of the people and others whom a row names at a meeting, with their citations. */
function citedAttendees(
  journey: Journey,
  { people, others }: NamedMeeting,
  draft: Draft,
): Map<string, CitationInput[]> {
  return new Map(
    [
      ...people.map(({ slug: person, range }) => ({ person, citations: [cite(journey.document, range, ['person'])] })),
      ...others.map((other) => otherAttendee(journey, other, draft)),
    ].map((attendee) => [attendeeKey(attendee), attendee.citations]),
  )
}

/** The only meeting of the president's trip with the same attendees on the same days. */
function presidentsMeeting(
  journey: Journey,
  { trips }: Company,
  met: NamedMeeting,
  when: string,
  { byVisit, draft }: Writing,
): string | undefined {
  const cited = [...citedAttendees(journey, met, draft).keys()]
  const meetings = trips
    .flatMap(({ slug }) => byVisit.get(slug) ?? [])
    .flatMap((slug) => draft.meetings.get(slug) ?? [])
    .filter((meeting) => overlap(meeting.when, when))
  const keysOf = ({ participations = [] }: Input<'meetings'>) => participations.map(attendeeKey)
  const same = meetings.filter((meeting) => cited.every((key) => keysOf(meeting).includes(key)))
  if (same.length > 0) return same.length === 1 ? same[0]?.slug : undefined
  // The president's row leaves open whether the people of a list met together, and the companion's says it.
  const parts = cited.map((key) => meetings.filter((meeting) => keysOf(meeting).includes(key)))
  const [first, ...more] = [...new Set(parts.flat())]
  const isList =
    first?.note?.includes(LISTED) === true &&
    parts.every(({ length }) => length === 1) &&
    more.length === cited.length - 1 &&
    more.every(({ citations }) => citations[0]?.start === first.citations[0]?.start)
  if (!first || !isList) return undefined
  const participations = [first, ...more]
    .flatMap(({ participations = [] }) => participations)
    .filter((one, i, all) => all.findIndex((other) => attendeeKey(other) === attendeeKey(one)) === i)
  const [president, ...others] = participations
  const note = [first, ...more].flatMap(({ note = '' }) => note.replace(LISTED, '').trim() || []).join(' ')
  const { note: _, ...rest } = first
  for (const { slug } of more) draft.meetings.delete(slug)
  draft.meetings.set(first.slug, {
    ...rest,
    title: titleOf(president ? [president] : [], others, first.when, draft),
    kind: meetingKind(participations, ''),
    ...(note && { note }),
    participations,
  })
  return first.slug
}

/** Adds the traveller of a row to a meeting of the president, which the row then cites too. */
function joinMeeting(
  journey: Journey,
  met: NamedMeeting,
  when: string,
  slug: string,
  travellers: readonly Travelling[],
  draft: Draft,
): void {
  const { document, remark } = journey
  const existing = draft.meetings.get(slug) as Input<'meetings'>
  // A remark can name several attendees of one meeting, and then has the same words for each.
  const words = cite(document, remark.range(met.meeting.start, met.meeting.end))
  const cited = citedAttendees(journey, met, draft)
  // The companion's row can give the day, or the companion was there on one day only.
  const isDay = when.length === 10
  draft.meetings.set(slug, {
    ...existing,
    ...(isDay && { when, title: existing.title.replace(dated(existing.when), dated(when)) }),
    participations: [
      ...(existing.participations ?? []).map((participation) => ({
        ...participation,
        citations: [...participation.citations, ...(cited.get(attendeeKey(participation)) ?? [])],
      })),
      ...travellers
        .filter(({ person }) => !existing.participations?.some((other) => other.person === person))
        .map((traveller) => ({ ...traveller, role: 'PARTICIPANT' as const })),
    ],
    citations: isCited(existing.citations, words) ? existing.citations : [...existing.citations, words],
  })
}

/** Joins meetings that two rows give with the same people on the same day, if their places agree. */
function joinSame(draft: Draft): void {
  const known = new Map<string, Input<'meetings'>[]>()
  for (const meeting of draft.meetings.values()) {
    const attendees = (meeting.participations ?? []).map(attendeeKey).sort()
    const key = JSON.stringify([attendees, meeting.when, meeting.host])
    const others = known.get(key) ?? []
    known.set(key, [...others, meeting])
    if (meeting.when.length !== 10) continue
    const same = others.find(
      ({ visit, place }) => visit !== meeting.visit && (!place || !meeting.place || place === meeting.place),
    )
    if (!same) continue
    draft.meetings.delete(meeting.slug)
    const cited = (participation: ParticipationInput) => ({
      ...participation,
      citations: [
        ...participation.citations,
        ...(meeting.participations?.find((other) => attendeeKey(other) === attendeeKey(participation))?.citations ??
          []),
      ],
    })
    const place = same.place ?? meeting.place
    draft.meetings.set(same.slug, {
      ...same,
      ...(place && { place }),
      participations: (same.participations ?? []).map(cited),
      citations: [...same.citations, ...meeting.citations],
    })
  }
}

/** The key of an attendee within a meeting. */
const attendeeKey = ({
  person,
  organization,
  unnamed,
  representing,
  representingOrganization,
}: Omit<ParticipationInput, 'role'>) =>
  JSON.stringify([person, organization, unnamed, unnamed && (representing ?? representingOrganization)])

const LISTED =
  'The source lists several people and does not say whether they met together; each has a meeting of their own here.'

type Travelling = Omit<ParticipationInput, 'citations' | 'role'> & {
  readonly person: string
  readonly citations: CitationInput[]
}

/** The travellers without duplicates, with the words that name them. */
function travellersOf(
  journey: Journey,
  visitors: readonly NamedPerson[],
  positions: ReadonlyMap<NamedPerson, string>,
  americans: Americans,
  draft: Draft,
): Travelling[] {
  const { traveller, document, from, day } = journey
  if (traveller) {
    const post =
      traveller.role === 'president' ? PRESIDENT_POST : traveller.role === 'secretary' ? 'secretary-of-state' : ''
    const held = americans.offices.find((office) => {
      const own = office.person.slug === traveller.person.slug && office.post === post
      return own && day.length === 10 && covers(office, day) && certaintyOn(day, office.bounds) !== 'NO'
    })
    const supports = held ? ['person', 'position'] : ['person']
    const citations = [{ ...traveller.citation, supports }]
    return [{ person: traveller.person.slug, representing: 'US', ...(held && { position: held.position }), citations }]
  }
  return unique(visitors).map((person) => {
    const position = positions.get(person)
    const citation = cite(document, person.range, position ? ['person', 'position'] : ['person'])
    return {
      person: person.slug,
      ...(from && person.represents && { representing: from }),
      ...(person.organization && { representingOrganization: draft.organization(person.organization) }),
      ...(position && { position }),
      citations: [citation],
    }
  })
}

const unique = (people: readonly NamedPerson[]) =>
  people.filter(({ slug }, i) => people.findIndex((other) => other.slug === slug) === i)

function writeVisit(
  journey: Journey,
  travellers: readonly Travelling[],
  company: readonly string[],
  accompanying: readonly string[],
  draft: Draft,
): void {
  const { slug, from, to, when, places, citations, remark } = journey
  const notes = [...journey.notes, ...company]
  const kind = visitKind(remark.text)
  const stay = journey.kind === 'visit' ? stayOf(remark.text, when, journey.row) : undefined
  draft.visits.set(slug, {
    slug,
    title: `Visit of ${namesOf(travellers, draft)} to ${nameOf(to, draft)}${dated(when)}`,
    ...(kind && { kind }),
    ...(from && { from }),
    to,
    ...(stay ? { when: stay, official: when } : { when }),
    ...(accompanying.length > 0 && { accompanying: [...accompanying] }),
    places: [...places],
    ...(remark.text && { description: remark.text }),
    participations: travellers.map((traveller) => ({ ...traveller, role: 'VISITOR' as const })),
    ...(notes.length > 0 && { note: notes.join(' ') }),
    citations,
  })
}

/** The name of a country in titles. A place that is in no table has the name that its row gives. */
const nameOf = (code: string, draft: Draft) => {
  const name = countryName(code)
  return name === code ? (draft.countries.get(code)?.name ?? code) : name
}

function writeMeeting(
  journey: Journey,
  { meeting, people, others, listed }: NamedMeeting,
  i: number,
  when: string,
  visit: string,
  travellers: readonly Travelling[],
  positions: ReadonlyMap<NamedPerson, string>,
  draft: Draft,
): string | undefined {
  const { document, remark, to } = journey
  const { place, end } = meetingPlace(journey, meeting)
  const met = unique(people).filter(({ slug }) => !travellers.some(({ person }) => person === slug))
  if (met.length + others.length === 0) {
    const words = remark.text.slice(meeting.start, meeting.end)
    journey.row.dropPart(
      'nobody-named',
      `names only the travellers: “${words}”; expected somebody else, so no meeting is created`,
    )
    return undefined
  }
  const participations: ParticipationInput[] = [
    ...travellers.map((traveller) => ({ ...traveller, role: 'PARTICIPANT' as const })),
    ...met.map((person): ParticipationInput => {
      const position = person.position ?? positions.get(person)
      const { country } = person.mention
      return {
        person: person.slug,
        role: 'PARTICIPANT',
        ...(country && person.represents && { representing: draft.country(country) }),
        ...(person.organization && { representingOrganization: draft.organization(person.organization) }),
        ...(position && { position }),
        citations: [cite(document, person.range, position ? ['person', 'position'] : ['person'])],
      }
    }),
    ...uniqueOthers(others.map((other) => otherAttendee(journey, other, draft))),
  ]
  const notes = [
    ...(listed ? [LISTED] : []),
    ...met.flatMap((person) => unrepresented(person, draft) ?? []),
    ...others.flatMap(({ words, country, organization }) =>
      country || organization ? [] : `The source does not say whom “${words}” represented.`,
    ),
  ]
  const slug = draft.free('meetings', `${visit}-meeting-${i + 1}`)
  draft.meetings.set(slug, {
    slug,
    title: titleOf(travellers, participations.slice(travellers.length), when, draft),
    kind: meetingKind(participations, remark.text.slice(meeting.start, meeting.end)),
    when,
    ...(place && { place }),
    host: to,
    visit,
    participations,
    ...(notes.length > 0 && { note: notes.join(' ') }),
    citations: [cite(document, remark.range(meeting.start, end))],
  })
  return slug
}

/** An organization, or somebody unnamed with the state or organization of the words. */
function otherAttendee({ document }: Journey, other: UnnamedAttendee, draft: Draft): ParticipationInput {
  const { words, country, organization, itself, range } = other
  const slug = organization && draft.organization(organization)
  if (slug && itself)
    return { organization: slug, role: 'PARTICIPANT', citations: [cite(document, range, ['organization'])] }
  return {
    unnamed: words,
    role: 'PARTICIPANT',
    ...(country && { representing: draft.country(country) }),
    ...(slug && { representingOrganization: slug }),
    citations: [cite(document, range, ['unnamed'])],
  }
}

const uniqueOthers = (others: readonly ParticipationInput[]) =>
  others.filter((other, i) => others.findIndex((first) => attendeeKey(first) === attendeeKey(other)) === i)

/** Why a participant represents neither a country nor an organization. */
function unrepresented({ slug, mention, represents, organization }: NamedPerson, draft: Draft): string | undefined {
  if (organization || (mention.country && represents)) return undefined
  return `The source does not say whom ${draft.people.get(slug)?.name ?? slug} represented.`
}

const titleOf = (travellers: readonly Titled[], others: readonly Titled[], when: string, draft: Draft) =>
  `Meeting of ${namesOf(travellers, draft)} with ${namesOf(others, draft)}${dated(when)}`

type Titled = Pick<ParticipationInput, 'person' | 'organization' | 'unnamed'>

function namesOf(attendees: readonly Titled[], draft: Draft): string {
  const names = attendees.map(
    ({ person = '', organization = '', unnamed }) =>
      unnamed ?? draft.people.get(person)?.name ?? draft.organizations.get(organization)?.name ?? person,
  )
  return names.length < 2 ? (names[0] ?? 'somebody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** `, 3–5 May 1956`. Empty if the day is not known. */
function dated(when: string): string {
  const { beginOfTheBegin, endOfTheEnd } = timeSpan(when)
  if (beginOfTheBegin === null && endOfTheEnd === null) return ''
  return `, ${label(when).replace(/^some time: /, '')}`
}
