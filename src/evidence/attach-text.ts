import type { ClientBase } from 'pg'
import { changeData, raiseVersion } from '../database/change.ts'
import type { Database } from '../database/open.ts'
import { UserError } from '../errors.ts'
import { searchDocument } from '../search/document.ts'
import { refreshPassages } from './refresh-passages.ts'
import { sha256 } from './text.ts'

interface Source {
  readonly title: string
  readonly sha256: string
  readonly text: string | null
}

/** Keeps the text of a source. Throws a UserError where it is not the text that the source's citations are of. */
export const keepText = (database: Database, slug: string, text: string): Promise<void> =>
  changeData(database, (client) => keep(client, slug, text))

export const unknownSource = (slug: string) =>
  new UserError(`there is no source ${JSON.stringify(slug)}; the query { sources { nodes { slug } } } lists them`)

async function keep(client: ClientBase, slug: string, text: string): Promise<void> {
  const { rows } = await client.query<Source>('SELECT title, sha256, text FROM source WHERE slug = $1', [slug])
  const [source] = rows
  if (!source) throw unknownSource(slug)
  const actual = sha256(text)
  if (actual !== source.sha256) {
    throw new UserError(
      `that is not the text of ${slug}: its SHA-256 is ${actual}, expected ${source.sha256} (UTF-8, newlines as LF, nothing else changed)`,
    )
  }
  if (text === source.text) return
  await client.query('UPDATE source SET text = $2 WHERE slug = $1', [slug, text])
  await refreshPassages(client, [slug])
  // As the loader does for a bundle that has the text.
  await client.query(
    `UPDATE search_document held SET title = fresh.title, body = fresh.body, text = fresh.text
     FROM json_populate_record(NULL::search_document, $1) fresh WHERE (held.kind, held.key) = (fresh.kind, fresh.key)`,
    [searchDocument('SOURCE', slug, { titles: [source.title], texts: [text] })],
  )
  await raiseVersion(client)
}
