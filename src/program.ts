import { inspect } from 'node:util'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { SCOPES } from './access/scopes.ts'
import type { CheckQuotesOptions } from './commands/check-quotes.ts'
import type { CiteOptions } from './commands/cite.ts'
import type { Context } from './commands/context.ts'
import type { DraftCommandOptions } from './commands/draft.ts'
import type { ExportOptions } from './commands/export.ts'
import type { ImportOptions } from './commands/import.ts'
import type { CreateOptions } from './commands/key.ts'
import type { McpOptions } from './commands/mcp.ts'
import type { RestoreOptions } from './commands/restore.ts'
import { readConfig, variables } from './config/config.ts'
import type { DatabaseConfig } from './config/database.ts'
import type { AsFound } from './database/as-found.ts'
import { remedyFor } from './database/explain.ts'
import { codeOf, failureOf } from './database/failure.ts'
import type { Database } from './database/open.ts'
import type { DatabaseUse } from './database/pglite/folder.ts'
import { messageOf, UserError } from './errors.ts'
import { version } from './version.ts'

/** The environment and the streams of a process. */
type Surroundings = Pick<NodeJS.Process, 'env'> & Pick<Context, 'stdin' | 'stdout' | 'stderr'>

/** How commands open databases. */
interface Openers {
  open(config: DatabaseConfig, use?: DatabaseUse): Promise<Database>
  openAsFound(config: DatabaseConfig): Promise<AsFound>
}

/**
 * Runs the command that the arguments name, and returns its exit code. Each command loads what it needs when it is called:
 * most need no GraphQL.
 */
