import type { Database } from '../database/open.ts'
import type { Day } from '../time/edtf.ts'

/** What happens between two countries, in the order in which the timeline's ties are broken. */
export const entryKinds = ['AGREEMENT_EVENT', 'MEETING', 'STATEMENT', 'VISIT'] as const
export type EntryKind = (typeof entryKinds)[number]

/** Two codes, the lesser first. */
export type Pair = readonly [string, string]

/** Which entries of a relation. */
export interface Entries {
  readonly between: Pair
  readonly during?: { readonly from?: Day | null; readonly to?: Day | null; readonly certain: boolean } | undefined
  /** Slugs; any of them, or their narrower ones. */
  readonly topics?: readonly string[] | undefined
}

const lasting = (row: string) => `
  CASE WHEN $5 THEN
    ($3::date IS NULL OR (${row}.begin_of_the_end >= $3) IS TRUE) AND ($4::date IS NULL OR (${row}.end_of_the_begin <= $4) IS TRUE)
  ELSE (${row}.end_of_the_end < $3) IS NOT TRUE AND (${row}.begin_of_the_begin > $4) IS NOT TRUE END`

const columns = (kind: EntryKind, row: string, key: string) =>
  `'${kind}' AS kind, ${row}.${key} AS key, ${row}.begin_of_the_begin AS bb, ${row}.end_of_the_end AS ee`

/**
 * A table expression of the entries: kind, key, and the first and last day. A meeting is between the countries that its
 * participants represent; a visit leads from one to the other or, where nobody wrote down from where, is made by somebody who
 * represents the other; a visit is about what its meetings are about.
 */
const entries = `(
  SELECT ${columns('MEETING', 'meeting', 'slug')} FROM meeting
  WHERE EXISTS (SELECT FROM participation p WHERE p.meeting_slug = meeting.slug AND p.representing_code = $1)
    AND EXISTS (SELECT FROM participation p WHERE p.meeting_slug = meeting.slug AND p.representing_code = $2)
    AND ($6::text[] IS NULL OR EXISTS (
      SELECT FROM meeting_topic t WHERE t.meeting_slug = meeting.slug AND t.topic_slug = ANY ($6)))
    AND ${lasting('meeting')}
  UNION ALL
  SELECT ${columns('VISIT', 'visit', 'slug')} FROM visit
  WHERE (
      (visit.to_code = $2 AND (visit.from_code = $1 OR (visit.from_code IS NULL AND EXISTS (
        SELECT FROM participation p WHERE p.visit_slug = visit.slug AND p.representing_code = $1))))
      OR (visit.to_code = $1 AND (visit.from_code = $2 OR (visit.from_code IS NULL AND EXISTS (
        SELECT FROM participation p WHERE p.visit_slug = visit.slug AND p.representing_code = $2))))
    )
    AND ($6::text[] IS NULL OR EXISTS (
      SELECT FROM meeting m JOIN meeting_topic t ON t.meeting_slug = m.slug
      WHERE m.visit_slug = visit.slug AND t.topic_slug = ANY ($6)))
    AND ${lasting('visit')}
  UNION ALL
  SELECT ${columns('STATEMENT', 'statement', 'slug')} FROM statement
  JOIN statement_country one ON one.statement_slug = statement.slug AND one.country_code = $1
  JOIN statement_country two ON two.statement_slug = statement.slug AND two.country_code = $2
  WHERE ($6::text[] IS NULL OR EXISTS (
      SELECT FROM statement_topic t WHERE t.statement_slug = statement.slug AND t.topic_slug = ANY ($6)))
    AND ${lasting('statement')}
  UNION ALL
  SELECT ${columns('AGREEMENT_EVENT', 'event', 'id')} FROM agreement_event event
  JOIN agreement_party one ON one.agreement_slug = event.agreement_slug AND one.country_code = $1
  JOIN agreement_party two ON two.agreement_slug = event.agreement_slug AND two.country_code = $2
  WHERE ($6::text[] IS NULL OR EXISTS (
      SELECT FROM agreement_topic t WHERE t.agreement_slug = event.agreement_slug AND t.topic_slug = ANY ($6)))
    AND ${lasting('event')}
)`

