import pg, { type ClientBase } from 'pg'
import { entryKinds } from '../../relations/entries.ts'
import { pairedFacts, pairedKinds } from '../../relations/pairs.ts'
import { CONTEXTS, stageCountryWords } from '../../search/context.ts'

/** A table whose rows are derived from other tables: all of them, or those that no bundle states. */
interface Derivation {
  readonly table: string
  readonly key: readonly string[]
  readonly values: readonly string[]
  /** Selects all rows that the table should have: the columns of the key, then the values. */
  readonly sql: string
  /** A condition on the columns of the key: which rows can follow from statements, named by the parameters of `Affected`. */
  readonly ofStatements?: string
}

/** The stated topics of statements or agreements, with all broader ones. */
const statedTopicsOf = (fact: 'statement' | 'agreement'): Derivation => ({
  table: `${fact}_topic`,
  key: [`${fact}_slug`, 'topic_slug'],
  values: ['stated'],
  ...(fact === 'statement' && { ofStatements: 'statement_slug = ANY ($1)' }),
  sql: `
    WITH RECURSIVE upward (topic, ancestor) AS (
      SELECT slug, slug FROM topic
      UNION
      SELECT upward.topic, topic_broader.broader_slug
      FROM upward JOIN topic_broader ON topic_broader.topic_slug = upward.ancestor
    )
    SELECT stated.${fact}_slug, upward.ancestor, bool_or(upward.topic = upward.ancestor)
    FROM ${fact}_topic stated JOIN upward ON upward.topic = stated.topic_slug WHERE stated.stated GROUP BY 1, 2`,
})

const BOUNDS = ['begin_of_the_begin', 'end_of_the_begin', 'begin_of_the_end', 'end_of_the_end']

const ofRow = (row: string, columns: readonly string[]) => columns.map((column) => `${row}.${column}`).join(', ')

/** Both countries in the lists gives a few more pairs than the statements have, which does no harm. */
const OF_PAIRS = "kind = 'STATEMENT' AND one = ANY ($3) AND two = ANY ($4)"

