import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import os from 'node:os'
import type { Pool } from 'pg'
import { benchmarks, contestantsNode, pool, root } from '../environment.ts'

/** The machine and the versions, one per line. */
export async function describeMachine(database: Pool): Promise<string[]> {
  const [cpu] = os.cpus()
  const setting = async (name: string) =>
    (await database.query<{ value: string }>(`SELECT current_setting($1) AS value`, [name])).rows[0]?.value
  const node = execFileSync(contestantsNode(), ['--version'], { encoding: 'utf8' }).trim()
  return [
    `${cpu?.model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB of memory`,
    `${distribution()}, ${os.type()} ${os.release()}`,
    `Node ${node} for all contestants, each with a pool of ${pool} connections and NODE_ENV=production`,
    `PostgreSQL ${await setting('server_version')}, shared_buffers ${await setting('shared_buffers')}`,
    `bilateral at ${commit()}: ${versions(root, ['graphql', 'graphql-yoga', '@pothos/core', '@prisma/client', 'pg', '@electric-sql/pglite'])}`,
    `PostGraphile: ${versions(benchmarks, ['postgraphile', 'grafast', 'postgraphile-plugin-connection-filter', 'pg'])}`,
    wrkVersion(),
  ]
}

function distribution(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8').match(/^PRETTY_NAME="?([^"\n]*)/m)?.[1] ?? os.platform()
  } catch {
    return os.platform()
  }
}

const commit = () => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()

const versions = (folder: string, names: readonly string[]) =>
  names
    .map((name) => {
      const { version } = JSON.parse(readFileSync(`${folder}node_modules/${name}/package.json`, 'utf8'))
      return `${name} ${version}`
    })
    .join(', ')

/** wrk prints its version with its usage and exits with an error. */
function wrkVersion(): string {
  try {
    return execFileSync('wrk', ['--version'], { encoding: 'utf8' }).split('[')[0] ?? ''
  } catch (error) {
    return ((error as { stdout?: string }).stdout ?? '').split('[')[0]?.trim() ?? ''
  }
}