/** The values of the parameters $1 to $6 of `entries`. */
const parameters = ({ between, during, topics }: Entries) => [
  ...between,
  during?.from ?? null,
  during?.to ?? null,
  during?.certain ?? false,
  topics ?? null,
]

/** A place in the timeline. */
export interface Entry {
  readonly kind: EntryKind
  readonly key: string
  readonly bb: Day | null
  readonly ee: Day | null
}

/** One page of the timeline: by first day, last day, key and kind, unknown days last. */
export async function readTimeline(
  { pool }: Database,
  which: Entries,
  kinds: readonly EntryKind[],
  page: {
    readonly take: number
    readonly after?: Entry | undefined
    readonly before?: Entry | undefined
    readonly backward: boolean
  },
): Promise<Entry[]> {
  // Unknown days are put where they sort, so that places compare as rows.
  const place = `(coalesce(bb, 'infinity'), coalesce(ee, 'infinity'), key, kind)`
  const given = (n: number) =>
    `(coalesce($${n}::date, 'infinity'), coalesce($${n + 1}::date, 'infinity'), $${n + 2}::text, $${n + 3}::text)`
  const bound = (entry: Entry | undefined) => [
    entry?.bb ?? null,
    entry?.ee ?? null,
    entry?.key ?? null,
    entry?.kind ?? null,
  ]
  const way = page.backward ? 'DESC' : 'ASC'
  const { rows } = await pool.query<Entry>({
    name: `timeline-${way}`,
    text: `
      SELECT kind, key, bb::text, ee::text FROM ${entries} entry
      WHERE kind = ANY ($7)
        AND ($10::text IS NULL OR ${place} > ${given(8)})
        AND ($14::text IS NULL OR ${place} < ${given(12)})
      ORDER BY coalesce(bb, 'infinity') ${way}, coalesce(ee, 'infinity') ${way}, key ${way}, kind ${way} LIMIT $16`,
    values: [...parameters(which), kinds, ...bound(page.after), ...bound(page.before), page.take],
  })
  return rows
}

/** How many entries there are. */
export async function countTimeline({ pool }: Database, which: Entries, kinds: readonly EntryKind[]): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'timeline-count',
    text: `SELECT count(*)::int FROM ${entries} entry WHERE kind = ANY ($7)`,
    values: [...parameters(which), kinds],
  })
  return rows[0]?.count ?? 0
}

export type Granularity = 'MONTH' | 'YEAR' | 'DECADE'

/** How many entries of each kind began in a period; `start` is its first day. */
export interface Counted {
  readonly start: Day
  readonly visits: number
  readonly meetings: number
  readonly statements: number
  readonly agreementEvents: number
}

/** The periods in which something began, oldest first. What has no known begin is in none. */
export async function countByPeriod({ pool }: Database, which: Entries, by: Granularity): Promise<Counted[]> {
  const { rows } = await pool.query<Counted>({
    name: 'activity',
    text: `
      SELECT date_trunc($7, bb)::date::text AS start,
        count(*) FILTER (WHERE kind = 'VISIT')::int AS visits,
        count(*) FILTER (WHERE kind = 'MEETING')::int AS meetings,
        count(*) FILTER (WHERE kind = 'STATEMENT')::int AS statements,
        count(*) FILTER (WHERE kind = 'AGREEMENT_EVENT')::int AS "agreementEvents"
      FROM ${entries} entry WHERE bb IS NOT NULL GROUP BY 1 ORDER BY 1`,
    values: [...parameters(which), by.toLowerCase()],
  })
  return rows
}

/** How often a topic occurs in a relation. */
export interface TopicTally {
  readonly slug: string
  readonly count: number
  readonly meetings: number
  readonly statements: number
  readonly agreements: number
}

