import type { Kind } from '../../src/bundle/concepts.ts'
import type { Bundle, BundleRecord, Participation } from '../../src/bundle/format.ts'
import type { TimeSpan } from '../../src/time/span.ts'
import {
  countriesOfStatement,
  countryOfOffice,
  officesOf,
  sorted,
  statusOf,
  topicsOfMeeting,
  withBroader,
} from './facts.ts'
import { type Certainty, certaintyOn, isDuring, type Range, spanOf, tenureOf } from './time.ts'

/** Which records the reference model lets through the filters of section 4. A filter's fields hold what a caller wrote. */

type Names = readonly string[] | null | undefined
type Name = string | null | undefined

export interface Office {
  title?: Name
  post?: Name
  country?: Name
  organization?: Name
}

interface Attending {
  organizations?: Names
  representedOrganizations?: Names
}

export interface Filters {
  meetings: Attending & { between?: Names; during?: Range | null; topics?: Names; participants?: Names; kinds?: Names; visit?: Name; source?: Name; holding?: Office | null } // biome-ignore format: one line
  visits: Attending & {
    from?: Names
    to?: Names
    kinds?: Names
    during?: Range | null
    participants?: Names
    holding?: Office | null
    source?: Name
  }
  statements: { speakers?: Names; between?: Names; topics?: Names; quotation?: Names; during?: Range | null; meeting?: Name; agreement?: Name; source?: Name } // biome-ignore format: one line
  agreements: { between?: Names; statuses?: Names; topics?: Names; during?: Range | null; source?: Name }
  relationEvents: { between?: Names; kinds?: Names; during?: Range | null; source?: Name }
  people: { country?: Names; met?: Names; holding?: Office | null }
  positions: Office & {
    on?: Name
    match?: 'CERTAIN' | 'POSSIBLE' | null
    person?: Name
    accreditedTo?: Names
    accreditedToOrganization?: Name
  }
  organizations: { kinds?: Names; country?: Names; member?: Names }
  topics: { broader?: Names }
  sources: { publisher?: Names; during?: Range | null }
  countries: { codes?: Names; inFacts?: boolean | null }
}
export type ListName = Kind

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined

/** What a name names: a slug as it is; a global id holds the type and the slug. */
export function named(name: string): { type?: string; slug: string } {
  if (/^[a-z0-9-]+$/.test(name)) return { slug: name }
  const [type = '', slug = ''] = Buffer.from(name, 'base64url').toString().split(':')
  return { type, slug }
}

const one = (name: Name, test: (slug: string) => boolean) => !isGiven(name) || test(named(name).slug)

/** Several entries mean any of them. */
const any = (names: Names, test: (slug: string) => boolean) => !isGiven(names) || names.some(test)
const anyOf = (names: Names, test: (slug: string) => boolean) => any(names, (name) => test(named(name).slug))

/** `between` means all of them. */
const every = (names: Names, test: (name: string) => boolean) => !isGiven(names) || names.every(test)

const during = (range: Range | null | undefined, ...spans: TimeSpan[]) =>
  !range || spans.some((span) => isDuring(span, range))

const isCitedFrom = ({ citations }: { citations: { source: string }[] }, source: Name) =>
  one(source, (slug) => citations.some((citation) => citation.source === slug))

const isAbout = (bundle: Bundle, own: readonly string[], topics: Names) =>
  anyOf(topics, (slug) => withBroader(bundle, own).includes(slug))

const takesPart = (participations: readonly Participation[], people: Names) =>
  anyOf(people, (slug) => participations.some(({ person }) => person === slug))

const isAttendedBy = (
  participations: readonly Participation[],
  { organizations, representedOrganizations }: Attending,
) =>
  anyOf(organizations, (slug) => participations.some(({ organization }) => organization === slug)) &&
  anyOf(representedOrganizations, (slug) =>
    participations.some(({ representingOrganization }) => representingOrganization === slug),
  )

function isOfOffice(bundle: Bundle, position: BundleRecord<'positions'>, office: Office): boolean {
  const { title, post, country, organization } = office
  return [
    !isGiven(title) || position.title.toLowerCase() === title.toLowerCase(),
    !isGiven(post) || position.post === post,
    !isGiven(country) || countryOfOffice(bundle, position).includes(country),
    one(organization, (slug) => position.organization === slug),
  ].every(Boolean)
}

const isHeldAt = (bundle: Bundle, occasion: BundleRecord<'meetings'> | BundleRecord<'visits'>, office: Office) =>
  occasion.participations
    .flatMap((participation) => officesOf(bundle, occasion, participation))
    .some(({ position, certainty }) => certainty !== 'NO' && isOfOffice(bundle, position, office))

/** Two people met who took part in one meeting; nobody meets themself. */
const haveMet = (bundle: Bundle, one: string, other: string) =>
  one !== other &&
  bundle.meetings.some(({ participations }) =>
    [one, other].every((slug) => participations.some(({ person }) => person === slug)),
  )

/** A slug may be a person's or an organization's; a global id says whose. */
const isSpeaker = ({ speakers }: BundleRecord<'statements'>, { type, slug }: ReturnType<typeof named>) =>
  speakers.some((voice) =>
    'person' in voice
      ? type !== 'Organization' && voice.person === slug
      : type !== 'Person' && voice.organization === slug,
  )

