import { writeBackup } from '../database/backup/write.ts'
import type { Context } from './context.ts'
import { write, written } from './output.ts'
import { progressOf } from './progress.ts'

/** Writes a backup of the database, which is not migrated, and prints what it contains. */
export async function backup({ stdout, stderr, openAsFound }: Context, file: string): Promise<void> {
  const isPiped = file === '-'
  const database = await openAsFound()
  const progress = progressOf(file, stderr)
  let summary = ''
  try {
    await written(
      isPiped ? stdout : file,
      async (out) => {
        const report = await writeBackup(database.client, (text) => write(out, text), progress.update)
        const { tables, rows, dataVersion } = report
        summary = `${file}: ${rows.toLocaleString('en')} rows of ${tables} tables of ${database.location}, data version ${dataVersion}\n`
      },
      // Only the owner may read the hashes of keys.
      { gzip: true, mode: 0o600, mayEndEarly: false },
    )
  } finally {
    progress.end()
    await database.close()
  }
  ;(isPiped ? stderr : stdout).write(summary)
}
