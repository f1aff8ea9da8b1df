import { channel } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { LRUCache } from 'lru-cache'
import pg, { type ClientBase, type ClientConfig } from 'pg'

/** Maximum number of prepared statements per connection. */
export const MOST_PREPARED = 500
/**
 * Maximum number of their characters. PostgreSQL was measured to use 160 bytes for each, which is about 50 MB per connection.
 */
export const MOST_CHARACTERS = 300_000

/** A statement that a connection runs: for metrics, traces and the log. */
export interface Statement {
  /** The SQL, without the values of its parameters. */
  readonly text: string
  /** When it was given to the connection: a value of `performance.now()`. */
  readonly start: number
  /** Why it failed. */
  error?: unknown
}

/** Receives each Statement of this process when it is given to a connection. */
export const statementStarted = channel('bilateral:statement:started')
/** Receives the same object when the statement ends. Nothing is measured while neither channel has a subscriber. */
export const statementEnded = channel('bilateral:statement:ended')

/** Time limit for a request to end a statement. */
const CANCELLED_MS = 5_000

export interface ConnectionConfig extends ClientConfig {
  /** Milliseconds that the server may stay silent while a statement runs. Default: no limit. */
  readonly silenceMs?: number
  /** Called when the server was silent for that long. */
  readonly onSilence?: () => void
  /**
   * SQL at the start of each transaction, for a pooler that gives each transaction another session. Statements are then not
   * prepared, and each one outside a transaction gets its own.
   */
  readonly transactionSettings?: string
  /** Whether statements are published for metrics, traces and the log. Default: true. */
  readonly isObserved?: boolean
}

/**
 * A connection that closes the least recently used prepared statements, and destroys itself if the server does not respond: a
 * network can lose a connection without closing it, and then neither a response nor an error ever arrives.
 */
