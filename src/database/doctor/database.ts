import type { ClientBase } from 'pg'
import { readMigrations } from '../migrations.ts'
import { tryFeatures } from './features.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

/** Clocks that differ by more milliseconds than this make times in logs misleading. */
const CLOCK_MS = 5_000

interface Server {
  readonly version: string
  readonly number: number
  readonly encoding: string
  readonly locale: string
  readonly suits: boolean
  readonly now: Date
  readonly isReadOnly: boolean
  readonly mayCreate: boolean
  readonly isOwner: boolean
  readonly hasTrigrams: boolean
  readonly offersTrigrams: boolean
  readonly unsafe: readonly string[]
  readonly free: number
}

const SERVER = `
  SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
    current_setting('server_encoding') AS encoding, datctype AS locale,
    'д' ~ '\\w' AND lower('Д') = 'д' AS suits, clock_timestamp() AS now,
    pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool AS "isReadOnly",
    has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege(current_schema(), 'CREATE') AS "mayCreate",
    NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
      AND NOT pg_has_role(relowner, 'USAGE')) AS "isOwner",
    EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') AS "hasTrigrams",
    EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') AS "offersTrigrams",
    ARRAY(SELECT name FROM pg_settings
      WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY 1) AS unsafe,
    current_setting('max_connections')::int - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int AS free
  FROM pg_database WHERE datname = current_database()`

const SUITABLE =
  "create a database with ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0, and restore a backup into it"

/** Checks a database. Changes nothing in it. `connections` is how many a service would open; undefined for the embedded database. */
export async function checkDatabase(client: ClientBase, connections?: number): Promise<Finding[]> {
  const begun = Date.now()
  const { rows } = await client.query<Server>(SERVER)
  const server = rows[0] as Server
  const findings = serverFindings(server, (begun + Date.now()) / 2, connections)
  findings.push(server.isReadOnly ? skipped : await tryFeatures(client))
  const migrations = await checkMigrations(client)
  findings.push(migrations)
  findings.push(...(await checkActivity(client)), await checkIndexes(client))
  if (migrations.level === 'OK') findings.push(await checkTriggers(client), await checkDerived(client))
  return findings
}

const skipped = ok('features of the database', 'not tried, because the server is read-only')

function serverFindings(server: Server, now: number, connections: number | undefined): Finding[] {
  const { version, number, encoding, locale, suits, unsafe, free } = server
  const difference = Math.round(Math.abs(server.now.getTime() - now))
  const isEmbedded = connections === undefined
  return [
    number >= 150_000
      ? ok('PostgreSQL', `version ${version}${isEmbedded ? ', embedded' : ''}`)
      : fail('PostgreSQL', `version ${version}`, 'use version 15 or later'),
    encoding === 'UTF8' && suits
      ? ok('encoding and locale', `${encoding}, ${locale}`)
      : fail('encoding and locale', `${encoding}, ${locale}; search would miss names in some scripts`, SUITABLE),
    server.isReadOnly
      ? fail('write access', 'the server is read-only, possibly a replica', 'name the primary server in DATABASE_URL')
      : ok('write access', 'the server accepts changes'),
    server.mayCreate && server.isOwner
      ? ok('rights', 'the user may create tables, and owns those of bilateral')
      : fail(
          'rights',
          server.mayCreate ? 'other users own some tables' : 'the user may not create tables',
          'grant the user CREATE on the database and its schema, or name the owner of the tables in DATABASE_URL',
        ),
    server.hasTrigrams || server.offersTrigrams
      ? ok('extensions', server.hasTrigrams ? 'pg_trgm is installed' : 'pg_trgm is available')
      : fail('extensions', 'pg_trgm is missing', 'install the additional modules of PostgreSQL (postgresql-contrib)'),
    difference <= CLOCK_MS
      ? ok('clock', `differs from that of the server by ${difference} ms`)
      : warn('clock', `differs from that of the server by ${difference} ms`, 'synchronize both clocks (NTP)'),
    ...(isEmbedded
      ? [
          warn(
            'durability',
            'the embedded database does not flush to the disk, so a power cut can lose changes',
            'back it up, or use a PostgreSQL server',
          ),
        ]
      : [
          unsafe.length === 0
            ? ok('durability', 'committed changes survive a power cut')
            : warn(
                'durability',
                `${unsafe.join(', ')} off, so a crash can lose changes`,
                'switch them on at the server',
              ),
          free > connections
            ? ok('connections', `${free} are free, a service opens up to ${connections + 1}`)
            : warn(
                'connections',
                `${free} are free, a service opens up to ${connections + 1}`,
                'lower DATABASE_POOL, or raise max_connections on the server',
              ),
        ]),
  ]
}

