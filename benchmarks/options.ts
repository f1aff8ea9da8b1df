import { Argument, Command, InvalidArgumentError } from 'commander'

export const questionNames = ['A', 'B', 'C', 'C5000', 'D', 'E'] as const
export type QuestionName = (typeof questionNames)[number]

export const contestantNames = ['bilateral', 'postgraphile', 'limit'] as const
export type ContestantName = (typeof contestantNames)[number]

export const phaseNames = ['load', 'repeated', 'pglite', 'import', 'start', 'thread'] as const
export type PhaseName = (typeof phaseNames)[number]

/** The largest scale that is imported; what is larger are copies of it. */
export const IMPORTED = 10

/** What is measured, and how long. */
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

/** What `--quick` makes of the options: enough to see that all runs, too little to tell anything. */
export const quick = { scale: [1], phases: ['load', 'repeated', 'start'], runs: 1, rounds: 1, seconds: 1 } as const

interface Actions {
  run(options: Options): Promise<void>
  profile(question: QuestionName, options: ProfileOptions): Promise<void>
}

/** The command line; `actions` is what it calls. */
export function commandLine(actions: Actions): Command {
  const program = new Command('npm run bench --')
    .description('Measures the service beside PostGraphile and the limit, and writes what came of it.')
    .option(
      '--scale <numbers>',
      'how much data: 1 is 10,000 meetings and 50,000 statements; 1 to 10, or tens',
      (text: string) => text.split(',').map(scale),
      [1, 10],
    )
    .option('--phases <names>', `some of ${phaseNames}`, someOf(phaseNames), [...phaseNames])
    .option('--questions <names>', `some of ${questionNames}`, someOf(questionNames), [...questionNames])
    .option('--contestants <names>', `some of ${contestantNames}`, someOf(contestantNames), [...contestantNames])
    .option('--runs <number>', 'how often the load is repeated as a whole', number, 1)
    .option('--rounds <number>', 'how often each contestant is loaded in turn with each question', number, 5)
    .option('--seconds <number>', 'how long each time', number, 5)
    .option('--fresh', 'load databases anew, also where they hold what is needed', false)
    .option('--output <file>', 'where the results go', 'benchmarks/RESULTS.md')
    .option('--quick', 'a minute or two to see that all runs; prints, and writes no file', false)
    .addHelpText(
      'after',
      `
Environment:
  DATABASE_URL   a PostgreSQL server on which databases may be created: postgresql://USER:PASSWORD@HOST:PORT/DATABASE.
                 They are called bilateral_bench_SCALE, and stay for the next time.
  DATABASE_POOL  how many connections to it each contestant has (default: the service's own)`,
    )
    .action((options: Options) => actions.run(options.quick ? { ...options, ...quick } : options))
  program
    .command('profile')
    .description('tells where the service spends its time under one question')
    .addArgument(new Argument('<question>', 'the question').choices(questionNames))
    .option('--scale <number>', 'how much data', scale, 1)
    .option('--seconds <number>', 'how long', number, 10)
    .action((question: QuestionName, options: ProfileOptions) => actions.profile(question, options))
  return program
}

function number(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.')
  return Number(text)
}

function scale(text: string): number {
  const given = number(text)
  if (given > IMPORTED && given % IMPORTED !== 0) throw new InvalidArgumentError(`Expected 1 to ${IMPORTED}, or tens.`)
  return given
}

const someOf =
  <T extends string>(names: readonly T[]) =>
  (text: string): T[] =>
    text.split(',').map((given) => {
      const name = names.find((name) => name === given)
      if (!name) throw new InvalidArgumentError(`Expected some of ${names.join(', ')}.`)
      return name
    })
