import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import type { Day } from '../time/edtf.ts'
import type { BundleRecord, Kind } from './format.ts'

const byKey = { id: 'asc' } as const
const citations = { orderBy: [{ sourceSlug: 'asc' }, { start: 'asc' }, { end: 'asc' }, byKey] } as const
const byDate = [
  { beginOfTheBegin: { sort: 'asc', nulls: 'last' } },
  { endOfTheEnd: { sort: 'asc', nulls: 'last' } },
  byKey,
] as const
const inTurn = { orderBy: [{ ordinal: 'asc' }, byKey] } as const
const topics = { where: { stated: true }, orderBy: { topicSlug: 'asc' } } as const
const countries = { orderBy: { countryCode: 'asc' } } as const
const participations = { ...inTurn, include: { citations } } as const

/** How the records of a kind are held: which model, and what of its relations. */
const models = {
  countries: { model: 'country', key: 'code', include: {} },
  organizations: { model: 'organization', key: 'slug', include: { members: countries } },
  people: { model: 'person', key: 'slug', include: { aliases: { orderBy: { slug: 'asc' } } } },
  topics: { model: 'topic', key: 'slug', include: { broader: { orderBy: { broaderSlug: 'asc' } } } },
  sources: { model: 'source', key: 'slug', include: {} },
  positions: {
    model: 'position',
    key: 'slug',
    include: { citations, attested: { orderBy: [...byDate], include: { citations } } },
  },
  visits: { model: 'visit', key: 'slug', include: { citations, participations } },
  meetings: { model: 'meeting', key: 'slug', include: { citations, participations } },
  agreements: {
    model: 'agreement',
    key: 'slug',
    include: {
      citations,
      parties: countries,
      topics,
      events: { orderBy: [...byDate], include: { citations, by: inTurn } },
    },
  },
  statements: {
    model: 'statement',
    key: 'slug',
    include: { citations, voices: inTurn, topics, countries: { ...countries, where: { stated: true } } },
  },
} as const satisfies Record<Kind, object>

/** A record as it is held, and as a bundle says it. */
type Row<K extends Kind> = Prisma.Result<
  PrismaClient[(typeof models)[K]['model']],
  { include: (typeof models)[K]['include'] },
  'findFirstOrThrow'
>

interface Reader {
  findMany(query: object): Promise<never[]>
}

/** How many records are read at once. */
const PAGE = 500

/** The held records of a kind as a bundle says them, by key: all, or those with some keys. */
export async function* readHeld<K extends Kind>(
  prisma: PrismaClient,
  kind: K,
  keys?: readonly string[],
): AsyncGenerator<BundleRecord<K>> {
  const { model, key, include } = models[kind]
  const reader = prisma[model] as unknown as Reader
  const write = writers[kind] as unknown as (row: never) => BundleRecord<K>
  const query = { include, orderBy: { [key]: 'asc' }, take: PAGE }
  if (keys) {
    const sorted = keys.toSorted()
    for (let i = 0; i < sorted.length; i += PAGE) {
      const where = { [key]: { in: sorted.slice(i, i + PAGE) } }
      for (const row of await reader.findMany({ ...query, where })) yield write(row)
    }
    return
  }
  for (let after = ''; ; ) {
    const rows = await reader.findMany({ ...query, where: { [key]: { gt: after } } })
    for (const row of rows) yield write(row)
    const last = rows.at(-1) as Record<string, string> | undefined
    if (!last || rows.length < PAGE) return
    after = last[key] as string
  }
}

/** Dates of the kinds that have one. */
const DATED: readonly Kind[] = ['positions', 'visits', 'meetings', 'statements']

/** The keys of the held records of a kind; of dated ones those that perhaps lasted on some days from one to another. */
export async function keysOfHeld(
  prisma: PrismaClient,
  kind: Kind,
  { from, to }: { from?: Day | undefined; to?: Day | undefined },
): Promise<string[]> {
  const { model, key } = models[kind]
  const day = (day: Day) => new Date(`${day}T00:00:00Z`)
  const lasting = {
    AND: [
      from ? { OR: [{ endOfTheEnd: null }, { endOfTheEnd: { gte: day(from) } }] } : {},
      to ? { OR: [{ beginOfTheBegin: null }, { beginOfTheBegin: { lte: day(to) } }] } : {},
    ],
  }
  const where = kind === 'agreements' ? { events: { some: lasting } } : DATED.includes(kind) ? lasting : {}
  const rows = await (prisma[model] as unknown as Reader).findMany({ where, select: { [key]: true } })
  return rows.map((row) => row[key])
}

