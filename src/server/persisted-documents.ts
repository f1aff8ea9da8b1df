import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { messageOf, UserError } from '../errors.ts'
import { persistedDocuments } from '../generated/client/persisted-documents.ts'

/** Texts of documents by their ids: `sha256:` and the hash of the text as hexadecimal digits, or anything without a colon. */
export type Manifest = Readonly<Record<string, string>>

/** Bytes of documents that are kept since clients sent them. */
const ROOM = 8_000_000

const SHA256 = 'sha256:'

/** Documents that can be asked for by id: those of the client in this package, an operator's, and what clients sent. */
export class PersistedDocuments {
  readonly #known: ReadonlyMap<string, string>
  readonly #sent = new LRUCache<string, string>({
    maxSize: ROOM,
    sizeCalculation: (text) => 2 * text.length + 256,
  })

  constructor(manifest: Manifest = {}) {
    const entries = [persistedDocuments, manifest].flatMap((documents) => Object.entries(documents))
    this.#known = new Map(entries.map(([id, text]) => [whole(id), text]))
  }

  get(id: string): string | undefined {
    return this.#known.get(whole(id)) ?? this.#sent.get(whole(id))
  }

  /** Keeps a document while there is room. Tells whether the hash is its own, if the id is a hash. */
  keep(id: string, text: string): boolean {
    const key = whole(id)
    if (!key.startsWith(SHA256) || this.get(key) === text) return true
    if (key !== SHA256 + hash('sha256', text)) return false
    this.#sent.set(key, text)
    return true
  }
}

/** Some tools leave out the prefix. */
const whole = (id: string) => (/^[0-9a-f]{64}$/.test(id) ? SHA256 + id : id)

const manifest = z.record(z.string(), z.string())

/** Reads an operator's manifest, as GraphQL Code Generator writes it. Throws a UserError where it is none. */
export async function readManifest(file: string): Promise<Manifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    const expected = 'expected a JSON object of texts by their ids'
    throw new UserError(
      `cannot use ${file} as PERSISTED_DOCUMENTS: ${error instanceof z.ZodError ? expected : messageOf(error)}`,
    )
  }
}
