import type { Bundle, BundleRecord } from '../../src/bundle/format.ts'
import type { EntryKind } from '../../src/relations/entries.ts'
import type { TimeSpan } from '../../src/time/span.ts'
import { countriesOfMeeting, countriesOfStatement, officeOf, sorted, topicsOfMeeting, withBroader } from './facts.ts'
import { countriesInFacts, named } from './filters.ts'
import { byDate, compareText } from './lists.ts'
import { type Certainty, isDuring, type Range, shift, spanOf } from './time.ts'

/** What the reference model says of two countries, and of two people. */

export type Pair = readonly [string, string]
export type Kind = EntryKind

export interface Which {
  during?: Range | null
  topics?: readonly string[] | null
  kinds?: readonly Kind[] | null
  orderBy?: 'OLDEST_FIRST' | 'NEWEST_FIRST' | null
}

interface Entry {
  readonly kind: Kind
  readonly key: string
  readonly when: TimeSpan
  readonly topics: readonly string[]
  readonly people: readonly string[]
  /** The meeting or visit. */
  readonly occasion?: BundleRecord<'visits'> | BundleRecord<'meetings'>
  readonly agreement?: string
  /** Where a visit led. */
  readonly to?: string
}

const areBoth = (codes: readonly (string | undefined)[], pair: Pair) => pair.every((code) => codes.includes(code))

/** A visit leads from one to the other; where nobody wrote down from where, somebody represents the other. */
export function isVisitBetween({ from, to, participations }: BundleRecord<'visits'>, pair: Pair): boolean {
  const origins = from ? [from] : participations.map(({ representing }) => representing)
  return pair.includes(to) && origins.some((origin) => origin !== to && areBoth([origin, to], pair))
}

const peopleOf = ({ participations }: BundleRecord<'visits' | 'meetings'>) =>
  participations.flatMap(({ person }) => person ?? [])

/** All that happened between two countries, the oldest first unless told otherwise. */
export function timeline(bundle: Bundle, pair: Pair, { during, topics, kinds, orderBy }: Which): Entry[] {
  const wanted = topics?.map((name) => named(name).slug)
  return allBetween(bundle, pair)
    .filter(({ kind }) => kinds?.includes(kind) ?? true)
    .filter(({ when }) => !during || isDuring(when, during))
    .filter((entry) => wanted?.some((topic) => entry.topics.includes(topic)) ?? true)
    .toSorted(byDate(({ when }) => when, ({ key, kind }) => `${key}\0${kind}`, orderBy === 'NEWEST_FIRST' ? -1 : 1)) // biome-ignore format: one line
}

const allBetween = (bundle: Bundle, pair: Pair): Entry[] =>
  Object.values(entriesBetween).flatMap((entries) => entries(bundle, pair))

const entriesBetween: Record<Kind, (bundle: Bundle, pair: Pair) => Entry[]> = {
  MEETING: (bundle, pair) =>
    bundle.meetings
      .filter((meeting) => areBoth(countriesOfMeeting(meeting), pair))
      .map((meeting): Entry => {
        const topics = withBroader(bundle, topicsOfMeeting(bundle, meeting.slug))
        return {
          kind: 'MEETING',
          key: meeting.slug,
          when: spanOf(meeting.when),
          topics,
          people: peopleOf(meeting),
          occasion: meeting,
        }
      }),
  VISIT: (bundle, pair) =>
    bundle.visits
      .filter((visit) => isVisitBetween(visit, pair))
      .map((visit): Entry => {
        const own = bundle.meetings.filter((meeting) => meeting.visit === visit.slug)
        const topics = withBroader(
          bundle,
          own.flatMap(({ slug }) => topicsOfMeeting(bundle, slug)),
        )
        const { slug, when, to } = visit
        return { kind: 'VISIT', key: slug, when: spanOf(when), topics, people: peopleOf(visit), to, occasion: visit }
      }),
  STATEMENT: (bundle, pair) =>
    bundle.statements
      .filter((statement) => areBoth(countriesOfStatement(bundle, statement), pair))
      .map(({ slug, said, topics, speakers }): Entry => {
        const people = speakers.flatMap((voice) => ('person' in voice ? voice.person : []))
        return { kind: 'STATEMENT', key: slug, when: spanOf(said), topics: withBroader(bundle, topics), people }
      }),
  AGREEMENT_EVENT: (bundle, pair) =>
    bundle.agreements
      .filter(({ parties }) => areBoth(parties, pair))
      .flatMap(({ slug, topics, events }) =>
        events.map(({ status, when }): Entry => {
          const key = `${slug}/${status}/${when}`
          const about = withBroader(bundle, topics)
          return { kind: 'AGREEMENT_EVENT', key, when: spanOf(when), topics: about, people: [], agreement: slug }
        }),
      ),
  RELATION_EVENT: (bundle, pair) =>
    bundle.relationEvents
      .filter(({ countries }) => areBoth(countries, pair))
      .map(({ slug, when }) => ({ kind: 'RELATION_EVENT', key: slug, when: spanOf(when), topics: [], people: [] })),
}

