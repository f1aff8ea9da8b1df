import { resolve } from 'node:path'
import type pg from 'pg'
import type { PoolConfig } from 'pg'
import { CONNECTIONS, type DatabaseConfig, isPooled } from '../config/database.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { ConnectionConfig } from './connection.ts'
import { type DataVersion, follow, KnownVersion, versionIn } from './data-version.ts'
import { explain } from './explain.ts'
import { migrate } from './migrate.ts'
import { type DatabaseUse, openFolder } from './pglite/folder.ts'
import { shareConnection } from './pglite/share-connection.ts'
import { closeIdle, openPool, prismaOver } from './pool.ts'
import { Replicas } from './replicas.ts'
import { pooledSessionOf, STATEMENT_MS, sessionOf } from './session.ts'

/** A migrated database. Only `database/` knows which kind it is. */
export interface Database {
  /** Reads the data. */
  readonly prisma: PrismaClient
  /** Runs SQL that Prisma cannot express. The embedded database has one connection, so release it soon. */
  readonly pool: pg.Pool
  /** Shown to people: a folder, or a server's URL without the password. */
  readonly location: string
  readonly appliedMigrations: readonly string[]
  /** Reads the version of the data: how often it has changed. 0 if nothing was ever loaded. */
  readVersion(): Promise<bigint>
  /** The version of the data. Undefined until it is known, and while the service could miss a change. */
  dataVersion(): DataVersion | undefined
  /** The replicas that requests read from. Undefined if there are none. */
  readonly replicas?: Replicas<Database> | undefined
  /** Waits until `dataVersion` is at least this number, if the data has that version, so that a client reads what it has written. */
  catchUp(number: bigint): Promise<void>
  /** Re-reads the version of the data after a change by this process. Other processes notice it a moment later. */
  refreshDataVersion(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the database and migrates it. Throws a UserError if an operator must help. While a service has the embedded database
 * open, commands in other processes use it through the service.
 */
export async function openDatabase(config: DatabaseConfig, use: DatabaseUse = {}): Promise<Database> {
  const { statementMs = STATEMENT_MS } = use
  if ('url' in config) {
    const { url, directUrl, connections, replicaUrls = [] } = config
    const common: PoolConfig & ConnectionConfig = {
      max: connections ?? CONNECTIONS,
      connectionTimeoutMillis: 10_000,
      // Longer than the default of `pg`, because a closed connection loses its prepared statements.
      idleTimeoutMillis: 300_000,
      silenceMs: statementMs + 2_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    }
    const primary = await connect(
      { ...common, ...(directUrl ? pooledSessionOf(url, statementMs) : sessionOf(url, statementMs)) },
      withoutPassword(url),
      async () => {},
      !use.isDryRun,
      directUrl ? { ...common, ...sessionOf(directUrl, statementMs) } : undefined,
    )
    // Commands change data, or read all of it: they use the primary.
    if (!use.isService || replicaUrls.length === 0) return primary
    const replicaConfigs = replicaUrls.map((url) => ({
      location: withoutPassword(url),
      connection: { ...common, ...(isPooled(url) ? pooledSessionOf(url, statementMs) : sessionOf(url, statementMs)) },
    }))
    const replicas = new Replicas(primary, replicaConfigs, use.onReplicaChange)
    return {
      ...primary,
      replicas,
      async close() {
        await replicas.close()
        await primary.close()
      },
    }
  }
  const folder = await openFolder(config.folder, use)
  try {
    const database = await connect(
      { ...folder.poolConfig, statement_timeout: statementMs },
      resolve(config.folder),
      folder.close,
      !use.isDryRun || folder.isTemporary,
    )
    const endLending = folder.lend?.(database.pool)
    return {
      ...database,
      async close() {
        await endLending?.()
        await database.close()
      },
    }
  } catch (error) {
    await folder.close()
    throw error
  }
}

/**
 * Migrates the database behind `config`, if that is allowed, and opens it. Calls `release` after it was closed. Migrations and
 * the connection that listens use `direct`, as a pooler does not pass on announcements.
 */
export async function connect(
  config: PoolConfig & ConnectionConfig,
  location: string,
  release: () => Promise<void>,
  mayMigrate = true,
  direct: PoolConfig & ConnectionConfig = config,
): Promise<Database> {
  const appliedMigrations = await migrate(direct, mayMigrate).catch((error) => {
    throw explain(error, location)
  })
  // The embedded database has one connection, which also listens. A server gets a separate one once the version is needed.
  const isOnly = config.max === 1
  const version = new KnownVersion({ isRestorable: !isOnly })
  const pool = openPool(
    isOnly ? { ...config, pipeline: true, onConnect: (client) => version.listenOn(client) } : config,
  )
  if (isOnly) shareConnection(pool)
  const closing = new AbortController()
  let following: Promise<void> | undefined
  const prisma = prismaOver(pool)
  return {
    prisma,
    pool,
    location,
    appliedMigrations,
    readVersion: async () => BigInt((await versionIn(pool)) ?? 0),
    dataVersion() {
      if (!isOnly) following ??= follow({ ...direct, onSilence: () => closeIdle(pool) }, version, closing.signal)
      return version.current
    },
    catchUp: (number) => version.catchUp(number, isOnly ? pool : undefined),
    refreshDataVersion: () => version.refresh(pool),
    async close() {
      closing.abort()
      await following
      await prisma.$disconnect()
      await pool.end()
      await release()
    },
  }
}

/** A URL for people to see. */
export function withoutPassword(url: string): string {
  const { protocol, username, host, pathname } = new URL(url)
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`
}
