import type { Country } from './countries.ts'
import { dated, dayIn, someYear } from './dates.ts'
import type { Making } from './making.ts'
import type { People, Person } from './people.ts'
import { Lottery, type Random, zipf } from './random.ts'
import type { RecordOf } from './record.ts'
import { topics } from './topics.ts'

type MeetingRecord = RecordOf<'meetings'>
type VisitRecord = RecordOf<'visits'>
type Participation = NonNullable<MeetingRecord['participations']>[number]

/** A meeting, and what statements about it need to know. */
export interface Meeting {
  readonly record: MeetingRecord
  readonly visit: VisitRecord | undefined
  readonly participants: readonly Person[]
  readonly topics: readonly string[]
}

/** Those who represent a country at a meeting. */
interface Side {
  readonly country: Country
  readonly people: readonly Person[]
}

const places =
  'Geneva,Vienna,New York,Washington,London,Paris,Brussels,Moscow,Beijing,Tokyo,New Delhi,Cairo,Helsinki,Oslo'.split(
    ',',
  )

/** Topics of which many meetings are, and such as few are of. */
export const topicsByFrequency = new Lottery(
  topics.map(({ slug }) => slug),
  (_, i) => zipf(4)(_, (i * 29) % topics.length),
)

export function newMeeting(making: Making, countries: readonly Country[], people: People, suffix: string): Meeting {
  const { random, archive } = making
  const year = someYear(random)
  const day = dayIn(random, year)
  const most = countries.length === 2 ? 3 : 2
  const sides: Side[] = countries.map((country) => ({
    country,
    people: people.some(random, country, year, random.between(1, most)),
  }))
  const host = random.happens(0.7) ? countries[random.between(0, 1)] : undefined
  const slug = `${codes(countries)}-${day}-${suffix}`
  const about = topicsByFrequency.some(random, random.between(1, 4))
  const visitor =
    host && countries.length === 2 && random.happens(0.15) ? sides.find(({ country }) => country !== host) : undefined
  const visit = host && visitor ? newVisit(making, visitor, host, day, slug) : undefined
  return {
    record: {
      slug,
      title: `${title(random, countries)}: ${topics.find((topic) => topic.slug === about[0])?.name}`,
      kind: kind(random, countries),
      // A meeting on a visit has its day; the day is what the visit is around.
      when: visit ? day : dated(random, day),
      ...(random.happens(0.5) ? { place: random.pick(places) } : {}),
      ...(host ? { host: host.code } : {}),
      ...(visit ? { visit: visit.slug } : {}),
      participations: sides.flatMap(({ country, people }) =>
        people.map((person) => participation(making, person, country, country === host ? 'HOST' : 'PARTICIPANT')),
      ),
      citations: archive.cite(),
    },
    visit,
    participants: sides.flatMap(({ people }) => people),
    topics: about,
  }
}

const codes = (countries: readonly Country[]) =>
  countries
    .slice(0, 2)
    .map(({ code }) => code.toLowerCase())
    .join('-')

function title(random: Random, countries: readonly Country[]): string {
  const form = random.pick(['Talks', 'Consultations', 'Meeting', 'Round of talks', 'Working session'])
  return countries.length === 2
    ? `${form} between ${countries.map(({ code }) => code).join(' and ')}`
    : `${form} of ${countries.length} states`
}

function kind(random: Random, { length }: readonly Country[]): MeetingRecord['kind'] {
  if (length > 2) return random.happens(0.7) ? 'MULTILATERAL' : 'SUMMIT'
  return random.happens(0.6) ? 'BILATERAL' : random.pick(['MINISTERIAL', 'SUMMIT', 'CALL', 'OTHER'])
}

function participation(
  { random, archive }: Making,
  { record, positions }: Person,
  country: Country,
  role: Participation['role'],
): Participation {
  const [position] = positions
  const isRecorded = position !== undefined && random.happens(0.2)
  return {
    person: record.slug,
    role,
    representing: country.code,
    ...(isRecorded ? { position: position.slug } : {}),
    citations: archive.cite(undefined, isRecorded && random.happens(0.5) ? ['position'] : []),
  }
}

function newVisit(making: Making, { country, people }: Side, to: Country, day: string, meeting: string): VisitRecord {
  return {
    slug: `visit-${meeting}`,
    title: `Visit from ${country.code} to ${to.code}`,
    from: country.code,
    to: to.code,
    when: day.slice(0, 7),
    places: making.random.some(places, making.random.between(0, 2)),
    participations: people.map((person, i) => participation(making, person, country, i === 0 ? 'VISITOR' : 'DELEGATE')),
    citations: making.archive.cite(),
  }
}
