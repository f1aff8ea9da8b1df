import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { messageOf, UserError } from '../errors.ts'
import { persistedDocuments } from '../generated/client/persisted-documents.ts'
import { parseJson } from '../json.ts'

/** Documents by id: `sha256:` and the hexadecimal SHA-256 hash of the document, or any text without a colon. */
export type Manifest = Readonly<Record<string, string>>

/** Maximum memory for the documents that clients sent, in bytes. */
const MOST_BYTES = 8_000_000

const SHA256 = 'sha256:'

const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * Documents that clients can request by id: those of the client in this package, those of the operator, and those that clients
 * sent.
 */
export class PersistedDocuments {
  readonly #registered: ReadonlyMap<string, string>
  readonly #registeredTexts: ReadonlySet<string>
  readonly #sent = new LRUCache<string, string>({
    maxSize: MOST_BYTES,
    sizeCalculation: (document) => 2 * document.length + 256,
  })

  constructor(manifest: Manifest = {}) {
    const entries = [persistedDocuments, manifest].flatMap((documents) => Object.entries(documents))
    this.#registered = new Map(entries.map(([id, document]) => [prefixed(id), document]))
    this.#registeredTexts = new Set(this.#registered.values())
  }

  get(id: string): string | undefined {
    return this.#registered.get(prefixed(id)) ?? this.#sent.get(prefixed(id))
  }

  /** Whether a document is one of the client package or of the operator. */
  isRegistered(document: string): boolean {
    return this.#registeredTexts.has(document)
  }

  /** Adds a document that a client sent. Returns false if the id is the hash of another document. */
  add(id: string, document: string): boolean {
    const key = prefixed(id)
    if (!key.startsWith(SHA256) || this.get(key) === document) return true
    // Half of a surrogate pair has the hash of U+FFFD, so it could take the place of another document.
    if (LONE_SURROGATE.test(document) || key !== SHA256 + hash('sha256', document)) return false
    this.#sent.set(key, document)
    return true
  }
}

/** Some tools leave out the prefix. */
const prefixed = (id: string) => (/^[0-9a-f]{64}$/.test(id) ? SHA256 + id : id)

const manifest = z.record(z.string(), z.string())

/** Reads the operator's manifest, in the format of GraphQL Code Generator. Throws a UserError if the file is not a manifest. */
export async function readManifest(file: string): Promise<Manifest> {
  try {
    return manifest.parse(parseJson(await readFile(file, 'utf8')))
  } catch (error) {
    const expected = 'expected a JSON object with documents by id'
    throw new UserError(
      `cannot use ${file} as PERSISTED_DOCUMENTS: ${error instanceof z.ZodError ? expected : messageOf(error)}`,
    )
  }
}
