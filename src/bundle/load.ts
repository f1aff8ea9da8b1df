import type { ClientBase } from 'pg'
import type { Database } from '../database/open.ts'
import { UserError } from '../errors.ts'
import { refreshPassages } from '../evidence/refresh-passages.ts'
import { checkRecord } from './check-record.ts'
import { derive } from './derive.ts'
import { type Bundle, type Kind, kinds } from './format.ts'
import { KnownSources } from './known-sources.ts'
import { type Problem, Problems } from './problems.ts'
import { type Placed, recordsOf } from './records.ts'
import { referencesOf } from './references.ts'
import { rowsOf } from './rows.ts'
import { Staging } from './staging.ts'
import { write } from './write.ts'

/** What a load did to the records of a kind. */
export interface Tally {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
}

export type LoadReport = Readonly<Partial<Record<Kind, Tally>>>

/** One change at a time. */
const CHANGE_LOCK = 20_260_206

interface LoadOptions {
  /** Do all but keep it. */
  readonly dryRun?: boolean
  /** Told how many records have been read. */
  readonly onProgress?: (records: number) => void
}

/** Loads a bundle, as `loadRecords` does. */
export const loadBundle = (database: Database, bundle: Bundle, options: LoadOptions = {}): Promise<LoadReport> =>
  loadRecords(database, recordsOf(bundle), options)

/** Records as they are read, and what is wrong with those that are not of the format. */
export type Reading = Iterable<Placed | Problem> | AsyncIterable<Placed | Problem>

/**
 * Loads records in one transaction: all of them, or, where anything is wrong with one, none and a BundleRefused. A record
 * that is already held is replaced, its parts and citations included; one that is the same is left alone, so loading a bundle
 * twice changes nothing. Sources come before what cites them.
 */
export const loadRecords = (
  database: Database,
  reading: Reading,
  { dryRun = false, onProgress = () => {} }: LoadOptions = {},
): Promise<LoadReport> => changeData(database, (client) => load(client, reading, onProgress), dryRun)

/** Changes the data in one transaction, after any other change: all that `work` does, or, where it throws, nothing. */
export async function changeData<Result>(
  database: Database,
  work: (client: ClientBase) => Promise<Result>,
  dryRun = false,
): Promise<Result> {
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SET LOCAL statement_timeout = 0')
    await client.query('SELECT pg_advisory_xact_lock($1)', [CHANGE_LOCK])
    const result = await work(client)
    await client.query(dryRun ? 'ROLLBACK' : 'COMMIT')
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

async function load(client: ClientBase, reading: Reading, onProgress: (records: number) => void): Promise<LoadReport> {
  const staging = await Staging.open(client)
  const sources = new KnownSources(client)
  const problems = new Problems()
  const counts: Partial<Record<Kind, number>> = {}
  let [read, unread] = [0, 0]
  for await (const batch of batches(reading)) {
    const placed = batch.filter((item) => 'record' in item)
    for (const { kind } of placed) counts[kind] = (counts[kind] ?? 0) + 1
    for (const item of batch) if (!('record' in item)) problems.add(item)
    unread += batch.length - placed.length
    await stage(placed, sources, staging, problems)
    read += placed.length
    onProgress(read)
  }
  // What could not be read would be missed as well.
  if (unread === 0) await staging.check(problems)
  problems.refuse(counts)

  await write(client)
  const { rows: touched } = await client.query<{ kind: Kind; created: number; changed: number }>(`
    SELECT split_part(record, '/', 1) AS kind,
      count(*) FILTER (WHERE created)::int AS created, count(*) FILTER (WHERE NOT created)::int AS changed
    FROM (SELECT record, bool_or(created) AS created FROM touched GROUP BY record) every GROUP BY 1`)
  if (touched.length > 0) {
    await derive(client)
    // The text of a source that was here before is what held citations, of other bundles too, are located by.
    const { rows } = await client.query<{ slug: string }>(`
      SELECT key AS slug FROM staged WHERE table_name = 'source' AND record IN (
        SELECT record FROM touched GROUP BY record HAVING NOT bool_or(created)
      )`)
    await refreshPassages(
      client,
      rows.map(({ slug }) => slug),
    )
    await raiseVersion(client)
  }
  await client.query('DROP TABLE staged, staged_reference, touched')
  return tally(counts, touched)
}

async function stage(batch: readonly Placed[], sources: KnownSources, staging: Staging, problems: Problems) {
  await sources.read(batch)
  const staged = batch.map((placed) => {
    for (const problem of checkRecord(placed, (slug) => sources.get(slug))) problems.add(problem)
    if (placed.kind === 'sources') sources.add(placed.record)
    return { placed, rows: rowsOf(placed, (slug) => sources.get(slug)), references: referencesOf(placed) }
  })
  for (const problem of await staging.add(staged)) problems.add(problem)
}

/** How many records are staged at once, and after how many UTF-16 units of texts fewer are. */
const BATCH = 1_000
const BATCH_TEXT = 4_000_000

async function* batches(reading: Reading): AsyncGenerator<(Placed | Problem)[]> {
  let batch: (Placed | Problem)[] = []
  let text = 0
  for await (const item of reading) {
    batch.push(item)
    if ('record' in item && item.kind === 'sources') text += item.record.text?.length ?? 0
    if (batch.length < BATCH && text < BATCH_TEXT) continue
    yield batch
    batch = []
    text = 0
  }
  if (batch.length > 0) yield batch
}

function tally(
  counts: Readonly<Partial<Record<Kind, number>>>,
  touched: readonly { kind: Kind; created: number; changed: number }[],
): LoadReport {
  const report: Partial<Record<Kind, Tally>> = {}
  for (const kind of kinds) {
    const count = counts[kind]
    if (count === undefined) continue
    const { created = 0, changed = 0 } = touched.find((row) => row.kind === kind) ?? {}
    report[kind] = { created, changed, unchanged: count - created - changed }
  }
  return report
}
