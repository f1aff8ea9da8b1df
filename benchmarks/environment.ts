import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CONNECTIONS } from '../src/config/database.ts'
import { UserError } from '../src/errors.ts'

export const benchmarks = fileURLToPath(new URL('.', import.meta.url))
export const root = fileURLToPath(new URL('..', import.meta.url))

/** The built service. */
export const service = `${root}dist/main.js`

/** Number of connections to PostgreSQL for each contestant. */
export const pool = process.env['DATABASE_POOL'] || String(CONNECTIONS)

/** The first Node that runs TypeScript directly. */
const LEAST_NODE = [22, 18] as const

/** The Node for all contestants: the one from the packages, otherwise the current one. */
export function contestantsNode(): string {
  const brought = `${benchmarks}node_modules/node-${process.platform}-${process.arch}/bin/node`
  if (existsSync(brought)) return brought
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return process.execPath
  throw new UserError(
    `this is Node ${process.versions.node}; expected ${LEAST_NODE.join('.')} or later, as no package brings one for ${process.platform}-${process.arch}`,
  )
}

/** Installs the packages of the benchmark and builds the service. Throws a UserError if a program is missing. */
export function setUp(): void {
  if (spawnFails('wrk', '--version'))
    throw new UserError('cannot run wrk; install it, on Debian by `apt-get install wrk`')
  if (!existsSync(`${benchmarks}node_modules`)) npm('ci', '--prefix', benchmarks)
  build()
}

/** Builds the service. */
export const build = (): void => npm('run', 'build')

function npm(...args: string[]): void {
  process.stderr.write(`npm ${args.join(' ')}\n`)
  execFileSync('npm', [...args, '--loglevel=error'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** True if a program cannot be started. Its exit status does not matter. */
function spawnFails(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
