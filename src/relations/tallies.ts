import type { Database } from '../database/open.ts'
import { ask } from '../database/read/statement.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { Day } from '../time/edtf.ts'
import { type Entries, type EntryKind, entriesTable, entryKinds, readingOf } from './entries.ts'
import type { Granularity } from './periods.ts'

type Sql = Prisma.Sql
const { sql, raw, join } = Prisma

/** What is counted by period: the kinds of entries, and the visits that led to the first of the two countries. */
export type PeriodKind = EntryKind | 'VISIT_TO_FIRST'

/** The number of entries of a kind that started in each period (`periods.ts`). */
export interface Counted {
  readonly kind: PeriodKind
  /** The first and the last period in which an entry started. */
  readonly first: number
  readonly last: number
  /** The periods and their numbers of entries; null if the kind was not requested. */
  readonly periods: readonly number[] | null
  readonly counts: readonly number[] | null
}

/** The number of the period of a day. */
const NUMBER: Readonly<Record<Granularity, (day: Sql) => Sql>> = {
  MONTH: (day) => sql`date_part('year', ${day})::int * 12 + date_part('month', ${day})::int - 1`,
  YEAR: (day) => sql`date_part('year', ${day})::int`,
  DECADE: (day) => sql`date_part('year', ${day})::int / 10`,
}

/**
 * The numbers of entries that started in each period, for the `wanted` kinds; for the other kinds only the first and the last
 * period. Entries whose start is unknown are in no period.
 */
export async function countByPeriod(
  { pool }: Database,
  which: Entries,
  by: Granularity,
  wanted: readonly PeriodKind[],
): Promise<Counted[]> {
  const counted = counting(which, by, wanted)
  const directed = wanted.includes('VISIT_TO_FIRST') ? [countingToFirst(which, by)] : []
  const isWanted = sql`FILTER (WHERE kind = ANY (${wanted}))`
  return await ask<Counted>(
    pool,
    sql`SELECT kind, min(period) AS first, max(period) AS last,
        json_agg(period) ${isWanted} AS periods, json_agg(count) ${isWanted} AS counts
      FROM (${join([counted, ...directed], ' UNION ALL ')}) counted GROUP BY kind`,
  )
}

function countingToFirst(which: Entries, by: Granularity): Sql {
  const { bb, from } = readingOf('VISIT', which)
  return sql`SELECT 'VISIT_TO_FIRST' AS kind, ${NUMBER[by](bb)} AS period, count(*)::int AS count
    FROM ${from} AND visit.to_code = ${which.between[0]} AND ${bb} IS NOT NULL GROUP BY 2`
}

function counting(which: Entries, by: Granularity, wanted: readonly PeriodKind[]): Sql {
  const begun = entryKinds.map((kind) => {
    const { bb, from, sorted } = readingOf(kind, which)
    const name = raw(`'${kind}'`)
    if (wanted.includes(kind)) {
      return sql`SELECT ${name} AS kind, ${NUMBER[by](bb)} AS period, count(*)::int AS count
        FROM ${from} AND ${bb} IS NOT NULL GROUP BY 2`
    }
    const [early, late] = [sql`coalesce(${bb}, 'infinity')`, sql`coalesce(${bb}, '-infinity')`]
    const ends = sorted
      ? sql`(SELECT ${early} AS bb FROM ${from} ORDER BY 1 LIMIT 1) UNION ALL (SELECT ${late} FROM ${from} ORDER BY 1 DESC LIMIT 1)`
      : sql`SELECT unnest(ARRAY[min(${early}), max(${late})]) AS bb FROM ${from}`
    return sql`SELECT ${name} AS kind, ${NUMBER[by](raw('bb'))} AS period, 0 AS count FROM (${ends}) ends WHERE isfinite(bb)`
  })
  return join(begun, ' UNION ALL ')
}