export type Granularity = 'MONTH' | 'YEAR' | 'DECADE'

const periodOf = (day: string, by: Granularity) =>
  by === 'MONTH' ? day.slice(0, 7) : by === 'YEAR' ? day.slice(0, 4) : `${day.slice(0, 3)}X`

/** How much began in each period of `during`, or where that is open from the first to the last in which something began. */
export function activity(bundle: Bundle, pair: Pair, by: Granularity, which: Which) {
  const begun = timeline(bundle, pair, which).filter(({ when }) => when.beginOfTheBegin !== null)
  const begins = begun.map(({ when }) => when.beginOfTheBegin as string).toSorted()
  const from = which.during?.from ?? begins[0]
  const to = which.during?.to ?? begins.at(-1)
  if (!from || !to) return []
  return daysFrom(`${periodOf(from, by).replace('X', '0').padEnd(7, '-01')}-01`, to, by).map(([first, last]) => {
    const period = periodOf(first, by)
    const count = (kind: Kind) =>
      begun.filter((entry) => entry.kind === kind && periodOf(entry.when.beginOfTheBegin as string, by) === period)
        .length
    const countVisits = (to: string) =>
      begun.filter((entry) => entry.to === to && periodOf(entry.when.beginOfTheBegin as string, by) === period).length
    return {
      period,
      from: first,
      to: last,
      visits: count('VISIT'),
      toOne: countVisits(pair[0]),
      toTwo: countVisits(pair[1]),
      meetings: count('MEETING'),
      statements: count('STATEMENT'),
      agreementEvents: count('AGREEMENT_EVENT'),
      relationEvents: count('RELATION_EVENT'),
    }
  })
}

/** The first and last days of the periods from one that begins on a day, to the one with another day. */
function daysFrom(first: string, to: string, by: Granularity): [first: string, last: string][] {
  const days: [string, string][] = []
  const next = new Date(`${first}T00:00:00Z`)
  for (let day = first; day <= to; day = shift(days.at(-1)?.[1] as string, 1)) {
    next.setUTCMonth(next.getUTCMonth() + { MONTH: 1, YEAR: 12, DECADE: 120 }[by])
    days.push([day, shift(next.toISOString().slice(0, 10), -1)])
  }
  return days
}

const mostFirst = (a: { count: number; slug: string }, b: { count: number; slug: string }) =>
  b.count - a.count || compareText(a.slug, b.slug)

