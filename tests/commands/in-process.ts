import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { Database } from '../../src/database/open.ts'
import { runProgram } from '../../src/program.ts'
import type { DatabaseKind } from '../global-setup.ts'
import { openEmpty, removeFacts } from '../support.ts'

/** The exit code of a command and what it printed. */
export interface Outcome {
  code: number | string
  stdout: string
  stderr: string
}

export const refusal = (message: string): Outcome => ({ code: 1, stdout: '', stderr: `bilateral: ${message}\n` })

/** Runs a command to its end in this process, on a database if one is given. */
export async function runHere(
  args: readonly string[],
  {
    database,
    env = {},
    input = new Uint8Array(),
  }: { database?: Database; env?: Record<string, string>; input?: Uint8Array } = {},
): Promise<Outcome> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const printed = Promise.all([text(stdout), text(stderr)])
  const streams = { stdin: Readable.from(input.byteLength > 0 ? [Buffer.from(input)] : []), stdout, stderr }
  const code = await runProgram(
    args,
    { env, ...streams } as Parameters<typeof runProgram>[1],
    database && {
      open: async () => ({ ...database, close: async () => {} }),
      async openAsFound() {
        const client = await database.pool.connect()
        return { client, location: database.location, close: async () => client.release() }
      },
    },
  )
  stdout.end()
  stderr.end()
  const [out, err] = await printed
  return { code, stdout: out, stderr: err }
}

/** A database without facts, and commands that run on it in this process. */
export interface Place {
  readonly database: Database
  command(args: readonly string[], input?: Uint8Array): Promise<Outcome>
}

/** Embedded databases that are without facts again, for the next test of this worker. */
const unused: Database[] = []

/** The countries of a new database. */
let countries: string | undefined

/** Opens a database without facts for the present test. */
export async function openPlace(kind: DatabaseKind): Promise<Place> {
  const database = (kind === 'PGlite' && unused.pop()) || (await openEmpty(kind))
  if (kind === 'PGlite') countries ??= await countriesOf(database)
  onTestFinished(async () => {
    if (kind !== 'PGlite' || (await countriesOf(database)) !== countries) return await database.close()
    // To remove the facts is quicker than to open another.
    await removeFacts(database)
    unused.push(database)
  })
  return { database, command: (args, input) => runHere(args, { database, ...(input ? { input } : {}) }) }
}

const countriesOf = async ({ prisma }: Database) =>
  JSON.stringify(await prisma.country.findMany({ orderBy: { code: 'asc' } }))
