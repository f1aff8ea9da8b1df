import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What is set in the environment, besides where programs are. */
export type Environment = Readonly<Record<string, string>>

const running = new Map<ChildProcess, Promise<unknown>>()

/** Starts the program as a user does, with nothing else in its environment. */
function spawnProgram(args: readonly string[], env: Environment) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (data) => {
    output.stdout += data
  })
  child.stderr.on('data', (data) => {
    output.stderr += data
  })
  const closed = once(child, 'close').then(([code, signal]) => {
    running.delete(child)
    return (code ?? signal) as number | string
  })
  running.set(child, closed)
  return { child, output, closed }
}

export interface Outcome {
  code: number | string
  stdout: string
  stderr: string
}

/** Runs a command to its end. */
export async function run(args: readonly string[], env: Environment): Promise<Outcome> {
  const { output, closed } = spawnProgram(args, env)
  const code = await closed
  return { code, ...output }
}

export interface Launched {
  /** Waits until it says something; gives all that it said so far. */
  says(words: string): Promise<string>
  terminate(): void
  ended: Promise<Outcome>
}

/** Starts a command, and does not wait for its end. */
export function launch(args: readonly string[], env: Environment): Launched {
  const { child, output, closed } = spawnProgram(args, env)
  return {
    async says(words) {
      while (!output.stdout.includes(words)) {
        const more = await Promise.race([once(child.stdout, 'data'), closed])
        if (!Array.isArray(more)) throw new Error(`ended with ${more} before it said ${words}: ${output.stderr}`)
      }
      return output.stdout
    },
    terminate: () => child.kill('SIGTERM'),
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
