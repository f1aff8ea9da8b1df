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

/** Stores the text of a source. Throws a UserError if it does not have the SHA-256 of the source. */
export const storeText = (database: Database, slug: string, text: string, dryRun = false): Promise<void> =>
  changeData(database, (client) => store(client, slug, text), dryRun)

export const unknownSource = (slug: string) =>
  new UserError(
    `no source has the slug ${JSON.stringify(slug)}; list all with the query { sources { nodes { slug } } }`,
  )

/** Stores the text as part of the transaction of `client`. */
export async function store(client: ClientBase, slug: string, text: string): Promise<void> {
  const { rows } = await client.query<Source>('SELECT title, sha256, text FROM source WHERE slug = $1', [slug])
  const [source] = rows
  if (!source) throw unknownSource(slug)
  const actual = sha256(text)
  if (actual !== source.sha256) {
    throw new UserError(
      `expected the text of ${slug} with the SHA-256 ${source.sha256} (UTF-8, LF line ends, nothing else changed), got ${actual}`,
    )
  }
  if (text === source.text) return
  await client.query('UPDATE source SET text = $2 WHERE slug = $1', [slug, text])
  await refreshPassages(client, [slug])
  // The loader does the same for a bundle with the text.
  await client.query(
    `UPDATE search_document stored SET title = fresh.title, body = fresh.body, text = fresh.text
     FROM json_populate_record(NULL::search_document, $1) fresh WHERE (stored.kind, stored.key) = (fresh.kind, fresh.key)`,
    [searchDocument('SOURCE', slug, { titles: [source.title], texts: [text] })],
  )
  await raiseVersion(client)
}