export async function runProgram(
  args: readonly string[],
  { env, stdin, stdout, stderr }: Surroundings,
  { open = openDatabase, openAsFound = openUnmigrated }: Partial<Openers> = {},
): Promise<number> {
  let exitCode = 0
  const context = (): Context => {
    const config = readConfig(env)
    return {
      config,
      stdin,
      stdout,
      stderr,
      openDatabase: (use) => open(config.database, { ...use, statementMs: config.limits.requestMs }),
      openAsFound: () => openAsFound(config.database),
    }
  }

  const program = new Command('bilateral')
    .description(
      'A GraphQL service for data about relations between states. Every fact cites the exact words of its source.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error:/, 'bilateral:')),
    })
    .addHelpText('after', ({ command }) => environmentHelp(command))

  program
    .command('serve')
    .description(
      'Start the service and the playground (default command). Creates, migrates and seeds the database if needed.',
    )
    .action(async () => {
      const serving = context()
      // Before the modules are loaded, which takes a second or more.
      stdout.write(`bilateral ${version}: opening the database …\n`)
      const { serve } = await import('./commands/serve.ts')
      await serve(serving)
    })

  program
    .command('mcp')
    .description('Serve the tools for assistants (Model Context Protocol) over standard input and output.')
    .option(
      '--site <url>',
      'address of the service, for the links in results (default: http://localhost:PORT/)',
      siteOf,
    )
    .action(async (options: McpOptions) => {
      const { serveTools } = await import('./commands/mcp.ts')
      await serveTools(context(), options)
    })

  program
    .command('migrate')
    .description('Apply the migrations of this version to the database.')
    .action(async () => {
      const { migrateDatabase } = await import('./commands/migrate.ts')
      await migrateDatabase(context())
    })

  program
    .command('import')
    .description(
      'Import files. Each file is loaded completely or not at all. Importing a file again updates its records.',
    )
    .argument('<file...>', 'bundles as JSON, YAML or JSON Lines, optionally compressed with gzip; - is standard input')
    .addOption(
      new Option(
        '--from <publisher>',
        'format of the files, if they are not bundles; for history-state-gov, <file> is a folder with visits, travels, pocom or rdcr',
      ).choices(['history-state-gov', 'csv']),
    )
    .option('--mapping <file>', 'for --from csv: JSON file that maps the columns to fields')
    .option(
      '--text <file>',
      'text of a source that the bundle cites but does not contain, as FILE or SLUG=FILE; it is used to find the cited words, and not stored. Can be given several times',
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .option('--report <file>', 'for --from csv: write the refused rows and the reasons to this CSV file')
    .option('--source <slug>', 'for --from csv: slug of the source, for example for corrected rows')
    .option('--keep-missing', 'do not withdraw facts that the new edition of their source does not have')
    .option('--yes', 'withdraw such facts even if they are more than 20 and more than half of the facts of a source')
    .option('--dry-run', 'report what would change, without changing the data')
    .option('--json', 'print one JSON object per line for each file')
    .action(async (files: string[], options: ImportOptions) => {
      const { importFiles } = await import('./commands/import.ts')
      exitCode = await importFiles(context(), files, options)
    })

  program
    .command('seed')
    .description('Load the example facts, which the service loads at its first start unless SEED is off.')
    .option('--dry-run', 'report what would change, without changing the data')
    .option('--json', 'print one JSON object per line for each file')
    .action(async (options) => {
      const { seed } = await import('./commands/seed.ts')
      exitCode = await seed(context(), options)
    })

  program
    .command('new')
    .description('Print an example with comments, for you to change.')
    .addArgument(new Argument('<what>', 'what to print').choices(['bundle']))
    .action(async () => {
      const { newBundle } = await import('./commands/new-bundle.ts')
      await newBundle({ stdout })
    })

  program
    .command('cite')
    .description(
      'Print the citation of words in a text, for a bundle: where they begin and end, and what stands around them.',
    )
    .argument('<file>', 'file with the text of the source in UTF-8')
    .argument('<words>', 'the words, as the text has them')
    .option('--source <slug>', 'slug of the source (default: the name of the file)')
    .option('--prefix <words>', 'words directly before, if the words stand at several places')
    .option('--suffix <words>', 'words directly after, if the words stand at several places')
    .action(async (file: string, words: string, options: CiteOptions) => {
      const { cite } = await import('./commands/cite.ts')
      await cite({ stdout }, file, words, options)
    })

  program
    .command('check-quotes')
    .description(
      'Compare each quotation of a draft with the stored texts of the sources. The exit code is 1 if one is not as the sources have it.',
    )
    .argument('<file>', 'draft in UTF-8, for example in Markdown')
    .option('--speaker <name>', 'slug or name of the person or organization whose words all of them are')
    .option('--source <slug>', 'slug of the source that all of them are from')
    .option('--json', 'print one JSON object per line for each quotation')
    .action(async (file: string, options: CheckQuotesOptions) => {
      const { checkQuotes } = await import('./commands/check-quotes.ts')
      exitCode = await checkQuotes(context(), file, options)
    })

  program
    .command('draft')
    .description(
      'Read an article or a readout in English, and print a draft of its facts as a bundle. Notes that begin with DRAFT say what is guessed; correct the facts and remove the notes before the import.',
    )
    .argument('<file>', 'file with the text in UTF-8: plain, HTML or Markdown; - is standard input')
    .option('--published <date>', 'day of publication as YYYY-MM-DD (default: the day that the text begins with)')
    .option('--source <slug>', 'slug of the source (default: from the first words and the day)')
    .option('--text <file>', 'write the plain text to this file: the text that the citations refer to')
    .option('--no-database', 'do not look up people, organizations and topics in the database')
    .option('--no-model', 'do not ask the language model of DRAFT_MODEL_URL')
    .action(async (file: string, options: DraftCommandOptions) => {
      const { draft } = await import('./commands/draft.ts')
      await draft(context(), file, options)
    })

  program
    .command('mapping')
    .description('Propose a mapping for a spreadsheet, to be checked and used by import --from csv.')
    .argument('<file>', 'spreadsheet as CSV or .xlsx')
    .action(async (file: string) => {
      const { printMapping } = await import('./commands/mapping.ts')
      await printMapping(context(), file)
    })

  program
    .command('export')
    .description(
      'Export a bundle, or tables with --csv or --parquet. Importing the bundle into an empty database restores the same facts.',
    )
    .argument(
      '[file]',
      'output file: JSON if the name ends in .json, otherwise JSON Lines; compressed if it ends in .gz; with --csv or --parquet, a folder (default, and for -: standard output)',
    )
    .option('--between <countries>', 'only facts that involve both countries, for example IN,US')
    .option('--kinds <kinds>', 'only records of these types, for example visits,meetings')
    .option('--since <day>', 'only facts that may have taken place on or after this day, as YYYY-MM-DD')
    .option('--until <day>', 'only facts that may have taken place on or before this day, as YYYY-MM-DD')
    .option('--csv', 'write one CSV table per type, only with the selected records, not those that they refer to')
    .option('--parquet', 'the same as Parquet files, in the folder [file]; lists are columns of JSON')
    .action(async (file: string | undefined, options: ExportOptions) => {
      const { exportFacts } = await import('./commands/export.ts')
      await exportFacts(context(), file === '-' ? undefined : file, options)
    })

  program
    .command('backup')
    .description(
      'Write everything that the database contains to a file, as of one moment, while the service runs. The file also contains stored texts and the hashes of keys.',
    )
    .argument('<file>', 'output file, always compressed by gzip; - is standard output')
    .action(async (file: string) => {
      const { backup } = await import('./commands/backup.ts')
      await backup(context(), file)
    })

  program
    .command('restore')
    .description(
      'Restore a backup, of this version or an older one, into an empty database: completely or not at all, also while the service runs.',
    )
    .argument('<file>', 'file that bilateral backup wrote; - is standard input')
    .option('--replace', 'replace everything that the database contains')
    .action(async (file: string, options: RestoreOptions) => {
      const { restore } = await import('./commands/restore.ts')
      await restore(context(), file, options)
    })

  program
    .command('doctor')
    .description(
      'Check the configuration, the folder and the database, and say what to do. Changes nothing. The exit code is 1 if something must be done.',
    )
    .option('--json', 'print one JSON object per line for each check')
    .action(async (options) => {
      const { examine } = await import('./commands/doctor.ts')
      exitCode = await examine(context(), env, options)
    })

  program
    .command('withdraw')
    .description(
      'Withdraw facts. They no longer count, but can still be read by their slug, with the reason. Later imports do not bring them back.',
    )
    .argument(
      '<slug...>',
      'slugs of facts; if two facts have the same slug, its kind and slug, for example visits/SLUG; a part of a fact as reports name it',
    )
    .requiredOption('--reason <text>', 'why the facts do not count any more')
    .option('--note <text>', 'remark for readers')
    .option('--dry-run', 'report what would change, without changing the data')
    .action(async (slugs: string[], options) => {
      const { withdraw } = await import('./commands/withdraw.ts')
      await withdraw(context(), slugs, options)
    })

  program
    .command('reinstate')
    .description('Bring back facts that were withdrawn.')
    .argument('<slug...>', 'slugs of facts, as for withdraw')
    .option('--dry-run', 'report what would change, without changing the data')
    .action(async (slugs: string[], options) => {
      const { reinstate } = await import('./commands/withdraw.ts')
      await reinstate(context(), slugs, options)
    })

  program
    .command('merge')
    .description(
      'Merge the person MERGED into KEPT, and report what becomes of each fact. The slug and ID of MERGED then redirect to KEPT.',
    )
    .argument('<kept>', 'slug of the person that remains')
    .argument('<merged>', 'slug of the same person under another name')
    .option(
      '--force',
      'merge people who took part in one meeting or visit, held offices of different states on one day, or have different Wikidata items or dates of life',
    )
    .option('--dry-run', 'report what would change, without changing the data')
    .action(async (kept: string, merged: string, options) => {
      const { mergeTwo } = await import('./commands/merge.ts')
      await mergeTwo(context(), kept, merged, options)
    })

  program
    .command('unmerge')
    .description('Undo the merge of a person. The slug gets back its record, its names and its facts.')
    .argument('<slug>', 'slug of the person that was merged into another')
    .option('--dry-run', 'report what would change, without changing the data')
    .action(async (slug: string, options) => {
      const { unmerge } = await import('./commands/merge.ts')
      await unmerge(context(), slug, options)
    })

  program
    .command('conflicts')
    .description('List facts that contradict each other.')
    .option('--json', 'print one JSON object per line for each pair')
    .action(async (options) => {
      const { listConflicts } = await import('./commands/conflicts.ts')
      await listConflicts(context(), options)
    })

  program
    .command('attach-text')
    .description(
      'Store the text of a source, so that its citations can be verified. You must have the right to store it.',
    )
    .argument('<source>', 'slug of the source')
    .argument('<file>', 'file with the unchanged text in UTF-8; its SHA-256 must match the source')
    .option('--dry-run', 'report what would change, without changing the data')
    .action(async (source: string, file: string, options) => {
      const { attachText } = await import('./commands/attach-text.ts')
      exitCode = await attachText(context(), source, file, options)
    })

  program
    .command('verify')
    .description('Compare every citation with the text of its source. The exit code is 1 if any does not match.')
    .argument('[source]', 'slug of a source, to verify only this one')
    .option('--json', 'print one JSON object per line for each source')
    .action(async (source: string | undefined, options) => {
      const { verifyCitations } = await import('./commands/verify.ts')
      exitCode = await verifyCitations(context(), source, options)
    })

  const key = program.command('key').description('Create, list and revoke keys for the API.')
  key
    .command('create')
    .description('Create a key and print it. It is shown only now, because only its hash is stored.')
    .argument('<name>', 'who uses the key, for the list of keys')
    .addOption(
      new Option('--scope <scope>', 'what the key allows; edit includes read, and admin includes both')
        .choices(SCOPES)
        .makeOptionMandatory(),
    )
    .option('--expires <day>', 'last day on which the key is valid, as YYYY-MM-DD in UTC (default: it does not expire)')
    .action(async (name: string, options: CreateOptions) => {
      const { create } = await import('./commands/key.ts')
      await create(context(), name, options)
    })
  key
    .command('list')
    .description('List the keys, the newest first.')
    .option('--json', 'print one JSON object per line for each key')
    .action(async (options) => {
      const { list } = await import('./commands/key.ts')
      await list(context(), options)
    })
  key
    .command('revoke')
    .description('Revoke a key. Services refuse it within 5 seconds.')
    .argument('<id>', 'id of the key, as `bilateral key list` shows it')
    .action(async (id: string) => {
      const { revoke } = await import('./commands/key.ts')
      await revoke(context(), id)
    })

  try {
    await program.parseAsync(args.length > 0 ? args : ['serve'], { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has printed its own.
    if (error instanceof CommanderError) return error.exitCode
    if (!(error instanceof UserError) && !codeOf(error) && !failureOf(error)) throw error
    stderr.write(`bilateral: ${lineOf(error)}\n`)
    if (env['LOG_LEVEL'] === 'debug') stderr.write(`${inspect(error)}\n`)
    return 1
  }
}

/** The address of a site, with a slash at its end. */
function siteOf(text: string): string {
  if (!URL.canParse(text)) throw new InvalidArgumentError('Expected a URL such as https://example.org/.')
  return text.endsWith('/') ? text : `${text}/`
}

/** The list of environment variables, laid out like the list of commands. */
function environmentHelp(command: Command): string {
  const help = command.createHelp()
  const width = command.configureOutput().getOutHelpWidth?.() ?? 80
  help.prepareContext({ helpWidth: width })
  const longest = Math.max(...variables.map(({ name }) => name.length))
  const lines = variables.map(({ name, description }) => help.formatItem(name, longest, description, help))
  return `\nEnvironment:\n${lines.join('\n')}`
}

/**
 * The message for an error, on one line. For errors of the system or the database, it has the code and, if known, what to do.
 */
function lineOf(error: unknown): string {
  const message = messageOf(error).replaceAll(/\s*\n\s*/g, ' ')
  if (error instanceof UserError) return error.message
  const code = codeOf(error)
  return code ? `${message} (${code})${remedyFor(error)}` : `the database is not available: ${message}`
}

async function openDatabase(config: DatabaseConfig, use?: DatabaseUse): Promise<Database> {
  const { openDatabase } = await import('./database/open.ts')
  const database = await openDatabase(config, use)
  if (!use?.isDryRun) {
    const { refold } = await import('./bundle/derived/refold.ts')
    await refold(database)
  }
  return database
}

async function openUnmigrated(config: DatabaseConfig): Promise<AsFound> {
  const { openAsFound } = await import('./database/as-found.ts')
  return await openAsFound(config)
}
