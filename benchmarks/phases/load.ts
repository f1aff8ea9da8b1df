import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../../src/errors.ts'
import { compareAnswers } from '../compare.ts'
import type { Contestant } from '../contestants/index.ts'
import { withClient } from '../databases.ts'
import type { QuestionName } from '../options.ts'
import type { Arguments } from '../questions.ts'
import { ask, type Bodies, bodiesFor } from '../requests.ts'
import { type Server, startServer } from '../servers.ts'
import { cpuOf, cpuOfFamily, forgetPeakMemory, parentOf, peakMemoryOf } from '../usage.ts'
import { type Load, load } from '../wrk.ts'

/** One round of one question to one contestant. CPU in milliseconds per request, if it can be read. */
export interface Round extends Load {
  readonly contestant: string
  readonly question: QuestionName
  readonly cpu: number | undefined
  readonly databaseCpu: number | undefined
}

export interface LoadResult {
  readonly rounds: readonly Round[]
  /** Peak memory under load by contestant, in MB. */
  readonly peakMemory: ReadonlyMap<string, number | undefined>
  readonly bodies: ReadonlyMap<string, Bodies>
}

export interface LoadOptions {
  readonly questions: readonly QuestionName[]
  readonly rounds: number
  readonly seconds: number
}

interface Entrant extends Server {
  readonly name: string
  readonly bodies: Bodies
}

/**
 * Starts the contestants, compares their responses, and loads them in turn. `databaseUrl` is the PostgreSQL server, if they use
 * one.
 */
export async function measureLoad(
  contestants: ReadonlyMap<string, Contestant>,
  args: Arguments,
  options: LoadOptions,
  databaseUrl?: string,
): Promise<LoadResult> {
  const entrants = await Promise.all(
    Array.from(contestants, async ([name, contestant]) => {
      const env = databaseUrl ? { ...contestant.env, DATABASE_URL: databaseUrl } : contestant.env
      const server = await startServer(contestant.program, env)
      return { ...server, name, bodies: await bodiesFor(contestant, server.url, args) }
    }),
  )
  await compareAnswers(entrants, options.questions)
  for (const entrant of entrants) {
    await warmUp(entrant, options)
    await untilIdle(entrant, databaseUrl)
  }
  const postmaster = databaseUrl ? await postmasterOf(databaseUrl) : undefined
  for (const { pid } of entrants) forgetPeakMemory(pid)
  const rounds: Round[] = []
  for (let round = 0; round < options.rounds; round++) {
    for (const question of options.questions) {
      // Every other round reverses the order, so that no contestant always follows the same one.
      for (const entrant of round % 2 === 0 ? entrants : entrants.toReversed()) {
        rounds.push(await measureRound(entrant, question, options.seconds, postmaster))
        await untilIdle(entrant, databaseUrl)
      }
    }
    process.stderr.write(`round ${round + 1} of ${options.rounds} done\n`)
  }
  const peakMemory = new Map(entrants.map(({ name, pid }) => [name, peakMemoryOf(pid)]))
  for (const { stop } of entrants) await stop()
  return { rounds, peakMemory, bodies: new Map(entrants.map(({ name, bodies }) => [name, bodies])) }
}

/** Warms up a program and its database, and checks the responses. With a shorter time, V8's compilation distorts the results. */
async function warmUp({ name, url, bodies }: Entrant, { questions, seconds }: LoadOptions): Promise<void> {
  for (const question of questions) {
    const { failures } = await load(url, bodies[question], 2 * seconds, true)
    refuse(failures, name, question)
  }
}

function refuse(failures: number, name: string, question: QuestionName): void {
  if (failures > 0) throw new UserError(`${name} failed ${failures} times under question ${question}`)
}

async function measureRound(
  { name, url, pid, bodies }: Entrant,
  question: QuestionName,
  seconds: number,
  postmaster: number | undefined,
): Promise<Round> {
  const used = () => [cpuOf(pid), postmaster && cpuOfFamily(postmaster)] as const
  const before = used()
  const measured = await load(url, bodies[question], seconds)
  const after = used()
  refuse(measured.failures, name, question)
  const perRequest = (i: 0 | 1) => {
    const [from, to] = [before[i], after[i]]
    return from === undefined || to === undefined ? undefined : (to - from) / measured.requests
  }
  return { ...measured, contestant: name, question, cpu: perRequest(0), databaseCpu: perRequest(1) }
}

/** The parent process of PostgreSQL, if it runs on this machine. */
const postmasterOf = async (url: string): Promise<number | undefined> =>
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    return parentOf(rows[0]?.pid ?? 0, 'postgres')
  })

/** Waits until the work of the last load has ended. */
async function untilIdle({ url, bodies }: Entrant, databaseUrl: string | undefined): Promise<void> {
  // The embedded database runs one query at a time, so this query runs last.
  await ask(url, bodies.A[0] as string)
  if (!databaseUrl) return
  await withClient(databaseUrl, async (client) => {
    for (;;) {
      const { rows } = await client.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`,
      )
      if (rows.length === 0) return
      await sleep(100)
    }
  })
}
