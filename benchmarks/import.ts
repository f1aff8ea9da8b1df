import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { generate } from './data/generate.ts'
import { service } from './environment.ts'
import { spawnNode } from './servers.ts'
import { inTemporaryFolder } from './temporary.ts'
import { peakMemoryOf } from './usage.ts'

/** The result of an import. */
export interface Import {
  readonly seconds: number
  /** Peak memory in MB of the process, without PostgreSQL. */
  readonly peakMemory: number | undefined
}

/** Loads the data of a scale, by the service's own command, into the database that the environment names. */
export async function importScale(scale: number, env: Readonly<Record<string, string>>): Promise<Import> {
  return await inTemporaryFolder(async (folder) => {
    const file = join(folder, `scale-${scale}.jsonl`)
    await pipeline(Readable.from(lines(scale)), createWriteStream(file))
    process.stderr.write(`importing scale ${scale}\n`)
    const start = performance.now()
    const child = spawnNode([service, 'import', file], env)
    const [peakMemory, [code]] = await Promise.all([watchMemory(child), once(child, 'exit')])
    if (code !== 0) throw new Error(`importing scale ${scale} ended with ${code}`)
    return { seconds: (performance.now() - start) / 1_000, peakMemory }
  })
}

function* lines(scale: number): Generator<string> {
  for (const line of generate(scale)) yield `${JSON.stringify(line)}\n`
}

/** Peak memory of a process until its end. */
async function watchMemory(child: ChildProcess): Promise<number | undefined> {
  let peak: number | undefined
  while (child.exitCode === null && child.signalCode === null) {
    peak = peakMemoryOf(child.pid as number) ?? peak
    await sleep(100)
  }
  return peak
}