/** The columns with the numbers of rows by kind. */
const countsOf = (kinds: Readonly<Record<string, EntryKind>>) =>
  Object.entries(kinds).map(([name, kind]) => `count(*) FILTER (WHERE kind = '${kind}')::int AS ${name}`)

/**
 * The slugs that occur most often in a table of slugs and kinds, with their numbers in total and by kind. `columns` are SQL
 * expressions with names about `tally.slug`.
 */
function mostFrequent(
  slug: string,
  table: string,
  kinds: Readonly<Record<string, EntryKind>>,
  first: number,
  columns: readonly Sql[],
): Sql {
  return sql`
    SELECT tally.*, ${join([...columns])}
    FROM (
      SELECT ${raw(slug)} AS slug, count(*)::int AS count, ${raw(countsOf(kinds).join(', '))}
      FROM ${raw(table)} GROUP BY 1 ORDER BY count DESC, slug LIMIT ${first}
    ) tally ORDER BY count DESC, slug`
}

/** Number of entries of a relation that are about a topic. */
export interface TopicTally {
  readonly slug: string
  readonly count: number
  readonly meetings: number
  readonly statements: number
  readonly agreements: number
  readonly record: unknown
}

/** For each kind of entries: a query for the topics of the entries (`topic_slug`) and what is counted by them (`key`). */
const TOPICS: Readonly<Record<EntryKind, Sql | null>> = {
  MEETING: sql`SELECT topic_slug, kind, key FROM entry JOIN meeting_topic ON kind = 'MEETING' AND meeting_slug = key`,
  STATEMENT: sql`SELECT topic_slug, kind, key FROM entry JOIN statement_topic ON kind = 'STATEMENT' AND statement_slug = key`,
  // An agreement counts once, however many of its events are entries.
  AGREEMENT_EVENT: sql`
    SELECT DISTINCT topic_slug, kind, event.agreement_slug FROM entry
    JOIN agreement_event event ON kind = 'AGREEMENT_EVENT' AND event.id = key
    JOIN agreement_topic ON agreement_topic.agreement_slug = event.agreement_slug`,
  // The topics of a visit are those of its meetings, which are counted.
  VISIT: null,
  RELATION_EVENT: null,
}

/** The topics of the entries of the wanted kinds, the most frequent first, each with a `record`. An entry counts for the broader topics too. */
export const countTopics = async (
  { pool }: Database,
  which: Entries,
  wanted: readonly EntryKind[],
  first: number,
  record: Sql,
): Promise<TopicTally[]> => {
  const kinds = kindsIn(TOPICS, wanted)
  if (kinds.length === 0) return []
  return await ask<TopicTally>(
    pool,
    sql`
      WITH entry AS ${entriesTable(which, kinds)}, about AS (${all(TOPICS)})
      ${mostFrequent('topic_slug', 'about', { meetings: 'MEETING', statements: 'STATEMENT', agreements: 'AGREEMENT_EVENT' }, first, [sql`${record} AS record`])}`,
  )
}

/** Numbers of entries in which a person acts. */
interface Acting {
  readonly count: number
  readonly visits: number
  readonly meetings: number
  readonly statements: number
}

/** The entries of a relation in which a person acts. What was not requested is undefined. */
export interface PersonTally extends Acting {
  readonly slug: string
  readonly record: unknown
  readonly first: Day | null
  readonly last: Day | null
  readonly years: readonly (Acting & { readonly year: number })[]
  /** The records of the countries represented. */
  readonly countries: readonly unknown[]
  readonly titles: readonly string[]
}

/** What can be requested of the entries of a person, besides their numbers. */
export interface PersonDetails {
  readonly years: boolean
  readonly titles: boolean
  /** An SQL expression for the record of a country with the code `represented.code`. */
  readonly country: Sql | undefined
}

