#!/usr/bin/env node
import { Command, Option } from 'commander'
import type { ExportOptions } from './commands/export.ts'
import type { ImportOptions } from './commands/import.ts'
import { readConfig } from './config.ts'
import { UserError } from './errors.ts'
import { version } from './version.ts'

// Each command loads what it needs when it is called: most need no GraphQL.
const program = new Command('bilateral')
  .description('A GraphQL service over bilateral-relations data: every fact cites the exact words of its source.')
  .version(version)
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, 'bilateral:')) })
  .addHelpText(
    'after',
    `
Environment:
  DATABASE_URL     a PostgreSQL server, as postgresql://USER:PASSWORD@HOST:PORT/DATABASE; without one, an embedded
                   database keeps the data in a folder
  DATABASE_POOL    the most connections to that server (default: two for each processor here, 4 to 10)
  BILATERAL_DATA   that folder (default: .data)
  HOST, PORT       where to listen (default: 127.0.0.1, 4000)
  RESPONSE_CACHE   megabytes of answers to keep while the data does not change, 0 for none (default: 64)
  SHARED_MAX_AGE   seconds for which CDNs may tell an answer without asking again (default: 0)
  PERSISTED_DOCUMENTS
                   a JSON file of documents by their ids, by which they can then be asked for
  LOG_LEVEL        fatal, error, warn, info, debug or silent (default: info)`,
  )

program
  .command('serve')
  .description('create, migrate and seed the database where needed, and serve GraphQL and the playground (the default)')
  .action(async () => {
    const { serve } = await import('./commands/serve.ts')
    await serve(readConfig(process.env))
  })

program
  .command('migrate')
  .description('bring the database to this version of the program')
  .action(async () => {
    const { migrateDatabase } = await import('./commands/migrate.ts')
    await migrateDatabase(readConfig(process.env))
  })

program
  .command('import')
  .description('load files: each whole or not at all; what they say of a record replaces what they said before')
  .argument('<file...>', 'bundles as JSON or JSON Lines, plain or compressed by gzip; - for standard input')
  .addOption(
    new Option('--from <publisher>', 'the files are not bundles, but what a publisher has').choices([
      'history-state-gov',
      'csv',
    ]),
  )
  .option('--mapping <file>', 'for csv: what its columns are')
  .option('--dry-run', 'check and report, and keep nothing')
  .option('--json', 'print a JSON object a line, one for each file')
  .action(async (files: string[], options: ImportOptions) => {
    const { importFiles } = await import('./commands/import.ts')
    await importFiles(readConfig(process.env), files, options)
  })

program
  .command('export')
  .description('write a bundle that loads into an empty database as the same facts, or tables')
  .argument(
    '[file]',
    'JSON Lines, or JSON where it ends with .json; compressed where it ends with .gz; a folder for --csv',
  )
  .option('--between <countries>', 'only facts of the relation of two countries, as IN,US')
  .option('--kinds <kinds>', 'only records of some kinds, as visits,meetings')
  .option('--since <day>', 'only facts that perhaps lasted on this day or later')
  .option('--until <day>', 'only facts that perhaps lasted on this day or earlier')
  .option('--csv', 'a table for each kind, without what its records refer to')
  .action(async (file: string | undefined, options: ExportOptions) => {
    const { exportFacts } = await import('./commands/export.ts')
    await exportFacts(readConfig(process.env), file, options)
  })

program
  .command('merge')
  .description(
    'make one person of two: what is known of the second is known of the first, to whom its slug leads for good',
  )
  .argument('<kept>', 'the slug of the person that stays')
  .argument('<merged>', 'the slug of the same person under another name')
  .action(async (kept: string, merged: string) => {
    const { mergeTwo } = await import('./commands/merge.ts')
    await mergeTwo(readConfig(process.env), kept, merged)
  })

program
  .command('conflicts')
  .description('list the facts that contradict each other')
  .option('--json', 'print a JSON object a line, one for each pair')
  .action(async (options) => {
    const { listConflicts } = await import('./commands/conflicts.ts')
    await listConflicts(readConfig(process.env), options)
  })

program
  .command('attach-text')
  .description('keep the text of a source that you have the right to keep, so that its citations can be verified')
  .argument('<source>', 'the slug of the source')
  .argument('<file>', 'its text as UTF-8, unchanged: its SHA-256 must be the recorded one')
  .action(async (source: string, file: string) => {
    const { attachText } = await import('./commands/attach-text.ts')
    await attachText(readConfig(process.env), source, file)
  })

program
  .command('verify')
  .description('hold every citation against the text of its source, and exit with 1 where any mismatches')
  .argument('[source]', 'the slug of a source, to verify no other')
  .option('--json', 'print a JSON object a line, one for each source')
  .action(async (source: string | undefined, options) => {
    const { verifyCitations } = await import('./commands/verify.ts')
    await verifyCitations(readConfig(process.env), source, options)
  })

try {
  await program.parseAsync(process.argv.length > 2 ? process.argv : [...process.argv, 'serve'])
} catch (error) {
  if (!(error instanceof UserError)) throw error
  process.stderr.write(`bilateral: ${error.message}\n`)
  process.exitCode = 1
}

// The schema engine leaves a timer behind that would keep the process for seconds after its work is done.
process.exit()