/** The countries that some fact has to do with. */
export const countriesInFacts = (bundle: Bundle): string[] =>
  sorted(
    [
      ...bundle.positions.flatMap((position) => [...countryOfOffice(bundle, position), position.accreditedTo]),
      ...bundle.visits.flatMap(({ from, to }) => [from, to]),
      ...bundle.meetings.map(({ host }) => host),
      ...[...bundle.visits, ...bundle.meetings].flatMap(({ participations }) =>
        participations.map((p) => p.representing),
      ),
      ...bundle.statements.flatMap((statement) => countriesOfStatement(bundle, statement)),
      ...bundle.agreements.flatMap(({ parties }) => parties),
      ...bundle.relationEvents.flatMap(({ countries }) => countries),
    ].flatMap((code) => code ?? []),
  )

const isHeld = (certainty: Certainty, match: 'CERTAIN' | 'POSSIBLE') =>
  match === 'CERTAIN' ? certainty === 'CERTAIN' : certainty !== 'NO'

type Passes = { [L in ListName]: (bundle: Bundle, record: BundleRecord<L>, filter: Filters[L]) => boolean[] }

/** Several fields mean all of them, so each gives an answer. */
export const passes: Passes = {
  meetings: (bundle, meeting, filter) => [
    every(filter.between, (code) => meeting.participations.some(({ representing }) => representing === code)),
    during(filter.during, spanOf(meeting.when)),
    isAbout(bundle, topicsOfMeeting(bundle, meeting.slug), filter.topics),
    takesPart(meeting.participations, filter.participants),
    isAttendedBy(meeting.participations, filter),
    any(filter.kinds, (kind) => meeting.kind === kind),
    one(filter.visit, (slug) => meeting.visit === slug),
    isCitedFrom(meeting, filter.source),
    !filter.holding || isHeldAt(bundle, meeting, filter.holding),
  ],
  visits: (bundle, visit, filter) => [
    any(filter.from, (code) => visit.from === code),
    any(filter.to, (code) => visit.to === code),
    any(filter.kinds, (kind) => visit.kind === kind),
    during(filter.during, spanOf(visit.when)),
    takesPart(visit.participations, filter.participants),
    isAttendedBy(visit.participations, filter),
    isCitedFrom(visit, filter.source),
    !filter.holding || isHeldAt(bundle, visit, filter.holding),
  ],
  statements: (bundle, statement, filter) => [
    any(filter.speakers, (name) => isSpeaker(statement, named(name))),
    every(filter.between, (code) => countriesOfStatement(bundle, statement).includes(code)),
    isAbout(bundle, statement.topics, filter.topics),
    any(filter.quotation, (quotation) => statement.quotation === quotation),
    during(filter.during, spanOf(statement.said)),
    one(filter.meeting, (slug) => statement.meeting === slug),
    one(filter.agreement, (slug) => statement.agreement === slug),
    isCitedFrom(statement, filter.source),
  ],
  agreements: (bundle, agreement, filter) => [
    every(filter.between, (code) => agreement.parties.includes(code)),
    any(filter.statuses, (status) => statusOf(agreement) === status),
    isAbout(bundle, agreement.topics, filter.topics),
    during(filter.during, ...agreement.events.map(({ when }) => spanOf(when))),
    isCitedFrom(agreement, filter.source),
  ],
  relationEvents: (_bundle, event, filter) => [
    every(filter.between, (code) => event.countries.includes(code)),
    any(filter.kinds, (kind) => event.kind === kind),
    during(filter.during, spanOf(event.when)),
    isCitedFrom(event, filter.source),
  ],
  people: (bundle, { slug }, { country, met, holding }) => [
    any(country, (code) =>
      [
        ...bundle.positions
          .filter(({ person }) => person === slug)
          .flatMap((position) => countryOfOffice(bundle, position)),
        ...[...bundle.visits, ...bundle.meetings].flatMap(({ participations }) =>
          participations.filter(({ person }) => person === slug).map(({ representing }) => representing),
        ),
      ].includes(code),
    ),
    anyOf(met, (other) => haveMet(bundle, slug, other)),
    !holding || bundle.positions.some((position) => position.person === slug && isOfOffice(bundle, position, holding)),
  ],
  positions: (bundle, position, { on, match, person, accreditedTo, accreditedToOrganization, ...office }) => [
    any(accreditedTo, (code) => position.accreditedTo === code),
    one(accreditedToOrganization, (slug) => position.accreditedToOrganization === slug),
    isOfOffice(bundle, position, office),
    !isGiven(on) || isHeld(certaintyOn(on, tenureOf(bundle, position)), match ?? 'POSSIBLE'),
    one(person, (slug) => position.person === slug),
  ],
  organizations: (_bundle, organization, { kinds, country, member }) => [
    any(kinds, (kind) => organization.kind === kind),
    any(country, (code) => organization.country === code),
    any(member, (code) => organization.members.includes(code)),
  ],
  topics: (_bundle, topic, { broader }) => [anyOf(broader, (slug) => topic.broader.includes(slug))],
  sources: (_bundle, source, filter) => [
    anyOf(filter.publisher, (slug) => source.publisher === slug),
    during(filter.during, spanOf(source.published)),
  ],
  countries: (bundle, { code }, { codes, inFacts }) => [
    any(codes, (given) => given === code),
    !isGiven(inFacts) || countriesInFacts(bundle).includes(code) === inFacts,
  ],
}
