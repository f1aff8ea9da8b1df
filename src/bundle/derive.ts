import type { ClientBase } from 'pg'

/** A table whose rows that are not `stated` follow from other tables. */
interface Derivation {
  readonly table: string
  readonly key: readonly [string, string]
  /** Selects the key of every row that there should be, and whether it is stated. */
  readonly sql: string
}

/** Each topic with itself and all that are broader. */
const topicsUpward = `
  WITH RECURSIVE upward (topic, ancestor) AS (
    SELECT slug, slug FROM topic
    UNION
    SELECT upward.topic, topic_broader.broader_slug
    FROM upward JOIN topic_broader ON topic_broader.topic_slug = upward.ancestor
  )`

const derivations: readonly Derivation[] = [
  {
    table: 'statement_topic',
    key: ['statement_slug', 'topic_slug'],
    sql: `${topicsUpward}
      SELECT held.statement_slug, upward.ancestor, bool_or(upward.topic = upward.ancestor)
      FROM statement_topic held JOIN upward ON upward.topic = held.topic_slug WHERE held.stated GROUP BY 1, 2`,
  },
  {
    table: 'agreement_topic',
    key: ['agreement_slug', 'topic_slug'],
    sql: `${topicsUpward}
      SELECT held.agreement_slug, upward.ancestor, bool_or(upward.topic = upward.ancestor)
      FROM agreement_topic held JOIN upward ON upward.topic = held.topic_slug WHERE held.stated GROUP BY 1, 2`,
  },
  {
    // What a meeting was about is what the statements about it say.
    table: 'meeting_topic',
    key: ['meeting_slug', 'topic_slug'],
    sql: `
      SELECT statement.meeting_slug, held.topic_slug, bool_or(held.stated)
      FROM statement_topic held JOIN statement ON statement.slug = held.statement_slug
      WHERE statement.meeting_slug IS NOT NULL GROUP BY 1, 2`,
  },
  {
    // Besides those that its source names, a statement is between the countries of those who speak and are spoken to: those
    // of their positions unless certainly not held then, the one they represent at the meeting it is about, or the one that
    // an organization is of.
    table: 'statement_country',
    key: ['statement_slug', 'country_code'],
    sql: `
      WITH spoken AS (
        SELECT statement.slug, statement.meeting_slug, statement.begin_of_the_begin, statement.end_of_the_end,
          voice.person_slug, voice.organization_slug
        FROM statement JOIN statement_voice voice ON voice.statement_slug = statement.slug
        WHERE voice.role IN ('SPEAKER', 'ADDRESSEE')
      ), derived (slug, code) AS (
        SELECT spoken.slug, coalesce(position.country_code, organization.country_code)
        FROM spoken JOIN position ON position.person_slug = spoken.person_slug
        LEFT JOIN organization ON organization.slug = position.organization_slug
        WHERE (position.end_of_the_end < spoken.begin_of_the_begin) IS NOT TRUE
          AND (position.begin_of_the_begin > spoken.end_of_the_end) IS NOT TRUE
        UNION ALL
        SELECT spoken.slug, participation.representing_code
        FROM spoken JOIN participation
          ON participation.meeting_slug = spoken.meeting_slug AND participation.person_slug = spoken.person_slug
        UNION ALL
        SELECT spoken.slug, organization.country_code
        FROM spoken JOIN organization ON organization.slug = spoken.organization_slug
        UNION ALL
        SELECT statement_slug, country_code FROM statement_country WHERE stated
      )
      SELECT derived.slug, derived.code, bool_or(coalesce(held.stated, false))
      FROM derived LEFT JOIN statement_country held ON held.statement_slug = derived.slug AND held.country_code = derived.code
      WHERE derived.code IS NOT NULL GROUP BY 1, 2`,
  },
]

/**
 * Brings what follows from the facts up to date, for the whole database: topics with all that are broader, topics of meetings,
 * countries of statements. Only rows that differ are written.
 */
export async function derive(client: ClientBase): Promise<void> {
  for (const { table, key, sql } of derivations) {
    const [owner, other] = key
    await client.query(`CREATE TEMPORARY TABLE wanted (${owner}, ${other}, stated) ON COMMIT DROP AS ${sql}`)
    await client.query(
      `DELETE FROM ${table} held WHERE NOT EXISTS (
         SELECT FROM wanted WHERE wanted.${owner} = held.${owner} AND wanted.${other} = held.${other}
       )`,
    )
    await client.query(
      `INSERT INTO ${table} AS held (${owner}, ${other}, stated) SELECT ${owner}, ${other}, stated FROM wanted
       ON CONFLICT (${owner}, ${other}) DO UPDATE SET stated = excluded.stated WHERE held.stated <> excluded.stated`,
    )
    await client.query('DROP TABLE wanted')
  }
}
