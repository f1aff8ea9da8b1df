import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts'
import type { Day } from '../../time/edtf.ts'
import type { Kind } from '../concepts.ts'
import type { BundleRecord } from '../format.ts'
import {
  cutReferences,
  type Include,
  relinked,
  type WithParts,
  withdrawnParts,
  withdrawnRecords,
  withWithdrawn,
} from './withdrawn-records.ts'

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
const after = { orderBy: byKey } as const
const participations = { ...inTurn, include: { citations } } as const

/** How the records of a kind are stored. */
interface Stored {
  readonly model: string
  readonly key: 'code' | 'slug'
  /** The part of a record with the date by which it is selected. */
  readonly dated: 'itself' | 'events' | null
  readonly include: object
}

const models = {
  countries: { model: 'country', key: 'code', dated: null, include: {} },
  organizations: { model: 'organization', key: 'slug', dated: null, include: { members: countries } },
  people: { model: 'person', key: 'slug', dated: null, include: { aliases: { orderBy: { slug: 'asc' } } } },
  topics: { model: 'topic', key: 'slug', dated: null, include: { broader: { orderBy: { broaderSlug: 'asc' } } } },
  sources: { model: 'source', key: 'slug', dated: null, include: { editions: { orderBy: { sha256: 'asc' } } } },
  positions: {
    model: 'position',
    key: 'slug',
    dated: 'itself',
    include: { citations, attested: { orderBy: [...byDate], include: { citations } } },
  },
  visits: {
    model: 'visit',
    key: 'slug',
    dated: 'itself',
    include: { citations, participations, accompanying: { orderBy: { accompaniedSlug: 'asc' } } },
  },
  meetings: { model: 'meeting', key: 'slug', dated: 'itself', include: { citations, participations, after } },
  agreements: {
    model: 'agreement',
    key: 'slug',
    dated: 'events',
    include: {
      citations,
      parties: countries,
      topics,
      events: { orderBy: [...byDate], include: { citations, by: inTurn } },
    },
  },
  relationEvents: { model: 'relationEvent', key: 'slug', dated: 'itself', include: { citations } },
  statements: {
    model: 'statement',
    key: 'slug',
    dated: 'itself',
    include: { citations, after, voices: inTurn, topics, countries: { ...countries, where: { stated: true } } },
  },
} as const satisfies Record<Kind, Stored>

/** The row of a record, with the rows of its parts. */
type Row<K extends Kind> = Prisma.Result<
  PrismaClient[(typeof models)[K]['model']],
  { include: (typeof models)[K]['include'] },
  'findFirstOrThrow'
>

interface Reader {
  findMany(query: object): Promise<never[]>
}

/** Number of records per statement. */
const PAGE = 500

/** The stored records of a kind as a bundle has them, by key: all, then those that are withdrawn, or those with the given keys. */
export async function* readStored<K extends Kind>(
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
  const cut = await cutReferences(prisma)
  const parts = await withdrawnParts(prisma, model, include as Include)
  const whole = (row: WithParts) =>
    write(relinked(model, withWithdrawn(row, key, parts), include as Include, cut) as never)
  for (let after = ''; ; ) {
    const rows = await reader.findMany({ ...query, where: { [key]: { gt: after } } })
    for (const row of rows) yield whole(row)
    const last = rows.at(-1) as Record<string, string> | undefined
    if (!last || rows.length < PAGE) break
    after = last[key] as string
  }
  for (const row of await withdrawnRecords(prisma, model, include as Include)) yield whole(row)
}

/** The keys of the stored records of a kind. Of dated records, only those that may have lasted on a day of the given range. */
export async function keysOfStored(
  prisma: PrismaClient,
  kind: Kind,
  { from, to }: { from?: Day | undefined; to?: Day | undefined },
): Promise<string[]> {
  const { model, key, dated } = models[kind]
  const day = (day: Day) => new Date(`${day}T00:00:00Z`)
  const lasting = {
    AND: [
      from ? { OR: [{ endOfTheEnd: null }, { endOfTheEnd: { gte: day(from) } }] } : {},
      to ? { OR: [{ beginOfTheBegin: null }, { beginOfTheBegin: { lte: day(to) } }] } : {},
    ],
  }
  const where = dated === 'events' ? { events: { some: lasting } } : dated === 'itself' ? lasting : {}
  const rows = await (prisma[model] as unknown as Reader).findMany({ where, select: { [key]: true } })
  return rows.map((row) => row[key])
}

interface CitationRow {
  sourceSlug: string
  edition: string | null
  stance: string
  start: number
  end: number
  exact: string
  prefix: string | null
  suffix: string | null
  supports: string[]
}

const citationsOf = (rows: readonly CitationRow[]) =>
  rows.map(({ sourceSlug: source, edition, start, end, exact, prefix, suffix, stance, supports }) =>
    given({
      source,
      edition,
      start,
      end,
      exact,
      prefix,
      suffix,
      stance: stance === 'SUPPORTS' ? null : stance,
      supports,
    }),
  )

interface VoiceRow {
  personSlug: string | null
  organizationSlug: string | null
}

