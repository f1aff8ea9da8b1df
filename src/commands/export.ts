import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { type Kind, kinds } from '../bundle/concepts.ts'
import { csvCells, csvColumns } from '../bundle/export/csv.ts'
import { exportRecords, type Selection, type Sink } from '../bundle/export/export.ts'
import { ParquetTable } from '../bundle/export/parquet.ts'
import { FORMAT, FORMAT_VERSION } from '../bundle/format.ts'
import type { Placed, PlacedWithdrawal } from '../bundle/records.ts'
import type { Database } from '../database/open.ts'
import { UserError } from '../errors.ts'
import { isDay } from '../time/day.ts'
import type { Context } from './context.ts'
import { cannotWrite, write, written } from './output.ts'

export interface ExportOptions {
  readonly between?: string
  readonly kinds?: string
  readonly since?: string
  readonly until?: string
  readonly csv?: boolean
  readonly parquet?: boolean
}

/**
 * Writes the selected records and those they refer to as a bundle, to a file or to standard output. The format is JSON if the
 * name ends in `.json`, otherwise JSON Lines; the file is compressed if the name ends in `.gz`. With `csv` or `parquet`,
 * `file` is a folder that receives one table per kind.
 */
export async function exportFacts(
  { stdout, openDatabase }: Context,
  file: string | undefined,
  options: ExportOptions,
): Promise<void> {
  const wanted = options.kinds?.split(',').map(kindOf)
  if (options.csv && !file && wanted?.length !== 1) {
    throw new UserError('--csv writes one table per type: give the folder for them, or --kinds with one type')
  }
  if (options.parquet && (options.csv || !file)) {
    throw new UserError('--parquet writes one table per type: give the folder for them, and not --csv')
  }
  const database = await openDatabase()
  try {
    const selection = await selectionOf(database, wanted, options)
    if (options.csv) await exportTables(database, selection, file, stdout)
    else if (options.parquet && file) await exportParquet(database, selection, file)
    else if (file?.replace(/\.gz$/, '').endsWith('.json'))
      await written(file, (out) => exportDocument(database, selection, out))
    else await written(file ?? stdout, (out) => exportLines(database, selection, out))
  } finally {
    await database.close()
  }
}

async function selectionOf(
  database: Database,
  wanted: Kind[] | undefined,
  { between, since, until }: ExportOptions,
): Promise<Selection> {
  const codes = [...new Set(between?.split(','))].sort()
  const [one, two] = codes
  if (between !== undefined && (codes.length !== 2 || !one || !two)) {
    throw new UserError(`--between: expected two different countries, for example IN,US, got ${between}`)
  }
  const known = await database.prisma.country.findMany({ where: { code: { in: codes } }, select: { code: true } })
  const unknown = codes.find((code) => !known.some((country) => country.code === code))
  if (unknown) throw new UserError(`--between: expected codes of countries in the database, got ${unknown}`)
  const from = since === undefined ? undefined : dayGiven('--since', since)
  const to = until === undefined ? undefined : dayGiven('--until', until)
  if (from && to && from > to) {
    throw new UserError(`--since and --until: expected --since on or before --until, got ${since} and ${until}`)
  }
  return { kinds: wanted, between: one && two ? [one, two] : undefined, from, to }
}

function kindOf(name: string): Kind {
  const kind = kinds.find((kind) => kind === name)
  if (kind) return kind
  throw new UserError(`--kinds: expected one or more of ${kinds.join(',')}, got ${JSON.stringify(name)}`)
}

function dayGiven(option: string, text: string): string {
  if (isDay(text)) return text
  throw new UserError(`${option}: expected a day as YYYY-MM-DD, for example 2026-02-05, got ${JSON.stringify(text)}`)
}

/** Omits empty values, which are optional in a bundle. */
const unlessEmpty = (_key: string, value: unknown) => (Array.isArray(value) && value.length === 0 ? undefined : value)

const HEADER = { format: FORMAT, version: FORMAT_VERSION }

/** The name of the list of a bundle that an item is in, and its value there. */
const listed = (item: Placed | PlacedWithdrawal): [string, object] =>
  'withdraw' in item ? ['withdraw', item.withdraw] : [item.kind, item.record]

async function exportLines(database: Database, selection: Selection, out: Writable): Promise<void> {
  await write(out, `${JSON.stringify(HEADER)}\n`)
  await exportRecords(database, selection, (item) => {
    const [list, value] = listed(item)
    return write(out, `${JSON.stringify({ [list]: value }, unlessEmpty)}\n`)
  })
}

async function exportDocument(database: Database, selection: Selection, out: Writable): Promise<void> {
  await write(out, JSON.stringify(HEADER, null, 2).replace(/\n\}$/, ''))
  let last: string | undefined
  await exportRecords(database, selection, async (item) => {
    const [list, value] = listed(item)
    const begin = list === last ? ',\n' : `${last ? '\n  ]' : ''},\n  ${JSON.stringify(list)}: [\n`
    last = list
    await write(out, begin + JSON.stringify(value, unlessEmpty, 2).replaceAll(/^/gm, '    '))
  })
  await write(out, `${last ? '\n  ]' : ''}\n}\n`)
}

/** Writes one table per kind to a folder, or a single table to standard output. */
async function exportTables(
  database: Database,
  selection: Selection,
  folder: string | undefined,
  stdout: Writable,
): Promise<void> {
  if (folder) await makeFolder(folder)
  for (const kind of selection.kinds ?? kinds) {
    await written(folder ? join(folder, `${kind}.csv`) : stdout, async (out) => {
      await write(out, rowOf(csvColumns(kind)))
      const sink: Sink = (item) => write(out, rowOf(csvCells(item as Placed)))
      await exportRecords(database, { ...selection, kinds: [kind] }, sink, { alone: true })
    })
  }
}

/** Writes one table per kind to a folder, as Parquet. */
async function exportParquet(database: Database, selection: Selection, folder: string): Promise<void> {
  await makeFolder(folder)
  for (const kind of selection.kinds ?? kinds) {
    await written(join(folder, `${kind}.parquet`), async (out) => {
      const table = new ParquetTable(kind)
      const sink: Sink = (item) => write(out, table.add(item as Placed))
      await exportRecords(database, { ...selection, kinds: [kind] }, sink, { alone: true })
      await write(out, table.end())
    })
  }
}

const makeFolder = (folder: string) =>
  mkdir(folder, { recursive: true }).catch((error: unknown) => cannotWrite(folder, error))

/** A CSV row. Cells that look like formulas are marked as text, and cells with any line break are quoted. */
const rowOf = (cells: readonly string[]) =>
  stringify([[...cells]], { escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ })
