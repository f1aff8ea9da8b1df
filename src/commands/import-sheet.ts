import { writeFile } from 'node:fs/promises'
import type { LoadReport } from '../bundle/load/load.ts'
import { BundleRefused, type Problem } from '../bundle/problems.ts'
import { validateBundle } from '../bundle/reading/parse.ts'
import { type Reading, recordsOf } from '../bundle/records.ts'
import { messageOf, UserError } from '../errors.ts'
import { detailLines, type Imported, type ImportedSheet } from '../importers/importer.ts'

/** A sheet of which no row became a fact. */
export class SheetRefused extends BundleRefused {
  readonly imported: ImportedSheet
  constructor(imported: ImportedSheet) {
    super([{ path: '', message: 'all rows were refused' }])
    this.message = 'all rows were refused and nothing was loaded'
    this.imported = imported
  }
}

const isSheet = (imported: Imported): imported is ImportedSheet => 'without' in imported

/** Loads the result of an importer. Rows of a sheet that the database refuses do not refuse the others. */
export async function loadImported(imported: Imported, load: (reading: Reading) => Promise<LoadReport>) {
  for (let current = imported; ; ) {
    if (isSheet(current) && Object.values(current.rows).every(({ read, facts }) => read > 0 && facts === 0)) {
      throw new SheetRefused(current)
    }
    try {
      const records = await load(recordsOf(validateBundle(current.bundle)))
      return { records, imported: current }
    } catch (error) {
      if (!(error instanceof BundleRefused) || !isSheet(current)) throw error
      const refused = current.without(problemsOfRows(error.problems, current))
      if (Object.values(refused.rows).every(({ facts }, i) => facts === Object.values(current.rows)[i]?.facts))
        throw error
      current = refused
    }
  }
}

/** The first problem of each fact of a sheet: `meetings[2]` with the message. */
function problemsOfRows(problems: readonly Problem[], { rows }: Imported): Map<string, string> {
  const found = new Map<string, string>()
  for (const { path, message } of problems) {
    const [, fact = '', kind = '', field = ''] = /^((\w+)\[\d+\])\.?(.*)$/.exec(path) ?? []
    if (kind in rows && !found.has(fact)) found.set(fact, field === '' ? message : `${field}: ${message}`)
  }
  return found
}

export const detailsOf = (imported: Imported | undefined) =>
  imported && isSheet(imported) ? detailLines(imported) : []

/** Writes the refused rows of a sheet to a file, if the user wants it. */
export async function writeReport(imported: Imported | undefined, report: string | undefined): Promise<void> {
  if (!report || !imported || !isSheet(imported)) return
  try {
    await writeFile(report, imported.refusedRows())
  } catch (error) {
    throw new UserError(`cannot write ${report}: ${messageOf(error)}`)
  }
}
