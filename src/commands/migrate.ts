import type { Config } from '../config.ts'
import { openDatabase } from '../database/open.ts'

/** Applies the migrations of this version and prints which ones were needed. */
export async function migrateDatabase(config: Config): Promise<void> {
  const database = await openDatabase(config.database)
  await database.close()
  const { appliedMigrations, location } = database
  const applied = appliedMigrations.length > 0 ? `applied ${appliedMigrations.join(', ')}` : 'nothing to apply'
  process.stdout.write(`${location}: ${applied}\n`)
}
