import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { PGliteOptions } from '@electric-sql/pglite'

/**
 * What PGlite opens: the folder `dataDir` or, if it is not given, a database in memory, which is loaded from `dump` if that is
 * given.
 */
export interface Options {
  readonly dataDir?: string
  readonly dump?: Uint8Array<ArrayBuffer>
  /** For tests, which open many small databases. `settings` are PostgreSQL settings such as `shared_buffers=16MB`. */
  readonly tuning?: Pick<PGliteOptions, 'initDbStartParams' | 'pgliteWasmModule'> & { settings?: readonly string[] }
}

/** A thread that runs PGlite. */
export interface Thread {
  /** Sends bytes of the wire protocol on a stream. `answered` receives the response of PGlite. */
  ask(stream: number, bytes: Uint8Array): void
  /** Whether something is not answered yet. */
  isBusy(): boolean
  /** Reports that no client waits for the running statements any more. They then get the time limit of a query. */
  abandon(): void
  /** The whole data folder as a tar archive. */
  dump(): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

interface Listener {
  answered(stream: number, bytes: Uint8Array<ArrayBuffer>): void
  /** Called when the thread has ended: it was closed, it crashed, or it did not respond in time. */
  ended(why: Error): void
}

type Answer = [stream: number | 'dump', bytes?: Uint8Array<ArrayBuffer>, statementTimeout?: number]

/** Time limit of a statement whose client has disconnected, if the statement has no time limit. */
const ABANDONED_MS = 30_000

/** Starts a thread. Resolves when PGlite is ready. */
export async function startThread(options: Options, { answered, ended }: Listener): Promise<Thread> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: options,
    // Large enough for PostgreSQL to refuse statements that are nested too deeply before the stack of the thread overflows,
    // which would end it.
    resourceLimits: { stackSizeMb: 16 },
  })
  await Promise.race([once(worker, 'message'), once(worker, 'exit').then(failToStart)])

  let why = fatal('57P02', 'the embedded database ended unexpectedly')
  worker.once('error', ({ message }) => {
    why = fatal('57P02', `the embedded database ended: ${message}`)
  })
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', function end() {
      clearTimeout(alarm)
      // Responses that have arrived are read first.
      if (parts.length > 0) return void setImmediate(end)
      ended(why)
      resolve()
    })
  })

  let asked = 0
  let done = 0
  let statementTimeout = 0
  let alarm: NodeJS.Timeout | undefined
  let dumped: (archive: Uint8Array<ArrayBuffer>) => void = () => {}

  function setAlarm() {
    clearTimeout(alarm)
    if (done < asked && statementTimeout > 0) alarm = setTimeout(endIfLate, statementTimeout, done)
  }

  function endIfLate(before: number) {
    // The response may have arrived already, if this thread is late to read it.
    setImmediate(() => {
      if (done > before) return
      why = fatal('57014', 'the embedded database was started anew, as a statement took longer than statement_timeout')
      void worker.terminate()
    })
  }

  // The parts of a large response arrive faster than they are read. Reading one part per turn does not block the event loop.
  const parts: [stream: number, bytes: Uint8Array<ArrayBuffer>][] = []
  function readNext() {
    const [stream, bytes] = parts.shift() as (typeof parts)[number]
    answered(stream, bytes)
    if (parts.length > 0) setImmediate(readNext)
  }

  worker.on('message', ([stream, bytes, timeout]: Answer) => {
    if (stream === 'dump') return dumped(bytes as Uint8Array<ArrayBuffer>)
    const isLast = timeout !== undefined
    if (isLast) {
      statementTimeout = timeout
      done++
      setAlarm()
    }
    if (!bytes) return
    if (isLast && parts.length === 0) answered(stream, bytes)
    else if (parts.push([stream, bytes]) === 1) setImmediate(readNext)
  })

  return {
    ask(stream, bytes) {
      worker.postMessage([stream, bytes])
      asked++
      if (asked === done + 1) setAlarm()
    },
    isBusy: () => done < asked,
    abandon() {
      if (done === asked || statementTimeout > 0) return
      statementTimeout = ABANDONED_MS
      setAlarm()
    },
    async dump() {
      const archive = new Promise<Uint8Array<ArrayBuffer>>((resolve) => {
        dumped = resolve
      })
      worker.postMessage('dump')
      return await archive
    },
    async close() {
      worker.postMessage('close')
      await exited
    },
  }
}

function failToStart(): never {
  throw new Error('the embedded database ended before it could answer')
}

/** An error that ends a connection, as PostgreSQL would send it. `pg` and Prisma recognize it by its severity. */
const fatal = (code: string, message: string) => Object.assign(new Error(message), { code, severity: 'FATAL' })
