import { once } from 'node:events'
import { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { PoolConfig } from 'pg'

/** PGlite, opened. */
export interface Embedded {
  /** What the ordinary `pg` pool needs to talk to it. PGlite has one session, so the pool has one connection. */
  readonly poolConfig: PoolConfig
  /** The whole data folder as a tar archive, for `openPGlite({ dump })`. */
  dump(): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

/**
 * Opens PGlite in a worker thread: in the folder `dataDir`, or in memory without one, there from a `dump` if given.
 * The caller holds the folder's lock: two processes on one folder lose data without an error.
 */
export async function openPGlite(options: { dataDir?: string; dump?: Uint8Array<ArrayBuffer> }): Promise<Embedded> {
  const worker = new Worker(new URL('./pglite-worker.js', import.meta.url), { workerData: options })
  await once(worker, 'message')

  const open = new Map<number, Duplex>()
  let opened = 0
  let dumped: (archive: Uint8Array<ArrayBuffer>) => void = () => {}

  worker.on('message', ([from, bytes]: [number | 'dump', Uint8Array<ArrayBuffer>]) => {
    if (from === 'dump') dumped(bytes)
    else if (bytes.byteLength > 0) open.get(from)?.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  })
  worker.on('error', (error) => {
    for (const stream of open.values()) stream.destroy(error)
  })

  function connect(): Duplex {
    const id = ++opened
    const stream = socket({
      send: (bytes) => worker.postMessage([id, bytes]),
      closed: () => open.delete(id),
    })
    open.set(id, stream)
    return stream
  }

  return {
    poolConfig: { stream: connect, max: 1, idleTimeoutMillis: 0, user: 'postgres', database: 'postgres', ssl: false },
    async dump() {
      const archive = new Promise<Uint8Array<ArrayBuffer>>((resolve) => {
        dumped = resolve
      })
      worker.postMessage('dump')
      return await archive
    },
    async close() {
      const exited = once(worker, 'exit')
      worker.postMessage('close')
      await exited
    },
  }
}

/** As much of a `net.Socket` as the `pg` driver uses, over two functions. */
function socket(to: { send(bytes: Uint8Array): void; closed(): void }): Duplex {
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      to.send(chunk)
      done()
    },
    writev(chunks, done) {
      to.send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
      done()
    },
    final(done) {
      stream.push(null)
      done()
    },
    destroy(error, done) {
      to.closed()
      done(error)
    },
  })
  return Object.assign(stream, {
    connect: () => setImmediate(() => stream.emit('connect')),
    setNoDelay() {},
    setKeepAlive() {},
    ref() {},
    unref() {},
  })
}
