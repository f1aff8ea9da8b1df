import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepts, freePort } from './own-postgres.ts'
import { until } from './until.ts'

const PGBOUNCER = '/usr/sbin/pgbouncer'

/** Whether tests can start PgBouncer. */
export const hasPgBouncer = existsSync(PGBOUNCER)
if (!hasPgBouncer && process.env['CI']) throw new Error(`no PgBouncer at ${PGBOUNCER}`)

export interface Pooler {
  /** The URL of a database by its name in PgBouncer, without `pgbouncer=true`. */
  urlOf(name: string): string
  /** Kills it, and starts it again on the same port. */
  kill(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** Starts PgBouncer before databases, each with a name and a URL. The name `*` stands for all others. */
export async function startPgBouncer(
  databases: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string | number>>,
): Promise<Pooler> {
  const folder = await mkdtemp(join(tmpdir(), 'bilateral-pooler-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  const file = join(folder, 'pgbouncer.ini')
  const all = { listen_addr: '127.0.0.1', listen_port: port, unix_socket_dir: '', auth_type: 'any', ...settings }
  const targets = Object.entries(databases).map(([name, url]) => `${name} = ${targetOf(url, name === '*')}`)
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`)
  await writeFile(file, ['[databases]', ...targets, '[pgbouncer]', ...lines, ''].join('\n'))
  const [first = ''] = Object.values(databases)
  const { username, pathname } = new URL(first)
  const urlOf = (name: string) => `postgresql://${username}@127.0.0.1:${port}/${name}`
  let pooler: ChildProcess

  async function start() {
    pooler = spawn(PGBOUNCER, [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), file], { stdio: 'ignore' })
    const [name = ''] = Object.keys(databases)
    await until(() => accepts(urlOf(name === '*' ? pathname.slice(1) : name)))
  }

  async function kill() {
    const ended = once(pooler, 'exit')
    if (pooler.kill('SIGKILL')) await ended
  }

  await start()
  return {
    urlOf,
    start,
    kill,
    async close() {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}

function targetOf(url: string, isForAll: boolean): string {
  const { hostname, port, username, password, pathname } = new URL(url)
  const parts = {
    host: hostname,
    port: port || '5432',
    user: username,
    password,
    dbname: isForAll ? '' : pathname.slice(1),
  }
  return Object.entries(parts)
    .flatMap(([name, value]) => (value ? [`${name}=${value}`] : []))
    .join(' ')
}
