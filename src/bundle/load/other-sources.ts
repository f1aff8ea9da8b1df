import type { ClientBase } from 'pg'
import type { Problem } from '../problems.ts'
import { kindOf, type TableName, tableList, tables } from '../tables.ts'

/**
 * Several sources may support one fact. If a load cites only some of the sources of a stored fact, the citations of the others
 * remain, and so must the values that they support. A source with a new edition is no other source: its facts come again or go. Before the load is written, this fills the temporary table `other_source`
 * with the names of such records and their other sources, and combines the days on which an office is attested.
 */
export async function findOtherSources(client: ClientBase): Promise<Problem[]> {
  const { rowCount } = await client.query(`
    CREATE TEMPORARY TABLE other_source ON COMMIT DROP AS
    SELECT record, source FROM (${CITED.join(' UNION ')}) stored (record, source)
    WHERE source NOT IN (SELECT slug FROM changed_text)
    EXCEPT SELECT record, content ->> 'source_slug' FROM staged WHERE table_name = 'citation'`)
  if (!rowCount) return []
  await client.query(MERGE_TENURES)
  const { rows: offices } = await client.query<Problem>(OTHER_OFFICES)
  const { rows: tenures } = await client.query<Problem>(CONTRADICTIONS)
  return [...offices, ...tenures]
}

/** A problem for each record that the load changed although it does not cite all of the record's sources. Runs after the load is written. */
export async function disagreements(client: ClientBase): Promise<Problem[]> {
  return (await client.query<Problem>(DISAGREEMENTS)).rows
}

const isStaged = (table: string, key: string) => `${key} IN (SELECT key FROM staged WHERE table_name = '${table}')`

const nameOf = (table: TableName, key: string) => `'${kindOf(table)}/' || ${key}`

/** The sources of the stored facts for which a new version is staged, and of the parts of these facts. */
const CITED = Object.entries(tables.citation.parents).flatMap(([column, fact]) => {
  const table = tables[fact]
  if (!('parents' in table)) {
    return [`SELECT ${nameOf(fact, column)}, source_slug FROM citation WHERE ${isStaged(fact, column)}`]
  }
  return Object.entries(table.parents).map(
    ([owner, record]) => `
      SELECT ${nameOf(record, `part.${owner}`)}, source_slug FROM "${fact}" part JOIN citation ON ${column} = part.id
      WHERE ${isStaged(record, `part.${owner}`)}`,
  )
})

/** Each day on which an office is attested tightens its bounds, whichever source attests it, as `tighten` (time/span.ts) does. */
const MERGE_TENURES = `
  UPDATE staged SET content = (content::jsonb || jsonb_build_object(
    'begin_of_the_begin', CASE WHEN begin_is_doubtful THEN least(bb, eb, be) ELSE bb END,
    'end_of_the_begin', eb,
    'begin_of_the_end', be,
    'end_of_the_end', CASE WHEN end_is_doubtful THEN greatest(ee, eb, be) ELSE ee END
  ))::json
  FROM (
    SELECT own.slug, own.begin_is_doubtful, own.end_is_doubtful, own.begin_of_the_begin AS bb, own.end_of_the_end AS ee,
      least(own.end_of_the_begin, stored.end_of_the_begin) AS eb,
      greatest(own.begin_of_the_end, stored.begin_of_the_end) AS be
    FROM staged, json_populate_record(NULL::"position", content) own
    JOIN position stored ON stored.slug = own.slug AND stored.edtf = own.edtf
    WHERE table_name = 'position' AND record IN (SELECT record FROM other_source)
  ) merged
  WHERE table_name = 'position' AND key = merged.slug`

/** The other sources of a record, for a message. */
const OTHERS = `(SELECT string_agg(source, ', ' ORDER BY source) FROM other_source WHERE other_source.record = staged.record)`

const CONTRADICTIONS = `
  SELECT path || '.tenure' AS path,
    'expected a tenure that is compatible with the days on which ' || ${OTHERS} || ' attests it' AS message
  FROM staged, json_populate_record(NULL::"position", content) own
  WHERE table_name = 'position' AND record IN (SELECT record FROM other_source)
    AND (begin_of_the_begin > end_of_the_begin OR begin_of_the_end > end_of_the_end
      OR begin_of_the_begin > begin_of_the_end OR end_of_the_begin > end_of_the_end)
  ORDER BY staged.nth`

const DIFFERENT = `key || ' already exists from ' || ${OTHERS} || ' with different values, and this record does not cite that source; '
  || 'expected the same values, a citation of that source, or a different slug for a different account'`

/** All columns except the bounds, which may be tighter now. */
const OFFICE = [
  'person_slug',
  'post',
  'title',
  'country_code',
  'organization_slug',
  'accredited_to_code',
  'accredited_to_organization_slug',
  'appointed',
  'note',
  'edtf',
]
const officeOf = (row: string) => `ROW (${OFFICE.map((column) => `${row}.${column}`)})`

const OTHER_OFFICES = `
  SELECT path, ${DIFFERENT} AS message
  FROM staged JOIN position stored ON slug = key, json_populate_record(NULL::"position", content) own
  WHERE table_name = 'position' AND record IN (SELECT record FROM other_source)
    AND ${officeOf('own')} IS DISTINCT FROM ${officeOf('stored')}
  ORDER BY nth`

/** The tables to which another source may add rows: its citations, and days on which an office is attested. These change the office's bounds. */
const ADDED = ['citation', 'attestation', 'position']
const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')

const DISAGREEMENTS = `
  SELECT path, ${DIFFERENT} AS message
  FROM staged
  WHERE table_name IN (${list(tableList.filter(({ kind }) => kind).map(({ name }) => name))})
    AND record IN (SELECT record FROM other_source)
    AND record IN (SELECT record FROM touched WHERE table_name NOT IN (${list(ADDED)}))
  ORDER BY nth`
