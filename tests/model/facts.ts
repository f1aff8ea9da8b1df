import type { Bundle, BundleRecord, Participation, Voice } from '../../src/bundle/format.ts'
import { type Certainty, certaintyAt, spanOf, tenureOf } from './time.ts'

/** What the reference model concludes from the facts of a bundle. */

type Position = BundleRecord<'positions'>
type Occasion = BundleRecord<'meetings'> | BundleRecord<'visits'>

/** A set as a list in order, each entry once. */
export const sorted = (entries: Iterable<string>): string[] => [...new Set(entries)].toSorted()

/** Topics with all that are broader, however far. */
export function withBroader(bundle: Bundle, topics: readonly string[]): string[] {
  const broader = bundle.topics.filter(({ slug }) => topics.includes(slug)).flatMap((topic) => topic.broader)
  const further = broader.filter((topic) => !topics.includes(topic))
  return further.length === 0 ? sorted(topics) : withBroader(bundle, sorted([...topics, ...further]))
}

/** What a meeting was about: what the statements about it are about. */
export const topicsOfMeeting = (bundle: Bundle, meeting: string): string[] =>
  sorted(bundle.statements.filter((statement) => statement.meeting === meeting).flatMap(({ topics }) => topics))

/** Between which countries a meeting was: those that its attendees represent. */
export const countriesOfMeeting = ({ participations }: BundleRecord<'meetings'>): string[] =>
  sorted(participations.flatMap(({ representing }) => representing ?? []))

/** Between which countries a statement is: of its speakers and addressees, and those that its source names. */
export function countriesOfStatement(bundle: Bundle, statement: BundleRecord<'statements'>): string[] {
  const voices = [...statement.speakers, ...statement.addressees]
  return sorted([...statement.countries, ...voices.flatMap((voice) => countriesOfVoice(bundle, statement, voice))])
}

/** Of which countries somebody spoke: of the offices held then, not certainly not, and represented at the meeting it is about. */
function countriesOfVoice(bundle: Bundle, statement: BundleRecord<'statements'>, voice: Voice): string[] {
  const meeting = bundle.meetings.find(({ slug }) => slug === statement.meeting)
  if ('organization' in voice) {
    const own = meeting?.participations.filter(({ organization }) => organization === voice.organization) ?? []
    return [
      ...countryOfOrganization(bundle, voice.organization),
      ...own.flatMap(({ representing }) => representing ?? []),
    ]
  }
  const offices = bundle.positions.filter(
    (position) =>
      position.person === voice.person && certaintyAt(spanOf(statement.said), tenureOf(bundle, position)) !== 'NO',
  )
  const own = meeting?.participations.filter(({ person }) => person === voice.person) ?? []
  return [
    ...offices.flatMap((office) => countryOfOffice(bundle, office)),
    ...own.flatMap(({ representing }) => representing ?? []),
  ]
}

/** The country that an office is of: its own or, where none is recorded, that of its organization. */
export const countryOfOffice = (bundle: Bundle, { country, organization }: Position): string[] =>
  country ? [country] : countryOfOrganization(bundle, organization)

const countryOfOrganization = (bundle: Bundle, slug: string | undefined): string[] =>
  bundle.organizations.flatMap((organization) => (organization.slug === slug ? (organization.country ?? []) : []))

interface Office {
  readonly position: Position
  readonly certainty: Certainty
}

/** Every office of a participant, and whether it was held then: for sure where the words that tell of the participation say so. */
export function officesOf(bundle: Bundle, occasion: Occasion, participation: Participation): Office[] {
  const isNamed = participation.citations.some(({ supports }) => supports.length === 0 || supports.includes('position'))
  return bundle.positions
    .filter(({ person }) => person === participation.person)
    .map((position) =>
      position.slug === participation.position && isNamed
        ? { position, certainty: 'CERTAIN' }
        : { position, certainty: certaintyAt(spanOf(occasion.when), tenureOf(bundle, position)) },
    )
}

/**
 * The office in which somebody took part: the recorded one; else the one most surely held then, of those that are not of
 * another country or organization than the one represented.
 */
export function officeOf(bundle: Bundle, occasion: Occasion, participation: Participation): Office | undefined {
  const { position: recorded } = participation
  const offices = officesOf(bundle, occasion, participation)
  const fitting = ['CERTAIN', 'POSSIBLE', 'UNKNOWN'].flatMap((degree) =>
    offices
      .filter(({ position, certainty }) => certainty === degree && isOf(bundle, position, participation))
      .toSorted((a, b) => (a.position.slug < b.position.slug ? -1 : 1)),
  )
  return offices.find(({ position }) => position.slug === recorded) ?? fitting[0]
}

function isOf(bundle: Bundle, position: Position, { representing, representingOrganization }: Participation): boolean {
  if (representingOrganization) return position.organization === representingOrganization
  const [country = representing] = countryOfOffice(bundle, position)
  return representing === undefined || country === representing
}

const progress = ['ANNOUNCED', 'IN_NEGOTIATION', 'SIGNED', 'IN_FORCE', 'ENDED'] as const

/** That of the latest event; of several that may be the latest, the further along. */
export function statusOf({ events }: BundleRecord<'agreements'>): (typeof progress)[number] {
  const isAfter = (a: string, b: string) => {
    const [earliest, latest] = [spanOf(a).beginOfTheBegin, spanOf(b).endOfTheEnd]
    return earliest !== null && latest !== null && earliest > latest
  }
  const maybeLatest = events.filter(({ when }) => events.every((other) => !isAfter(other.when, when)))
  return progress.findLast((status) =>
    maybeLatest.some((event) => event.status === status),
  ) as (typeof progress)[number]
}
