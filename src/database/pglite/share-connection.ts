import pLimit from 'p-limit'
import type { Pool, PoolClient } from 'pg'

/** Enough statements under way that the database need not wait for the next. */
const MOST_SENT = 4

type Statement = Parameters<PoolClient['query']>

/**
 * Lets statements by `pool.query` share the one connection of a pool: each is sent while others are answered, so that the
 * database does not wait for this process in between. A client of `pool.connect` has the connection alone when it is its turn.
 * If the connection ends, the statement that was under way fails, and those behind it are asked again on the next one. As with any
 * pool, a connection on which a statement failed is not used again. Callbacks are not supported.
 */
export function shareConnection(pool: Pool): void {
  const limit = pLimit(MOST_SENT)
  let share: Share | undefined

  async function ask(statement: Statement): Promise<unknown> {
    // Who waits for the connection alone comes before what is asked later.
    if (!share?.isOpen || (share.isConnected && pool.waitingCount > 0)) share = new Share(pool)
    const mine = share
    try {
      return await mine.ask(statement)
    } catch (error) {
      if (!mine.endedBy || mine.endedBy === statement) throw error
      return await ask(statement)
    }
  }

  pool.query = ((...statement: Statement) => limit(ask, statement)) as Pool['query']
}

/** The connection of a pool, from when statements ask for it until all of them are answered. */
class Share {
  /** Until a statement fails, the connection ends, or all are answered. */
  isOpen = true
  isConnected = false
  /** The statement that was under way when the connection ended. */
  endedBy: Statement | undefined
  /** What is not answered yet, in the order in which it was asked: of it, only the first is under way. */
  readonly #asking = new Set<Statement>()
  readonly #client: Promise<PoolClient>

  constructor(pool: Pool) {
    this.#client = this.#connect(pool)
  }

  async ask(statement: Statement): Promise<unknown> {
    this.#asking.add(statement)
    try {
      return await (await this.#client).query(...statement)
    } catch (error) {
      this.isOpen = false
      throw error
    } finally {
      this.#asking.delete(statement)
      if (this.#asking.size === 0) await this.#giveBack()
    }
  }

  async #connect(pool: Pool): Promise<PoolClient> {
    const client = await pool.connect()
    this.isConnected = true
    client.on('error', this.#end)
    return client
  }

  readonly #end = () => {
    this.isOpen = false
    this.endedBy ??= this.#asking.values().next().value
  }

  async #giveBack() {
    const isSpent = !this.isOpen
    this.isOpen = false
    const client = await this.#client
    client.off('error', this.#end)
    client.release(isSpent)
  }
}
