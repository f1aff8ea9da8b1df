import type { BundleInput } from '../../src/bundle/format.ts'
import { loadBundle } from '../../src/bundle/load/load.ts'
import { validateBundle } from '../../src/bundle/reading/parse.ts'
import type { Database } from '../../src/database/open.ts'

/** Dates with what they are sorted by: begin of the begin, end of the end. Some tie, some are half known or not at all. */
const DATES: [edtf: string, beginOfTheBegin: string | null, endOfTheEnd: string | null][] = [
  ['2026-02-05', '2026-02-05', '2026-02-05'],
  ['/', null, null],
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2026-02-01/2026-02-28', '2026-02-01', '2026-02-28'],
  ['XXXX', null, null],
  ['[2026-02-01..2026-02-04]', '2026-02-01', '2026-02-04'],
  ['2026-02-01/', '2026-02-01', null],
  ['/2026-03-01', null, '2026-03-01'],
  ['2026-02-01/..', '2026-02-01', null],
  ['[..2026-02-05]', null, '2026-02-05'],
  ['1881-05', '1881-05-01', '1881-05-31'],
  ['0850-03-01', '0850-03-01', '0850-03-01'],
]

const numbers = (length: number) => Array.from({ length }, (_, i) => i)
/** Slugs in an order that is neither that of dates nor that of the bundle. */
const slugOf = (prefix: string, i: number) => `${prefix}-${String((i * 37) % 101).padStart(3, '0')}`
const dateOf = (i: number) => DATES[i % DATES.length] as (typeof DATES)[number]
export const cite = (start = 0, end = 10) => [{ source: 'paper', start, end, exact: 'words' }]

const COUNT = 48
const meetings = numbers(COUNT).map((i) => ({ slug: slugOf('meeting', i), when: dateOf(i)[0] }))
const statements = numbers(COUNT).map((i) => ({ slug: slugOf('statement', i), said: dateOf(i + 5)[0] }))
const visits = numbers(24).map((i) => ({ slug: slugOf('visit', i), when: dateOf(i + 3)[0] }))
const TITLES = ['Accord', 'accord', 'Äccord', 'Zollverein', 'Accord']
const agreements = numbers(23).map((i) => ({
  slug: slugOf('agreement', i),
  title: TITLES[i % TITLES.length] as string,
}))
const NAMES = ['Ada', 'ada', 'Émile', 'Zoë', 'Ada']
const people = numbers(25).map((i) => ({ slug: slugOf('person', i), name: NAMES[i % NAMES.length] as string }))
export const ada = people[0]?.slug as string
export const grace = people[1]?.slug as string
export const firstMeeting = meetings[0]?.slug as string
export const firstVisit = visits[0]?.slug as string
export const firstAgreement = agreements[0]?.slug as string

const SOURCE = {
  slug: 'paper',
  title: 'A paper',
  published: '2026-03-02',
  sha256: '0'.repeat(64),
  length: 1_000,
}

export const meetingOf = (slug: string, when: string, visit = firstVisit) => ({
  slug,
  title: `Meeting ${slug}`,
  kind: 'BILATERAL' as const,
  when,
  visit,
  participations: [ada, grace].map((person, i) => ({
    person,
    role: 'PARTICIPANT' as const,
    representing: i === 0 ? 'IN' : 'US',
    position: `${person}-office`,
    citations: cite(i, 20),
  })),
  citations: cite(2, 20),
})

/** One person at all meetings, on all visits and speaking all statements; one topic, about which everything is. */
const bundle: BundleInput = {
  format: 'bilateral-bundle',
  version: 1,
  people,
  topics: [{ slug: 'everything', name: 'Everything' }],
  sources: [SOURCE],
  positions: people.map(({ slug }, i) => ({
    slug: `${slug}-office`,
    person: slug,
    post: 'office',
    title: 'Office',
    country: i % 2 === 0 ? 'IN' : 'US',
    tenure: '/',
    citations: cite(3, 20 + (i % 3)),
  })),
  visits: visits.map((visit) => ({
    ...visit,
    title: `Visit ${visit.slug}`,
    from: 'IN',
    to: 'US',
    participations: [{ person: ada, role: 'VISITOR' as const, citations: cite(4, 20) }],
    citations: cite(5, 20),
  })),
  meetings: meetings.map(({ slug, when }) => meetingOf(slug, when)),
  agreements: agreements.map((agreement) => ({
    ...agreement,
    kind: 'DEAL' as const,
    parties: ['IN', 'US'],
    topics: ['everything'],
    events: [{ status: 'SIGNED' as const, when: '2026-02-05', citations: cite(6, 20) }],
    citations: cite(7, 20),
  })),
  statements: statements.map((statement, i) => ({
    ...statement,
    quotation: 'REPORTED' as const,
    text: 'Something.',
    speakers: [{ person: ada }, { person: grace }],
    topics: ['everything'],
    meeting: firstMeeting,
    agreement: firstAgreement,
    citations: cite(i % 5, 20 + (i % 2)),
  })),
}

/** Fills a database with records whose dates and names tie. */
export const generate = async (database: Database) => await load(database, bundle)

export const load = async (database: Database, part: Partial<BundleInput>) =>
  await loadBundle(database, validateBundle({ format: 'bilateral-bundle', version: 1, ...part }))

type Key = (string | null)[]

/** By each column in turn, as code points; null last. */
function compare(one: Key, other: Key): number {
  for (const [i, value] of one.entries()) {
    const against = other[i] as string | null
    if (value === against) continue
    if (value === null || against === null) return value === null ? 1 : -1
    return value < against ? -1 : 1
  }
  return 0
}

const inOrder = (keys: Key[]) => keys.toSorted(compare).map((key) => key.at(-1) as string)
const byDate = (records: { slug: string; edtf: string }[]) =>
  inOrder(
    records.map(({ slug, edtf }) => {
      const [, begin, end] = DATES.find(([text]) => text === edtf) as (typeof DATES)[number]
      return [begin, end, slug]
    }),
  )

/** The slugs of the generated records, as their lists sort them. */
export const sorted = {
  people: inOrder(people.map(({ slug, name }) => [name, slug])),
  meetings: byDate(meetings.map(({ slug, when }) => ({ slug, edtf: when }))),
  statements: byDate(statements.map(({ slug, said }) => ({ slug, edtf: said }))),
  visits: byDate(visits.map(({ slug, when }) => ({ slug, edtf: when }))),
  agreements: inOrder(agreements.map(({ slug, title }) => [title, slug])),
  positions: people.map(({ slug }) => `${slug}-office`).toSorted(),
}
