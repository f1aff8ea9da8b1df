import type { ClientBase } from 'pg'
import type { Problem } from './problems.ts'
import { tableList, tables } from './tables.ts'

/**
 * Several sources may tell of one fact. Where a load cites only some of those by which a fact is held, the others keep their
 * citations, and what they tell must stay as it is. Before the load is written, this fills the temporary table `other_source`
 * with the names of such records and the sources that they keep, and puts together the days on which an office is attested.
 */
export async function keepOtherSources(client: ClientBase): Promise<Problem[]> {
  await client.query(`
    CREATE TEMPORARY TABLE other_source ON COMMIT DROP AS
    SELECT record, source FROM (${CITED.join(' UNION ')}) held (record, source)
    EXCEPT SELECT record, content ->> 'source_slug' FROM staged WHERE table_name = 'citation'`)
  await client.query(MERGE_TENURES)
  const { rows: offices } = await client.query<Problem>(OTHER_OFFICES)
  const { rows: tenures } = await client.query<Problem>(CONTRADICTIONS)
  return [...offices, ...tenures]
}

/** Once the load is written: what it changed that other sources tell. */
export async function disagreements(client: ClientBase): Promise<Problem[]> {
  return (await client.query<Problem>(DISAGREEMENTS)).rows
}

const isStaged = (table: string, key: string) => `${key} IN (SELECT key FROM staged WHERE table_name = '${table}')`

const nameOf = (table: string, key: string) => `'${tableList.find(({ name }) => name === table)?.kind}/' || ${key}`

/** The sources of the held facts of which a version is staged: the facts' own, and those of their parts. */
const CITED = Object.entries(tables.citation.parents).flatMap(([column, fact]) => {
  const table = tables[fact]
  if ('kind' in table) {
    return [`SELECT ${nameOf(fact, column)}, source_slug FROM citation WHERE ${isStaged(fact, column)}`]
  }
  return Object.entries(table.parents).map(
    ([owner, record]) => `
      SELECT ${nameOf(record, `part.${owner}`)}, source_slug FROM "${fact}" part JOIN citation ON ${column} = part.id
      WHERE ${isStaged(record, `part.${owner}`)}`,
  )
})

/** Each day on which an office is attested tightens its bounds, whichever source tells of it. */
const MERGE_TENURES = `
  UPDATE staged SET content = (content::jsonb || jsonb_build_object(
    'end_of_the_begin', least((content ->> 'end_of_the_begin')::date, held.end_of_the_begin),
    'begin_of_the_end', greatest((content ->> 'begin_of_the_end')::date, held.begin_of_the_end)
  ))::json
  FROM position held
  WHERE table_name = 'position' AND key = held.slug AND content ->> 'edtf' = held.edtf
    AND record IN (SELECT record FROM other_source)`

/** The sources that a record keeps, for people. */
const KEPT = `(SELECT string_agg(source, ', ' ORDER BY source) FROM other_source kept WHERE kept.record = staged.record)`

const CONTRADICTIONS = `
  SELECT path || '.tenure' AS path,
    'expected a tenure that is compatible with the days on which ' || ${KEPT} || ' attests it' AS message
  FROM staged, json_populate_record(NULL::"position", content) own
  WHERE table_name = 'position' AND record IN (SELECT record FROM other_source)
    AND (begin_of_the_begin > end_of_the_begin OR begin_of_the_end > end_of_the_end
      OR begin_of_the_begin > begin_of_the_end OR end_of_the_begin > end_of_the_end)
  ORDER BY staged.nth`

const OTHERWISE = `key || ' is held as ' || ${KEPT} || ' tells it, which this does not cite, and says otherwise here; '
  || 'expected the same, a citation of that as well, or a slug of its own for another account'`

/** All but the bounds, which may be tighter now. */
const OFFICE = ['person_slug', 'post', 'title', 'country_code', 'organization_slug', 'note', 'edtf']
const officeOf = (row: string) => `ROW (${OFFICE.map((column) => `${row}.${column}`)})`

const OTHER_OFFICES = `
  SELECT path, ${OTHERWISE} AS message
  FROM staged JOIN position held ON slug = key, json_populate_record(NULL::"position", content) own
  WHERE table_name = 'position' AND record IN (SELECT record FROM other_source)
    AND ${officeOf('own')} IS DISTINCT FROM ${officeOf('held')}
  ORDER BY nth`

/** What another source may add: its citations, and days on which an office is attested, which tighten the office's bounds. */
const ADDED = ['citation', 'attestation', 'position']
const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')

const DISAGREEMENTS = `
  SELECT path, ${OTHERWISE} AS message
  FROM staged
  WHERE table_name IN (${list(tableList.filter(({ kind }) => kind).map(({ name }) => name))})
    AND record IN (SELECT record FROM other_source)
    AND record IN (SELECT record FROM touched WHERE table_name NOT IN (${list(ADDED)}))
  ORDER BY nth`
