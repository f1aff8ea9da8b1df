import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { migrationWaiting } from '../database/migrate.ts'
import type { Context } from './context.ts'

/** Applies the migrations of this version and prints which ones were needed. */
export async function migrateDatabase({ stdout, stderr, openDatabase }: Context): Promise<void> {
  const showWait = (reason: unknown) => void stderr.write(`${reason}\n`)
  subscribe(migrationWaiting.name, showWait)
  const database = await openDatabase().finally(() => unsubscribe(migrationWaiting.name, showWait))
  await database.close()
  const { appliedMigrations, location } = database
  const applied = appliedMigrations.length > 0 ? `applied ${appliedMigrations.join(', ')}` : 'nothing to apply'
  stdout.write(`${location}: ${applied}\n`)
}
