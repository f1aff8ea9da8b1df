import type { ClientBase } from 'pg'
import { changeData, raiseVersion } from '../../database/change.ts'
import type { Database } from '../../database/open.ts'
import { refreshPassages } from '../../evidence/refresh-passages.ts'
import { checkRecord } from '../check/check-record.ts'
import { type Complete, Completion, type GivenTexts } from '../check/complete.ts'
import { KnownSources } from '../check/known-sources.ts'
import { type Kind, kinds } from '../concepts.ts'
import { findNewEditions, nameEditions, type Superseded, storeEditions, supersede } from '../corrections/editions.ts'
import { GonePeople } from '../corrections/gone-people.ts'
import { mergedRowsOf, storeMergedRows } from '../corrections/merged-rows.ts'
import { type Corrected, Withdrawals } from '../corrections/withdrawals.ts'
import { type Leaving, withdrawalId } from '../corrections/withdrawn-rows.ts'
import { derive, TouchedStatements } from '../derived/derive.ts'
import { refreshStatuses } from '../derived/refresh-statuses.ts'
import { refreshTenures } from '../derived/refresh-tenures.ts'
import type { Bundle } from '../format.ts'
import { NOT_YET_CHECKED, type Problem, Problems } from '../problems.ts'
import { type Placed, type PlacedWithdrawal, type Read, type Reading, recordsOf } from '../records.ts'
import { referencesOf } from '../references.ts'
import { kindOf, type TableName } from '../tables.ts'
import { Aliases, type MergedPerson } from './aliases.ts'
import { digested, Unchanged } from './digests.ts'
import { disagreements, findOtherSources } from './other-sources.ts'
import { rowsOf } from './rows.ts'
import { Staging } from './staging.ts'
import { withStoredNames } from './stored-names.ts'
import { write, writeDigests } from './write.ts'

/** What a load did with the records of one kind. */
export interface Tally {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  /** Stored records that were withdrawn. */
  readonly withdrawn?: number
}

/** What a load did with withdrawn facts, and with facts that are not in a new edition. */
export interface Corrections {
  readonly withdrawn: readonly Corrected[]
  /** Names of records that a new edition has again. */
  readonly restored: readonly string[]
  /** Names of records that are in an earlier edition only, and were not withdrawn. */
  readonly kept: readonly string[]
  /** Records of the load that stay withdrawn, because an editor withdrew them. */
  readonly stayed: readonly Corrected[]
  /** People of the load who stay merged, and those whose merge an editor undid. */
  readonly merged: readonly MergedPerson[]
  readonly unmerged: readonly MergedPerson[]
}

export type LoadReport = Readonly<Partial<Record<Kind, Tally>>> & { readonly corrections?: Corrections }

const NOTHING_SUPERSEDED: Superseded = { withdrawn: [], kept: [], changed: [] }

/** Minimum number of written records after which the statistics of the database are updated. */
const WORTH_ANALYZING = 1_000

/** Maximum number of statements from which derived rows are derived alone. For more, everything is derived again. */
const FEW_STATEMENTS = 100

export interface LoadOptions {
  /** Checks and reports, but stores nothing. */
  readonly dryRun?: boolean
  /** Texts of sources that the bundle does not contain. */
  readonly texts?: GivenTexts
  /** Receives what is loaded but may not be what the editor wants. */
  readonly onWarning?: (warning: Problem) => void
  /** Does not withdraw facts that the new edition of their source does not have. */
  readonly keepMissing?: boolean
  /** Withdraws them even if they are most of the facts of a source. */
  readonly yes?: boolean
  /** The records come from a publisher's files or a spreadsheet. People whom they no longer name do not stay in lists. */
  readonly isImporter?: boolean
  /** Receives the number of records read so far. */
  readonly onProgress?: (records: number) => void
}

/** Loads a bundle, as `loadRecords` does. */
export const loadBundle = (database: Database, bundle: Bundle, options: LoadOptions = {}): Promise<LoadReport> =>
  loadRecords(database, recordsOf(bundle), options)

/**
 * Loads records in one transaction: all of them, or none if one has a problem, which throws a BundleRefused. A stored record is
 * replaced together with its parts and citations. An unchanged record is left alone, so loading a bundle twice changes nothing. If
 * other sources support a fact too, their citations stay, and the values must be the same. Sources come before the records that
 * cite them.
 */
