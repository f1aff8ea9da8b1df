import { createReadStream } from 'node:fs'
import { refold } from '../bundle/derived/refold.ts'
import { restoreBackup } from '../database/backup/restore.ts'
import type { Context } from './context.ts'
import { progressOf } from './progress.ts'

export interface RestoreOptions {
  readonly replace?: boolean
}

/** Restores a backup, and prints what was restored. */
export async function restore(
  { stdin, stdout, stderr, openDatabase }: Context,
  file: string,
  { replace = false }: RestoreOptions,
): Promise<void> {
  const isPiped = file === '-'
  const name = isPiped ? 'standard input' : file
  const database = await openDatabase()
  const progress = progressOf(name, stderr)
  try {
    const bytes = isPiped ? stdin : createReadStream(file)
    const report = await restoreBackup(database, name, bytes, { replace, onProgress: progress.update })
    const { header, tables, rows, leftOut, migrated } = report
    stdout.write(
      [
        `${database.location}: restored ${rows.toLocaleString('en')} rows of ${tables} tables from ${name}, written by bilateral ${header.version} at ${header.createdAt} (data version ${header.dataVersion})`,
        ...(migrated.length > 0 ? [`applied ${migrated.join(', ')}`] : []),
        '',
      ].join('\n'),
    )
    if (leftOut.length > 0)
      stderr.write(`bilateral: not restored, because this version has no such tables: ${leftOut.join(', ')}\n`)
    // The backup may be of a version that folded words in another way.
    await refold(database)
  } finally {
    progress.end()
    await database.close()
  }
}
