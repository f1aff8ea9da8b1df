import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { until } from './until.ts'

/** Where Debian installs PostgreSQL: one folder for each version. */
const VERSIONS = '/usr/lib/postgresql'

/** The newest version. */
const [version] = (existsSync(VERSIONS) ? readdirSync(VERSIONS) : [])
  .filter((name) => existsSync(join(VERSIONS, name, 'bin', 'initdb')))
  .sort((one, other) => Number(other) - Number(one))

/** Whether tests can start servers of their own. */
export const hasPostgres = version !== undefined
if (!hasPostgres && process.env['CI']) throw new Error(`no PostgreSQL in ${VERSIONS}`)

/** PostgreSQL refuses to run as root. */
const user: { readonly uid?: number; readonly gid?: number } =
  hasPostgres && process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}

function idOf(kind: '-u' | '-g'): number {
  return Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }))
}

/** A PostgreSQL server of the test's own. */
export interface OwnPostgres {
  /** The URL of its database `postgres`. */
  readonly url: string
  readonly port: number
  readonly dataFolder: string
  /** Stops the server: `fast` ends all connections, `immediate` is as if it had crashed. */
  stop(how: 'fast' | 'immediate'): Promise<void>
  /** Starts the server again, on the same port. Returns when it accepts connections. */
  start(): Promise<void>
  /** Stops all its processes where they are, as if the machine hung. Connections stay open. */
  freeze(): void
  /** Lets them go on. */
  thaw(): void
  /** Makes it read its configuration files again. */
  reload(): void
  /** Makes a replica a primary. */
  promote(): Promise<void>
  /** Stops the server and removes its data. */
  close(): Promise<void>
}

interface Options {
  /** A server that the new one follows by streaming replication. Default: the new server is a primary. */
  readonly replicaOf?: OwnPostgres
  /** Settings such as `{ max_connections: '10' }`. */
  readonly settings?: Readonly<Record<string, string>>
  /** The folder that gets the data folder. It must be writable for the user `postgres`. Default: a new one. */
  readonly parent?: string
}

/** Starts a server. Returns when it accepts connections. */
export async function startPostgres({ replicaOf, settings = {}, parent }: Options = {}): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(parent ?? tmpdir(), 'bilateral-postgres-'))
  await chmod(folder, 0o711)
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid)
  const dataFolder = join(folder, 'data')
  const port = await freePort()
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`

  const all = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    wal_keep_size: '256MB',
    ...settings,
  }
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let server: ChildProcess

  async function start() {
    const child = spawn(program('postgres'), ['-D', dataFolder, ...args], {
      ...user,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    server = child
    let log = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000)
    })
    process.once('exit', kill)
    child.once('exit', () => process.off('exit', kill))
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`PostgreSQL did not start: ${log}`)
      return await accepts(url)
    })
  }

  const kill = () => void server.kill('SIGQUIT')

  async function stop(how: 'fast' | 'immediate') {
    if (server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await ended
  }

  const signal = (name: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return
    for (const pid of [server.pid as number, ...childrenOf(server.pid as number)]) process.kill(pid, name)
  }

  if (replicaOf) {
    const from = ['-h', '127.0.0.1', '-p', String(replicaOf.port), '-U', 'postgres']
    await runProgram('pg_basebackup', [...from, '-D', dataFolder, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'])
  } else {
    await runProgram('initdb', ['-D', dataFolder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'])
  }
  await start()
  return {
    url,
    port,
    dataFolder,
    stop,
    start,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    reload: () => void server.kill('SIGHUP'),
    promote: () => runProgram('pg_ctl', ['-D', dataFolder, '-w', 'promote']),
    async close() {
      signal('SIGCONT')
      await stop('immediate')
      await rm(folder, { recursive: true })
    },
  }
}

const program = (name: string) => join(VERSIONS, version ?? '', 'bin', name)

async function runProgram(name: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(program(name), args, { ...user, cwd: '/', env: { LC_ALL: 'C.UTF-8' } })
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Whether a server accepts connections. */
export async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  return await client.connect().then(
    () => client.end().then(() => true),
    () => false,
  )
}

/** Processes that a process has started. */
function childrenOf(pid: number): number[] {
  if (!existsSync(`/proc/${pid}`)) return []
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}
