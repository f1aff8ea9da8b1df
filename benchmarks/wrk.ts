import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { benchmarks } from './environment.ts'
import { inTemporaryFolder } from './temporary.ts'

export const CONNECTIONS = 16

/** The results of wrk for one load. Latencies in milliseconds. */
export interface Load {
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Responses with a status other than 2xx, responses with errors (if they are read), and broken connections. */
  readonly failures: number
}

/** Posts bodies in turn over 16 connections for a number of seconds. With `reading`, it checks responses for errors, which takes time. */
export async function load(url: string, bodies: readonly string[], seconds: number, reading = false): Promise<Load> {
  return await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'bodies')
    await writeFile(file, bodies.map((body) => `${body}\n`).join(''))
    const options = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '30s', '-s', `${benchmarks}wrk.lua`, url]
    const { stdout } = await promisify(execFile)('wrk', options, {
      env: { ...process.env, BODIES: file, READING: reading ? '1' : '' },
    })
    return resultOf(stdout)
  })
}

function resultOf(output: string): Load {
  const [, json] = output.match(/^RESULT (.*)$/m) ?? []
  if (!json) throw new Error(`wrk printed no result: ${output}`)
  const { requests, microseconds, p50, p99, failures } = JSON.parse(json)
  const perSecond = (requests / microseconds) * 1e6
  // Without any response in time, the latency is infinite.
  const latency = (microseconds: number) => (requests > 0 ? microseconds / 1e3 : Number.POSITIVE_INFINITY)
  return { requests, perSecond, p50: latency(p50), p99: latency(p99), failures }
}
