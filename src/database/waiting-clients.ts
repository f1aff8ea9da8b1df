import { AsyncLocalStorage } from 'node:async_hooks'
import type { Pool } from 'pg'
import { Connection } from './connection.ts'

/** A statement was ended or not run, because no client waits for its result any more. Its code is that of a cancelled statement. */
export class Abandoned extends Error {
  readonly code = '57014'

  constructor() {
    super('no client waits for the result of this statement any more')
  }
}

const current = new AsyncLocalStorage<WaitingClients>()

/** The clients that wait for the result of one execution. When all of them have left, its statements end (`endAbandoned`). */
export class WaitingClients {
  #count = 0
  #haveLeft = false
  readonly #onLeft = new Set<() => void>()

  /** Those that wait for the statement that is now being started. */
  static get current(): WaitingClients | undefined {
    return current.getStore()
  }

  get haveLeft(): boolean {
    return this.#haveLeft
  }

  /** Runs an execution for these clients. */
  run<Result>(execute: () => Result): Result {
    return current.run(this, execute)
  }

  /** Adds a client, which leaves when `signal` is aborted. The returned function is called when it has the result. */
  join(signal: AbortSignal): () => void {
    const leave = () => {
      this.#count--
      if (this.#count === 0) this.dismiss()
    }
    this.#count++
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
    return () => signal.removeEventListener('abort', leave)
  }

  /** Does not let any client wait longer. */
  dismiss(): void {
    if (this.#haveLeft) return
    this.#haveLeft = true
    for (const call of this.#onLeft) call()
    this.#onLeft.clear()
  }

  /** Calls a function when all clients have left, unless the returned function is called before. */
  onLeft(call: () => void): () => void {
    this.#onLeft.add(call)
    return () => this.#onLeft.delete(call)
  }
}

/** Runs work that goes on even if the clients leave: a change of the data, or work that executions share. */
export const outlivingClients = <Result>(work: () => Result): Result => current.exit(work)

/**
 * Lets the server end the statements of `pool.query` for which no client waits any more. The clients of `pool.connect` are not
 * affected. As with any pool, a connection on which a statement failed is not used again. Callbacks are not supported.
 */
export function endAbandoned(pool: Pool): void {
  pool.query = (async (...statement: [string]) => {
    const clients = WaitingClients.current
    if (clients?.haveLeft) throw new Abandoned()
    const connection = await pool.connect()
    if (clients?.haveLeft) {
      connection.release()
      throw new Abandoned()
    }
    const forget = clients?.onLeft(() => connection instanceof Connection && connection.cancel())
    let isSpent = true
    try {
      const result = await connection.query(...statement)
      // The request to cancel it may arrive while the next statement runs.
      isSpent = clients?.haveLeft ?? false
      return result
    } catch (error) {
      throw clients?.haveLeft ? new Abandoned() : error
    } finally {
      forget?.()
      connection.release(isSpent)
    }
  }) as Pool['query']
}
