import type pg from 'pg'
import type { ClientBase } from 'pg'
import { isPooled, type ServerConfig } from '../../config/database.ts'
import { messageOf } from '../../errors.ts'
import { Connection } from '../connection.ts'
import { readMigrations } from '../migrations.ts'
import { withoutPassword } from '../open.ts'
import { CHECK, type Checked, problemOf, STAMP, type Stamp } from '../replicas.ts'
import { pooledSessionOf, sessionOf } from '../session.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

const CONNECT_MS = 10_000

const NO_PGBOUNCER = 'no pooler such as PgBouncer is before the server'

/** Checks whether a pooler is where the configuration expects it, and each replica. `primary` is a connection to the server itself. */
export async function checkServers(
  { url, directUrl, replicaUrls = [] }: ServerConfig,
  primary: ClientBase,
): Promise<Finding[]> {
  const findings = [await checkDirect(primary, directUrl !== undefined)]
  if (directUrl) findings.push(await checkPooler(url))
  const { rows } = await primary.query<Stamp>(STAMP).catch(() => ({ rows: [] }))
  for (const replicaUrl of replicaUrls) findings.push(await checkReplica(replicaUrl, rows[0]))
  return findings
}

/** A pooler invents the number by which a client can cancel its statements. A server sends that of the process. */
async function checkDirect(client: ClientBase, isDirect: boolean): Promise<Finding> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  if (rows[0]?.pid === (client as ClientBase & { processID?: number }).processID) return ok('pooler', NO_PGBOUNCER)
  return warn(
    'pooler',
    'a pooler such as PgBouncer is before the server; it can lose prepared statements, and the announcements of changes (LISTEN)',
    isDirect
      ? 'set DATABASE_DIRECT_URL to the URL of the server itself'
      : 'add pgbouncer=true to DATABASE_URL, and set DATABASE_DIRECT_URL to the URL of the server itself',
  )
}

async function checkPooler(url: string): Promise<Finding> {
  const location = withoutPassword(url)
  try {
    await readFrom(url, 'SELECT 1')
    return ok(
      'pooler',
      `connected to ${location}; statements are not prepared there, and changes are announced on the direct connection`,
    )
  } catch (error) {
    return fail('pooler', `cannot use ${location}: ${messageOf(error)}`, 'start PgBouncer, or correct DATABASE_URL')
  }
}

async function checkReplica(url: string, expected: Stamp | undefined): Promise<Finding> {
  const location = withoutPassword(url)
  const newestMigration = (await readMigrations()).at(-1)?.name ?? ''
  const remedy =
    'requests read from the primary until it is corrected: start the replica, or correct DATABASE_REPLICA_URLS'
  try {
    const [checked] = await readFrom<Checked>(url, CHECK, [newestMigration])
    const problem = checked ? problemOf(checked, expected, newestMigration) : 'the table dataset is empty'
    return problem
      ? warn('replica', `${location}: ${problem}`, remedy)
      : ok('replica', `${location} has the current data`)
  } catch (error) {
    return warn('replica', `${location}: ${messageOf(error)}`, remedy)
  }
}

async function readFrom<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: string[] = [],
): Promise<Row[]> {
  const session = isPooled(url) ? pooledSessionOf(url) : sessionOf(url)
  const client = new Connection({ ...session, connectionTimeoutMillis: CONNECT_MS, silenceMs: CONNECT_MS })
  // The statement reports a lost connection. Without a listener, this event would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return (await (client as pg.Client).query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}
