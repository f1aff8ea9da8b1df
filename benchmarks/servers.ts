import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { contestantsNode, pool } from './environment.ts'

/** A server process that this program started. */
export interface Server {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Runs a program on the contestants' Node, as in production; it ends at the latest with this process. */
export function spawnNode(
  program: readonly string[],
  env: Readonly<Record<string, string>>,
  node = contestantsNode(),
): ChildProcess {
  const child = spawn(node, program, {
    env: { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production', DATABASE_POOL: pool, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Starts a program that listens on PORT, and waits until it does. */
export async function startServer(
  program: readonly string[],
  env: Readonly<Record<string, string>>,
  node?: string,
): Promise<Server> {
  const port = await freePort()
  const child = spawnNode(program, { ...env, PORT: String(port) }, node)
  const ended = once(child, 'exit')
  await untilListening(child, port)
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    pid: child.pid as number,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode}`)
    await sleep(10)
  }
}

const accepts = async (port: number): Promise<boolean> =>
  await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
