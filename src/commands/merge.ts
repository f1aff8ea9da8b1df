import { mergePeople } from '../bundle/merge.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../database/open.ts'

/** Merges two people into one. */
export async function mergeTwo(config: Config, kept: string, merged: string): Promise<void> {
  const database = await openDatabase(config.database)
  try {
    await mergePeople(database, kept, merged)
    process.stdout.write(`merged ${merged} into ${kept}; ${merged} now redirects to ${kept}\n`)
  } finally {
    await database.close()
  }
}
