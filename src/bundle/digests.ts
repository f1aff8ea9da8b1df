import { createHash } from 'node:crypto'
import type { ClientBase } from 'pg'
import { version } from '../version.ts'
import { kinds } from './concepts.ts'
import { keyOfRecord } from './format.ts'
import type { KnownSource } from './known-sources.ts'
import type { Problem } from './problems.ts'
import { nameOf, type Placed } from './records.ts'
import { tableOf, tables } from './tables.ts'

/** A record, the sources that it cites as far as they are known, and the digest of all that its rows follow from. */
export interface Digested {
  readonly placed: Placed
  readonly sources: ReadonlyMap<string, KnownSource>
  readonly digest: string
}

/** Rows follow from a record, from what it cites, and from how this version of the program makes them. */
export function digested(placed: Placed, sources: ReadonlyMap<string, KnownSource>): Digested {
  const cited = [...sources].map(([slug, { sha256, published, text }]) => [slug, sha256, published.edtf, typeof text])
  const digest = createHash('sha1')
    .update(JSON.stringify([version, placed.record, cited]))
    .digest('base64url')
  return { placed, sources, digest }
}

/** The records of a load that are held exactly as they come, and so need not be loaded. */
export class Unchanged {
  readonly #client: ClientBase
  readonly #names = new Set<string>()

  constructor(client: ClientBase) {
    this.#client = client
  }

  /** The others of some records; one that comes again is a problem, or is among them to be told when it is staged. */
  async leaveOut(records: readonly Digested[]): Promise<{ others: Digested[]; problems: Problem[] }> {
    const held = await this.#held(records)
    const others: Digested[] = []
    const problems: Problem[] = []
    const seen = new Set<string>()
    for (const one of records) {
      const name = nameOf(one.placed)
      if (this.#names.has(name)) {
        const message = `says again what an earlier record says: ${keyOfRecord(one.placed.record)}`
        problems.push({ path: one.placed.path, message })
      } else if (held.has(`${one.digest}/${name}`) && !seen.has(name)) this.#names.add(name)
      else others.push(one)
      seen.add(name)
    }
    return { others, problems }
  }

  /** The digests and names of held records that have not come in another version yet. */
  async #held(records: readonly Digested[]): Promise<Set<string>> {
    const held = new Set<string>()
    for (const kind of kinds) {
      // Whether anything still cites a topic is to be seen each time.
      if (kind === 'topics') continue
      const keys = records.flatMap(({ placed }) => (placed.kind === kind ? [keyOfRecord(placed.record)] : []))
      if (keys.length === 0) continue
      const table = tableOf(kind)
      const key = `held.${tables[table].key[0]}`
      const { rows } = await this.#client.query<{ name: string }>(
        `SELECT digest || $2 || ${key} AS name FROM "${table}" held WHERE ${key} = ANY ($1)
           AND NOT EXISTS (SELECT FROM staged WHERE table_name = '${table}' AND staged.key = ${key})`,
        [keys, `/${kind}/`],
      )
      for (const { name } of rows) held.add(name)
    }
    return held
  }
}