const voiceOf = ({ personSlug, organizationSlug }: VoiceRow) =>
  personSlug === null ? { organization: organizationSlug } : { person: personSlug }

const afterOf = (rows: Row<'meetings'>['after']) =>
  rows.map(({ afterMeetingSlug: meeting, afterStatementSlug: statement }) => given({ meeting, statement }))

const participationsOf = (rows: Row<'meetings'>['participations']) =>
  rows.map((row) => {
    const { personSlug: person, organizationSlug: organization, unnamed, role } = row
    const { representingCode: representing, representingOrganizationSlug: representingOrganization } = row
    const { positionSlug: position, note } = row
    const fields = { person, organization, unnamed, role, representing, representingOrganization, position, note }
    return given({ ...fields, citations: citationsOf(row.citations) })
  })

/** Leaves out the fields that have no value. */
const given = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

const writers: { [K in Kind]: (row: Row<K>) => object } = {
  countries: ({ code, name, names }) => given({ code, name, names }),
  organizations: ({ slug, name, names, kind, countryCode: country, members }) =>
    given({ slug, name, names, kind, country, members: members.map(({ countryCode }) => countryCode) }),
  people: ({ slug, name, names, aliases, wikidataId, born, died }) =>
    given({ slug, name, names, formerly: aliases.map(({ slug }) => slug), wikidataId, born, died }),
  topics: ({ slug, name, names, broader }) =>
    given({ slug, name, names, broader: broader.map(({ broaderSlug }) => broaderSlug) }),
  sources: (row) => {
    const { slug, title, publisherSlug: publisher, url, language, edtf: published } = row
    const { license, note, sha256, length, text } = row
    const editions = row.editions
      .filter((edition) => edition.sha256 !== sha256)
      .map(({ sha256, length, text, edtf: published }) => given({ sha256, length, text, published }))
    return given({ slug, title, publisher, url, language, published, license, note, sha256, length, text, editions })
  },
  positions: (row) => {
    const { slug, personSlug: person, post, title, countryCode: country, organizationSlug: organization } = row
    const attested = row.attested.map(({ edtf: when, note, citations }) =>
      given({ when, note, citations: citationsOf(citations) }),
    )
    const { accreditedToCode: accreditedTo, accreditedToOrganizationSlug: accreditedToOrganization } = row
    const { appointed, edtf: tenure, note } = row
    const office = { slug, person, post, title, country, organization, accreditedTo, accreditedToOrganization }
    return given({ ...office, appointed, tenure, attested, note, citations: citationsOf(row.citations) })
  },
  visits: (row) => {
    const { slug, title, kind, fromCode: from, toCode: to, edtf: when, official, places, description, note } = row
    const accompanying = row.accompanying.map(({ accompaniedSlug }) => accompaniedSlug)
    const participations = participationsOf(row.participations)
    const days = { slug, title, kind, from, to, when, official, accompanying }
    return given({ ...days, places, description, participations, note, citations: citationsOf(row.citations) })
  },
  meetings: (row) => {
    const { slug, title, kind, edtf: when, place, hostCode: host, visitSlug: visit, time, note } = row
    const participations = participationsOf(row.participations)
    const after = afterOf(row.after)
    const fields = { slug, title, kind, when, time, after, place, host, visit, participations, note }
    return given({ ...fields, citations: citationsOf(row.citations) })
  },
  agreements: (row) => {
    const { slug, title, kind, description, note } = row
    const parties = row.parties.map(({ countryCode }) => countryCode)
    const topics = row.topics.map(({ topicSlug }) => topicSlug)
    const events = row.events.map(({ status, edtf: when, by, note, citations }) =>
      given({ status, when, by: by.map(voiceOf), note, citations: citationsOf(citations) }),
    )
    const fields = { slug, title, kind, description, parties, topics, events, note }
    return given({ ...fields, citations: citationsOf(row.citations) })
  },
  relationEvents: (row) => {
    const { slug, kind, title, one, two, byCode: by, edtf: when, description, note } = row
    const fields = { slug, kind, title, countries: [one, two], by, when, description, note }
    return given({ ...fields, citations: citationsOf(row.citations) })
  },
  statements: (row) => {
    const { slug, quotation, text, quoted, attribution, edtf: said, time, channel, note } = row
    const { meetingSlug: meeting, agreementSlug: agreement } = row
    const voices = (role: string) => row.voices.filter((voice) => voice.role === role).map(voiceOf)
    const [speakers, addressees, mentions] = [voices('SPEAKER'), voices('ADDRESSEE'), voices('MENTION')]
    const topics = row.topics.map(({ topicSlug }) => topicSlug)
    const countries = row.countries.map(({ countryCode }) => countryCode)
    const who = { speakers, attribution, addressees, mentions }
    const fields = {
      slug,
      quotation,
      text,
      quoted,
      ...who,
      said,
      time,
      after: afterOf(row.after),
      channel,
      topics,
      countries,
      meeting,
      agreement,
      note,
    }
    return given({ ...fields, citations: citationsOf(row.citations) })
  },
}
