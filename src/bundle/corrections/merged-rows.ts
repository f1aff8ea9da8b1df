import type { ClientBase } from 'pg'
import type { KnownSource } from '../check/known-sources.ts'
import { keyOf, type Row, rowsOf } from '../load/rows.ts'
import { nameOf, type Placed } from '../records.ts'
import { citationKeyFor, isPersonal, keyFor } from './personal-rows.ts'

/** A row of `merged_row`. */
interface MergedRow {
  readonly slug: string
  readonly table_name: string
  readonly key: string
  readonly record: string
  readonly target: string
  readonly content: Row['values']
}

/**
 * The rows of a record that names merged people, as they would be without the merges: those of the merged people, and those of
 * the person they became if both have the same row. Pure.
 */
export function mergedRowsOf(
  placed: Placed,
  sources: ReadonlyMap<string, KnownSource>,
  personOf: (slug: string) => string | undefined,
): MergedRow[] {
  const rows = rowsOf(placed, sources)
  const record = nameOf(placed)
  const named = rows.flatMap((row) => {
    const { table, values } = row
    if (!isPersonal(table) || typeof values['person_slug'] !== 'string') return []
    const slug = values['person_slug']
    const person = personOf(slug)
    const key = keyOf(row)
    return [{ row, slug, table, key, isMerged: person !== undefined, target: keyFor(table, key, slug, person ?? slug) }]
  })
  const shared = new Set(named.filter(({ isMerged }) => isMerged).map(({ table, target }) => `${table}/${target}`))
  return named
    .filter(({ table, target }) => shared.has(`${table}/${target}`))
    .flatMap(({ row, slug, table, key, target }) => {
      const own = { slug, table_name: table, key, record, target, content: row.values }
      const citations = rows.flatMap((citation) => {
        if (citation.table !== 'citation' || table !== 'participation' || citation.values['participation_id'] !== key)
          return []
        const id = keyOf(citation)
        return [
          {
            slug,
            table_name: 'citation',
            key: id,
            record,
            target: citationKeyFor(id, key, target),
            content: citation.values,
          },
        ]
      })
      return [own, ...citations]
    })
}

/**
 * Stores what the loaded records would be without merges, in place of what was stored about them. What another source says stays.
 * Runs after the load is written.
 */
export async function storeMergedRows(client: ClientBase, rows: readonly MergedRow[]): Promise<void> {
  await client.query(`
    DELETE FROM merged_row own USING staged WHERE staged.record = own.record AND (
      own.record NOT IN (SELECT record FROM other_source) OR own.table_name = 'citation' AND NOT EXISTS (
        SELECT FROM other_source other WHERE (other.record, other.source) = (own.record, own.content ->> 'source_slug')
      )
    )`)
  await client.query(
    `INSERT INTO merged_row (slug, table_name, key, record, target, content)
     SELECT slug, table_name, key, record, target, jsonb_strip_nulls(content) FROM json_populate_recordset(NULL::merged_row, $1)
     ON CONFLICT (slug, table_name, key) DO UPDATE SET target = excluded.target, content = excluded.content`,
    [JSON.stringify(rows)],
  )
}
