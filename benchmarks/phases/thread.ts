import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { EmbeddedFigures } from '../embedded.ts'
import { benchmarks, contestantsNode, root } from '../environment.ts'

/** Measures the thread of the embedded database, in a process on the contestants' Node. */
export async function measureThread(): Promise<EmbeddedFigures> {
  const { stdout } = await promisify(execFile)(contestantsNode(), [`${benchmarks}embedded.ts`], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  return JSON.parse(stdout)
}
