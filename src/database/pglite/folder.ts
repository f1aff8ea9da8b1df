import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Pool, PoolConfig } from 'pg'
import { messageOf, UserError } from '../../errors.ts'
import { claimFolder, type Ownership } from './owner.ts'
import { openPGlite } from './pglite.ts'
import { borrowSessions, greet, inUse, lendSessions } from './sessions.ts'

/** The embedded database in a folder. */
export interface OpenFolder {
  /** What a `pg` pool needs to talk to it: one connection. */
  readonly poolConfig: PoolConfig
  /** For a service: lets commands in other processes use the database by turns with `pool`. The result ends that. */
  readonly lend: ((pool: Pool) => () => Promise<void>) | undefined
  close(): Promise<void>
}

/**
 * Opens the embedded database in a folder, which this process alone then owns; creates both when missing. A command uses
 * the database of the service instead, where one owns the folder. Closing it lets the next process own the folder.
 */
export async function openFolder(folder: string, { isService }: { isService: boolean }): Promise<OpenFolder> {
  const path = resolve(folder)
  makeWritable(path)
  const owner = await claimFolder(path).catch((error) => cannotWrite(path, error))
  if ('server' in owner) return await openOwn(path, owner, isService)
  if (isService) throw inUse(path, owner)
  return { poolConfig: await borrowSessions(path, owner), lend: undefined, close: async () => {} }
}

async function openOwn(path: string, { server, release }: Ownership, isService: boolean): Promise<OpenFolder> {
  greet(server, isService)
  try {
    const dataDir = join(path, 'pglite')
    await createOnce(dataDir)
    const { poolConfig, close } = await openPGlite({ dataDir })
    return {
      poolConfig,
      lend: isService ? (pool) => lendSessions(server, pool, poolConfig.stream) : undefined,
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
  throw new UserError(
    `cannot write to the data folder ${path} (${messageOf(error)}); set BILATERAL_DATA to one you own`,
  )
}

/** A creation that was cut short leaves only a folder that the next start throws away. */
async function createOnce(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) return
  const unfinished = `${dataDir}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await (await openPGlite({ dataDir: unfinished })).close()
  await rename(unfinished, dataDir)
}
