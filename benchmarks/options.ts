import { Argument, Command, InvalidArgumentError } from 'commander'

export const questionNames = ['A', 'B', 'C', 'C5000', 'D', 'E'] as const
export type QuestionName = (typeof questionNames)[number]

export const contestantNames = ['bilateral', 'postgraphile', 'limit'] as const
export type ContestantName = (typeof contestantNames)[number]

export const phaseNames = ['load', 'repeated', 'pglite', 'import', 'start', 'thread'] as const
export type PhaseName = (typeof phaseNames)[number]

/** The largest scale that is imported. Larger ones are copies of it. */
export const IMPORTED = 10

/** What to measure and how long. */
export interface Options {
  readonly scale: readonly number[]
  readonly phases: readonly PhaseName[]
  readonly questions: readonly QuestionName[]
  readonly contestants: readonly ContestantName[]
  readonly runs: number
  readonly rounds: number
  readonly seconds: number
  readonly fresh: boolean
  readonly output: string
  readonly quick: boolean
}

export interface ProfileOptions {
  readonly scale: number
  readonly seconds: number
}

export interface SoakOptions {
  readonly seconds: number
}

export interface RecallOptions {
  readonly scale: number
}

/** The options of `--quick`: enough to see that everything runs, not enough for valid figures. */
export const quick = { scale: [1], phases: ['load', 'repeated', 'start'], runs: 1, rounds: 1, seconds: 1 } as const

interface Actions {
  run(options: Options): Promise<void>
  profile(question: QuestionName, options: ProfileOptions): Promise<void>
  recall(options: RecallOptions): Promise<void>
  pages(): Promise<void>
  soak(options: SoakOptions): Promise<void>
  overload(options: SoakOptions): Promise<void>
  quotes(): Promise<void>
}

/** The command line. It calls `actions`. */
export function commandLine(actions: Actions): Command {
  const program = new Command('npm run bench --')
    .description('Compares the service with PostGraphile and with the limit, and writes the results.')
    // Otherwise `--scale` after a command would be an option of this one.
    .enablePositionalOptions()
    .option(
      '--scale <numbers>',
      'amount of data: 1 is 10,000 meetings and 50,000 statements; 1 to 10, or multiples of 10',
      (text: string) => text.split(',').map(scale),
      [1, 10],
    )
    .option('--phases <names>', `one or more of ${phaseNames}`, someOf(phaseNames), [...phaseNames])
    .option('--questions <names>', `one or more of ${questionNames}`, someOf(questionNames), [...questionNames])
    .option('--contestants <names>', `one or more of ${contestantNames}`, someOf(contestantNames), [...contestantNames])
    .option('--runs <number>', 'number of full repetitions of the load', number, 1)
    .option('--rounds <number>', 'number of rounds per question, in which each contestant is loaded once', number, 5)
    .option('--seconds <number>', 'duration of each load in seconds', number, 5)
    .option('--fresh', 'reload the databases even if they are current', false)
    .option('--output <file>', 'file for the results', 'benchmarks/RESULTS.md')
    .option('--quick', 'check in one or two minutes that everything runs; writes no file', false)
    .addHelpText(
      'after',
      `
Environment:
  DATABASE_URL   a PostgreSQL server on which databases may be created: postgresql://USER:PASSWORD@HOST:PORT/DATABASE.
                 They are named bilateral_bench_SCALE and are reused by later runs.
  DATABASE_POOL  number of connections per contestant (default: that of the service)`,
    )
    .action((options: Options) => actions.run(options.quick ? { ...options, ...quick } : options))
  program
    .command('profile')
    .description('Show where the service spends its time on one question.')
    .addArgument(new Argument('<question>', 'the question').choices(questionNames))
    .option('--scale <number>', 'amount of data', scale, 1)
    .option('--seconds <number>', 'duration in seconds', number, 10)
    .action((question: QuestionName, options: ProfileOptions) => actions.profile(question, options))
  program
    .command('recall')
    .description('Compare the searches of question D with a ranking of all matches.')
    .option('--scale <number>', 'amount of data', scale, 10)
    .action((options: RecallOptions) => actions.recall(options))
  program
    .command('pages')
    .description(
      'Check the time of the pages and the size of their scripts, for the data in the database DATABASE_URL.',
    )
    .action(() => actions.pages())
  program
    .command('soak')
    .description(
      'Load the service at 80% of its capacity, with an import now and then, on a copy of the database DATABASE_URL.',
    )
    .option('--seconds <number>', 'duration in seconds', number, Number(process.env['SOAK_SECONDS'] ?? 1_800))
    .action((options: SoakOptions) => actions.soak(options))
  program
    .command('overload')
    .description('Load the service with three times its capacity, on a copy of the database DATABASE_URL.')
    .option('--seconds <number>', 'duration in seconds', number, 60)
    .action((options: SoakOptions) => actions.overload(options))
  program
    .command('quotes')
    .description(
      'Check 1,000 generated quotations, for the data in the database DATABASE_URL. Stores the text in the file ARTICLE_TEXT there, if it is set.',
    )
    .action(() => actions.quotes())
  return program
}

function number(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.')
  return Number(text)
}

function scale(text: string): number {
  const given = number(text)
  if (given > IMPORTED && given % IMPORTED !== 0)
    throw new InvalidArgumentError(`Expected 1 to ${IMPORTED}, or a multiple of ${IMPORTED}.`)
  return given
}

const someOf =
  <T extends string>(names: readonly T[]) =>
  (text: string): T[] =>
    text.split(',').map((given) => {
      const name = names.find((name) => name === given)
      if (!name) throw new InvalidArgumentError(`Expected one or more of ${names.join(', ')}.`)
      return name
    })