export const loadRecords = (database: Database, reading: Reading, options: LoadOptions = {}): Promise<LoadReport> =>
  changeData(database, (client) => load(client, reading, options), options.dryRun)

/** Loads records as part of the transaction of `client`. */
export async function load(
  client: ClientBase,
  reading: Reading,
  {
    keepMissing = false,
    yes = false,
    isImporter = false,
    texts = new Map(),
    onWarning = () => {},
    onProgress = () => {},
  }: LoadOptions,
): Promise<LoadReport> {
  const staging = await Staging.open(client)
  const people = await GonePeople.open(client, isImporter)
  const sources = new KnownSources(client)
  const completion = new Completion(sources, texts)
  const aliases = await Aliases.read(client)
  const withdrawals = await Withdrawals.read(client)
  const toWithdraw: PlacedWithdrawal[] = []
  const unchanged = new Unchanged(client)
  const problems = new Problems()
  const merged: ReturnType<typeof mergedRowsOf> = []
  const counts: Partial<Record<Kind, number>> = {}
  let read = 0
  let isWhole = true
  for await (const batch of batches(reading)) {
    const placed = batch.filter((item) => 'record' in item)
    const unread = batch.filter((item) => 'message' in item)
    toWithdraw.push(...batch.filter((item) => 'withdraw' in item))
    for (const { kind } of placed) counts[kind] = (counts[kind] ?? 0) + 1
    const { complete, problems: lacking } = await completion.complete(
      placed.filter((one) => !withdrawals.leavesOut(one)),
    )
    const known = complete.flatMap(({ placed: given, sources }): Known[] => {
      const renamed = aliases.apply(given)
      return renamed ? [{ placed: renamed, sources, ...(renamed !== given && { given }) }] : []
    })
    problems.add(unread)
    problems.add(lacking)
    isWhole &&= unread.length === 0 && lacking.length === 0
    await people.add(known.flatMap(({ placed: { kind, record } }) => (kind === 'people' ? [record.slug] : [])))
    const staged = await stage(client, known, unchanged, staging)
    problems.add(staged.problems)
    for (const { given, sources } of staged.others) {
      if (given) merged.push(...mergedRowsOf(given, sources, aliases.personOf))
    }
    read += placed.length
    onProgress(read)
  }
  // Checking the whole load would report records that could not be read as missing.
  if (isWhole) problems.add(await staging.check())
  problems.refuse(counts, isWhole ? undefined : NOT_YET_CHECKED)

  const hasNewEditions = await findNewEditions(client)
  problems.add(await findOtherSources(client))
  problems.refuse(counts)
  const restored = await withdrawals.prepare()
  const few = await stagedStatements(client)
  const statements = few && (await TouchedStatements.of(client, few))
  if (hasNewEditions) await people.prepare()
  const parts = await write(client, staging.tables, hasNewEditions)
  await people.write()
  problems.add(await disagreements(client))
  problems.refuse(counts)

  await writeDigests(client, staging.tables)
  await storeMergedRows(client, merged)
  const superseded = hasNewEditions ? await supersede(client, { keepMissing, yes }) : NOTHING_SUPERSEDED
  if (staging.tables.has('source')) await storeEditions(client)
  if (hasNewEditions) await nameEditions(client)
  // What is derived from facts is withdrawn with them.
  if (toWithdraw.length + withdrawals.again.length > 0) await derive(client)
  const byEditor = await withdrawals.apply(toWithdraw, sources, problems)
  problems.refuse(counts)

  const { gone, back } = await people.apply()
  const reason = 'no fact names this person in the new edition'
  const gonePeople = gone.map((slug) => ({ record: `people/${slug}`, reason }))
  restored.push(...back.map((slug) => `people/${slug}`))

  const touched = await touchedRecords(client)
  for (const record of superseded.changed) {
    const kind = record.split('/', 1)[0] as Kind
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  const leaving = [...parts, ...superseded.withdrawn]
  const isRecord = ({ table }: Leaving) => kindOf(table as TableName) !== undefined
  // Records before parts: a report as text shows only the first ones.
  const records = leaving.filter(isRecord)
  const others = leaving.filter((one) => !isRecord(one))
  const withdrawn = [...records.map(corrected), ...byEditor.map(corrected), ...gonePeople, ...others.map(corrected)]
  if (touched.length > 0 || withdrawn.length > 0) {
    // Stored citations and tenures depend on their sources, which other bundles may have changed too.
    const changed = await changedSources(client)
    await refreshPassages(client, changed)
    const lessened = [
      ...[...superseded.withdrawn, ...byEditor, ...withdrawals.again].map(({ record }) => record),
      ...superseded.changed,
    ]
    await refreshTenures(client, changed, slugsOf(lessened, 'positions'))
    await refreshStatuses(client, slugsOf(lessened, 'agreements'))
    const isMore = hasNewEditions || [restored, withdrawn, lessened, changed].some((list) => list.length > 0)
    if (statements && !isMore && (await touchedOnlyStatements(client))) await statements.derive()
    else await derive(client)
    for (const warning of [...(await unprovenOffices(client)), ...(await oneSidedStatements(client))])
      onWarning(warning)
    problems.add(await dropUncitedTopics(client))
    problems.refuse(counts)
    await raiseVersion(client)
    const written = touched.reduce((sum, { created, changed }) => sum + created + changed, 0)
    // The embedded database never updates its statistics itself; a server does so a minute later.
    if (written >= WORTH_ANALYZING) await client.query('ANALYZE')
  }
  await client.query('DROP TABLE staged, staged_reference, other_source, changed_text, touched')
  const { stayed } = withdrawals
  const corrections = {
    withdrawn,
    restored,
    kept: superseded.kept,
    stayed,
    merged: aliases.merged,
    unmerged: aliases.unmerged,
  }
  return report(counts, touched, corrections)
}

/** The slugs of a kind among names of records. */
const slugsOf = (names: readonly string[], kind: Kind) =>
  names.filter((name) => name.startsWith(`${kind}/`)).map((name) => name.slice(kind.length + 1))

/** A warning for each office of a loaded participation that no citation supports, and that its tenure leaves open. */
async function unprovenOffices(client: ClientBase): Promise<Problem[]> {
  const { rows } = await client.query<Problem>(`
    SELECT path || '.position' AS path, 'whether ' || position_slug || ' was the office then is UNKNOWN: no citation supports it,'
      || ' and its tenure does not say; expected a citation of the participation that names the office' AS message
    FROM participation_office JOIN staged ON table_name = 'participation' AND key = participation_id
    WHERE rank = 0 AND certainty = 'UNKNOWN' ORDER BY nth`)
  return rows
}

/** A warning for each loaded statement about a meeting of two states that is not between the two. */
async function oneSidedStatements(client: ClientBase): Promise<Problem[]> {
  const { rows } = await client.query<Problem>(`
    SELECT path, 'the statement is about a meeting of ' || one || ' and ' || two || ', but counts for '
      || coalesce(min(country_code) || ' only', 'neither') || '; add \`countries\` or \`addressees\` if it concerns both' AS message
    FROM staged JOIN statement ON table_name = 'statement' AND key = statement.slug
    JOIN LATERAL (
      SELECT min(pair.one) AS one, min(pair.two) AS two FROM meeting_pair pair
      WHERE pair.meeting_slug = statement.meeting_slug HAVING count(*) = 1
    ) pair ON true
    LEFT JOIN statement_country ON statement_slug = statement.slug AND country_code IN (one, two)
    GROUP BY nth, path, one, two HAVING count(country_code) < 2 ORDER BY nth`)
  return rows
}

/** A part is named by its table and key, such as `participation/visit/tour/ada`. */
const corrected = ({ table, key, record, reason }: Leaving): Corrected => ({
  record: kindOf(table as TableName) ? record : withdrawalId({ table, key }),
  reason,
})

interface Touched {
  readonly kind: Kind
  readonly created: number
  readonly changed: number
}

/** Number of records of each kind that the load created or changed. */
async function touchedRecords(client: ClientBase): Promise<Touched[]> {
  const { rows } = await client.query<Touched>(`
    SELECT split_part(record, '/', 1) AS kind,
      count(*) FILTER (WHERE created)::int AS created, count(*) FILTER (WHERE NOT created)::int AS changed
    FROM (SELECT record, bool_or(created) AS created FROM touched GROUP BY record) every GROUP BY 1`)
  return rows
}

/** The slugs of the staged statements. Undefined if there are too many to derive what follows from them alone. */
async function stagedStatements(client: ClientBase): Promise<string[] | undefined> {
  const { rows } = await client.query<{ slug: string }>(
    `SELECT key AS slug FROM staged WHERE table_name = 'statement' LIMIT $1`,
    [FEW_STATEMENTS + 1],
  )
  return rows.length > FEW_STATEMENTS ? undefined : rows.map(({ slug }) => slug)
}

/**
 * Whether nothing is derived from what the load wrote except from a few statements: nothing follows from new people, sources and
 * topics that no other fact names.
 */
async function touchedOnlyStatements(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ only: boolean }>(
    `SELECT bool_and(kind = 'statements' OR created AND kind IN ('people', 'sources', 'topics')) AS only
     FROM (SELECT split_part(record, '/', 1) AS kind, bool_or(created) AS created FROM touched GROUP BY record) every`,
  )
  return rows[0]?.only ?? false
}