/** For each kind of entries: a query for the people who act in the entries (`person_slug`), and for their participations. */
const PEOPLE: Readonly<Record<EntryKind, Sql | null>> = {
  MEETING: sql`
    SELECT person_slug, kind, bb, ee, id, representing_code
    FROM entry JOIN participation ON kind = 'MEETING' AND meeting_slug = key
    WHERE person_slug IS NOT NULL`,
  VISIT: sql`
    SELECT person_slug, kind, bb, ee, id, representing_code
    FROM entry JOIN participation ON kind = 'VISIT' AND visit_slug = key
    WHERE person_slug IS NOT NULL`,
  STATEMENT: sql`
    SELECT person_slug, kind, bb, ee, NULL AS id, NULL AS representing_code
    FROM entry JOIN statement_voice voice ON kind = 'STATEMENT' AND statement_slug = key AND role = 'SPEAKER'
    WHERE person_slug IS NOT NULL`,
  AGREEMENT_EVENT: null,
  RELATION_EVENT: null,
}

const PEOPLE_COUNTS = { visits: 'VISIT', meetings: 'MEETING', statements: 'STATEMENT' } as const

/** The years in which the person of a tally acts, as `activity` counts entries. */
const YEARS = sql`(
  SELECT coalesce(json_agg(yearly ORDER BY year), '[]') FROM (
    SELECT date_part('year', bb)::int AS year, count(*)::int AS count, ${raw(countsOf(PEOPLE_COUNTS).join(', '))}
    FROM acting WHERE person_slug = tally.slug AND bb IS NOT NULL GROUP BY 1
  ) yearly) AS years`

/** The titles of the offices in which the person of a tally took part: of each participation, the best ranked office. */
const TITLES = sql`(
  SELECT coalesce(json_agg(title ORDER BY count DESC, title), '[]') FROM (
    SELECT title, count(*) AS count
    FROM acting CROSS JOIN LATERAL (
      SELECT title FROM participation_office office JOIN position ON position.slug = office.position_slug
      WHERE participation_id = acting.id AND rank < 10 ORDER BY rank, office.position_slug LIMIT 1
    ) office
    WHERE acting.person_slug = tally.slug GROUP BY 1
  ) titled) AS titles`

const countriesOf = (record: Sql) => sql`(
  SELECT coalesce(json_agg(${record} ORDER BY count DESC, code), '[]') FROM (
    SELECT representing_code AS code, count(*) AS count
    FROM acting WHERE person_slug = tally.slug AND representing_code IS NOT NULL GROUP BY 1
  ) represented) AS countries`

/** The people who visit, meet or speak in the entries of the wanted kinds, the most active first, each with a `record`. */
export async function countPeople(
  { pool }: Database,
  which: Entries,
  wanted: readonly EntryKind[],
  first: number,
  record: Sql,
  { years, titles, country }: PersonDetails,
): Promise<PersonTally[]> {
  const kinds = kindsIn(PEOPLE, wanted)
  if (kinds.length === 0) return []
  const details = [
    sql`(SELECT min(bb)::text FROM acting WHERE person_slug = tally.slug) AS first`,
    sql`(SELECT max(ee)::text FROM acting WHERE person_slug = tally.slug) AS last`,
    ...(years ? [YEARS] : []),
    ...(titles ? [TITLES] : []),
    ...(country ? [countriesOf(country)] : []),
  ]
  return await ask<PersonTally>(
    pool,
    sql`
      WITH entry AS ${entriesTable(which, kinds)}, acting AS (${all(PEOPLE)})
      ${mostFrequent('person_slug', 'acting', PEOPLE_COUNTS, first, [sql`${record} AS record`, ...details])}`,
  )
}

type Queries = Readonly<Record<EntryKind, Sql | null>>

/** Those of the wanted kinds that have a query. */
const kindsIn = (queries: Queries, wanted: readonly EntryKind[]) =>
  entryKinds.filter((kind) => queries[kind] && wanted.includes(kind))

/** All queries as one. */
const all = (queries: Queries) =>
  join(
    Object.values(queries).flatMap((query) => query ?? []),
    ' UNION ALL ',
  )
