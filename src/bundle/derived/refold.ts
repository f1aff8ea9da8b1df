import { changeData, raiseVersion } from '../../database/change.ts'
import type { Database } from '../../database/open.ts'
import { refreshPassages } from '../../evidence/refresh-passages.ts'
import { FOLDING, fold } from '../../search/fold.ts'
import { kinds } from '../concepts.ts'
import { readStored } from '../export/stored-records.ts'
import { documentOf, isSearched } from '../load/rows.ts'
import { derive } from './derive.ts'

/** Number of UTF-16 units of texts to write in a statement. */
const BATCH_TEXT = 4_000_000

/**
 * Updates all words that are stored folded, if an older version of this program folded them. Each statement commits by itself, as
 * the embedded database has one connection; the last one records that all are done.
 */
export async function refold(database: Database): Promise<void> {
  const { pool, prisma } = database
  const { folding } = await prisma.dataset.findUniqueOrThrow({ where: { id: 1 } })
  if (folding >= FOLDING) return
  for (const kind of kinds.filter(isSearched)) {
    let documents: object[] = []
    let size = 0
    const write = async () => {
      await pool.query(WRITE, [JSON.stringify(documents)])
      documents = []
      size = 0
    }
    for await (const record of readStored(prisma, kind)) {
      const document = documentOf(kind, record, 'text' in record ? record.text : undefined)
      documents.push(document)
      size += document.text.length
      if (size > BATCH_TEXT) await write()
    }
    await write()
  }
  await changeData(database, async (client) => {
    const { rows: positions } = await client.query<{ slug: string; title: string }>('SELECT slug, title FROM position')
    await client.query(
      `UPDATE position SET title_folded = fresh.title_folded FROM json_populate_recordset(NULL::"position", $1) fresh
       WHERE position.slug = fresh.slug AND position.title_folded <> fresh.title_folded`,
      [JSON.stringify(positions.map(({ slug, title }) => ({ slug, title_folded: fold(title) })))],
    )
    const { rows: sources } = await client.query<{ slug: string }>('SELECT slug FROM source')
    await refreshPassages(
      client,
      sources.map(({ slug }) => slug),
    )
    await derive(client)
    await client.query('UPDATE dataset SET folding = $1', [FOLDING])
    await raiseVersion(client)
  })
}

const WRITE = `
  UPDATE search_document stored SET (names, title, body, text) = (fresh.names, fresh.title, fresh.body, fresh.text)
  FROM json_populate_recordset(NULL::search_document, $1) fresh
  WHERE (stored.kind, stored.key) = (fresh.kind, fresh.key)
    AND (stored.names, stored.title, stored.body, stored.text) IS DISTINCT FROM (fresh.names, fresh.title, fresh.body, fresh.text)`
