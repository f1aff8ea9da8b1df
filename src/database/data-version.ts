import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { Connection, type ConnectionConfig } from './connection.ts'

/** The version of the data. As long as it is the same object, no change was announced. */
export interface DataVersion {
  /** The column `version` in the row of `dataset`. */
  readonly number: string
}

export const LISTEN = 'LISTEN data_version'
export const READ_VERSION = 'SELECT version FROM dataset'

/** A network can lose a connection without closing it. A query that gets no response reveals that. */
const HEARTBEAT_MS = 2_000
const ANSWERED_MS = 3_000
const FIRST_PAUSE_MS = 100
/** Nothing is cached until the server is found to be back. */
const LONGEST_PAUSE_MS = 1_000

type Queryable = Pick<ClientBase, 'query'>

/** Follows the version of the data, which the database announces (migration 0008). */
export class KnownVersion {
  #current: DataVersion | undefined
  /** The version before the connection was lost. */
  #last: DataVersion | undefined
  #listener: ClientBase | undefined
  #refreshing: Promise<void> | undefined
  readonly #isRestorable: boolean

  /** Whether the database can be restored from a backup while it is in use: a PostgreSQL server can, a folder that we own cannot. */
  constructor({ isRestorable = true } = {}) {
    this.#isRestorable = isRestorable
  }

  /** Undefined while no connection listens, because the data may have changed. */
  get current(): DataVersion | undefined {
    return this.#current
  }

  /** Listens on a new connection. It reads the version after it listens, so that it misses no change between the two. */
  async listenOn(client: ClientBase): Promise<void> {
    this.#current = undefined
    this.#listener = client
    client.on('notification', ({ payload = '' }) => {
      if (/^\d+$/.test(payload)) this.#set(client, payload)
    })
    client.on('end', () => this.#lose(client))
    await client.query(LISTEN)
    this.#set(client, await versionIn(client))
  }

  /** Reads the version over any connection, because an announcement may be on its way. If that fails, the version is unknown. */
  async refresh(connection: Queryable): Promise<void> {
    const listener = this.#listener
    if (listener) await this.#read(listener, connection).catch(() => this.#lose(listener))
  }

  /**
   * Reads the version if it is known to be lower than this number, which any client can send. Concurrent calls share a query. It
   * takes no connection from the pool of a server. If the embedded database, which has no other connection, cannot be read now,
   * it still announces changes.
   */
  async catchUp(number: bigint, onlyConnection?: Queryable): Promise<void> {
    // A query that runs already may have read the version before it changed.
    for (let time = 0; time < 2 && this.#current && BigInt(this.#current.number) < number; time++) {
      this.#refreshing ??= this.#readAgain(onlyConnection).finally(() => {
        this.#refreshing = undefined
      })
      await this.#refreshing
    }
  }

  async #readAgain(onlyConnection: Queryable | undefined): Promise<void> {
    const listener = this.#listener
    if (!listener) return
    await (onlyConnection ? this.#read(listener, onlyConnection).catch(() => {}) : this.refresh(listener))
  }

  async #read(listener: ClientBase, connection: Queryable): Promise<void> {
    if (!this.#current) return
    const number = await versionIn(connection)
    // If the listener was replaced in the meantime, its successor reads the version itself.
    if (this.#current) this.#set(listener, number)
  }

  /**
   * If a backup may have been restored, the same number can stand for different data. A number that occurs again then gets a
   * new object.
   */
  #set(from: ClientBase, number = ''): void {
    if (from !== this.#listener || number === this.#current?.number) return
    const isSame = !this.#isRestorable && number === this.#last?.number
    this.#current = isSame ? this.#last : { number }
    this.#last = this.#current
  }

  #lose(from: ClientBase): void {
    if (from === this.#listener) this.#current = undefined
  }
}

/** Reads the version. Undefined if `dataset` has no row. */
export async function versionIn(connection: Queryable): Promise<string | undefined> {
  const { rows } = await connection.query<{ version: string }>(READ_VERSION)
  return rows[0]?.version
}

/** Listens on a separate connection, and on a new one whenever that is lost, until `stop` is aborted. */
export async function follow(config: ConnectionConfig, version: KnownVersion, stop: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MS
  while (!stop.aborted) {
    const client = new Connection({ ...config, silenceMs: ANSWERED_MS, isObserved: false })
    client.on('error', () => {})
    const lost = once(client, 'end').catch(() => {})
    try {
      await client.connect()
      await version.listenOn(client)
      pause = FIRST_PAUSE_MS
      // A connection pooler may not forward announcements.
      while (version.current && (await lasts(HEARTBEAT_MS, lost, stop))) await version.refresh(client)
    } catch {
      // If the server cannot be reached, the queries that need it report that.
    }
    await client.end()
    await lasts(pause, new Promise(() => {}), stop)
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
  }
}

/** Waits. Returns false if the connection was lost or `stop` aborted before the time was over. */
export async function lasts(ms: number, lost: Promise<unknown>, stop: AbortSignal): Promise<boolean> {
  const waiting = sleep(ms, true, { signal: stop }).catch(() => false)
  return await Promise.race([waiting, lost.then(() => false)])
}
