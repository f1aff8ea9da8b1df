import { certaintyOn } from '../../time/certainty.ts'
import { label } from '../../time/label.ts'
import { timeSpan } from '../../time/span.ts'
import { covers } from './american-match.ts'
import { type Americans, PRESIDENT_POST } from './americans.ts'
import { type Attested, attestOffices } from './attested-offices.ts'
import { countryName } from './countries.ts'
import { type CitationInput, cite, type ParticipationInput } from './document.ts'
import type { Draft } from './draft.ts'
import type { Journey } from './journeys.ts'
import { meetingDay, meetingKind } from './meeting-facts.ts'
import type { NamedIn, NamedMeeting, NamedPerson } from './people-named.ts'

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
  for (const journey of journeys) {
    const { visitors, meetings } = named.get(journey) as NamedIn
    const travellers = travellersOf(journey, visitors, positions, americans)
    const visit = writeVisit(journey, travellers, draft)
    for (const [i, met] of meetings.entries()) {
      writeMeeting(journey, met, i, days.get(met) as string, visit, travellers, positions, draft)
    }
  }
}

const LISTED =
  'The source lists several people and does not say whether they met together; each has a meeting of their own here.'

type Travelling = Omit<ParticipationInput, 'citations' | 'role'> & { readonly citations: CitationInput[] }

/** The travellers without duplicates, with the words that name them. */
function travellersOf(
  journey: Journey,
  visitors: readonly NamedPerson[],
  positions: ReadonlyMap<NamedPerson, string>,
  americans: Americans,
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
      ...(from && { representing: from }),
      ...(position && { position }),
      citations: [citation],
    }
  })
}

const unique = (people: readonly NamedPerson[]) =>
  people.filter(({ slug }, i) => people.findIndex((other) => other.slug === slug) === i)

function writeVisit(journey: Journey, travellers: readonly Travelling[], draft: Draft): string {
  const { slug, from, to, when, places, notes, citations, remark } = journey
  draft.visits.set(slug, {
    slug,
    title: `Visit of ${namesOf(travellers, draft)} to ${nameOf(to, draft)}${dated(when)}`,
    ...(from && { from }),
    to,
    when,
    places: [...places],
    ...(remark.text && { description: remark.text }),
    participations: travellers.map((traveller) => ({ ...traveller, role: 'VISITOR' as const })),
    ...(notes.length > 0 && { note: notes.join(' ') }),
    citations,
  })
  return slug
}

/** The name of a country in titles. A place that is in no table has the name that its row gives. */
const nameOf = (code: string, draft: Draft) => {
  const name = countryName(code)
  return name === code ? (draft.countries.get(code)?.name ?? code) : name
}

function writeMeeting(
  journey: Journey,
  { meeting, people, listed }: NamedMeeting,
  i: number,
  when: string,
  visit: string,
  travellers: readonly Travelling[],
  positions: ReadonlyMap<NamedPerson, string>,
  draft: Draft,
): void {
  const { document, remark, to, places } = journey
  const met = unique(people).filter(({ slug }) => !travellers.some(({ person }) => person === slug))
  if (met.length === 0) {
    const words = remark.text.slice(meeting.start, meeting.end)
    journey.row.dropPart(
      'nobody-named',
      `names only the travellers: “${words}”; expected somebody else, so no meeting is created`,
    )
    return
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
        ...(position && { position }),
        citations: [cite(document, person.range, position ? ['person', 'position'] : ['person'])],
      }
    }),
  ]
  const notes = [...(listed ? [LISTED] : []), ...met.flatMap((person) => unrepresented(person, draft) ?? [])]
  const slug = draft.free('meetings', `${visit}-meeting-${i + 1}`)
  const others = met.map(({ slug }) => ({ person: slug, citations: [] }))
  const [place] = places
  draft.meetings.set(slug, {
    slug,
    title: `Meeting of ${namesOf(travellers, draft)} with ${namesOf(others, draft)}${dated(when)}`,
    kind: meetingKind(participations, remark.text.slice(meeting.start, meeting.end)),
    when,
    ...(place && places.length === 1 && { place }),
    host: to,
    visit,
    participations,
    ...(notes.length > 0 && { note: notes.join(' ') }),
    citations: [cite(document, remark.range(meeting.start, meeting.end))],
  })
}

/** Why a participant represents no country. */
function unrepresented({ slug, mention, represents, organization }: NamedPerson, draft: Draft): string | undefined {
  if (mention.country && represents) return undefined
  const name = draft.people.get(slug)?.name ?? slug
  return organization
    ? `${name} acted for an organization: ${organization.name}.`
    : `The source does not say whom ${name} represented.`
}

function namesOf(people: readonly { readonly person: string }[], draft: Draft): string {
  const names = people.map(({ person }) => draft.people.get(person)?.name ?? person)
  return names.length < 2 ? (names[0] ?? 'somebody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** `, 3–5 May 1956`. Empty if the day is not known. */
function dated(when: string): string {
  const { beginOfTheBegin, endOfTheEnd } = timeSpan(when)
  if (beginOfTheBegin === null && endOfTheEnd === null) return ''
  return `, ${label(when).replace(/^some time: /, '')}`
}