/** The stored sources that the load changed. */
async function changedSources(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ slug: string }>(`
    SELECT key AS slug FROM staged WHERE table_name = 'source' AND record IN (
      SELECT record FROM touched GROUP BY record HAVING NOT bool_or(created)
    )`)
  return rows.map(({ slug }) => slug)
}

/** Deletes the stored topics that no fact is about any more. Returns a problem for each of them that the load itself has. */
async function dropUncitedTopics(client: ClientBase): Promise<Problem[]> {
  const { rowCount } = await client.query(`
    CREATE TEMPORARY TABLE uncited ON COMMIT DROP AS
    SELECT slug FROM topic WHERE NOT EXISTS (SELECT FROM statement_topic WHERE topic_slug = slug)
      AND slug NOT IN (
        SELECT content ->> 'topic_slug' FROM withdrawn_row WHERE table_name IN ('statement_topic', 'agreement_topic')
      )
      AND NOT EXISTS (SELECT FROM agreement_topic WHERE topic_slug = slug)`)
  if (!rowCount) {
    await client.query('DROP TABLE uncited')
    return []
  }
  const { rows } = await client.query<Problem>(`
    SELECT path, 'no fact is about this topic or a narrower one any more; expected a statement or an agreement about it' AS message
    FROM staged WHERE table_name = 'topic' AND key IN (SELECT slug FROM uncited) ORDER BY nth`)
  await client.query('DELETE FROM topic_broader WHERE topic_slug IN (SELECT slug FROM uncited)')
  await client.query('DELETE FROM topic WHERE slug IN (SELECT slug FROM uncited)')
  await client.query(`DELETE FROM search_document WHERE kind = 'TOPIC' AND key IN (SELECT slug FROM uncited)`)
  await client.query('DROP TABLE uncited')
  return rows
}

