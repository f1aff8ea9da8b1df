import type { GivenTexts } from '../bundle/check/complete.ts'
import type { Kind } from '../bundle/concepts.ts'
import { type Corrections, type LoadOptions, type LoadReport, loadRecords } from '../bundle/load/load.ts'
import { reportLines } from '../bundle/load/report.ts'
import { BundleRefused, type Problem, type RecordCounts } from '../bundle/problems.ts'
import { readRecords } from '../bundle/reading/files.ts'
import type { Reading } from '../bundle/records.ts'
import type { Database } from '../database/open.ts'
import { UserError } from '../errors.ts'
import { importCsv } from '../importers/csv/import-csv.ts'
import { importHistoryStateGov } from '../importers/history-state-gov/index.ts'
import { type Imported, importedLines } from '../importers/importer.ts'
import { readKnown } from '../schema/loading/known-records.ts'
import type { Context } from './context.ts'
import { detailsOf, loadImported, SheetRefused, writeReport } from './import-sheet.ts'
import { type Progress, progressOf } from './progress.ts'
import { readText } from './read-text.ts'

export interface ImportOptions {
  /** The format of the files. Default: bundles. */
  readonly from?: 'history-state-gov' | 'csv'
  /** For `csv`: the JSON file that maps the columns to fields. */
  readonly mapping?: string
  /** Files with texts of sources, as `FILE` or `SLUG=FILE`. */
  readonly text?: readonly string[]
  /** For `csv`: the slug of the source, in place of that of the mapping. */
  readonly source?: string
  /** For `csv`: where to write the refused rows. */
  readonly report?: string
  readonly keepMissing?: boolean
  readonly yes?: boolean
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** The result for one file. `--json` prints one per line. */
type FileReport = { readonly file: string } & (
  | {
      readonly outcome: 'loaded' | 'checked'
      readonly records: Omit<LoadReport, 'corrections'>
      readonly corrections?: Corrections
      readonly warnings: readonly Problem[]
    }
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
  expectOptions(files, options)
  const { stdin, stdout, stderr, openDatabase } = context
  const print = (lines: readonly string[]) => stdout.write(`${lines.join('\n')}\n`)
  const database = await openDatabase({ isDryRun: options.dryRun ?? false })
  try {
    for (const file of files) {
      const progress = progressOf(file, stderr)
      let imported = await convert(database, file, options)
      try {
        const warnings: Problem[] = []
        const loading: LoadOptions = {
          dryRun: options.dryRun ?? false,
          keepMissing: options.keepMissing ?? false,
          yes: options.yes ?? false,
          isImporter: options.from !== undefined,
          texts: await readTexts(options.text ?? []),
          onWarning: (warning) => warnings.push(warning),
        }
        const loadFile = (reading: Reading) => load(database, progress, reading, loading)
        const { records: report, imported: loaded } = imported
          ? await loadImported(imported, loadFile)
          : { imported, records: await loadFile(readRecords(file === '-' ? stdin : file)) }
        imported = loaded
        const { corrections, ...records } = report
        const outcome = options.dryRun ? 'checked' : 'loaded'
        const heading = options.dryRun ? `${file} (dry run, nothing loaded):` : `${file}:`
        if (options.json) {
          const corrected = corrections ? { corrections } : {}
          const result: FileReport = { file, outcome, records, ...corrected, warnings, ...reported(imported) }
          print([JSON.stringify(result)])
        } else {
          print([
            heading,
            ...(imported ? importedLines(imported) : []),
            ...reportLines(report),
            ...warningLines(warnings),
            ...detailsOf(imported),
          ])
        }
        await writeReport(imported, options.report)
      } catch (error) {
        if (!(error instanceof BundleRefused)) throw error
        const { message, problems, problemCount, records } = error
        if (error instanceof SheetRefused) imported = error.imported
        if (!options.json) {
          if (imported) print([`${file}:`, ...importedLines(imported, false), ...detailsOf(imported)])
          await writeReport(imported, options.report)
          throw new UserError(`${file}: ${message}`)
        }
        await writeReport(imported, options.report)
        const refused = {
          file,
          outcome: 'refused',
          records: refusedOf(records),
          problemCount,
          problems,
          ...reported(imported),
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

function expectOptions(files: readonly string[], { from, mapping, source, report }: ImportOptions): void {
  if (from === 'csv' && !mapping) {
    throw new UserError('--from csv needs --mapping FILE, a JSON file that maps the columns to fields')
  }
  for (const [option, value] of Object.entries({ mapping, source, report })) {
    if (value && from !== 'csv') throw new UserError(`--${option} can be used only with --from csv`)
    if (value && option !== 'mapping' && files.length > 1)
      throw new UserError(`--${option} can be used only with one file`)
  }
}

/** Converts a file or a folder with an importer. Returns undefined if it is a bundle already. */
async function convert(database: Database, file: string, options: ImportOptions): Promise<Imported | undefined> {
  const { from, mapping = '', source } = options
  if (from === 'history-state-gov') return await importHistoryStateGov(file)
  if (from === 'csv') return await importCsv(file, mapping, { known: await readKnown(database), source })
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

/** What `--json` prints of the result of an importer. */
function reported(imported: Imported | undefined) {
  if (!imported) return {}
  const { rows, anomalies, decisions } = imported
  return { rows, anomalies, decisions }
}

const refusedOf = (records: RecordCounts) =>
  Object.fromEntries(Object.entries(records).map(([kind, refused]) => [kind, { refused }]))