/** In how many meetings, statements and agreements each topic occurs, the most frequent first. */
export function topicCounts(bundle: Bundle, pair: Pair, which: Omit<Which, 'topics'>) {
  const entries = timeline(bundle, pair, which)
  return bundle.topics
    .map(({ slug }) => {
      const about = entries.filter(({ topics }) => topics.includes(slug))
      const meetings = about.filter(({ kind }) => kind === 'MEETING').length
      const statements = about.filter(({ kind }) => kind === 'STATEMENT').length
      const agreements = sorted(about.flatMap(({ agreement }) => agreement ?? [])).length
      return { slug, count: meetings + statements + agreements, meetings, statements, agreements }
    })
    .filter(({ count }) => count > 0)
    .toSorted(mostFirst)
}

/** On how many visits, at how many meetings, and in how many statements each person acts, the most active first. */
export function personCounts(bundle: Bundle, pair: Pair, which: Which) {
  const entries = timeline(bundle, pair, which)
  return bundle.people
    .map(({ slug }) => {
      const own = entries.filter(({ people }) => people.includes(slug))
      const begun = own.flatMap(({ when }) => when.beginOfTheBegin ?? []).toSorted()
      const parts = own.flatMap(({ occasion }) =>
        occasion
          ? occasion.participations.filter(({ person }) => person === slug).map((part) => ({ occasion, part }))
          : [],
      )
      return {
        slug,
        ...kindsAmong(own),
        first: begun[0] ?? null,
        last: own.flatMap(({ when }) => when.endOfTheEnd ?? []).toSorted().at(-1) ?? null, // biome-ignore format: one line
        years: [...new Set(begun.map((day) => Number(day.slice(0, 4))))].map((year) => ({
          year,
          ...kindsAmong(own.filter(({ when }) => Number(when.beginOfTheBegin?.slice(0, 4)) === year)),
        })),
        countries: mostOften(parts.flatMap(({ part }) => part.representing ?? [])),
        titles: mostOften(
          parts.flatMap(({ occasion, part }) => officeOf(bundle, occasion, part)?.position.title ?? []),
        ),
      }
    })
    .filter(({ count }) => count > 0)
    .toSorted(mostFirst)
}

function kindsAmong(entries: readonly Entry[]) {
  const count = (wanted: Kind) => entries.filter(({ kind }) => kind === wanted).length
  return { count: entries.length, visits: count('VISIT'), meetings: count('MEETING'), statements: count('STATEMENT') }
}

/** Each of the words once, the most frequent first. */
const mostOften = (words: readonly string[]) =>
  [...new Set(words)]
    .map((slug) => ({ slug, count: words.filter((word) => word === slug).length }))
    .toSorted(mostFirst)
    .map(({ slug }) => slug)

/** The countries with which one shares most visits, meetings, statements, agreements and relation events, those first. */
export function relationsOf(bundle: Bundle, code: string): string[] {
  return countriesInFacts(bundle)
    .filter((other) => other !== code)
    .map((other) => ({ slug: other, count: countShared(bundle, [code, other]) }))
    .filter(({ count }) => count > 0)
    .toSorted(mostFirst)
    .map(({ slug }) => slug)
}

/** The number of visits, meetings, statements, agreements and relation events of two countries. */
const countShared = (bundle: Bundle, pair: Pair) =>
  new Set(allBetween(bundle, pair).map(({ kind, key, agreement }) => agreement ?? `${kind} ${key}`)).size

/** All pairs of countries that share something, those that share most first. */
export function allRelations(bundle: Bundle): string[] {
  const codes = countriesInFacts(bundle).toSorted()
  return codes
    .flatMap((one, i) => codes.slice(i + 1).map((two): Pair => [one, two]))
    .map((pair) => ({ slug: pair.join(','), count: countShared(bundle, pair) }))
    .filter(({ count }) => count > 0)
    .toSorted(mostFirst)
    .map(({ slug }) => slug)
}

const BEGINNINGS = ['RELATIONS_ESTABLISHED', 'RELATIONS_RESUMED']
const ENDS = ['RELATIONS_INTERRUPTED', 'RELATIONS_SEVERED', 'RELATIONS_ENDED']
const OPENINGS = ['LEGATION_OPENED', 'EMBASSY_OPENED', 'RAISED_TO_EMBASSY']
const CLOSING = 'MISSION_CLOSED'

