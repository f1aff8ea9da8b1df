import type { ClientBase } from 'pg'
import { type KindWith, keyOfRecord } from '../format.ts'
import type { Placed } from '../records.ts'

/** For each kind of record with names: where the names are stored. */
const NAMED: Readonly<Record<KindWith<'names'>, string>> = {
  countries: 'SELECT code AS key, name, names FROM country',
  organizations: 'SELECT slug AS key, name, names, country_code AS country FROM organization',
  people: 'SELECT slug AS key, name, names, wikidata_id AS "wikidataId", born, died FROM person',
  topics: 'SELECT slug AS key, name, names FROM topic',
}

interface Stored {
  readonly key: string
  readonly name: string
  readonly names: readonly string[]
  readonly country?: string | null
  readonly wikidataId?: string | null
  readonly born?: string | null
  readonly died?: string | null
}

/**
 * Adds the stored names of people, organizations, topics and countries to their records, so that the spellings of one source
 * remain if another source uses fewer. Also adds a stored country, Wikidata item or date
 * of birth or death if the record does not give one.
 */
export async function withStoredNames<Record extends { readonly placed: Placed }>(
  client: ClientBase,
  records: readonly Record[],
): Promise<Record[]> {
  const stored = new Map<string, Stored>()
  for (const [kind, sql] of Object.entries(NAMED)) {
    const keys = records.flatMap(({ placed }) => (placed.kind === kind ? [keyOfRecord(placed.record)] : []))
    if (keys.length === 0) continue
    const { rows } = await client.query<Stored>(`SELECT * FROM (${sql}) stored WHERE key = ANY ($1)`, [keys])
    for (const row of rows) stored.set(`${kind}/${row.key}`, row)
  }
  return records.map((one) => {
    const { placed } = one
    const before = stored.get(`${placed.kind}/${keyOfRecord(placed.record)}`)
    if (!before || !('names' in placed.record)) return one
    const { key: _, name, names, ...rest } = before
    const given = Object.fromEntries(Object.entries(placed.record).filter(([, value]) => value !== undefined))
    const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
    const record = { ...known, ...given, names: [...names, name, ...placed.record.names] }
    return { ...one, placed: { ...placed, record } as Placed }
  })
}