const derivations: readonly Derivation[] = [
  statedTopicsOf('statement'),
  statedTopicsOf('agreement'),
  {
    // The topics of a meeting are those of the statements about it.
    table: 'meeting_topic',
    key: ['meeting_slug', 'topic_slug'],
    values: ['stated'],
    ofStatements: 'meeting_slug = ANY ($2)',
    sql: `
      SELECT statement.meeting_slug, topic.topic_slug, bool_or(topic.stated)
      FROM statement_topic topic JOIN statement ON statement.slug = topic.statement_slug
      WHERE statement.meeting_slug IS NOT NULL GROUP BY 1, 2`,
  },
  {
    // The countries of a statement are those that its source names and those of its speakers and addressees: the countries of
    // the offices that they may have had on that day, the country that they represent at the meeting which the statement is
    // about, and the country of an organization.
    table: 'statement_country',
    key: ['statement_slug', 'country_code'],
    values: ['stated'],
    ofStatements: 'statement_slug = ANY ($1)',
    sql: `
      WITH spoken AS NOT MATERIALIZED (
        SELECT statement.slug, statement.meeting_slug, statement.begin_of_the_begin, statement.end_of_the_end,
          voice.person_slug, voice.organization_slug
        FROM statement JOIN statement_voice voice ON voice.statement_slug = statement.slug
        WHERE voice.role IN ('SPEAKER', 'ADDRESSEE')
      ), derived (slug, code) AS NOT MATERIALIZED (
        SELECT spoken.slug, coalesce(position.country_code, organization.country_code)
        FROM spoken JOIN position ON position.person_slug = spoken.person_slug
        LEFT JOIN organization ON organization.slug = position.organization_slug
        WHERE (position.end_of_the_end < spoken.begin_of_the_begin AND NOT position.end_is_doubtful) IS NOT TRUE
          AND (position.begin_of_the_begin > spoken.end_of_the_end AND NOT position.begin_is_doubtful) IS NOT TRUE
        UNION ALL
        SELECT spoken.slug, participation.representing_code
        FROM spoken JOIN participation ON participation.meeting_slug = spoken.meeting_slug
          AND (participation.person_slug = spoken.person_slug OR participation.organization_slug = spoken.organization_slug)
        UNION ALL
        SELECT spoken.slug, organization.country_code
        FROM spoken JOIN organization ON organization.slug = spoken.organization_slug
        UNION ALL
        SELECT statement_slug, country_code FROM statement_country WHERE stated
      )
      SELECT derived.slug, derived.code, bool_or(coalesce(stored.stated, false))
      FROM derived
      LEFT JOIN statement_country stored ON stored.statement_slug = derived.slug AND stored.country_code = derived.code
      WHERE derived.code IS NOT NULL GROUP BY 1, 2`,
  },
  {
    // The pairs of countries that the attendees represent.
    table: 'meeting_pair',
    key: ['meeting_slug', 'one', 'two'],
    values: BOUNDS,
    sql: `
      SELECT DISTINCT meeting.slug, one.representing_code, two.representing_code, ${ofRow('meeting', BOUNDS)}
      FROM meeting
      JOIN participation one ON one.meeting_slug = meeting.slug
      JOIN participation two ON two.meeting_slug = meeting.slug AND one.representing_code < two.representing_code`,
  },
  {
    table: 'statement_pair',
    key: ['statement_slug', 'one', 'two'],
    values: BOUNDS,
    ofStatements: 'statement_slug = ANY ($1)',
    sql: `
      SELECT statement.slug, one.country_code, two.country_code, ${ofRow('statement', BOUNDS)}
      FROM statement
      JOIN statement_country one ON one.statement_slug = statement.slug
      JOIN statement_country two ON two.statement_slug = statement.slug AND one.country_code < two.country_code`,
  },
  {
    // The number of entries between two countries (`relations/entries.ts`) by the year of the earliest day on which they may
    // have begun.
    table: 'pair_year',
    key: ['one', 'two', 'kind', 'year'],
    values: ['count', 'to_first'],
    ofStatements: OF_PAIRS,
    sql: `
      SELECT one, two, kind, date_part('year', bb)::int, count(*)::int, count(*) FILTER (WHERE is_to_first)::int
      FROM (${pairedFacts(entryKinds)}) entry
      WHERE bb IS NOT NULL GROUP BY 1, 2, 3, 4`,
  },
  {
    table: 'pair_total',
    key: ['one', 'two', 'kind'],
    values: ['count', 'to_first', 'first', 'last'],
    ofStatements: OF_PAIRS,
    sql: `
      SELECT one, two, kind, count(*)::int, count(*) FILTER (WHERE is_to_first)::int, min(bb), max(ee)
      FROM (${pairedFacts(pairedKinds)}) fact GROUP BY 1, 2, 3`,
  },
  {
    // The offices that a participant may have had at a meeting or on a visit. The recorded office is certain if a citation
    // supports it, or supports the participation as a whole. The certainty of the others follows from their tenures, as in
    // time/certainty.ts, over all days on which the meeting or visit may have taken place. If these are doubtful, nothing is
    // certain.
    table: 'participation_office',
    key: ['participation_id', 'position_slug'],
    values: ['certainty', 'rank'],
    sql: `
      WITH office AS (
        SELECT participation.id, position.slug,
          position.slug = participation.position_slug AS recorded,
          coalesce(
            coalesce(position.country_code, organization.country_code) <> participation.representing_code,
            position.organization_slug IS DISTINCT FROM participation.representing_organization_slug
              AND participation.representing_organization_slug IS NOT NULL
          ) AS elsewhere,
          EXISTS (
            SELECT FROM citation WHERE citation.participation_id = participation.id AND stance = 'SUPPORTS'
              AND ('position' = ANY (citation.supports) OR citation.supports = '{}')
          ) AS named,
          coalesce(meeting.begin_of_the_begin, visit.begin_of_the_begin) AS first,
          coalesce(meeting.end_of_the_end, visit.end_of_the_end) AS last,
          coalesce(meeting.edtf, visit.edtf) ~ '[?~%]' AS doubtful,
          position.begin_of_the_begin AS bb, position.end_of_the_begin AS eb,
          position.begin_of_the_end AS be, position.end_of_the_end AS ee,
          position.begin_is_doubtful, position.end_is_doubtful
        FROM participation
        JOIN position ON position.person_slug = participation.person_slug
        LEFT JOIN organization ON organization.slug = position.organization_slug
        LEFT JOIN meeting ON meeting.slug = participation.meeting_slug
        LEFT JOIN visit ON visit.slug = participation.visit_slug
      ), judged AS (
        SELECT id, slug, recorded IS TRUE AS recorded, elsewhere, CASE
          WHEN recorded AND named THEN 'CERTAIN'
          WHEN last < bb AND NOT begin_is_doubtful OR first > ee AND NOT end_is_doubtful THEN 'NO'
          WHEN first >= eb AND last <= be THEN CASE WHEN doubtful THEN 'POSSIBLE' ELSE 'CERTAIN' END
          WHEN (first >= eb) IS NOT TRUE AND (bb IS NULL OR first IS NULL OR first < bb AND begin_is_doubtful) THEN 'UNKNOWN'
          WHEN (last <= be) IS NOT TRUE AND (ee IS NULL OR last IS NULL OR last > ee AND end_is_doubtful) THEN 'UNKNOWN'
          ELSE 'POSSIBLE'
        END::certainty AS certainty
        FROM office
      )
      SELECT id, slug, certainty, CASE
        WHEN recorded THEN 0
        ELSE array_position(ARRAY['CERTAIN', 'POSSIBLE', 'UNKNOWN'], certainty::text) + CASE WHEN elsewhere THEN 10 ELSE 0 END
      END
      FROM judged WHERE recorded OR certainty <> 'NO'`,
  },
  {
    // The words by which a record is found although other records have them.
    table: 'search_context',
    key: ['kind', 'key'],
    values: ['words'],
    sql: CONTEXTS,
  },
]

