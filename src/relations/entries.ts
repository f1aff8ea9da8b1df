import { Prisma } from '../generated/prisma/client.ts'
import type { Day } from '../time/edtf.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** The kinds of events between two countries, in the order in which ties of a timeline are broken. */
export const entryKinds = ['AGREEMENT_EVENT', 'MEETING', 'STATEMENT', 'VISIT'] as const
export type EntryKind = (typeof entryKinds)[number]

/** Two codes, the lesser first. */
export type Pair = readonly [string, string]

export const pairOf = (one: string, two: string): Pair => (one < two ? [one, two] : [two, one])

/** Which entries of a relation. */
export interface Entries {
  readonly between: Pair
  readonly during?: { readonly from?: Day | null; readonly to?: Day | null; readonly certain: boolean } | undefined
  /** Slugs; any of them, or their narrower ones. */
  readonly topics?: readonly string[] | undefined
}

/** The entries of one kind: from which table, in which rows of it, and how they are known. */
interface Source {
  readonly from: Sql
  readonly row: string
  readonly key: string
  /** Those between the countries, whatever their date and topics. */
  readonly where: Sql
  /** The rows of topics that an entry has. */
  readonly topics: Sql
}

/**
 * A meeting is between the countries that its participants represent; a visit leads from one to the other or, where nobody
 * wrote down from where, is made by somebody who represents the other; a visit is about what its meetings are about. What changes
 * here changes in `pair_year`, too (bundle/derive.ts).
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
      }
    case 'STATEMENT':
      return {
        from: raw('statement_pair pair'),
        row: 'pair',
        key: 'pair.statement_slug',
        where: sql`pair.one = ${one} AND pair.two = ${two}`,
        topics: raw('statement_topic topic WHERE topic.statement_slug = pair.statement_slug'),
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
      }
  }
}

const leading = (from: string, to: string) => sql`
  (visit.to_code = ${to} AND (visit.from_code = ${from} OR (visit.from_code IS NULL AND EXISTS (
    SELECT FROM participation WHERE participation.visit_slug = visit.slug AND participation.representing_code = ${from}))))`

/** Those that last in a range of days. What is certain is possible, and of what is possible there are indexes (0007). */
function lasting(row: string, { from, to, certain }: NonNullable<Entries['during']>): Sql[] {
  const limits = [
    from && sql`coalesce(${raw(row)}.end_of_the_end, 'infinity') >= ${from}`,
    to && sql`coalesce(${raw(row)}.begin_of_the_begin, '-infinity') <= ${to}`,
    certain && from && sql`${raw(row)}.begin_of_the_end >= ${from}`,
    certain && to && sql`${raw(row)}.end_of_the_begin <= ${to}`,
  ]
  return limits.filter((limit) => limit instanceof Prisma.Sql)
}

/** How one kind of entries is read: all but what is selected of them. */
export interface Reading {
  /** Columns: the key, and the first and the last day. */
  readonly key: Sql
  readonly bb: Sql
  readonly ee: Sql
  /** From which tables, and in which of their rows. */
  readonly from: Sql
  /** Whether an index has them in the order of their days. */
  readonly sorted: boolean
}

export function readingOf(kind: EntryKind, { between, during, topics }: Entries): Reading {
  const { from, row, key, where, topics: itsTopics } = sourceOf(kind, between)
  const limits = [
    where,
    ...(during ? lasting(row, during) : []),
    ...(topics ? [sql`EXISTS (SELECT FROM ${itsTopics} AND topic.topic_slug = ANY (${topics}))`] : []),
  ]
  return {
    key: raw(key),
    bb: raw(`${row}.begin_of_the_begin`),
    ee: raw(`${row}.end_of_the_end`),
    from: sql`${from} WHERE ${join(limits, ' AND ')}`,
    sorted: row === 'pair',
  }
}

/** A table expression of the entries of some kinds, at least one: kind, key, and the first and last day. */
export function entriesTable(which: Entries, kinds: readonly EntryKind[]): Sql {
  const selects = kinds.map((kind) => {
    const { key, bb, ee, from } = readingOf(kind, which)
    return sql`SELECT ${raw(`'${kind}'`)} AS kind, ${key} AS key, ${bb} AS bb, ${ee} AS ee FROM ${from}`
  })
  return sql`(${join(selects, ' UNION ALL ')})`
}
