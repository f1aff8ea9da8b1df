import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/*
 * The owner of a data folder listens on a Unix socket in it. The kernel accepts connections while the owner is alive, even if
 * it is suspended, and refuses them as soon as it has ended. So neither a time stamp nor a process id is needed.
 *
 * Claims are symbolic links whose names are increasing numbers: `owner/7` points to the socket of the seventh owner. If a
 * process finds that the owner of the highest number has ended, it creates the next number, which succeeds for one process
 * only, and then checks that its number is the highest. Only an owner removes claims, and only those with lower numbers than
 * its own, so the highest number never decreases. Otherwise, a slow process could reuse a number and become a second owner.
 * Therefore `owner/7` remains when its owner ends.
 */

/** This process owns the folder. */
export interface Ownership {
  /** Accepts the connections of processes that find the folder owned. */
  readonly server: Server
  /** Allows another process to own the folder. */
  release(): void
}

/** Another process, or another part of this one, owns the folder. */
export interface Owner {
  readonly pid: number
  connect(): Promise<Socket>
}

/** Makes this process the owner of a folder, or returns its owner. */
export async function claimFolder(folder: string): Promise<Ownership | Owner> {
  const place = join(folder, 'owner')
  // Nobody else may connect: the sockets are reached through this folder only.
  mkdirSync(place, { recursive: true, mode: 0o700 })
  for (;;) {
    const last = Math.max(0, ...numbersIn(place))
    const owner = last > 0 ? await livingOwner(place, last) : undefined
    if (owner) return owner
    const ownership = await claim(place, last + 1)
    if (ownership) return ownership
  }
}

/** Numbers that no owner can have reached are ignored: adding 1 to them may not change them. */
const numbersIn = (place: string): number[] =>
  readdirSync(place)
    .filter((name) => /^\d{1,15}$/.test(name))
    .map(Number)

async function livingOwner(place: string, number: number): Promise<Owner | undefined> {
  const name = socketOf(place, number)
  if (!name) return undefined
  const connect = () => withShortPath(place, (short) => connectTo(join(short, name)))
  try {
    ;(await connect()).destroy()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (GONE.has(code)) return undefined
    // The owner ended while the connection waited to be accepted. The next one will be refused.
    if (code === 'ECONNRESET') return await livingOwner(place, number)
    // The owner is suspended, and the kernel's queue of waiting connections is full.
    if (code !== 'EAGAIN') throw error
  }
  return { pid: Number.parseInt(name, 10), connect }
}

/** Error codes of a connection to a socket on which no process listens: it was closed, removed, or copied as a file. */
const GONE = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'])

/** The name of the socket behind a claim. In a copy of the folder the link may lead to the original, so only its last part counts. */
function socketOf(place: string, number: number): string | undefined {
  try {
    return basename(readlinkSync(join(place, `${number}`)))
  } catch {
    return undefined
  }
}

/** Claims a number. Returns undefined if another process was faster. */
async function claim(place: string, number: number): Promise<Ownership | undefined> {
  // A new name each time, because a faster process may have removed the last one.
  const name = `${process.pid}-${randomBytes(8).toString('hex')}.sock`
  const server = createServer({ allowHalfOpen: true })
  await withShortPath(place, (short) => listenOn(server, join(short, name)))
  server.unref()
  chmodSync(join(place, name), 0o600)
  const release = () => {
    server.close()
    rmSync(join(place, name), { force: true })
  }
  try {
    symlinkSync(name, join(place, `${number}`))
  } catch (error) {
    release()
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw error
  }
  const numbers = numbersIn(place)
  if (Math.max(...numbers) > number) {
    release()
    return undefined
  }
  for (const earlier of numbers.filter((other) => other < number)) {
    const left = socketOf(place, earlier)
    if (left) rmSync(join(place, left), { force: true })
    rmSync(join(place, `${earlier}`), { force: true })
  }
  return { server, release }
}

/** Maximum length in bytes of a socket's path on every system, without the socket's name. */
const LONGEST_FOLDER = 50

/**
 * Calls `use` with a path to a folder that is short enough for a socket in it: the folder itself, or a temporary link to it.
 */
async function withShortPath<T>(folder: string, use: (short: string) => Promise<T>): Promise<T> {
  if (Buffer.byteLength(folder) <= LONGEST_FOLDER) return await use(folder)
  const temporary = await mkdtemp(join(tmpdir(), 'b-'))
  try {
    const link = join(temporary, 'f')
    await symlink(folder, link)
    return await use(link)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

const listenOn = (server: Server, path: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve)
  })

const connectTo = (path: string) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = createConnection({ path, allowHalfOpen: true })
    socket.once('error', reject).once('connect', () => resolve(socket.off('error', reject)))
  })
