import type { ClientBase } from 'pg'
import { type Passage, passageOf } from './passage.ts'
import type { Claim } from './verify.ts'

type Row = Claim & { readonly id: string }

const COLUMNS = ['passage', 'words', 'words_begin', 'passage_begin', 'passage_end'] as const satisfies (keyof Passage)[]

/** Number of citations per statement. */
const BATCH = 2_000

/** Updates the passages of the citations of sources after the texts of these may have been added, changed or removed. */
export async function refreshPassages(client: ClientBase, sourceSlugs: readonly string[]): Promise<void> {
  for (const slug of sourceSlugs) {
    const source = await client.query<{ text: string | null }>('SELECT text FROM source WHERE slug = $1', [slug])
    for (let after = ''; ; ) {
      const { rows } = await client.query<Row>(
        'SELECT id, start, "end", exact, prefix, suffix FROM citation WHERE source_slug = $1 AND edition IS NULL AND id > $2 ORDER BY id LIMIT $3',
        [slug, after, BATCH],
      )
      const fresh = rows.map((row) => ({ id: row.id, ...passageOf(row, source.rows[0]?.text) }))
      await client.query(
        `UPDATE citation stored SET (${COLUMNS.join(', ')}) = (${COLUMNS.map((column) => `fresh.${column}`).join(', ')})
         FROM json_populate_recordset(NULL::citation, $1) fresh
         WHERE stored.id = fresh.id AND (${COLUMNS.map((column) => `stored.${column}`).join(', ')})
           IS DISTINCT FROM (${COLUMNS.map((column) => `fresh.${column}`).join(', ')})`,
        [JSON.stringify(fresh)],
      )
      const last = rows.at(-1)
      if (!last || rows.length < BATCH) break
      after = last.id
    }
  }
}
