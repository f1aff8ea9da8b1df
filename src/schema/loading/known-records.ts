import type { Database } from '../../database/open.ts'
import type { Known } from '../../importers/csv/known.ts'

/** What people are known to have done: the country, the days, and the source that says so. */
const ACTS = `
  SELECT position.person_slug, country_code AS country, begin_of_the_begin AS first, end_of_the_end AS last, source_slug
  FROM position JOIN citation ON citation.position_slug = position.slug
  UNION ALL
  SELECT position.person_slug, NULL, attestation.begin_of_the_begin, attestation.end_of_the_end, NULL
  FROM attestation JOIN position ON position.slug = attestation.position_slug
  UNION ALL
  SELECT person_slug, representing_code, begin_of_the_begin, end_of_the_end, source_slug
  FROM participation JOIN citation ON citation.participation_id = participation.id WHERE person_slug IS NOT NULL
  UNION ALL
  SELECT person_slug, NULL, begin_of_the_begin, end_of_the_end, source_slug
  FROM statement_voice JOIN citation USING (statement_slug) WHERE person_slug IS NOT NULL`

const PEOPLE = `
  SELECT slug, name, names, wikidata_id AS "wikidataId",
    coalesce(array_agg(DISTINCT country) FILTER (WHERE country IS NOT NULL), '{}') AS countries,
    to_char(least(min(first), min(last)), 'YYYY-MM-DD') AS first,
    to_char(greatest(max(first), max(last)), 'YYYY-MM-DD') AS last,
    coalesce(array_agg(DISTINCT source_slug) FILTER (WHERE source_slug IS NOT NULL), '{}') AS sources
  FROM person LEFT JOIN (${ACTS}) act ON act.person_slug = person.slug
  GROUP BY slug ORDER BY slug`

/** Reads the records that the rows of a spreadsheet may mean. */
export async function readKnown({ pool }: Database): Promise<Known> {
  const rows = async (sql: string) => (await pool.query(sql)).rows
  const slugs = async (sql: string) => new Set((await rows(sql)).map(({ slug }) => slug as string))
  return {
    countries: (await rows('SELECT code, name, names FROM country ORDER BY code')) as Known['countries'],
    people: (await rows(PEOPLE)) as Known['people'],
    organizations: (await rows('SELECT slug, name, names FROM organization ORDER BY slug')) as Known['organizations'],
    topics: (await rows('SELECT slug, name, names FROM topic ORDER BY slug')) as Known['topics'],
    formerPeople: await slugs('SELECT slug FROM person_alias'),
    meetings: await slugs('SELECT slug FROM meeting'),
    visits: await slugs('SELECT slug FROM visit'),
  }
}
