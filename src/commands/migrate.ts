import type { Context } from './context.ts'

/** Applies the migrations of this version and prints which ones were needed. */
export async function migrateDatabase({ stdout, openDatabase }: Context): Promise<void> {
  const database = await openDatabase()
  await database.close()
  const { appliedMigrations, location } = database
  const applied = appliedMigrations.length > 0 ? `applied ${appliedMigrations.join(', ')}` : 'nothing to apply'
  stdout.write(`${location}: ${applied}\n`)
}
