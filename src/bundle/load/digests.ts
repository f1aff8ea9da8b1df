import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import { version } from '../../version.ts'
import type { KnownSource } from '../check/known-sources.ts'
import { kinds } from '../concepts.ts'
import { keyOfRecord } from '../format.ts'
import type { Problem } from '../problems.ts'
import { nameOf, type Placed } from '../records.ts'
import { tableOf, tables } from '../tables.ts'

/** A record, the sources that it cites as far as they are known, and the digest of everything that its rows are made of. */
export interface Digested {
  readonly placed: Placed
  readonly sources: ReadonlyMap<string, KnownSource>
  readonly digest: string
}

/** The rows of a record depend on the record, on the sources that it cites, and on the version of the program that makes them. */
export function digested(placed: Placed, sources: ReadonlyMap<string, KnownSource>): Digested {
  const cited = [...sources].map(([slug, { sha256, published, text }]) => [slug, sha256, published.edtf, typeof text])
  const digest = createHash('sha1')
    .update(JSON.stringify([version, placed.record, cited]))
    .digest('base64url')
  return { placed, sources, digest }
}

/** The records of a load that are stored already without any difference. They are not loaded again. */
export class Unchanged {
  readonly #client: ClientBase
  readonly #names = new Set<string>()

  constructor(client: ClientBase) {
    this.#client = client
  }

  /** Leaves out the unchanged records, and returns the others with a problem for each duplicate of an unchanged record. */
  async leaveOut<One extends Digested>(records: readonly One[]): Promise<{ others: One[]; problems: Problem[] }> {
    const stored = await this.#stored(records)
    const others: One[] = []
    const problems: Problem[] = []
    const seen = new Set<string>()
    for (const one of records) {
      const name = nameOf(one.placed)
      if (this.#names.has(name)) {
        const message = `repeats an earlier record: ${keyOfRecord(one.placed.record)}`
        problems.push({ path: one.placed.path, message })
      } else if (stored.has(`${one.digest}/${name}`) && !seen.has(name)) this.#names.add(name)
      else others.push(one)
      seen.add(name)
    }
    return { others, problems }
  }

  /** The digests and names of stored records of which the load has no other version so far. */
  async #stored(records: readonly Digested[]): Promise<Set<string>> {
    const stored = new Set<string>()
    for (const kind of kinds) {
      // A topic is checked at each load: facts about it may be gone.
      if (kind === 'topics') continue
      const keys = records.flatMap(({ placed }) => (placed.kind === kind ? [keyOfRecord(placed.record)] : []))
      if (keys.length === 0) continue
      const table = tableOf(kind)
      const key = `stored.${tables[table].key[0]}`
      const { rows } = await this.#client.query<{ name: string }>(
        `SELECT digest || $2 || ${key} AS name FROM "${table}" stored WHERE ${key} = ANY ($1)
           AND NOT EXISTS (SELECT FROM staged WHERE table_name = '${table}' AND staged.key = ${key})`,
        [keys, `/${kind}/`],
      )
      for (const { name } of rows) stored.add(name)
    }
    return stored
  }
}
