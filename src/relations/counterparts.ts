import type { Database } from '../database/open.ts'

/** The columns of a time span. */
interface Span {
  readonly edtf: string
  readonly beginOfTheBegin: Date | null
  readonly endOfTheBegin: Date | null
  readonly beginOfTheEnd: Date | null
  readonly endOfTheEnd: Date | null
}

/** Another person whom a person met: number of meetings, and the first and last of them. */
export interface Met {
  readonly slug: string
  readonly meetingCount: number
  readonly firstMet: Span | null
  readonly lastMet: Span | null
}

const span = `json_build_object(
  'edtf', meeting.edtf, 'beginOfTheBegin', meeting.begin_of_the_begin, 'endOfTheBegin', meeting.end_of_the_begin,
  'beginOfTheEnd', meeting.begin_of_the_end, 'endOfTheEnd', meeting.end_of_the_end
)`

const dated = 'FILTER (WHERE meeting.begin_of_the_begin IS NOT NULL OR meeting.end_of_the_end IS NOT NULL)'

/** The people whom a person met most often. Meetings without a date count, but are neither first nor last. */
export async function readCounterparts({ pool }: Database, person: string, first: number): Promise<Met[]> {
  const { rows } = await pool.query<Met>({
    name: 'counterparts',
    text: `
      SELECT other.person_slug AS slug, count(*)::int AS "meetingCount",
        (array_agg(${span} ORDER BY meeting.begin_of_the_begin, meeting.end_of_the_end, meeting.slug) ${dated})[1] AS "firstMet",
        (array_agg(${span} ORDER BY meeting.begin_of_the_begin DESC NULLS LAST, meeting.end_of_the_end DESC NULLS LAST,
          meeting.slug DESC) ${dated})[1] AS "lastMet"
      FROM participation own
      JOIN meeting ON meeting.slug = own.meeting_slug
      JOIN participation other ON other.meeting_slug = own.meeting_slug AND other.person_slug <> own.person_slug
      WHERE own.person_slug = $1
      GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT $2`,
    values: [person, first],
  })
  return rows.map((met) => ({ ...met, firstMet: withDates(met.firstMet), lastMet: withDates(met.lastMet) }))
}

/** Turns the days of a span, which are text in JSON, into dates. */
function withDates(span: Span | null): Span | null {
  if (!span) return null
  const date = (day: Date | string | null) => (day === null ? null : new Date(day))
  return {
    edtf: span.edtf,
    beginOfTheBegin: date(span.beginOfTheBegin),
    endOfTheBegin: date(span.endOfTheBegin),
    beginOfTheEnd: date(span.beginOfTheEnd),
    endOfTheEnd: date(span.endOfTheEnd),
  }
}

/** The people among those given who met another of them. */
export async function metEachOther({ pool }: Database, people: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ slug: string }>({
    name: 'met-each-other',
    text: `
      SELECT DISTINCT own.person_slug AS slug
      FROM participation own JOIN participation other ON other.meeting_slug = own.meeting_slug
      WHERE own.person_slug = ANY ($1) AND other.person_slug = ANY ($1) AND other.person_slug <> own.person_slug`,
    values: [people],
  })
  return rows.map(({ slug }) => slug)
}
