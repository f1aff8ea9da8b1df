import type { ClientBase } from 'pg'
import { type Kind, keyOfRecord } from './format.ts'
import type { Placed } from './records.ts'

/** The kinds of records that have names, with where these are held. */
const NAMED: Partial<Record<Kind, string>> = {
  countries: 'SELECT code AS key, name, names FROM country',
  organizations: 'SELECT slug AS key, name, names, country_code AS country FROM organization',
  people: 'SELECT slug AS key, name, names, wikidata_id AS "wikidataId" FROM person',
  topics: 'SELECT slug AS key, name, names FROM topic',
}

interface Held {
  readonly key: string
  readonly name: string
  readonly names: readonly string[]
  readonly country?: string | null
  readonly wikidataId?: string | null
}

/**
 * The same records with what is held of those that are no facts: a spelling that one source uses stays known when another
 * source uses fewer, as does a country or a Wikidata item of which that one says nothing.
 */
export async function withHeldNames<Record extends { readonly placed: Placed }>(
  client: ClientBase,
  records: readonly Record[],
): Promise<Record[]> {
  const held = new Map<string, Held>()
  for (const [kind, sql] of Object.entries(NAMED)) {
    const keys = records.flatMap(({ placed }) => (placed.kind === kind ? [keyOfRecord(placed.record)] : []))
    if (keys.length === 0) continue
    const { rows } = await client.query<Held>(`SELECT * FROM (${sql}) held WHERE key = ANY ($1)`, [keys])
    for (const row of rows) held.set(`${kind}/${row.key}`, row)
  }
  return records.map((one) => {
    const { placed } = one
    const before = held.get(`${placed.kind}/${keyOfRecord(placed.record)}`)
    if (!before || !('names' in placed.record)) return one
    const { key: _, name, names, ...rest } = before
    const given = Object.fromEntries(Object.entries(placed.record).filter(([, value]) => value !== undefined))
    const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
    const record = { ...kept, ...given, names: [...names, name, ...placed.record.names] }
    return { ...one, placed: { ...placed, record } as Placed }
  })
}
