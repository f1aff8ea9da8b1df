import { mergePeople } from '../bundle/merge.ts'
import type { Config } from '../config.ts'
import { openDatabase } from '../database/open.ts'

/** Makes one person of two. */
export async function mergeTwo(config: Config, kept: string, merged: string): Promise<void> {
  const database = await openDatabase(config.database)
  try {
    await mergePeople(database, kept, merged)
    process.stdout.write(`${merged} is ${kept} now, and leads to it\n`)
  } finally {
    await database.close()
  }
}
