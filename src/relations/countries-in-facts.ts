import type { Database } from '../database/open.ts'

/** The values of an indexed column, in leaps from each to the next: as many steps as values, however many rows there are. */
const valuesOf = (table: string, column: string) => `
  (WITH RECURSIVE leap AS (
    SELECT min(${column}) AS code FROM ${table}
    UNION ALL
    SELECT (SELECT min(${column}) FROM ${table} WHERE ${column} > leap.code) FROM leap WHERE code IS NOT NULL
  ) SELECT code FROM leap WHERE code IS NOT NULL)`

const statement = [
  valuesOf('position', 'country_code'),
  // As with `officesOfCountries`: where no state is recorded, an office is of its organization's.
  `SELECT organization.country_code FROM organization WHERE organization.country_code IS NOT NULL AND EXISTS (
    SELECT FROM position WHERE position.organization_slug = organization.slug AND position.country_code IS NULL)`,
  valuesOf('visit', 'from_code'),
  valuesOf('visit', 'to_code'),
  valuesOf('meeting', 'host_code'),
  valuesOf('participation', 'representing_code'),
  valuesOf('statement_country', 'country_code'),
  valuesOf('agreement_party', 'country_code'),
].join(' UNION ')

/** The codes of the countries that some office, visit, meeting, statement or agreement is about. */
export async function countriesInFacts({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ code: string }>({ name: 'countries-in-facts', text: statement })
  return rows.map(({ code }) => code)
}
