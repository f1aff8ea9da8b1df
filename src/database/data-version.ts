import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { Connection, type ConnectionConfig } from './connection.ts'

/** The state of the data. While it is the same object, no change of the data has been heard of. */
export interface DataVersion {
  /** Of the row in `dataset`. */
  readonly number: string
}

export const LISTEN = 'LISTEN data_version'
export const READ_VERSION = 'SELECT version FROM dataset'

/** A connection that is dead without having ended is noticed by a question that stays unanswered. */
const HEARTBEAT_MS = 2_000
const ANSWERED_MS = 3_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000

type Queryable = Pick<ClientBase, 'query'>

/** What is known of the version of the data, by listening to what the database announces (migration 0008). */
export class KnownVersion {
  #current: DataVersion | undefined
  #listener: ClientBase | undefined

  /** Undefined while nobody listens: then it may have changed. */
  get current(): DataVersion | undefined {
    return this.#current
  }

  /** Listens on a connection that is new. First that, then the version, so that no change falls between the two. */
  async listenOn(client: ClientBase): Promise<void> {
    this.#current = undefined
    this.#listener = client
    client.on('notification', ({ payload }) => this.#hear(client, payload))
    client.on('end', () => this.#lose(client))
    await client.query(LISTEN)
    this.#hear(client, await versionIn(client))
  }

  /** Reads, over any connection, what may not have been heard yet. Where that fails, nothing is known. */
  async refresh(connection: Queryable): Promise<void> {
    const listener = this.#listener
    if (!listener || !this.#current) return
    try {
      const number = await versionIn(connection)
      // Who listened may be gone by now, and who comes next reads anew.
      if (this.#current) this.#hear(listener, number)
    } catch {
      this.#lose(listener)
    }
  }

  /** A number that comes back, as of a backup that was restored, need not mean the same data: it is another object. */
  #hear(from: ClientBase, number = ''): void {
    if (from === this.#listener && number !== this.#current?.number) this.#current = { number }
  }

  #lose(from: ClientBase): void {
    if (from === this.#listener) this.#current = undefined
  }
}

/** The version as the row has it, if there is one. */
export async function versionIn(connection: Queryable): Promise<string | undefined> {
  const { rows } = await connection.query<{ version: string }>(READ_VERSION)
  return rows[0]?.version
}

/** Listens on a connection of its own, and on another one whenever that is lost, until `stop` is aborted. */
export async function follow(config: ConnectionConfig, version: KnownVersion, stop: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MS
  while (!stop.aborted) {
    const client = new Connection({ ...config, silenceMs: ANSWERED_MS })
    client.on('error', () => {})
    const lost = once(client, 'end').catch(() => {})
    try {
      await client.connect()
      await version.listenOn(client)
      pause = FIRST_PAUSE_MS
      // Also hears of what a proxy between may not announce.
      while (version.current && (await lasts(HEARTBEAT_MS, lost, stop))) await version.refresh(client)
    } catch {
      // A server that is gone is told by the questions that need it.
    }
    await client.end()
    await lasts(pause, new Promise(() => {}), stop)
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
  }
}

/** Waits, and tells whether nothing came between. */
async function lasts(ms: number, lost: Promise<unknown>, stop: AbortSignal): Promise<boolean> {
  const waiting = sleep(ms, true, { signal: stop }).catch(() => false)
  return await Promise.race([waiting, lost.then(() => false)])
}
