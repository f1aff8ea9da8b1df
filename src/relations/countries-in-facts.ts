import type { Database } from '../database/open.ts'
import type { EntryKind } from './entries.ts'

/** The distinct values of an indexed column. It jumps from each value to the next, so its cost depends on the number of values, not of rows. */
const valuesOf = (table: string, column: string) => `
  (WITH RECURSIVE leap AS (
    SELECT min(${column}) AS code FROM ${table}
    UNION ALL
    SELECT (SELECT min(${column}) FROM ${table} WHERE ${column} > leap.code) FROM leap WHERE code IS NOT NULL
  ) SELECT code FROM leap WHERE code IS NOT NULL)`

/** For each kind of facts: queries for the countries that the facts are about. */
const COUNTRIES: Readonly<Record<'POSITION' | EntryKind, readonly string[]>> = {
  POSITION: [
    valuesOf('position', 'country_code'),
    valuesOf('position', 'accredited_to_code'),
    // As in `officesOfCountries`: an office without a country is of the country of its organization.
    `SELECT organization.country_code FROM organization WHERE organization.country_code IS NOT NULL AND EXISTS (
      SELECT FROM position WHERE position.organization_slug = organization.slug AND position.country_code IS NULL)`,
  ],
  VISIT: [valuesOf('visit', 'from_code'), valuesOf('visit', 'to_code'), valuesOf('participation', 'representing_code')],
  MEETING: [valuesOf('meeting', 'host_code'), valuesOf('participation', 'representing_code')],
  STATEMENT: [valuesOf('statement_country', 'country_code')],
  AGREEMENT_EVENT: [valuesOf('agreement_party', 'country_code')],
  RELATION_EVENT: [valuesOf('relation_event', 'one'), valuesOf('relation_event', 'two')],
}

const statement = [...new Set(Object.values(COUNTRIES).flat())].join(' UNION ')

/** The codes of the countries that an office, visit, meeting, statement, agreement or relation event is about. */
export async function countriesInFacts({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ code: string }>({ name: 'countries-in-facts', text: statement })
  return rows.map(({ code }) => code)
}
