import type { ClientBase } from 'pg'
import type { Database } from '../database/open.ts'
import { UserError } from '../errors.ts'
import { refreshPassages } from '../evidence/refresh-passages.ts'
import { checkBundle, sourcesOf } from './check.ts'
import { derive } from './derive.ts'
import { type Bundle, type Kind, keyOfRecord, kinds } from './format.ts'
import { readHeld } from './held.ts'
import { BundleRefused } from './problems.ts'
import { referencesOf } from './references.ts'
import { keyOf, type Row, RowMaker } from './rows.ts'
import { type TableName, tableList, tables } from './tables.ts'

/** What a load did to the records of a kind. */
export interface Tally {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
}

export type LoadReport = Readonly<Partial<Record<Kind, Tally>>>

/** One change at a time. */
const CHANGE_LOCK = 20_260_206

/**
 * Loads a bundle in one transaction: all of it, or, where anything is wrong with it, nothing and a BundleRefused.
 * A record that is already held is replaced, its parts and citations included; one that is the same is left alone, so
 * loading a bundle twice changes nothing.
 */
export const loadBundle = (database: Database, bundle: Bundle): Promise<LoadReport> =>
  changeData(database, (client) => load(client, bundle))

/** Changes the data in one transaction, after any other change: all that `work` does, or, where it throws, nothing. */
export async function changeData<Result>(
  database: Database,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SET LOCAL statement_timeout = 0')
    await client.query('SELECT pg_advisory_xact_lock($1)', [CHANGE_LOCK])
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    client.release(!(error instanceof UserError))
    throw error
  }
}

/** Tells whoever keeps answers that the data changed. */
export const raiseVersion = (client: ClientBase) =>
  client.query('UPDATE dataset SET version = version + 1, changed_at = now()')

async function load(client: ClientBase, bundle: Bundle): Promise<LoadReport> {
  const references = referencesOf(bundle)
  const held = await readHeld(client, bundle, references)
  const sources = sourcesOf(bundle, held)
  const maker = new RowMaker(sources)
  maker.addBundle(bundle)
  const problems = checkBundle(bundle, references, held, maker.rows)
  if (problems.length > 0) throw new BundleRefused(problems)

  const changes = await write(client, maker.rows)
  if (changes.size > 0) {
    await derive(client)
    // The text of a source that was here before is what held citations, of other bundles too, are located by.
    const slugs = bundle.sources.map(({ slug }) => slug)
    await refreshPassages(
      client,
      slugs.filter((slug) => changes.get(`sources/${slug}`) === 'changed'),
    )
    await raiseVersion(client)
  }
  return tally(bundle, changes)
}

/** The records that a load touched, as `kind/slug`. */
type Changes = ReadonlyMap<string, 'created' | 'changed'>

async function write(client: ClientBase, rows: readonly Row[]): Promise<Changes> {
  const byTable = groupByTable(rows)
  const changes = new Map<string, 'created' | 'changed'>()
  const note = (row: Row | undefined, created: boolean) => {
    if (!row) return
    const record = `${row.record.kind}/${row.record.slug}`
    if (changes.get(record) !== 'created') changes.set(record, created ? 'created' : 'changed')
  }

  for (const { name } of tableList) {
    const wanted = new Map(byTable.get(name)?.map((row) => [keyOf(row), row]))
    for (const { key, created } of await upsert(client, name, [...wanted.values()])) {
      const row = wanted.get(key)
      note(row, created && tablesOfRecords.has(name))
    }
  }
  // From the parts of parts up to the parts, so that what goes does not take along what is still to be counted.
  for (const { name, parents = {}, exceptWhere } of tableList.toReversed()) {
    const keep = byTable.get(name)?.map(keyOf) ?? []
    for (const [column, parent] of Object.entries(parents)) {
      const owners = new Map(byTable.get(parent as TableName)?.map((row) => [keyOf(row), row]))
      if (owners.size === 0) continue
      const { rows: gone } = await client.query<{ owner: string }>(
        `DELETE FROM "${name}" WHERE ${column} = ANY ($1) AND NOT (${keyExpression(name)} = ANY ($2))
           ${exceptWhere ? `AND NOT (${exceptWhere})` : ''} RETURNING ${column} AS owner`,
        [[...owners.keys()], keep],
      )
      for (const { owner } of gone) note(owners.get(owner), false)
    }
  }
  return changes
}

const tablesOfRecords = new Set<TableName>(tableList.filter(({ kind }) => kind).map(({ name }) => name))

function groupByTable(rows: readonly Row[]): Map<TableName, Row[]> {
  const groups = new Map<TableName, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.table)
    if (group) group.push(row)
    else groups.set(row.table, [row])
  }
  return groups
}

const quoted = (column: string) => `"${column}"`

const keyExpression = (table: TableName) => tables[table].key.map(quoted).join(` || '/' || `)

/** How many rows one statement carries. */
const BATCH = 2_000

/** Writes the rows that are new or differ, and returns the keys of those. */
async function upsert(client: ClientBase, table: TableName, rows: readonly Row[]) {
  const written: { key: string; created: boolean }[] = []
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))]
  const rest = columns.filter((column) => !(tables[table].key as readonly string[]).includes(column))
  const onConflict =
    rest.length === 0
      ? 'DO NOTHING'
      : `DO UPDATE SET ${rest.map((column) => `"${column}" = excluded."${column}"`).join(', ')}
         WHERE ROW (${rest.map((column) => `held."${column}"`).join(', ')})
           IS DISTINCT FROM ROW (${rest.map((column) => `excluded."${column}"`).join(', ')})`
  for (let i = 0; i < rows.length; i += BATCH) {
    const batch = JSON.stringify(rows.slice(i, i + BATCH).map(({ values }) => values))
    const result = await client.query<{ key: string; created: boolean }>(
      `INSERT INTO "${table}" AS held (${columns.map(quoted).join(', ')})
       SELECT ${columns.map(quoted).join(', ')} FROM json_populate_recordset(NULL::"${table}", $1)
       ON CONFLICT (${tables[table].key.map(quoted).join(', ')}) ${onConflict}
       RETURNING ${tables[table].key.map((column) => `held."${column}"`).join(` || '/' || `)} AS key, xmax = 0 AS created`,
      [batch],
    )
    written.push(...result.rows)
  }
  return written
}

function tally(bundle: Bundle, changes: Changes): LoadReport {
  const report: Partial<Record<Kind, Tally>> = {}
  for (const kind of kinds) {
    const records = bundle[kind]
    if (records.length === 0) continue
    const outcomes = records.map((record) => changes.get(`${kind}/${keyOfRecord(record)}`))
    const created = outcomes.filter((outcome) => outcome === 'created').length
    const changed = outcomes.filter((outcome) => outcome === 'changed').length
    report[kind] = { created, changed, unchanged: records.length - created - changed }
  }
  return report
}
