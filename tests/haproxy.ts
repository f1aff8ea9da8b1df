import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './own-postgres.ts'
import { until } from './until.ts'

const HAPROXY = '/usr/sbin/haproxy'

/** Whether tests can start HAProxy. */
export const hasHaproxy = existsSync(HAPROXY)
if (!hasHaproxy && process.env['CI']) throw new Error(`no HAProxy at ${HAPROXY}`)

export interface Haproxy {
  readonly port: number
  /** Kills it, and starts it again on the same port. */
  kill(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** Starts HAProxy, which listens on one port and forwards to servers. `lines` are the other lines of the section `listen`. */
export async function startHaproxy(lines: readonly string[]): Promise<Haproxy> {
  const folder = await mkdtemp(join(tmpdir(), 'bilateral-haproxy-'))
  const port = await freePort()
  const file = join(folder, 'haproxy.cfg')
  await writeFile(file, [...lines, ''].join('\n').replace('PORT', String(port)))
  let balancer: ChildProcess

  async function start() {
    balancer = spawn(HAPROXY, ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] })
    let log = ''
    balancer.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000)
    })
    await until(async () => {
      if (balancer.exitCode !== null) throw new Error(`HAProxy did not start: ${log}`)
      return await listens(port)
    })
  }

  async function kill() {
    const ended = once(balancer, 'exit')
    if (balancer.kill('SIGKILL')) await ended
  }

  await start()
  return {
    port,
    start,
    kill,
    async close() {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}

/** Whether a port accepts connections. */
const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