async function checkMigrations(client: ClientBase): Promise<Finding> {
  const what = 'migrations'
  const { rows: tables } = await client.query<{ exist: boolean; count: number }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exist,
       (SELECT count(*)::int FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace) AS count`,
  )
  if (!tables[0]?.exist) {
    return tables[0]?.count === 0
      ? warn(what, 'the database is empty', 'run bilateral migrate, or start the service')
      : fail(what, 'the database has tables of another program', 'give bilateral a database of its own')
  }
  const own = await readMigrations()
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ')
  const unknown = rows.filter(({ name }) => !own.some((migration) => migration.name === name))
  if (unknown.length > 0)
    return fail(what, `the database is newer than this program: it has ${names(unknown)}`, 'upgrade bilateral')
  const failed = rows.filter(({ finished }) => !finished)
  if (failed.length > 0) return fail(what, `not finished: ${names(failed)}`, 'restore a backup into an empty database')
  const changed = rows.filter(
    ({ name, checksum }) => own.find((migration) => migration.name === name)?.checksum !== checksum,
  )
  if (changed.length > 0)
    return fail(what, `other than in this program: ${names(changed)}`, 'use the version of bilateral that applied them')
  const missing = own.filter(({ name }) => !rows.some((row) => row.name === name))
  if (missing.length > 0)
    return warn(what, `missing: ${names(missing)}`, 'run bilateral migrate, or start the service; back up first')
  return ok(what, `all ${own.length} are applied`)
}

/** A lock or a transaction is reported if it lasts longer. */
const LONGEST_WAIT = '5 seconds'
const LONGEST_TRANSACTION = '5 minutes'

async function checkActivity(client: ClientBase): Promise<Finding[]> {
  const { rows: waiting } = await client.query<{ pid: number; blockers: number[]; seconds: number }>(
    `SELECT pid, pg_blocking_pids(pid) AS blockers, extract(epoch FROM clock_timestamp() - state_change)::int AS seconds
     FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND clock_timestamp() - state_change > $1::interval`,
    [LONGEST_WAIT],
  )
  const { rows: open } = await client.query<{ pid: number; state: string; seconds: number }>(
    `SELECT pid, state, extract(epoch FROM clock_timestamp() - xact_start)::int AS seconds
     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND clock_timestamp() - xact_start > $1::interval`,
    [LONGEST_TRANSACTION],
  )
  const stop = (pids: readonly number[]) =>
    `if they have no purpose, end them: ${[...new Set(pids)].map((pid) => `SELECT pg_terminate_backend(${pid})`).join('; ')}`
  return [
    waiting.length === 0
      ? ok('locks', 'no session waits for one')
      : warn(
          'locks',
          waiting
            .map(({ pid, blockers, seconds }) => `session ${pid} waits ${seconds} s for ${blockers.join(', ')}`)
            .join('; '),
          stop(waiting.flatMap(({ blockers }) => blockers)),
        ),
    open.length === 0
      ? ok('long transactions', 'none')
      : warn(
          'long transactions',
          open.map(({ pid, state, seconds }) => `session ${pid} (${state}) for ${seconds} s`).join('; '),
          stop(open.map(({ pid }) => pid)),
        ),
  ]
}

async function checkIndexes(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace ORDER BY 1`,
  )
  if (rows.length === 0) return ok('indexes', 'all are valid')
  const names = rows.map(({ name }) => name)
  return fail('indexes', `invalid: ${names.join(', ')}`, names.map((name) => `REINDEX INDEX ${name}`).join('; '))
}

/** Triggers fill the search index, and announce changes to caches. */
async function checkTriggers(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ name: string; table: string }>(
    `SELECT quote_ident(tgname) AS name, tgrelid::regclass::text AS table FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
     WHERE NOT tgisinternal AND tgenabled = 'D' AND relnamespace = current_schema()::regnamespace ORDER BY 1`,
  )
  if (rows.length === 0) return ok('triggers', 'all are enabled')
  const found = rows.map(({ name, table }) => `${name} of ${table}`).join(', ')
  const statements = rows.map(({ name, table }) => `ALTER TABLE ${table} ENABLE TRIGGER ${name}`)
  return fail('triggers', `disabled: ${found}`, statements.join('; '))
}

async function checkDerived(client: ClientBase): Promise<Finding> {
  const { rows } = await client.query<{ differing: number }>(
    `SELECT count(*)::int AS differing FROM search_document FULL JOIN search_index USING (kind, key)
     WHERE search_document.kind IS NULL OR search_index.kind IS NULL`,
  )
  const differing = rows[0]?.differing ?? 0
  if (differing === 0) return ok('search index', 'has every record')
  return fail(
    'search index',
    `${differing} records are missing or too many`,
    'TRUNCATE search_document and import the files again, or restore a backup',
  )
}