/** The topics of the entries, the most frequent first; a topic counts for its broader ones as well. */
export async function countTopics({ pool }: Database, which: Entries, first: number): Promise<TopicTally[]> {
  const { rows } = await pool.query<TopicTally>({
    name: 'relation-topics',
    text: `
      WITH entry AS ${entries}, about AS (
        SELECT topic_slug, kind, key FROM entry JOIN meeting_topic ON kind = 'MEETING' AND meeting_slug = key
        UNION ALL
        SELECT topic_slug, kind, key FROM entry JOIN statement_topic ON kind = 'STATEMENT' AND statement_slug = key
        UNION
        SELECT topic_slug, kind, event.agreement_slug FROM entry
        JOIN agreement_event event ON kind = 'AGREEMENT_EVENT' AND event.id = key
        JOIN agreement_topic ON agreement_topic.agreement_slug = event.agreement_slug
      )
      SELECT topic_slug AS slug, count(*)::int AS count,
        count(*) FILTER (WHERE kind = 'MEETING')::int AS meetings,
        count(*) FILTER (WHERE kind = 'STATEMENT')::int AS statements,
        count(*) FILTER (WHERE kind = 'AGREEMENT_EVENT')::int AS agreements
      FROM about GROUP BY 1 ORDER BY count DESC, slug LIMIT $7`,
    values: [...parameters(which), first],
  })
  return rows
}

/** How often a person acts in a relation. */
export interface PersonTally {
  readonly slug: string
  readonly count: number
  readonly visits: number
  readonly meetings: number
  readonly statements: number
}

/** The people of the entries, those who act most often first: who visit, meet or speak. */
export async function countPeople({ pool }: Database, which: Entries, first: number): Promise<PersonTally[]> {
  const { rows } = await pool.query<PersonTally>({
    name: 'relation-people',
    text: `
      WITH entry AS ${entries}, acting AS (
        SELECT person_slug, kind FROM entry JOIN participation ON kind = 'MEETING' AND meeting_slug = key
        UNION ALL
        SELECT person_slug, kind FROM entry JOIN participation ON kind = 'VISIT' AND visit_slug = key
        UNION ALL
        SELECT person_slug, kind FROM entry
        JOIN statement_voice voice ON kind = 'STATEMENT' AND statement_slug = key AND role = 'SPEAKER'
        WHERE person_slug IS NOT NULL
      )
      SELECT person_slug AS slug, count(*)::int AS count,
        count(*) FILTER (WHERE kind = 'VISIT')::int AS visits,
        count(*) FILTER (WHERE kind = 'MEETING')::int AS meetings,
        count(*) FILTER (WHERE kind = 'STATEMENT')::int AS statements
      FROM acting GROUP BY 1 ORDER BY count DESC, slug LIMIT $7`,
    values: [...parameters(which), first],
  })
  return rows
}

/** The countries with which one has most to do: by the number of visits, meetings, statements and agreements they share. */
export async function countCounterparts({ pool }: Database, code: string, first: number): Promise<string[]> {
  const { rows } = await pool.query<{ code: string }>({
    name: 'country-relations',
    text: `
      WITH shared AS (
        SELECT DISTINCT 'meeting', own.meeting_slug, other.representing_code AS code
        FROM participation own JOIN participation other USING (meeting_slug) WHERE own.representing_code = $1
        UNION ALL
        SELECT DISTINCT 'visit', visit.slug, CASE WHEN to_code = $1 THEN coalesce(from_code, representing_code) ELSE to_code END
        FROM visit LEFT JOIN participation ON visit_slug = visit.slug AND from_code IS NULL
        WHERE to_code = $1 OR from_code = $1 OR representing_code = $1
        UNION ALL
        SELECT 'statement', own.statement_slug, other.country_code
        FROM statement_country own JOIN statement_country other USING (statement_slug) WHERE own.country_code = $1
        UNION ALL
        SELECT 'agreement', own.agreement_slug, other.country_code
        FROM agreement_party own JOIN agreement_party other USING (agreement_slug) WHERE own.country_code = $1
      )
      SELECT code FROM shared WHERE code <> $1 GROUP BY code ORDER BY count(*) DESC, code LIMIT $2`,
    values: [code, first],
  })
  return rows.map(({ code }) => code)
}
