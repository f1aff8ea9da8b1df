import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import type { Pool, PoolConfig } from 'pg'
import { UserError } from '../../errors.ts'
import { version } from '../../version.ts'
import type { Owner } from './owner.ts'
import { type DatabaseStream, socket } from './socket.ts'

/*
 * Lets commands use the embedded database that a service has open. A command sends messages of PostgreSQL's wire protocol over
 * the owner's socket, each after its length in 4 bytes, and receives the unchanged responses of the database. The first line
 * that the owner sends is a Greeting.
 *
 * The database has only one session. A command uses it from its first message until it closes its connection. In the meantime,
 * the service's own queries wait, because the command has the only connection of the service's pool.
 */

/** The first line that an owner sends. */
interface Greeting {
  readonly version: string
  /** Whether other processes may use the database: a service allows it, a command does not. */
  readonly lends: boolean
}

/** Time limit for the greeting of an owner. The owner may be busy; if it is suspended, it never greets. */
const GREETED_MS = 10_000

/**
 * A command loses the session if it sends nothing for this long while the database is idle, for example because it is
 * suspended.
 */
const MAX_SILENCE_MS = 60_000

/** Interval between two checks of this. */
const CHECKED_MS = 1_000

/** Maximum sizes of messages in bytes, as in PostgreSQL. */
const MAX_STARTUP = 10_000
const MAX_MESSAGE = 0x3fffffff

/** A command returns the session to the service if it has sent nothing for this long. */
const IDLE_MS = 20

/** Greets each process that connects. If the database is not lent, nothing else follows the greeting. */
export function greet(server: Server, lends: boolean): void {
  const greeting = `${JSON.stringify({ version, lends } satisfies Greeting)}\n`
  server.on('connection', (socket) => {
    socket.on('error', () => {})
    socket.write(greeting)
  })
}

interface Lending {
  readonly openStream: () => DatabaseStream
  /** Whether the database is running a statement. */
  readonly isBusy: () => boolean
  readonly maxSilenceMs?: number | undefined
}

/**
 * Lends the session behind `pool` to each process that requests it, one after the other, over streams to the database that
 * `openStream` opens. Returns a function that stops this and rolls back open sessions.
 */
export function lendSessions(
  server: Server,
  pool: Pool,
  { openStream, isBusy, maxSilenceMs = MAX_SILENCE_MS }: Lending,
): () => Promise<void> {
  const sessions = new Map<Socket, Promise<void>>()
  let isEnding = false
  server.on('connection', (socket) => {
    if (isEnding) return void socket.destroy()
    const session = lend(socket, pool, openStream, () => endSilence(socket, isBusy, maxSilenceMs))
      .catch(() => {})
      .finally(() => {
        socket.destroySoon()
        sessions.delete(socket)
      })
    sessions.set(socket, session)
  })
  return async () => {
    isEnding = true
    for (const socket of sessions.keys()) socket.destroy()
    await Promise.all(sessions.values())
  }
}

async function lend(
  socket: Socket,
  pool: Pool,
  openStream: () => DatabaseStream,
  watch: () => NodeJS.Timeout,
): Promise<void> {
  const messages = messagesFrom(socket)
  const { value: startup } = await messages.next()
  if (!startup) return
  const client = await pool.connect()
  const watching = watch()
  const returned = new Promise((resolve) => client.once('end', resolve))
  const session = openStream()
  try {
    session.on('error', (error) => socket.write(errorResponse(error)))
    session.on('close', () => socket.destroySoon())
    session.pipe(socket, { end: false })
    await session.connect()
    session.write(startup)
    for await (const message of messages) session.write(message)
  } finally {
    clearInterval(watching)
    session.destroy()
    // The next user of the pool opens a new connection, and thereby learns whether the data changed.
    client.release(true)
    await returned
  }
}

/** Ends a connection that stays silent for too long while the database is not busy. */
function endSilence(socket: Socket, isBusy: () => boolean, maxSilenceMs: number): NodeJS.Timeout {
  let bytes = 0
  let last = performance.now()
  return setInterval(() => {
    const now = socket.bytesRead + socket.bytesWritten
    if (isBusy() || now !== bytes) {
      bytes = now
      last = performance.now()
    } else if (performance.now() - last >= maxSilenceMs) {
      const message = `the service ended the session of this command, because it did nothing for ${maxSilenceMs / 1_000} s; nothing of its transaction is stored`
      socket.write(errorResponse({ name: '', code: '25P03', message }))
      socket.destroy()
    }
  }, CHECKED_MS)
}