/** Whether two countries had diplomatic relations on a day, by the table of docs/concepts.md. */
export function statusOn(bundle: Bundle, pair: Pair, day: string): Certainty {
  const all = bundle.relationEvents
    .filter(
      ({ kind, countries }) =>
        areBoth(countries, pair) && [...BEGINNINGS, ...ENDS, ...OPENINGS, CLOSING].includes(kind),
    )
    .map(({ kind, when }) => {
      const { beginOfTheBegin, endOfTheEnd, beginIsDoubtful, endIsDoubtful } = spanOf(when)
      const isDated = beginOfTheBegin !== null && endOfTheEnd !== null
      const isDoubtful = beginIsDoubtful || endIsDoubtful
      return { kind, isDated, isDoubtful, from: beginOfTheBegin ?? '0000-00-00', to: endOfTheEnd ?? '9999-99-99' }
    })
  const events = all
    .filter(({ kind }) => kind !== CLOSING)
    .filter(({ kind, isDoubtful }) => !OPENINGS.includes(kind) || !isDoubtful)
  type Event = (typeof events)[number]
  if (events.some(({ from, to, isDoubtful }) => from === day && to === day && !isDoubtful)) return 'CERTAIN'
  const isChange = ({ kind }: Event) => !OPENINGS.includes(kind)
  const maybeThen = events.filter((event) => isChange(event) && event.from <= day && day <= event.to)
  if (maybeThen.some(({ isDated }) => !isDated)) return 'UNKNOWN'
  if (maybeThen.length > 0) return 'POSSIBLE'

  /** The events that may be the nearest of some, where `isNearer` says which of two surely is. */
  const nearest = (some: Event[], isNearer: (one: Event, other: Event) => boolean) => {
    const changes = some.filter(
      (one) => isChange(one) && !some.some((other) => isChange(other) && isNearer(other, one)),
    )
    const openings = some.filter((one) => !isChange(one) && changes.every((change) => isNearer(one, change)))
    return openings.length > 0 ? openings : changes
  }
  const last = nearest(events.filter(({ to }) => to < day), (one, other) => one.from > other.to) // biome-ignore format: one line
  const next = nearest(events.filter(({ from }) => from > day), (one, other) => one.to < other.from) // biome-ignore format: one line
  if (last.length === 0 || next.length === 0) return 'UNKNOWN'
  const were = [...last.map(({ kind }) => !ENDS.includes(kind)), ...next.map(({ kind }) => !BEGINNINGS.includes(kind))]
  const isInDoubt = [last, next].some((events) => events.every(({ isDoubtful }) => isDoubtful))
  const isClosed = all.some(
    ({ kind, from, to }) => kind === CLOSING && from <= day && last.every((event) => to >= event.from),
  )
  if (were.every((there) => there)) return isInDoubt || isClosed ? 'POSSIBLE' : 'CERTAIN'
  if (were.some((there) => there)) return 'POSSIBLE'
  return isInDoubt ? 'UNKNOWN' : 'NO'
}

/** Whom a person met, most often first, and when first and last, as far as dates are known. */
export function counterparts(bundle: Bundle, person: string) {
  return bundle.people
    .filter(({ slug }) => slug !== person)
    .map(({ slug }) => {
      const common = bundle.meetings.filter((meeting) => [person, slug].every((one) => peopleOf(meeting).includes(one)))
      const dated = common.filter(({ when }) => spanOf(when).beginOfTheBegin ?? spanOf(when).endOfTheEnd)
      const first = (direction: 1 | -1) =>
        dated.toSorted(byDate(({ when }) => spanOf(when), (meeting) => meeting.slug, direction))[0]?.when ?? null // biome-ignore format: one line
      return { slug, count: common.length, firstMet: first(1), lastMet: first(-1) }
    })
    .filter(({ count }) => count > 0)
    .toSorted(mostFirst)
}