export class Connection extends pg.Client {
  readonly #silenceMs: number
  readonly #onSilence: () => void
  readonly #transactionSettings: string | undefined
  readonly #isObserved: boolean
  #isInTransaction = false
  #isPatient = false
  #evicted: string[] = []
  /** The lengths of the prepared statements by their names. */
  readonly #prepared = new LRUCache<string, number>({
    max: MOST_PREPARED,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (length) => length,
    dispose: (_length, name, reason) => {
      if (reason === 'evict') this.#evicted.push(name)
    },
  })

  constructor(config: ConnectionConfig = {}) {
    super(config)
    this.#silenceMs = config.silenceMs ?? 0
    this.#onSilence = config.onSilence ?? ignore
    this.#transactionSettings = config.transactionSettings
    this.#isObserved = config.isObserved ?? true
    if (this.#silenceMs === 0) return
    // Not earlier, because TLS replaces the socket. Connecting has its own time limit.
    this.once('connect', () => this.#socket.on('timeout', () => this.#giveUp()))
    this.on('drain', () => this.#socket.setTimeout(0))
  }

  override query(...statement: unknown[]): never {
    const isObserved = this.#isObserved && (statementStarted.hasSubscribers || statementEnded.hasSubscribers)
    if (!isObserved) return this.#query(statement) as never
    const end = publish(statement)
    const callback = statement.at(-1)
    if (typeof callback === 'function') {
      const observed = (error: unknown, ...result: unknown[]) => {
        end(error)
        callback(error, ...result)
      }
      return this.#query([...statement.slice(0, -1), observed]) as never
    }
    const result = this.#query(statement)
    if (result instanceof Promise) result.then(() => end(), end)
    return result as never
  }

  #query(statement: unknown[]): unknown {
    if (this.#transactionSettings) return this.#queryPooled(this.#transactionSettings, statement)
    const [{ name, text }] = statement as [Partial<pg.QueryConfig>]
    if (name && text && this.#prepared.get(name) === undefined) {
      this.#prepared.set(name, text.length)
      if (this.#evicted.length > 0) this.#send(new Close(this.#evicted), ignore)
      this.#evicted = []
    }
    this.#limitSilence()
    return this.#send(...statement)
  }

  #queryPooled(settings: string, [query, ...rest]: unknown[]): unknown {
    this.#limitSilence()
    const text = typeof query === 'string' ? query : ((query as Partial<pg.QueryConfig>).text ?? '')
    const unnamed = typeof query === 'string' ? query : { ...(query as pg.QueryConfig), name: undefined }
    const begins = /^BEGIN\b/i.test(text)
    if (!begins && !this.#isInTransaction) this.#send(`BEGIN; ${settings}`, ignore)
    const result = this.#send(unnamed, ...rest)
    if (begins) this.#send(settings, ignore)
    else if (!this.#isInTransaction) this.#send('COMMIT', ignore)
    this.#isInTransaction = begins || (this.#isInTransaction && !/^(COMMIT|ROLLBACK)\s*;?$/i.test(text))
    return result
  }

  /** The inherited method, without its overloads. */
  #send(...statement: unknown[]): unknown {
    return (super.query as (...statement: unknown[]) => unknown).apply(this, statement)
  }

  override end(...callback: unknown[]): never {
    this.#limitSilence()
    return (super.end as (...callback: unknown[]) => unknown).apply(this, callback) as never
  }

  /** While true, the server may stay silent for any time. */
  set isPatient(isPatient: boolean) {
    this.#isPatient = isPatient
  }

  get #socket(): Socket {
    return this.connection.stream as Socket
  }

  #limitSilence(): void {
    if (this.#silenceMs > 0) this.#socket.setTimeout(this.#isPatient ? 0 : this.#silenceMs)
  }

  /** Asks the server, over another connection, to end the running statement. The request may arrive after its end. */
  cancel(): void {
    const { processID, secretKey, ssl, host, port } = this as unknown as CanCancel
    const request = new pg.Connection({ ssl }) as pg.Connection & CancelRequest
    request.on('error', ignore)
    // The server closes the connection.
    request.stream.setTimeout(CANCELLED_MS, () => request.stream.destroy())
    const send = () => request.cancel(processID, secretKey)
    request.once('connect', () => (ssl ? request.requestSsl() : send()))
    request.once('sslconnect', send)
    if (host.startsWith('/')) request.connect(`${host}/.s.PGSQL.${port}`)
    else request.connect(port, host)
  }

  #giveUp(): void {
    this.abandon(`the database sent nothing for ${this.#silenceMs} ms`)
    this.#onSilence()
  }

  /** Closes the connection at once. What waits for it fails with this message. */
  abandon(message: string): void {
    this.#socket.destroy(Object.assign(new Error(message), { code: 'ETIMEDOUT' }))
  }
}

/** Turns the limit for the server's silence on a connection off or on. */
export function setPatience(client: ClientBase, isPatient: boolean): void {
  if (client instanceof Connection) client.isPatient = isPatient
}

const ignore = () => {}

/** Publishes a statement, and returns what to call when it ends. */
function publish([query]: unknown[]): (error?: unknown) => void {
  const text = typeof query === 'string' ? query : ((query as Partial<pg.QueryConfig>).text ?? '')
  const statement: Statement = { text, start: performance.now() }
  statementStarted.publish(statement)
  return (error) => {
    if (error) statement.error = error
    statementEnded.publish(statement)
  }
}

/** Properties of `pg` clients that its types lack: where the server is, and what it needs to know to end a statement. */
interface CanCancel {
  readonly processID: number
  readonly secretKey: number
  readonly ssl: boolean
  readonly host: string
  readonly port: number
}

/** Methods of `pg` connections that its types lack. */
interface CancelRequest {
  readonly stream: Socket
  connect(port: number | string, host?: string): void
  requestSsl(): void
  cancel(processID: number, secretKey: number): void
}

/** Properties of `pg` connections that its types lack. */
interface WithStatements {
  readonly parsedStatements: Record<string, string>
}

/** Closes prepared statements. Unlike DEALLOCATE, it also works in a failed transaction. */
class Close extends pg.Query {
  readonly #names: readonly string[]

  constructor(names: readonly string[]) {
    super('')
    this.#names = names
    this.submit = (connection) => {
      const { parsedStatements } = connection as pg.Connection & WithStatements
      // In one piece, as the embedded database expects.
      connection.stream.cork()
      for (const name of this.#names) {
        delete parsedStatements[name]
        connection.close({ type: 'S', name }, false)
      }
      connection.sync()
      connection.stream.uncork()
    }
  }
}
