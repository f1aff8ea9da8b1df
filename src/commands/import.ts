import { readRecords } from '../bundle/files.ts'
import { loadRecords } from '../bundle/load.ts'
import { BundleRefused } from '../bundle/problems.ts'
import { reportLines } from '../bundle/report.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../database/open.ts'
import { UserError } from '../errors.ts'

/** Loads bundles, one transaction a file, and reports what became of their records. */
export async function importBundles(config: Config, files: readonly string[]): Promise<void> {
  const database = await openDatabase(config.database)
  try {
    for (const file of files) {
      const report = await loadRecords(database, readRecords(file)).catch((error) => {
        throw error instanceof BundleRefused ? new UserError(`${file}: ${error.message}`) : error
      })
      process.stdout.write(`${file}:\n${reportLines(report).join('\n')}\n`)
    }
  } finally {
    await database.close()
  }
}
