import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import type { Outcome } from './commands/in-process.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** What is set in the environment, besides where programs are. */
export type Environment = Readonly<Record<string, string>>

const running = new Map<ChildProcess, Promise<unknown>>()

/** Starts the program, as build-setup.ts built it, as a user does: with nothing else in its environment. */
function spawnProgram(args: readonly string[], env: Environment) {
  if (!inject('isBuilt')) throw new Error('tests that start the program have names such as NAME.program.test.ts')
  const child = spawn(process.execPath, ['dist/main.js', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: 'pipe',
  })
  // It may end before it has read all.
  child.stdin.on('error', () => {})
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  const closed = once(child, 'close').then(([code, signal]) => {
    running.delete(child)
    return (code ?? signal) as number | string
  })
  running.set(child, closed)
  return { child, output, closed }
}

/** Runs a command to its end, with `input` as its standard input. */
export async function run(args: readonly string[], env: Environment, input = new Uint8Array()): Promise<Outcome> {
  const { child, output, closed } = spawnProgram(args, env)
  child.stdin.end(input)
  const code = await closed
  return { code, ...output }
}

export interface Launched {
  readonly pid: number | undefined
  readonly stdin: Writable
  readonly stdout: Readable
  /** Waits until it says something; gives all that it said so far. */
  says(words: string, where?: 'stdout' | 'stderr'): Promise<string>
  kill(signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT'): void
  ended: Promise<Outcome>
}

/** Starts a command, and does not wait for its end. */
export function launch(args: readonly string[], env: Environment): Launched {
  const { child, output, closed } = spawnProgram(args, env)
  const { pid, stdin, stdout } = child
  return {
    pid,
    stdin,
    stdout,
    async says(words, where = 'stdout') {
      while (!output[where].includes(words)) {
        const more = await Promise.race([once(child[where], 'data'), closed])
        if (!Array.isArray(more)) throw new Error(`ended with ${more} before it said ${words}: ${output.stderr}`)
      }
      return output[where]
    },
    kill: (signal) => void child.kill(signal),
    ended: closed.then((code) => ({ code, ...output })),
  }
}

/** Starts the service on a free port, and comes back when it is ready. */
export async function start(env: Environment): Promise<Launched & { welcome: string; url: string }> {
  const launched = launch(['serve'], { PORT: '0', LOG_LEVEL: 'info', ...env })
  const welcome = await launched.says('/graphql\n')
  const port = /localhost:(\d+)\/graphql/.exec(welcome)?.[1]
  return { ...launched, welcome, url: `http://127.0.0.1:${port}/graphql` }
}

/** Ends what a failed test left behind. */
export async function endAll(): Promise<void> {
  for (const child of running.keys()) child.kill('SIGKILL')
  await Promise.all(running.values())
}
