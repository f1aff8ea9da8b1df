import fc from 'fast-check'
import { isAppointedLate } from '../../src/bundle/derived/tenure.ts'
import type { Bundle, BundleInput, BundleRecord, Citation, Participation, Voice } from '../../src/bundle/format.ts'
import { validateBundle } from '../../src/bundle/reading/parse.ts'
import { contradict, timeSpan } from '../../src/time/span.ts'
import { sorted, withBroader } from './facts.ts'
import { tenureOf } from './time.ts'

/**
 * Small data sets that are all ties and gaps. Each record is made by itself, from pools of slugs; then what names a record that
 * is not there is left out. So every bundle passes the check, and fast-check can shrink each part alone.
 */

export const COUNTRIES = ['FR', 'IN', 'SUHH', 'US', 'X-two-sicilies'] as const
export const PEOPLE = ['ada', 'bo', 'cy', 'dee', 'eli', 'zoe'] as const
/** One of them has the slug of a person. */
export const ORGANIZATIONS = ['ada', 'gazette', 'ministry', 'quad'] as const
export const TOPICS = ['arms', 'law', 'steel', 'tariffs', 'trade', 'water'] as const
export const SOURCES = ['article', 'letter', 'telegram'] as const
export const POSTS = ['envoy', 'minister'] as const
export const TITLES = ['Envoy', 'Minister', 'Ministre des Affaires étrangères', '100% _Envoy_ \\ at large'] as const
const POSITIONS = ['p1', 'p10', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9'] as const
export const VISITS = ['v1', 'v2', 'v3', 'v4', 'v5'] as const
export const MEETINGS = ['m1', 'm10', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'] as const
export const AGREEMENTS = ['a1', 'a2', 'a3', 'a4'] as const
const RELATION_EVENTS = ['e1', 'e10', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'e8'] as const
const STATEMENTS = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'] as const

/** One of each way in which an event has to do with relations, some more often. */
export const EVENT_KINDS = ['RELATIONS_ESTABLISHED', 'RELATIONS_SEVERED', 'RELATIONS_RESUMED', 'RELATIONS_ENDED', 'RAISED_TO_EMBASSY', 'RECOGNIZED', 'MISSION_CLOSED'] as const // biome-ignore format: one line

/** Equal names, other people's names, and names that UTF-16 and code points sort differently. */
const name = fc.constantFrom('Ada', 'ada', 'Bo', 'Zoë', 'Ada Bo', 'Élodie', 'जयशंकर', '𝔄da', 'ﬀ', 'Trade')

export const DAYS = ['1889-12-31', '1991-12-26', '2019-12-31', '2020-01-01', '2020-02-28', '2020-02-29', '2020-03-01', '2021-07-04'] as const // biome-ignore format: one line
const ODD = ['/', 'XXXX', '2020', '2020-02', '2020-02~', '2020-02-29~', '1991~/2020-02-29', '2019-12-31/2020~', '2020-01-01?/..', '199X', '18XX', '2020-XX-29', '2020-02/2020-03', '1991/2020-02-29', '2020-02-28/2020-02', '[2019-12-31,2020-03-01]', '2020-01/..', '../2020-01-01', '/2020', '2020-03/'] // biome-ignore format: one line
/** Some more often than others, so that what one thing begins with another ends with. */
const day = fc.constantFrom<string>('2020-01-01', ...DAYS, '2020-01-01', '2020-02-29', '2020-02-29')
const days = fc.tuple(day, day).map(([a, b]) => (a < b ? [a, b] : [b, a]))
/** A date as sources give it. */
const when = fc.oneof(
  { weight: 4, arbitrary: day },
  { weight: 2, arbitrary: fc.constantFrom(...ODD) },
  { weight: 2, arbitrary: days.map(([from, to]) => `${from}/${to}`) },
  days.map(([from, to]) => `[${from}..${to}]`),
  fc
    .tuple(fc.constantFrom('$/', '/$', '$/..', '[..$]', '[$..]', '$?', '$~', '$/..', '$~/'), day)
    .map(([form, day]) => form.replace('$', day)),
)
const tenure = fc.oneof(
  when,
  days.map(([from, to]) => `${from}/${to}`),
  fc.tuple(fc.constantFrom('/', '$/..', '$/', '/$'), day).map(([form, day]) => form.replace('$', day)),
)

/** Some more often than others, so that much is between the same two. */
const country = fc.constantFrom<string>('IN', 'US', ...COUNTRIES, 'IN', 'US')
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const some = <T>(pool: readonly T[], maxLength = 3) =>
  fc.uniqueArray(fc.constantFrom(...pool), { maxLength, size: 'max' })
const voice = fc.oneof(
  fc.constantFrom(...PEOPLE).map((person): Voice => ({ person })),
  fc.constantFrom(...ORGANIZATIONS).map((organization): Voice => ({ organization })),
)
const voices = fc.uniqueArray(voice, { maxLength: 2, selector: (voice) => JSON.stringify(voice), size: 'max' })

/** Citations of one or two sources that support a fact as a whole, or a field of it. */
const citing = (field: string): fc.Arbitrary<Citation[]> =>
  fc
    .tuple(fc.uniqueArray(fc.constantFrom(...SOURCES), { minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([sources, named]) =>
      sources.map((source) => ({ source, start: 0, end: 9, exact: 'the words', supports: named ? [field] : [] })),
    )
const cited = citing('title')

/** Some more often than others: people. */
const attendee = fc.oneof(
  { weight: 5, arbitrary: fc.record({ person: fc.constantFrom(...PEOPLE) }) },
  fc.record({ organization: fc.constantFrom(...ORGANIZATIONS) }),
  fc.record({ unnamed: fc.constantFrom('Foreign Minister', 'officials / aides', 'ada') }),
)
const represented = fc.oneof(
  { weight: 4, arbitrary: fc.record({ representing: maybe(country) }) },
  fc.record({ representingOrganization: fc.constantFrom(...ORGANIZATIONS) }),
)

const participations = fc.uniqueArray(
  fc
    .tuple(
      attendee,
      represented,
      fc.record({
        role: fc.constantFrom('PARTICIPANT' as const, 'HOST' as const, 'MEDIATOR' as const),
        // Which of the person's own.
        position: maybe(fc.constantFrom('0', '1', '2')),
        citations: citing('position'),
      }),
    )
    .map((parts): Participation => Object.assign({}, ...parts)),
  { maxLength: 4, selector: attendeeOf, size: 'max' },
)

/** What tells the attendees of a fact apart. */
function attendeeOf({ person, organization, unnamed, representing, representingOrganization }: Participation): string {
  return JSON.stringify(unnamed ? [unnamed, representing ?? representingOrganization] : [person, organization])
}

/** A list of records, each with another slug of the pool: now and then but a few. */
function list<T extends { slug: string }>(pool: readonly string[], fields: object): fc.Arbitrary<T[]> {
  const record = fc.record({ slug: fc.constantFrom(...pool), ...fields }) as unknown as fc.Arbitrary<T>
  const several = (minLength: number, maxLength: number) =>
    fc.uniqueArray(record, { minLength, maxLength, selector: ({ slug }) => slug, size: 'max' })
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: several(0, 2) },
    { weight: 6, arbitrary: several(Math.ceil(pool.length / 2), pool.length) },
  )
}

const statuses = ['ANNOUNCED', 'IN_NEGOTIATION', 'SIGNED', 'IN_FORCE', 'ENDED'] as const
const event = fc.record({ status: fc.constantFrom(...statuses), when, by: voices, citations: citing('status') })

const anything = fc.record({
  organizations: list<BundleRecord<'organizations'>>(ORGANIZATIONS, {
    name,
    kind: fc.constantFrom('MINISTRY', 'ALLIANCE'),
    country: maybe(country),
    members: some(COUNTRIES),
  }),
  people: list<BundleRecord<'people'>>(PEOPLE, { name, names: fc.uniqueArray(name, { maxLength: 2 }) }),
  topics: list<BundleRecord<'topics'>>(TOPICS, { name, broader: some(TOPICS, 2) }),
  published: fc.tuple(when, when, when),
  publisher: maybe(fc.constantFrom(...ORGANIZATIONS)),
  positions: list<BundleRecord<'positions'>>(POSITIONS, {
    person: fc.constantFrom(...PEOPLE),
    post: fc.constantFrom(...POSTS),
    title: fc.constantFrom(...TITLES),
    country: maybe(country),
    organization: maybe(fc.constantFrom(...ORGANIZATIONS)),
    accreditedTo: maybe(country),
    accreditedToOrganization: maybe(fc.constantFrom(...ORGANIZATIONS)),
    appointed: maybe(when),
    tenure,
    attested: fc.uniqueArray(fc.record({ when, citations: citing('when') }), {
      maxLength: 2,
      selector: ({ when }) => when,
      size: 'max',
    }),
    citations: cited,
  }),
  visits: list<BundleRecord<'visits'>>(VISITS, {
    title: name,
    kind: maybe(fc.constantFrom('STATE', 'WORKING', 'TRANSIT')),
    from: maybe(country),
    to: country,
    when,
    official: maybe(when),
    accompanying: some(VISITS, 2),
    participations,
    citations: cited,
  }),
  meetings: list<BundleRecord<'meetings'>>(MEETINGS, {
    title: name,
    kind: fc.constantFrom('BILATERAL', 'SUMMIT', 'CALL'),
    time: maybe(fc.constantFrom('09:30', '23:59:59', '09:30-05:00')),
    after: fc
      .uniqueArray(fc.constantFrom(...MEETINGS), { maxLength: 2 })
      .map((slugs) => slugs.map((meeting) => ({ meeting }))),
    when,
    host: maybe(country),
    visit: maybe(fc.constantFrom(...VISITS)),
    participations,
    citations: cited,
  }),
  agreements: list<BundleRecord<'agreements'>>(AGREEMENTS, {
    title: name,
    kind: fc.constantFrom('DEAL', 'TREATY'),
    parties: fc.uniqueArray(country, { minLength: 1, maxLength: 3, size: 'max' }),
    topics: some(TOPICS, 2),
    events: fc.uniqueArray(event, {
      minLength: 1,
      maxLength: 4,
      selector: ({ status, when }) => `${status}/${when}`,
      size: 'max',
    }),
    citations: cited,
  }),
  relationEvents: list<BundleRecord<'relationEvents'>>(RELATION_EVENTS, {
    title: name,
    kind: fc.constantFrom(...EVENT_KINDS),
    countries: fc.uniqueArray(country, { minLength: 2, maxLength: 2 }),
    by: maybe(country),
    when,
    citations: cited,
  }),
  statements: list<BundleRecord<'statements'>>(STATEMENTS, {
    quotation: fc.constantFrom('DIRECT', 'MIXED', 'REPORTED', 'OWN'),
    text: fc.constant('the words'),
    speakers: voices,
    addressees: voices,
    mentions: voices,
    said: when,
    topics: some(TOPICS),
    countries: some(COUNTRIES, 2),
    meeting: maybe(fc.constantFrom(...MEETINGS)),
    agreement: maybe(fc.constantFrom(...AGREEMENTS)),
    citations: citing('text'),
  }),
})
type Anything = typeof anything extends fc.Arbitrary<infer T> ? T : never

/** What a bundle needs that questions do not ask about. */
const sources = ({ published, publisher }: Anything) =>
  SOURCES.map((slug, i) => ({
    slug,
    title: 'Title',
    published: published[i] as string,
    sha256: '0'.repeat(64),
    length: 9,
    ...(i === 0 && publisher ? { publisher } : {}),
  }))

/** Leaves out what names a record that is not there, and what the check refuses. */
function consistent(all: Anything): Required<Omit<BundleInput, 'countries'>> {
  const slugs = (records: { slug: string }[]) => new Set(records.map(({ slug }) => slug))
  const [people, organizations] = [slugs(all.people), slugs(all.organizations)]
  const present = (voices: Voice[]) =>
    voices.filter((voice) => ('person' in voice ? people.has(voice.person) : organizations.has(voice.organization)))
  const held = <Slug extends string>(slug: Slug | undefined, among: ReadonlySet<string>) =>
    slug !== undefined && among.has(slug) ? slug : undefined

  const published = { sources: sources(all) } as unknown as Bundle
  const positions = all.positions
    .filter(({ person }) => people.has(person))
    .map((position) => ({
      ...position,
      organization: held(position.organization, organizations),
      accreditedToOrganization: held(position.accreditedToOrganization, organizations),
    }))
    .map((position) => ({ ...position, country: position.country ?? (position.organization ? undefined : 'IN') }))
    .map((position) => ({
      ...position,
      accreditedTo: position.accreditedTo === position.country ? undefined : position.accreditedTo,
    }))
    .map((position) => (isAppointedLate(position) ? { ...position, appointed: undefined } : position))
    .map((position) => (contradict(tenureOf(published, position)) ? { ...position, attested: [] } : position))

  const taking = (list: Participation[]) =>
    list
      .filter(
        ({ person, organization }) =>
          held(person, people) ?? held(organization, organizations) ?? !(person ?? organization),
      )
      .map((participation) => {
        const own = positions.filter(({ person }) => person === participation.person)
        const representingOrganization = held(participation.representingOrganization, organizations)
        return {
          ...participation,
          representingOrganization,
          position: own[Number(participation.position ?? '9')]?.slug,
        }
      })
      // Without an organization that is not there, two may be the same.
      .filter(
        (participation, i, all) => all.findIndex((other) => attendeeOf(other) === attendeeOf(participation)) === i,
      )
  const visits = all.visits.map((visit) => ({
    ...visit,
    from: visit.from === visit.to ? undefined : visit.from,
    accompanying: visit.accompanying.filter((slug) => slug !== visit.slug && held(slug, slugs(all.visits))),
    participations: taking(visit.participations),
  }))
  const meetings = all.meetings.map((meeting) => ({
    ...meeting,
    visit: held(meeting.visit, slugs(visits)),
    participations: taking(meeting.participations),
  }))

  // A meeting comes only after those with a lesser slug, so none comes after itself, and only on a day that both can have.
  const ordered = meetings.map((meeting) => ({
    ...meeting,
    after: meeting.after.filter((earlier) => {
      const other = meetings.find(({ slug }) => 'meeting' in earlier && slug === earlier.meeting && slug < meeting.slug)
      return other !== undefined && canShareDay(meeting.when, other.when)
    }),
  }))

  const topics = all.topics.map((topic) => ({
    ...topic,
    // Topics are narrower only than those that come before them, so none is broader than itself.
    broader: topic.broader.filter((broader) => broader < topic.slug && slugs(all.topics).has(broader)),
  }))
  const known = (list: string[]) => list.filter((topic) => slugs(topics).has(topic))
  const agreements = all.agreements.map((agreement) => ({
    ...agreement,
    topics: known(agreement.topics),
    events: agreement.events.map((event) => ({ ...event, by: present(event.by) })),
  }))
  const statements = all.statements.map((statement) => ({
    ...statement,
    speakers: present(statement.speakers),
    attribution: 'officials',
    addressees: present(statement.addressees),
    mentions: present(statement.mentions),
    topics: known(statement.topics),
    meeting: held(statement.meeting, slugs(meetings)),
    agreement: held(statement.agreement, slugs(agreements)),
  }))
  const about = sorted([...agreements, ...statements].flatMap((record) => record.topics))
  const reached = withBroader({ topics } as unknown as Bundle, about)
  const ofSources = sources(all).map((source) => ({ ...source, publisher: held(source.publisher, organizations) }))
  return {
    format: 'bilateral-bundle',
    version: 1,
    organizations: all.organizations,
    people: all.people,
    topics: topics.filter(({ slug }) => reached.includes(slug)),
    sources: ofSources,
    positions,
    visits,
    meetings: ordered,
    agreements,
    relationEvents: all.relationEvents.map((event) => ({
      ...event,
      by: event.countries.find((code) => code === event.by),
    })),
    statements,
    withdraw: [],
  }
}

function canShareDay(one: string, other: string): boolean {
  const [a, b] = [timeSpan(one), timeSpan(other)]
  const isBefore = (end: string | null, begin: string | null) => end !== null && begin !== null && end < begin
  return !isBefore(a.endOfTheEnd, b.beginOfTheBegin) && !isBefore(b.endOfTheEnd, a.beginOfTheBegin)
}

/** A bundle that passes the check; it has no countries but the one that is in no standard. */
export const bundles: fc.Arbitrary<Bundle> = anything.map((all) =>
  validateBundle({ ...consistent(all), countries: [{ code: 'X-two-sicilies', name: 'Two Sicilies' }] }),
)

/** EDTF that these data sets are made of: a mistake in it should be seen here. */
for (const edtf of ODD) timeSpan(edtf)
