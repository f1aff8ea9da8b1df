import type { Database } from '../../database/open.ts'
import type { FactKind } from '../format.ts'
import { countryOf } from './merge-guard.ts'

/** What is wrong with two facts. docs/bundles.md defines each. */
export type ConflictType =
  | 'two-tenures'
  | 'two-holders'
  | 'offices-of-two-states'
  | 'overlapping-visits'
  | 'overnight-in-two-countries'
  | 'two-accounts'
  | 'two-dates'
  | 'opposite-events'
  | 'outside-life'
  | 'contradicted'

/** Two stored facts that cannot both be right, each with its sources. */
export interface Conflict {
  readonly kind: FactKind
  readonly conflict: ConflictType
  readonly one: Account
  /** For `outside-life`, the person, without sources; for `contradicted`, the same fact with the sources that contradict it. */
  readonly other: Account
}

interface Account {
  readonly slug: string
  /** In EDTF. Of a person: the dates of birth and death. */
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

/** The first and the last day on which both certainly lasted, for facts that certainly lasted on some day. */
const FROM = 'greatest(one.end_of_the_begin, other.end_of_the_begin)'
const TO = 'least(one.begin_of_the_end, other.begin_of_the_end)'
const isCertain = (row: string) => `${row}.end_of_the_begin <= ${row}.begin_of_the_end`

/** Both lasted for this number of days and more. */
const together = (days: number) => `(${isCertain('one')} AND ${isCertain('other')} AND ${FROM} + ${days - 1} <= ${TO})`

/** A successor who comes up to a week before the predecessor leaves takes over. */
const HAND_OVER = 7

const SHARED_SOURCE = (fact: string) => `EXISTS (
  SELECT FROM citation here JOIN citation there USING (source_slug)
  WHERE here.${fact} = one.slug AND there.${fact} = other.slug AND here.stance = 'SUPPORTS' AND there.stance = 'SUPPORTS'
)`

/** The end of one is the begin of the other: a term after another. */
const ADJOIN = '(one.end_of_the_begin = other.begin_of_the_end OR other.end_of_the_begin = one.begin_of_the_end)'

/** Somebody who is appointed again during a tenure has two records in one source, which end on the same day. */
const APPOINTED_AGAIN = `(one.begin_of_the_end = other.begin_of_the_end AND ${SHARED_SOURCE('position_slug')})`

/** A note that says that the record is of another commission than the title. */
const OTHER_COMMISSION = `concat(one.note, ' ', other.note) ~ '(^|[.] )Commissioned to|dates refer to'`

const SAME_OFFICE = `one.post = other.post AND one.country_code IS NOT DISTINCT FROM other.country_code
  AND one.organization_slug IS NOT DISTINCT FROM other.organization_slug`

/** The offices that many have at once: on some day, three people certainly had them. */
const OF_MANY = `(
  SELECT one.post FROM position one JOIN position other ON ${SAME_OFFICE} AND ${isCertain('one')}
    AND one.end_of_the_begin BETWEEN other.end_of_the_begin AND other.begin_of_the_end
  GROUP BY one.post, one.slug HAVING count(DISTINCT other.person_slug) > 2
)`

const SAME_VISITOR = `EXISTS (
  SELECT FROM participation here JOIN participation there USING (person_slug)
  WHERE here.visit_slug = one.slug AND there.visit_slug = other.slug
)`

const strictlyWithin = (inner: string, outer: string) =>
  `(${outer}.end_of_the_begin < ${inner}.end_of_the_begin AND ${inner}.begin_of_the_end < ${outer}.begin_of_the_end)`

/** Both have a night in common, and neither is a trip within the other. */
const OVERNIGHT = `(${together(2)} AND NOT ${strictlyWithin('one', 'other')} AND NOT ${strictlyWithin('other', 'one')})`

const isOneDay = (row: string) => `${row}.end_of_the_begin = ${row}.begin_of_the_end`

/** Both share more than the day on which the second follows the first, or one of them lasted a single day of the other. */
const SHARE_DAYS = `(${together(2)} OR (${together(1)} AND (${isOneDay('one')} OR ${isOneDay('other')})))`

/** Somebody who has more nights in two countries travels between them. */
const MOST_NIGHTS = 3

/** Countries that are visited by day from the country around them. */
const ENCLAVES = `'PS', 'VA', 'SM', 'MC', 'LI'`

/** The people of each meeting of two or more, as one text. */
const COMPANY = `(
  SELECT meeting.*, people FROM meeting JOIN (
    SELECT meeting_slug, string_agg(person_slug, ' ' ORDER BY person_slug) AS people
    FROM participation WHERE meeting_slug IS NOT NULL AND person_slug IS NOT NULL
    GROUP BY 1 HAVING count(*) > 1
  ) company ON company.meeting_slug = meeting.slug
)`

const BEGINNINGS = `'RECOGNIZED', 'RELATIONS_ESTABLISHED', 'RELATIONS_RESUMED'`
const ENDS = `'RELATIONS_INTERRUPTED', 'RELATIONS_SEVERED', 'RELATIONS_ENDED'`

/** An event that allows for the same one again. */
const UNDONE_BETWEEN = `EXISTS (
  SELECT FROM relation_event undoing WHERE (undoing.one, undoing.two) = (one.one, one.two)
    AND (undoing.kind IN (${ENDS})) <> (one.kind IN (${ENDS})) AND undoing.kind IN (${BEGINNINGS}, ${ENDS})
    AND undoing.begin_of_the_begin BETWEEN least(one.begin_of_the_begin, other.begin_of_the_begin)
      AND greatest(one.begin_of_the_begin, other.begin_of_the_begin)
)`

const sourcesOf = (fact: string, key: string, stance = 'SUPPORTS') => `coalesce(
  (SELECT json_agg(DISTINCT source_slug) FROM citation WHERE ${fact} = ${key} AND stance = '${stance}'), '[]'
)`

interface Pairs {
  readonly kind: FactKind
  readonly conflict: ConflictType
  readonly table: string
  /** The column of citations that refers to the facts. */
  readonly fact: string
  readonly conditions: string
}

/** Pairs of facts of one table. */
const pairs: readonly Pairs[] = [
  {
    kind: 'positions',
    conflict: 'two-tenures',
    table: 'position',
    fact: 'position_slug',
    conditions: `one.person_slug = other.person_slug AND ${SAME_OFFICE} AND ${together(1)} AND ${CONTRADICT}
      AND NOT ${ADJOIN} AND NOT ${APPOINTED_AGAIN} AND NOT ${OTHER_COMMISSION}`,
  },
  {
    kind: 'positions',
    conflict: 'two-holders',
    table: 'position',
    fact: 'position_slug',
    conditions: `one.person_slug <> other.person_slug AND ${SAME_OFFICE} AND ${together(HAND_OVER + 1)}
      AND one.post NOT IN ${OF_MANY} AND NOT ${OTHER_COMMISSION}`,
  },
  {
    kind: 'positions',
    conflict: 'offices-of-two-states',
    table: 'position',
    fact: 'position_slug',
    conditions: `one.person_slug = other.person_slug AND ${countryOf('one')} <> ${countryOf('other')} AND ${together(HAND_OVER + 1)}`,
  },
  {
    kind: 'visits',
    conflict: 'overlapping-visits',
    table: 'visit',
    fact: 'visit_slug',
    conditions: `one.to_code = other.to_code AND ${OVERNIGHT} AND ${CONTRADICT} AND ${SAME_VISITOR}`,
  },
  {
    kind: 'visits',
    conflict: 'two-accounts',
    table: 'visit',
    fact: 'visit_slug',
    conditions: `one.to_code = other.to_code AND ${SHARE_DAYS} AND (${OVERNIGHT} AND ${CONTRADICT}) IS NOT TRUE
      AND ${SAME_VISITOR} AND NOT ${SHARED_SOURCE('visit_slug')}`,
  },
  {
    kind: 'visits',
    conflict: 'overnight-in-two-countries',
    table: 'visit',
    fact: 'visit_slug',
    conditions: `one.to_code <> other.to_code AND ${OVERNIGHT} AND ${FROM} + ${MOST_NIGHTS} >= ${TO} AND ${CONTRADICT}
      AND one.to_code NOT IN (${ENCLAVES}) AND other.to_code NOT IN (${ENCLAVES}) AND ${SAME_VISITOR}`,
  },
  {
    kind: 'meetings',
    conflict: 'two-accounts',
    table: COMPANY,
    fact: 'meeting_slug',
    conditions: `one.people = other.people AND one.kind IS NOT DISTINCT FROM other.kind
      AND coalesce(one.host_code <> other.host_code, false) IS FALSE
      AND one.begin_of_the_begin <= other.end_of_the_end AND other.begin_of_the_begin <= one.end_of_the_end
      AND (one.edtf <> other.edtf OR one.place IS DISTINCT FROM other.place) AND NOT ${SHARED_SOURCE('meeting_slug')}`,
  },
  {
    kind: 'relationEvents',
    conflict: 'two-dates',
    table: 'relation_event',
    fact: 'relation_event_slug',
    conditions: `(one.one, one.two, one.kind) = (other.one, other.two, other.kind) AND one.kind IN (${BEGINNINGS}, ${ENDS})
      AND one.by_code IS NOT DISTINCT FROM other.by_code AND ${CONTRADICT}
      AND abs(one.begin_of_the_begin - other.begin_of_the_begin) <= 366 AND NOT ${UNDONE_BETWEEN}`,
  },
  {
    kind: 'relationEvents',
    conflict: 'opposite-events',
    table: 'relation_event',
    fact: 'relation_event_slug',
    conditions: `(one.one, one.two) = (other.one, other.two) AND one.edtf = other.edtf AND one.begin_of_the_begin = one.end_of_the_end
      AND (one.kind IN (${BEGINNINGS}) AND other.kind IN (${ENDS}) OR one.kind IN (${ENDS}) AND other.kind IN (${BEGINNINGS}))`,
  },
]

const pairSql = ({ kind, conflict, table, fact, conditions }: Pairs) => `
  SELECT '${kind}' AS kind, '${conflict}' AS conflict, ${accountOf('one', fact)} AS one, ${accountOf('other', fact)} AS other
  FROM ${table} one JOIN ${table} other ON one.slug < other.slug AND ${conditions} ORDER BY one.slug, other.slug`

function accountOf(row: string, fact: string): string {
  return `json_build_object('slug', ${row}.slug, 'when', ${row}.edtf, 'sources', ${sourcesOf(fact, `${row}.slug`)})`
}

/** The same event of an agreement, on two days. */
const AGREEMENT_EVENTS = `
  SELECT 'agreements' AS kind, 'two-dates' AS conflict, ${['one', 'other']
    .map(
      (row) => `json_build_object('slug', ${row}.agreement_slug, 'when', ${row}.edtf, 'sources',
        ${sourcesOf('agreement_event_id', `${row}.id`)}) AS ${row}`,
    )
    .join(', ')}
  FROM agreement_event one JOIN agreement_event other ON (one.agreement_slug, one.status) = (other.agreement_slug, other.status)
    AND one.id < other.id AND ${CONTRADICT}
  ORDER BY one.id, other.id`

/** What somebody did: the record, its date, and the first and last day that it certainly includes, or that it may have. */
const ACTS = `
  SELECT 'positions' AS kind, 'position_slug' AS fact, slug, slug AS key, person_slug, edtf,
    CASE WHEN begin_is_doubtful THEN begin_of_the_end ELSE greatest(begin_of_the_begin, begin_of_the_end) END AS first, end_of_the_begin AS last
  FROM position
  UNION ALL
  SELECT CASE WHEN participation.visit_slug IS NULL THEN 'meetings' ELSE 'visits' END, 'participation_id', coalesce(meeting.slug, visit.slug), id,
    participation.person_slug, coalesce(meeting.edtf, visit.edtf),
    coalesce(meeting.begin_of_the_begin, visit.begin_of_the_begin), coalesce(meeting.end_of_the_end, visit.end_of_the_end)
  FROM participation LEFT JOIN meeting ON meeting.slug = meeting_slug LEFT JOIN visit ON visit.slug = participation.visit_slug
  WHERE coalesce(meeting.edtf, visit.edtf) !~ '[?~%]'
  UNION ALL
  SELECT 'statements', 'statement_slug', slug, slug, person_slug, edtf, statement.begin_of_the_begin, statement.end_of_the_end
  FROM statement JOIN statement_voice ON statement_slug = slug AND role = 'SPEAKER' WHERE edtf !~ '[?~%]'
  UNION ALL
  SELECT 'agreements', 'agreement_event_id', agreement_slug, event.id, person_slug, edtf, begin_of_the_begin, end_of_the_end
  FROM agreement_event event JOIN agreement_event_actor actor ON actor.event_id = event.id WHERE edtf !~ '[?~%]'`

const CITING = `json_build_object('slug', act.slug, 'when', act.edtf, 'sources', CASE act.fact
  ${['position_slug', 'participation_id', 'statement_slug', 'agreement_event_id']
    .map((fact) => `WHEN '${fact}' THEN ${sourcesOf(fact, 'act.key')}`)
    .join(' ')} END)`

const OUTSIDE_LIFE = `
  SELECT act.kind, 'outside-life' AS conflict, ${CITING} AS one,
    json_build_object('slug', person.slug, 'when', concat(born, '/', died), 'sources', '[]'::json) AS other
  FROM (${ACTS}) act JOIN person ON person.slug = act.person_slug AND (act.first > died_by OR act.last < born_from)
  ORDER BY act.kind, act.slug`

/** Each fact and part with the record that it is or is a part of. */
const FACTS = `
  SELECT 'positions' AS kind, slug, edtf AS "when", 'position_slug' AS fact, slug AS key FROM position
  UNION ALL SELECT 'positions', position_slug, edtf, 'attestation_id', id FROM attestation
  UNION ALL SELECT 'visits', slug, edtf, 'visit_slug', slug FROM visit
  UNION ALL SELECT 'meetings', slug, edtf, 'meeting_slug', slug FROM meeting
  UNION ALL
  SELECT CASE WHEN participation.visit_slug IS NULL THEN 'meetings' ELSE 'visits' END, coalesce(meeting.slug, visit.slug),
    coalesce(meeting.edtf, visit.edtf), 'participation_id', id
  FROM participation LEFT JOIN meeting ON meeting.slug = meeting_slug LEFT JOIN visit ON visit.slug = participation.visit_slug
  UNION ALL SELECT 'agreements', slug, '', 'agreement_slug', slug FROM agreement
  UNION ALL SELECT 'agreements', agreement_slug, edtf, 'agreement_event_id', id FROM agreement_event
  UNION ALL SELECT 'relationEvents', slug, edtf, 'relation_event_slug', slug FROM relation_event
  UNION ALL SELECT 'statements', slug, edtf, 'statement_slug', slug FROM statement`

const CITED_FACTS = [
  'position_slug',
  'attestation_id',
  'visit_slug',
  'meeting_slug',
  'participation_id',
  'agreement_slug',
  'agreement_event_id',
  'relation_event_slug',
  'statement_slug',
]

const CONTRADICTED = `
  SELECT kind, 'contradicted' AS conflict,
    json_build_object('slug', slug, 'when', "when", 'sources', coalesce(json_agg(DISTINCT source_slug) FILTER (WHERE stance = 'SUPPORTS'), '[]')) AS one,
    json_build_object('slug', slug, 'when', "when", 'sources', json_agg(DISTINCT source_slug) FILTER (WHERE stance = 'CONTRADICTS')) AS other
  FROM (${FACTS}) fact JOIN (
    ${CITED_FACTS.map((fact) => `SELECT '${fact}' AS column_name, ${fact} AS key, source_slug, stance FROM citation WHERE ${fact} IS NOT NULL`).join(' UNION ALL ')}
  ) cited ON (column_name, cited.key) = (fact.fact, fact.key)
  WHERE EXISTS (SELECT FROM citation WHERE stance = 'CONTRADICTS')
  GROUP BY kind, slug, "when", fact.fact, fact.key HAVING bool_or(stance = 'CONTRADICTS')
  ORDER BY kind, slug, "when"`

/**
 * The stored facts that contradict each other. All of them remain stored: only a person who reads their sources can decide which is
 * right.
 */
export async function findConflicts({ pool }: Database): Promise<Conflict[]> {
  const found: Conflict[] = []
  for (const sql of [...pairs.map(pairSql), AGREEMENT_EVENTS, OUTSIDE_LIFE, CONTRADICTED]) {
    found.push(...(await pool.query<Conflict>(sql)).rows)
  }
  return found
}
