import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import lockfile from 'proper-lockfile'
import { messageOf, UserError } from '../../errors.ts'
import { type Embedded, openPGlite } from './pglite.ts'

/** A lock whose holder has not renewed it for this long belongs to a process that was killed. */
const STALE_MS = 5_000

interface Owner {
  pid: number
  host: string
}

/**
 * Opens the embedded database in a folder, which this process alone then owns; creates both when missing.
 * Closing it gives the folder back. Where all is there already, nothing is waited for before the thread of the database starts:
 * what this thread does next, such as loading modules, it does meanwhile.
 */
export async function openFolder(folder: string): Promise<Embedded> {
  const path = resolve(folder)
  makeWritable(path)
  const release = await lock(path)
  try {
    const dataDir = join(path, 'pglite')
    await createOnce(dataDir)
    const embedded = await openPGlite({ dataDir })
    return {
      ...embedded,
      async close() {
        await embedded.close()
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
    throw new UserError(
      `cannot write to the data folder ${path} (${messageOf(error)}); set BILATERAL_DATA to one you own`,
    )
  }
}

/** A creation that was cut short leaves only a folder that the next start throws away. */
async function createOnce(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) return
  const unfinished = `${dataDir}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await (await openPGlite({ dataDir: unfinished })).close()
  await rename(unfinished, dataDir)
}

async function lock(path: string): Promise<() => void> {
  const ownerFile = join(path, 'owner.json')
  const deadline = Date.now() + STALE_MS + 2_000
  for (;;) {
    try {
      const release = lockfile.lockSync(path, {
        lockfilePath: join(path, 'lock'),
        stale: STALE_MS,
        onCompromised: (error) => {
          process.stderr.write(`bilateral: lost the lock of ${path} (${error.message}); stopping before data is lost\n`)
          process.exit(1)
        },
      })
      writeFileSync(ownerFile, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner))
      return release
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error
      const owner = await readOwner(ownerFile)
      if (!owner || Date.now() > deadline || !wasKilled(owner)) {
        const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process'
        throw new UserError(
          `${path} is in use by ${who}; stop it, set BILATERAL_DATA to another folder, or use a PostgreSQL server by DATABASE_URL`,
        )
      }
      await sleep(250)
    }
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

function wasKilled({ pid, host }: Owner): boolean {
  if (host !== hostname()) return false
  // A container that was killed comes back with the same process id.
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