async function* messagesFrom(socket: Socket): AsyncGenerator<Buffer, undefined> {
  // If the first listener is added after a part of a message arrived, it is called immediately, and take() would never receive
  // the rest.
  socket.on('readable', () => {})
  for (let isValid = isStartup, max = MAX_STARTUP; ; isValid = isWhole, max = MAX_MESSAGE) {
    const length = (await take(socket, 4))?.readUInt32BE() ?? 0
    const message = length > 0 && length <= max && (await take(socket, length))
    // After an invalid message, PGlite would never respond again.
    if (!message || !isValid(message)) return undefined
    yield message
  }
}

const PROTOCOL_3 = 3 << 16

const isStartup = (message: Buffer) =>
  message.length >= 8 && message.readUInt32BE() === message.length && message.readUInt32BE(4) === PROTOCOL_3

/** The types of messages that PostgreSQL accepts after the startup. */
const TYPES = new Set(Buffer.from('BCDEFHPQSXcdf'))

/** Whether bytes are one or more messages, and nothing else. */
function isWhole(bytes: Buffer): boolean {
  let at = 0
  while (at + 5 <= bytes.length && TYPES.has(bytes[at] as number)) {
    const length = bytes.readUInt32BE(at + 1)
    if (length < 4) return false
    at += 1 + length
  }
  return at === bytes.length
}

/** The next bytes from a socket. Undefined if it ends before. */
async function take(socket: Socket, size: number): Promise<Buffer | undefined> {
  for (;;) {
    const bytes: Buffer | null = socket.read(size)
    if (bytes) return bytes.length === size ? bytes : undefined
    if (socket.readableEnded || socket.destroyed) return undefined
    await new Promise<void>((resolve) => {
      const events = ['readable', 'end', 'close']
      const wake = () => {
        for (const event of events) socket.off(event, wake)
        resolve()
      }
      for (const event of events) socket.on(event, wake)
    })
  }
}

/** An error that ends a session, as PostgreSQL would send it. */
function errorResponse({ code = '57P01', message }: Error & { code?: string }): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const header = Buffer.from('E\0\0\0\0')
  header.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([header, body])
}

/** The configuration of a pool that uses the database of a folder's owner. Throws a UserError if the owner refuses. */
export async function borrowSessions(folder: string, owner: Owner): Promise<PoolConfig> {
  const who = `process ${owner.pid}`
  const first = await owner.connect()
  const greeting = await greetingFrom(first)
  first.destroy()
  if (!greeting) throw new UserError(`${folder} is in use by ${who}, which does not respond`)
  if (!greeting.lends) throw inUse(folder, owner)
  if (greeting.version !== version) {
    throw new UserError(
      `${folder} is served by ${who}, which is bilateral ${greeting.version}; this is ${version}: use the same version, or stop the service`,
    )
  }
  const lost = () =>
    new UserError(`${who}, which served ${folder}, has ended; changes that were not reported as done are not stored`)
  return {
    stream: () => sessionStream(owner, lost),
    max: 1,
    idleTimeoutMillis: IDLE_MS,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
  }
}

export const inUse = (folder: string, owner: Owner) =>
  new UserError(
    `${folder} is in use by process ${owner.pid}; stop it, set BILATERAL_DATA to another folder, or use a PostgreSQL server by DATABASE_URL`,
  )

async function greetingFrom(connection: Socket): Promise<Greeting | undefined> {
  let line = ''
  const signal = AbortSignal.timeout(GREETED_MS)
  try {
    while (!line.endsWith('\n')) {
      const [chunk] = await once(connection, 'data', { signal })
      line += chunk
    }
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/**
 * A stream to the database of the owner. It ends only after the owner has noticed the end, so that the service then knows of
 * any change.
 */
function sessionStream(owner: Owner, lost: () => Error): DatabaseStream {
  let connection: Socket | undefined
  let isEnding = false
  const stream = socket({
    async connect() {
      const opened = await owner.connect().catch(() => {
        throw lost()
      })
      connection = opened
      if (!(await greetingFrom(opened))) throw lost()
      opened.on('error', () => {})
      opened.on('data', (bytes) => stream.push(bytes))
      opened.on('end', () => opened.end())
      opened.on('close', () => {
        if (!isEnding) stream.destroy(lost())
      })
      return (messages) => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(messages.length)
        opened.cork()
        opened.write(length)
        opened.write(messages)
        opened.uncork()
      }
    },
    async end() {
      isEnding = true
      if (!connection || connection.destroyed) return
      connection.end()
      await once(connection, 'close')
    },
    closed() {
      isEnding = true
      connection?.destroy()
    },
  })
  return stream
}
