import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Pool, PoolConfig } from 'pg'
import { messageOf, UserError } from '../../errors.ts'
import type { ReplicaState } from '../replicas.ts'
import { claimFolder, type Ownership } from './owner.ts'
import { openPGlite } from './pglite.ts'
import { unpackPrepared } from './prepared.ts'
import { borrowSessions, greet, inUse, lendSessions } from './sessions.ts'

/** How a process uses a database. */
export interface DatabaseUse {
  /** A service lets commands use its database. */
  readonly isService?: boolean
  /** For a service: milliseconds for which a command that uses the database may do nothing. Default 60,000. */
  readonly maxSilenceMs?: number
  /**
   * Nothing is changed. If the folder has no database, the command gets an empty one, which is removed when the command ends.
   */
  readonly isDryRun?: boolean
  /** For a service: called when a replica is used, or no longer used. */
  readonly onReplicaChange?: (state: ReplicaState) => void
  /** Milliseconds after which the database cancels a statement that reads. Default 30,000. */
  readonly statementMs?: number
}

/** The embedded database in a folder. */
interface OpenFolder {
  /** The configuration of a `pg` pool that uses it: one connection. */
  readonly poolConfig: PoolConfig
  /** Removed when it is closed. */
  readonly isTemporary: boolean
  /**
   * For a service: lets commands in other processes use the database, in turn with `pool`. Returns a function that stops this.
   */
  readonly lend: ((pool: Pool) => () => Promise<void>) | undefined
  close(): Promise<void>
}

/**
 * Opens the embedded database in a folder, which only this process then owns. Creates both if they are missing. If a service
 * owns the folder, a command uses the database of the service instead. Closing the database allows the next process to own the
 * folder.
 */
export async function openFolder(folder: string, use: DatabaseUse): Promise<OpenFolder> {
  const path = resolve(folder)
  if (use.isDryRun && !existsSync(databaseIn(path))) return await openTemporary()
  makeWritable(path)
  const owner = await claimFolder(path).catch((error) => cannotWrite(path, error))
  if ('server' in owner) return await openOwn(path, owner, use)
  if (use.isService) throw inUse(path, owner)
  return { poolConfig: await borrowSessions(path, owner), isTemporary: false, lend: undefined, close: async () => {} }
}

const databaseIn = (path: string) => join(path, 'pglite')

async function openTemporary(): Promise<OpenFolder> {
  const path = await mkdtemp(join(tmpdir(), 'bilateral-dry-run-'))
  const folder = await openFolder(path, {})
  return {
    ...folder,
    isTemporary: true,
    async close() {
      await folder.close()
      await rm(path, { recursive: true, force: true })
    },
  }
}

async function openOwn(
  path: string,
  { server, release }: Ownership,
  { isService = false, maxSilenceMs }: DatabaseUse,
): Promise<OpenFolder> {
  greet(server, isService)
  try {
    const dataDir = databaseIn(path)
    await createOnce(dataDir)
    const { poolConfig, isBusy, close } = await openPGlite({ dataDir }).catch((error) => cannotOpen(dataDir, error))
    return {
      poolConfig,
      isTemporary: false,
      lend: isService
        ? (pool) => lendSessions(server, pool, { openStream: poolConfig.stream, isBusy, maxSilenceMs })
        : undefined,
      async close() {
        await close()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

function makeWritable(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
    accessSync(path, constants.W_OK)
  } catch (error) {
    cannotWrite(path, error)
  }
}

function cannotWrite(path: string, error: unknown): never {
  const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC'
  throw new UserError(
    `cannot write to the data folder ${path} (${messageOf(error)}); ${isFull ? 'free some space, or ' : ''}set BILATERAL_DATA to one you own`,
    { cause: error },
  )
}

/** PGlite does not report why it cannot start. */
function cannotOpen(dataDir: string, error: unknown): never {
  throw new UserError(
    `cannot open the embedded database in ${dataDir} (${messageOf(error)}); check that its disk is not full, or restore a backup`,
    { cause: error },
  )
}

/** Creates the database in a separate folder next to it. If this is interrupted, the next start removes that folder. */
async function createOnce(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) return
  const unfinished = `${dataDir}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  try {
    if (!(await unpackPrepared(unfinished))) await (await openPGlite({ dataDir: unfinished })).close()
    await rename(unfinished, dataDir)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    cannotWrite(dirname(dataDir), error)
  }
}