/**
 * Updates all derived tables: topics with all broader ones, topics of meetings, countries of statements, pairs of countries with
 * their years and totals, offices of participants, words of other records for the search. Only rows that differ are written.
 */
export async function derive(client: ClientBase): Promise<void> {
  await stageCountryWords(client)
  for (const derivation of derivations) await update(client, derivation)
  await client.query('DROP TABLE country_words')
}

/** The statements that a change touches, and what follows from them before and after it. */
export class TouchedStatements {
  readonly #client: ClientBase
  readonly #slugs: readonly string[]
  readonly #meetings = new Set<string>()
  readonly #ones = new Set<string>()
  readonly #twos = new Set<string>()

  private constructor(client: ClientBase, slugs: readonly string[]) {
    this.#client = client
    this.#slugs = slugs
  }

  /** Must be called before the change. */
  static async of(client: ClientBase, slugs: readonly string[]): Promise<TouchedStatements> {
    const touched = new TouchedStatements(client, slugs)
    await touched.#add()
    return touched
  }

  /**
   * Updates the derived tables after a change of these statements only, as `derive` does, but without reading what does not follow
   * from them.
   */
  async derive(): Promise<void> {
    await this.#add()
    for (const derivation of derivations) {
      if (!derivation.ofStatements) continue
      if (derivation.ofStatements === OF_PAIRS) await this.#add()
      await update(this.#client, derivation, derivation.ofStatements, this.#parameters)
    }
  }

  get #parameters(): readonly (readonly string[])[] {
    return [this.#slugs, [...this.#meetings], [...this.#ones], [...this.#twos]]
  }

  async #add(): Promise<void> {
    const { rows } = await this.#client.query<{ meeting: string | null; one: string | null; two: string | null }>(
      `SELECT DISTINCT meeting_slug AS meeting, one, two
       FROM statement LEFT JOIN statement_pair ON statement_slug = slug WHERE slug = ANY ($1)`,
      [this.#slugs],
    )
    for (const { meeting, one, two } of rows) {
      if (meeting !== null) this.#meetings.add(meeting)
      if (one !== null) this.#ones.add(one)
      if (two !== null) this.#twos.add(two)
    }
  }
}

/** Updates the rows of a derived table that meet a condition on its key. */
async function update(
  client: ClientBase,
  { table, key, values, sql }: Derivation,
  condition = 'true',
  parameters: readonly (readonly string[])[] = [],
): Promise<void> {
  const columns = [...key, ...values].join(', ')
  const row = (alias: string, names: readonly string[]) => `(${ofRow(alias, names)})`
  const inScope = condition.replaceAll(/\$(\d)/g, (_, number) => arrayOf(parameters[Number(number) - 1] ?? []))
  await client.query(`
    CREATE TEMPORARY TABLE wanted (${columns}) ON COMMIT DROP AS
    SELECT * FROM (${sql}) wanted (${columns}) WHERE ${inScope}`)
  await client.query(
    `DELETE FROM ${table} stored WHERE ${inScope}
       AND NOT EXISTS (SELECT FROM wanted WHERE ${row('wanted', key)} = ${row('stored', key)})`,
  )
  // Rows that stay the same are excluded here: ON CONFLICT would lock each of them, which writes to disk. Rows are inserted in
  // the order of their keys, so that rows that are read together are stored together.
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM wanted
     WHERE NOT EXISTS (
       SELECT FROM ${table} stored WHERE ${row('stored', key)} = ${row('wanted', key)}
         AND ${row('stored', values)} IS NOT DISTINCT FROM ${row('wanted', values)}
     )
     ORDER BY ${key.join(', ')}
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${values.map((value) => `${value} = excluded.${value}`).join(', ')}`,
  )
  await client.query('DROP TABLE wanted')
}

/** A list as a literal: CREATE TABLE AS takes no parameters. */
const arrayOf = (texts: readonly string[]) =>
  `${pg.escapeLiteral(`{${texts.map((text) => JSON.stringify(text)).join(',')}}`)}::text[]`

/** A derived table, and how many of its rows are missing, wrong or too many. */
export interface Stale {
  readonly table: string
  readonly rows: number
}

/**
 * The derived tables that do not follow from the facts, for example because an older version of the program, which does not know
 * them, has changed the facts. Must run in a transaction. Leaves a temporary table there.
 */
export async function findStale(client: ClientBase): Promise<Stale[]> {
  await stageCountryWords(client)
  const stale: Stale[] = []
  for (const { table, key, values, sql } of derivations) {
    const columns = [...key, ...values].join(', ')
    const stored = `SELECT ${columns} FROM ${table}`
    const { rows } = await client.query<{ count: number }>(
      `WITH wanted (${columns}) AS MATERIALIZED (${sql})
       SELECT count(DISTINCT (${key.join(', ')}))::int AS count
       FROM ((TABLE wanted EXCEPT ${stored}) UNION ALL (${stored} EXCEPT TABLE wanted)) differing`,
    )
    const count = rows[0]?.count ?? 0
    if (count > 0) stale.push({ table, rows: count })
  }
  return stale
}
