import { Prisma } from '../generated/prisma/client.ts'
import type { Day } from '../time/edtf.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** The kinds of events between two countries, in the order in which ties of a timeline are broken. */
export const entryKinds = ['AGREEMENT_EVENT', 'MEETING', 'RELATION_EVENT', 'STATEMENT', 'VISIT'] as const
export type EntryKind = (typeof entryKinds)[number]

/** The codes of two countries, in alphabetical order. */
export type Pair = readonly [string, string]

export const pairOf = (one: string, two: string): Pair => (one < two ? [one, two] : [two, one])

/** The conditions on the entries of a relation. */
export interface Entries {
  readonly between: Pair
  readonly during?: { readonly from?: Day | null; readonly to?: Day | null; readonly certain: boolean } | undefined
  /** Slugs of topics. An entry is about one of them or a narrower one. */
  readonly topics?: readonly string[] | undefined
}

/** How the entries of one kind are read: their table, the name of its rows, and their key. */
interface Source {
  readonly from: Sql
  readonly row: string
  readonly key: string
  /** The condition that an entry is between the two countries. */
  readonly where: Sql
  /** The rows that join an entry to its topics. Null if entries of this kind have none. */
  readonly topics: Sql | null
  /** Whether an index has the entries of two countries in the order of their days. */
  readonly sorted: boolean
}

/**
 * A meeting is between the countries that its participants represent. A visit leads from one country to the other; if no origin is
 * recorded, a participant represents the other. The topics of a visit are those of its meetings. Change `pairs.ts` together with
 * this function.
 */
function sourceOf(kind: EntryKind, [one, two]: Pair): Source {
  switch (kind) {
    case 'MEETING':
      return {
        from: raw('meeting_pair pair'),
        row: 'pair',
        key: 'pair.meeting_slug',
        where: sql`pair.one = ${one} AND pair.two = ${two}`,
        topics: raw('meeting_topic topic WHERE topic.meeting_slug = pair.meeting_slug'),
        sorted: true,
      }
    case 'STATEMENT':
      return {
        from: raw('statement_pair pair'),
        row: 'pair',
        key: 'pair.statement_slug',
        where: sql`pair.one = ${one} AND pair.two = ${two}`,
        topics: raw('statement_topic topic WHERE topic.statement_slug = pair.statement_slug'),
        sorted: true,
      }
    case 'VISIT':
      return {
        from: raw('visit'),
        row: 'visit',
        key: 'visit.slug',
        where: sql`(${leading(one, two)} OR ${leading(two, one)})`,
        topics: raw(
          'meeting JOIN meeting_topic topic ON topic.meeting_slug = meeting.slug WHERE meeting.visit_slug = visit.slug',
        ),
        sorted: false,
      }
    case 'RELATION_EVENT':
      return {
        from: raw('relation_event event'),
        row: 'event',
        key: 'event.slug',
        where: sql`event.one = ${one} AND event.two = ${two}`,
        topics: null,
        sorted: true,
      }
    case 'AGREEMENT_EVENT':
      return {
        from: sql`agreement_event event
          JOIN agreement_party one ON one.agreement_slug = event.agreement_slug AND one.country_code = ${one}
          JOIN agreement_party two ON two.agreement_slug = event.agreement_slug AND two.country_code = ${two}`,
        row: 'event',
        key: 'event.id',
        where: sql`TRUE`,
        topics: raw('agreement_topic topic WHERE topic.agreement_slug = event.agreement_slug'),
        sorted: false,
      }
  }
}

const leading = (from: string, to: string) => sql`
  (visit.to_code = ${to} AND (visit.from_code = ${from} OR (visit.from_code IS NULL AND EXISTS (
    SELECT FROM participation WHERE participation.visit_slug = visit.slug AND participation.representing_code = ${from}))))`

/** The conditions that an entry lasted in a range of days. `certain` adds to the possible bounds, as only these have indexes (migration 0007). */
function lasting(row: string, { from, to, certain }: NonNullable<Entries['during']>): Sql[] {
  const limits = [
    from && sql`coalesce(${raw(row)}.end_of_the_end, 'infinity') >= ${from}`,
    to && sql`coalesce(${raw(row)}.begin_of_the_begin, '-infinity') <= ${to}`,
    certain && from && sql`${raw(row)}.begin_of_the_end >= ${from}`,
    certain && to && sql`${raw(row)}.end_of_the_begin <= ${to}`,
  ]
  return limits.filter((limit) => limit instanceof Prisma.Sql)
}

/** The condition that an entry is about one of the topics. */
const about = (itsTopics: Sql | null, topics: readonly string[]) =>
  itsTopics ? sql`EXISTS (SELECT FROM ${itsTopics} AND topic.topic_slug = ANY (${topics}))` : sql`FALSE`

/** How the entries of one kind are read, except the selected columns. */
interface Reading {
  /** The columns of the key, the first day and the last day. */
  readonly key: Sql
  readonly bb: Sql
  readonly ee: Sql
  /** The tables and the conditions on their rows. */
  readonly from: Sql
  /** Whether an index has the entries in the order of their days. */
  readonly sorted: boolean
}

export function readingOf(kind: EntryKind, { between, during, topics }: Entries): Reading {
  const { from, row, key, where, topics: itsTopics, sorted } = sourceOf(kind, between)
  const limits = [where, ...(during ? lasting(row, during) : []), ...(topics ? [about(itsTopics, topics)] : [])]
  return {
    key: raw(key),
    bb: raw(`${row}.begin_of_the_begin`),
    ee: raw(`${row}.end_of_the_end`),
    from: sql`${from} WHERE ${join(limits, ' AND ')}`,
    sorted,
  }
}

/** A table expression for the entries of at least one kind: kind, key, first day and last day. */
export function entriesTable(which: Entries, kinds: readonly EntryKind[]): Sql {
  const selects = kinds.map((kind) => {
    const { key, bb, ee, from } = readingOf(kind, which)
    return sql`SELECT ${raw(`'${kind}'`)} AS kind, ${key} AS key, ${bb} AS bb, ${ee} AS ee FROM ${from}`
  })
  return sql`(${join(selects, ' UNION ALL ')})`
}