/** A record in which former slugs of people were replaced, and the record as it was given if it has any. */
interface Known extends Complete {
  readonly given?: Placed
}

/** Stages the records that are new or different. Returns them and their problems. */
async function stage(
  client: ClientBase,
  batch: readonly Known[],
  unchanged: Unchanged,
  staging: Staging,
): Promise<{ others: readonly Known[]; problems: readonly Problem[] }> {
  const records = batch.map((one) => ({ ...one, ...digested(one.placed, one.sources) }))
  const { others, problems } = await unchanged.leaveOut(records)
  const staged = (await withStoredNames(client, others)).map((one) => {
    const references = referencesOf(one.placed).filter(({ kind }) => kind !== 'sources')
    return { ...one, rows: rowsOf(one.placed, one.sources), references }
  })
  const found = [
    ...problems,
    ...staged.flatMap(({ placed, sources }) => [...checkRecord(placed, sources)]),
    ...(await staging.add(staged)),
  ]
  return { others, problems: found }
}

/** Maximum number of records, and of UTF-16 units of texts, to stage at once. */
const BATCH = 1_000
const BATCH_TEXT = 4_000_000

async function* batches(reading: Reading): AsyncGenerator<Read[]> {
  let batch: Read[] = []
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

function report(
  counts: Readonly<Partial<Record<Kind, number>>>,
  touched: readonly Touched[],
  corrections: Corrections,
): LoadReport {
  const report: Partial<Record<Kind, Tally>> = {}
  for (const kind of kinds) {
    const count = counts[kind] ?? 0
    const withdrawn = corrections.withdrawn.filter(({ record }) => record.startsWith(`${kind}/`)).length
    if (count === 0 && withdrawn === 0) continue
    const { created = 0, changed = 0 } = touched.find((row) => row.kind === kind) ?? {}
    report[kind] = { created, changed, unchanged: count - created - changed, ...(withdrawn > 0 ? { withdrawn } : {}) }
  }
  const isCorrected = Object.values(corrections).some((list) => list.length > 0)
  return isCorrected ? { ...report, corrections } : report
}
