import { inspect } from 'node:util'
import type { PoolConfig } from 'pg'
import { type DatabaseStream, socket } from './socket.ts'
import { type Options, startThread, type Thread } from './thread.ts'

/** PGlite, opened. */
export interface Embedded {
  /** The configuration of a `pg` pool that uses it. PGlite has one session, so the pool has one connection. */
  readonly poolConfig: PoolConfig & { stream(): DatabaseStream }
  /** Whether PGlite is running a statement. */
  isBusy(): boolean
  /** The whole data folder as a tar archive, for `openPGlite({ dump })`. */
  dump(): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

/**
 * Opens PGlite in a thread. If the thread crashes, or is ended because a statement exceeded its `statement_timeout`, which
 * PGlite cannot enforce itself, opens PGlite in a new thread on the same data. Data that was committed to a folder is still
 * there; a database in memory starts again. The caller must own the folder (owner.ts): two processes on one folder lose data
 * without an error.
 */
export async function openPGlite(options: Options): Promise<Embedded> {
  const open = new Map<number, DatabaseStream>()
  let opened = 0
  let closing = false

  const start = (): Promise<Thread> =>
    startThread(options, { answered: (stream, bytes) => open.get(stream)?.push(bytes), ended })

  function ended(why: Error) {
    for (const stream of open.values()) stream.destroy(why)
    if (closing) return
    thread = start().catch(giveUp)
    void thread.then((started) => {
      current = started
    })
  }

  let thread = start()
  let current = await thread

  function stream(): DatabaseStream {
    const id = ++opened
    const duplex = socket({
      async connect() {
        const { ask } = await thread
        open.set(id, duplex)
        return (bytes) => ask(id, bytes)
      },
      closed() {
        if (open.delete(id)) current.abandon()
      },
    })
    return duplex
  }

  return {
    poolConfig: { stream, max: 1, idleTimeoutMillis: 0, user: 'postgres', database: 'postgres', ssl: false },
    isBusy: () => current.isBusy(),
    dump: async () => await (await thread).dump(),
    async close() {
      closing = true
      await (await thread).close()
    },
  }
}

/** Ends the process: it must not appear alive if it can no longer respond. */
function giveUp(error: unknown): never {
  process.stderr.write(`bilateral: cannot open the embedded database again: ${inspect(error)}\n`)
  process.exit(1)
}
