import type { GivenTexts } from '../bundle/complete.ts'
import type { Kind } from '../bundle/concepts.ts'
import { readRecords } from '../bundle/files.ts'
import { type LoadOptions, type LoadReport, loadRecords } from '../bundle/load.ts'
import { validateBundle } from '../bundle/parse.ts'
import { BundleRefused, type Problem, type RecordCounts } from '../bundle/problems.ts'
import { type Reading, recordsOf } from '../bundle/records.ts'
import { reportLines } from '../bundle/report.ts'
import type { Database } from '../database/open.ts'
import { UserError } from '../errors.ts'
import { importCsv } from '../importers/csv/import-csv.ts'
import { importHistoryStateGov } from '../importers/history-state-gov/index.ts'
import { type Imported, importedLines } from '../importers/importer.ts'
import type { Context } from './context.ts'
import { type Progress, progressOf } from './progress.ts'
import { readText } from './read-text.ts'

export interface ImportOptions {
  /** The format of the files. Default: bundles. */
  readonly from?: 'history-state-gov' | 'csv'
  /** For `csv`: the JSON file that maps the columns to fields. */
  readonly mapping?: string
  /** Files with texts of sources, as `FILE` or `SLUG=FILE`. */
  readonly text?: readonly string[]
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** The result for one file. `--json` prints one per line. */
type FileReport = { readonly file: string } & (
  | { readonly outcome: 'loaded' | 'checked'; readonly records: LoadReport; readonly warnings: readonly Problem[] }
  | {
      readonly outcome: 'refused'
      readonly records: Readonly<Partial<Record<Kind, { refused: number }>>>
      readonly problemCount: number
      readonly problems: readonly Problem[]
    }
) &
  Partial<Omit<Imported, 'bundle'>>

/**
 * Loads files, one transaction each, and prints the result for their records. Stops at the first file that is refused.
 * Returns the exit code.
 */
export async function importFiles(context: Context, files: readonly string[], options: ImportOptions): Promise<number> {
  if (options.from === 'csv' && !options.mapping) {
    throw new UserError('--from csv needs --mapping FILE, a JSON file that maps the columns to fields')
  }
  if (options.mapping && options.from !== 'csv') throw new UserError('--mapping can be used only with --from csv')
  const { stdin, stdout, stderr, openDatabase } = context
  const print = (lines: readonly string[]) => stdout.write(`${lines.join('\n')}\n`)
  const database = await openDatabase({ isDryRun: options.dryRun ?? false })
  try {
    for (const file of files) {
      const imported = await convert(file, options)
      const { bundle: _, ...converted } = imported ?? {}
      if (imported && !options.json) print([`${file}:`, ...importedLines(imported)])
      try {
        const warnings: Problem[] = []
        const records = await load(
          database,
          progressOf(file, stderr),
          imported ? recordsOf(validateBundle(imported.bundle)) : readRecords(file === '-' ? stdin : file),
          {
            dryRun: options.dryRun ?? false,
            texts: await readTexts(options.text ?? []),
            onWarning: (warning) => warnings.push(warning),
          },
        )
        const outcome = options.dryRun ? 'checked' : 'loaded'
        const heading = options.dryRun ? `${file} (dry run, nothing loaded):` : `${file}:`
        const shown = imported && !options.dryRun ? [] : [heading]
        if (options.json)
          print([JSON.stringify({ file, outcome, records, warnings, ...converted } satisfies FileReport)])
        else print([...shown, ...reportLines(records), ...warningLines(warnings)])
      } catch (error) {
        if (!(error instanceof BundleRefused)) throw error
        const { message, problems, problemCount, records } = error
        if (!options.json) throw new UserError(`${file}: ${message}`)
        const refused = {
          file,
          outcome: 'refused',
          records: refusedOf(records),
          problemCount,
          problems,
          ...converted,
        } as const
        print([JSON.stringify(refused satisfies FileReport)])
        return 1
      }
    }
    return 0
  } finally {
    await database.close()
  }
}

/** Converts a file or a folder with an importer. Returns undefined if it is a bundle already. */
async function convert(file: string, { from, mapping = '' }: ImportOptions): Promise<Imported | undefined> {
  if (from === 'history-state-gov') return await importHistoryStateGov(file)
  if (from === 'csv') return await importCsv(file, mapping)
  return undefined
}

async function load(database: Database, progress: Progress, reading: Reading, options: LoadOptions) {
  try {
    return await loadRecords(database, reading, { ...options, onProgress: progress.update })
  } finally {
    progress.end()
  }
}

/** The texts of sources that are given as `SLUG=FILE`, or as `FILE` for the source that has no text. */
async function readTexts(given: readonly string[]): Promise<GivenTexts> {
  const texts: GivenTexts = new Map()
  for (const text of given) {
    const [, slug = null, file = ''] = /^(?:([a-z0-9-]+)=)?(.*)$/s.exec(text) ?? []
    if (texts.has(slug)) throw new UserError(`--text ${text}: expected one file for each source; write SLUG=FILE`)
    texts.set(slug, await readText(file))
  }
  return texts
}

/** Maximum number of warnings to print. */
const MOST_WARNINGS = 20

function warningLines(warnings: readonly Problem[]): string[] {
  const lines = warnings.slice(0, MOST_WARNINGS).map(({ path, message }) => `  warning: ${path}: ${message}`)
  const others = warnings.length - lines.length
  return others > 0 ? [...lines, `  … and ${others} more warnings; --json lists all`] : lines
}

const refusedOf = (records: RecordCounts) =>
  Object.fromEntries(Object.entries(records).map(([kind, refused]) => [kind, { refused }]))