interface CitationRow {
  sourceSlug: string
  start: number
  end: number
  exact: string
  prefix: string | null
  suffix: string | null
  supports: string[]
}

const citationsOf = (rows: readonly CitationRow[]) =>
  rows.map(({ sourceSlug: source, start, end, exact, prefix, suffix, supports }) =>
    told({ source, start, end, exact, prefix, suffix, supports }),
  )

interface VoiceRow {
  personSlug: string | null
  organizationSlug: string | null
}

const voiceOf = ({ personSlug, organizationSlug }: VoiceRow) =>
  personSlug === null ? { organization: organizationSlug } : { person: personSlug }

const participationsOf = (rows: Row<'meetings'>['participations']) =>
  rows.map(({ personSlug: person, role, representingCode: representing, positionSlug: position, note, citations }) =>
    told({ person, role, representing, position, note, citations: citationsOf(citations) }),
  )

/** Without the fields that nothing is known of. */
const told = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

const writers: { [K in Kind]: (row: Row<K>) => object } = {
  countries: ({ code, name, names }) => told({ code, name, names }),
  organizations: ({ slug, name, names, kind, countryCode: country, members }) =>
    told({ slug, name, names, kind, country, members: members.map(({ countryCode }) => countryCode) }),
  people: ({ slug, name, names, aliases, wikidataId }) =>
    told({ slug, name, names, formerly: aliases.map(({ slug }) => slug), wikidataId }),
  topics: ({ slug, name, names, broader }) =>
    told({ slug, name, names, broader: broader.map(({ broaderSlug }) => broaderSlug) }),
  sources: (row) => {
    const { slug, title, publisherSlug: publisher, url, language, edtf: published } = row
    const { license, note, sha256, length, text } = row
    return told({ slug, title, publisher, url, language, published, license, note, sha256, length, text })
  },
  positions: (row) => {
    const { slug, personSlug: person, post, title, countryCode: country, organizationSlug: organization } = row
    const attested = row.attested.map(({ edtf: when, note, citations }) =>
      told({ when, note, citations: citationsOf(citations) }),
    )
    const { edtf: tenure, note } = row
    const fields = { slug, person, post, title, country, organization, tenure, attested, note }
    return told({ ...fields, citations: citationsOf(row.citations) })
  },
  visits: (row) => {
    const { slug, title, fromCode: from, toCode: to, edtf: when, places, description, note } = row
    const participations = participationsOf(row.participations)
    const fields = { slug, title, from, to, when, places, description, participations, note }
    return told({ ...fields, citations: citationsOf(row.citations) })
  },
  meetings: (row) => {
    const { slug, title, kind, edtf: when, place, hostCode: host, visitSlug: visit, note } = row
    const participations = participationsOf(row.participations)
    const fields = { slug, title, kind, when, place, host, visit, participations, note }
    return told({ ...fields, citations: citationsOf(row.citations) })
  },
  agreements: (row) => {
    const { slug, title, kind, description, note } = row
    const parties = row.parties.map(({ countryCode }) => countryCode)
    const topics = row.topics.map(({ topicSlug }) => topicSlug)
    const events = row.events.map(({ status, edtf: when, by, note, citations }) =>
      told({ status, when, by: by.map(voiceOf), note, citations: citationsOf(citations) }),
    )
    const fields = { slug, title, kind, description, parties, topics, events, note }
    return told({ ...fields, citations: citationsOf(row.citations) })
  },
  statements: (row) => {
    const { slug, quotation, text, quoted, attribution, edtf: said, channel, note } = row
    const { meetingSlug: meeting, agreementSlug: agreement } = row
    const voices = (role: string) => row.voices.filter((voice) => voice.role === role).map(voiceOf)
    const [speakers, addressees, mentions] = [voices('SPEAKER'), voices('ADDRESSEE'), voices('MENTION')]
    const topics = row.topics.map(({ topicSlug }) => topicSlug)
    const countries = row.countries.map(({ countryCode }) => countryCode)
    const who = { speakers, attribution, addressees, mentions }
    const fields = { slug, quotation, text, quoted, ...who, said, channel, topics, countries, meeting, agreement, note }
    return told({ ...fields, citations: citationsOf(row.citations) })
  },
}
