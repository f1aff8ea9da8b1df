import { seedFiles } from '../bundle/seed.ts'
import type { Context } from './context.ts'
import { type ImportOptions, importFiles } from './import.ts'

/** Loads the bundles that come with the program. Returns the exit code. */
export const seed = async (context: Context, options: Pick<ImportOptions, 'dryRun' | 'json'>): Promise<number> =>
  await importFiles(context, await seedFiles(), options)
