import type { Database } from '../../database/open.ts'
import type { FactKind } from '../format.ts'

/** Two stored facts that cannot both be right, each with its sources. */
export interface Conflict {
  readonly kind: FactKind
  readonly one: Account
  readonly other: Account
}

interface Account {
  readonly slug: string
  /** In EDTF. */
  readonly when: string
  readonly sources: readonly string[]
}

/**
 * Two accounts of one time span contradict each other if together they allow no day on which it may have started, or none on
 * which it may have ended.
 */
const CONTRADICT = `(
  one.begin_of_the_begin > other.end_of_the_begin OR other.begin_of_the_begin > one.end_of_the_begin
  OR one.begin_of_the_end > other.end_of_the_end OR other.begin_of_the_end > one.end_of_the_end
)`

/** Two accounts are of the same time span if there is a day on which both certainly lasted. */
const OVERLAP = `
  greatest(one.end_of_the_begin, other.end_of_the_begin) <= least(one.begin_of_the_end, other.begin_of_the_end)
  AND num_nulls(one.end_of_the_begin, other.end_of_the_begin, one.begin_of_the_end, other.begin_of_the_end) = 0`

/** The end of one is the begin of the other: a term after another, or a leg of a journey after another. */
const ADJOIN = `(
  one.end_of_the_begin = other.begin_of_the_end OR other.end_of_the_begin = one.begin_of_the_end
)`

/** The people of each meeting of two or more, as one text. */
const COMPANY = `(
  SELECT meeting.*, people FROM meeting JOIN (
    SELECT meeting_slug, string_agg(person_slug, ' ' ORDER BY person_slug) AS people
    FROM participation WHERE meeting_slug IS NOT NULL AND person_slug IS NOT NULL
    GROUP BY 1 HAVING count(*) > 1
  ) company ON company.meeting_slug = meeting.slug
)`

const account = (row: string, fact: string, key: string) => `json_build_object(
  'slug', ${row}.${key}, 'when', ${row}.edtf, 'sources',
  (SELECT json_agg(DISTINCT source_slug) FROM citation WHERE ${fact} = ${row}.${fact === 'agreement_event_id' ? 'id' : 'slug'})
)`

const found = (kind: FactKind, table: string, fact: string, key: string, conditions: string) => `
  SELECT '${kind}' AS kind, ${account('one', fact, key)} AS one, ${account('other', fact, key)} AS other
  FROM ${table} one JOIN ${table} other ON ${conditions} ORDER BY one.${key}, other.${key}`

/** The conflicts of each kind. Null if nothing identifies the facts about the same event. */
const conflicts: Readonly<Record<FactKind, string | null>> = {
  // The same person in the same office, twice at the same time.
  positions: found(
    'positions',
    'position',
    'position_slug',
    'slug',
    `(one.person_slug, one.post) = (other.person_slug, other.post) AND one.slug < other.slug
     AND one.country_code IS NOT DISTINCT FROM other.country_code
     AND one.organization_slug IS NOT DISTINCT FROM other.organization_slug AND ${OVERLAP} AND ${CONTRADICT} AND NOT ${ADJOIN}`,
  ),
  // The same visitor in the same country, on two visits at the same time.
  visits: found(
    'visits',
    'visit',
    'visit_slug',
    'slug',
    `one.to_code = other.to_code AND one.slug < other.slug AND ${OVERLAP} AND ${CONTRADICT} AND NOT ${ADJOIN} AND EXISTS (
       SELECT FROM participation here JOIN participation there USING (person_slug)
       WHERE here.visit_slug = one.slug AND there.visit_slug = other.slug
     )`,
  ),
  // The same people at the same time, with different days or places: the same meeting according to two sources, or two meetings.
  meetings: found(
    'meetings',
    COMPANY,
    'meeting_slug',
    'slug',
    `one.people = other.people AND one.slug < other.slug AND one.kind IS NOT DISTINCT FROM other.kind
     AND one.begin_of_the_begin <= other.end_of_the_end AND other.begin_of_the_begin <= one.end_of_the_end
     AND (one.edtf <> other.edtf OR one.place IS DISTINCT FROM other.place)
     AND NOT EXISTS (
       SELECT FROM citation here JOIN citation there USING (source_slug)
       WHERE here.meeting_slug = one.slug AND there.meeting_slug = other.slug
     )`,
  ),
  // The same event of an agreement, on two days.
  agreements: found(
    'agreements',
    'agreement_event',
    'agreement_event_id',
    'agreement_slug',
    `(one.agreement_slug, one.status) = (other.agreement_slug, other.status) AND one.id < other.id AND ${CONTRADICT}`,
  ),
  relationEvents: null,
  statements: null,
}

/**
 * The stored facts that contradict each other. Both remain stored: only a person who reads their sources can decide which is
 * right.
 */
export async function findConflicts({ pool }: Database): Promise<Conflict[]> {
  const found: Conflict[] = []
  for (const sql of Object.values(conflicts)) if (sql) found.push(...(await pool.query<Conflict>(sql)).rows)
  return found
}
