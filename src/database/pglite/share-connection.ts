import pLimit from 'p-limit'
import type { Pool, PoolClient } from 'pg'

/** Maximum number of statements in progress: enough that the database need not wait for the next one. */
const MOST_SENT = 4

type Statement = Parameters<PoolClient['query']>

/**
 * Lets statements of `pool.query` share the one connection of a pool. Each is sent while others are running, so that the
 * database does not wait for this process between them. A client of `pool.connect` has exclusive use of the connection when it
 * is its turn. If the connection ends, the running statement fails, and those after it are sent again on a new connection. As
 * with any pool, a connection on which a statement failed is not used again. Callbacks are not supported.
 */
export function shareConnection(pool: Pool): void {
  const limit = pLimit(MOST_SENT)
  let share: Share | undefined

  async function ask(statement: Statement): Promise<unknown> {
    // A client that waits for exclusive use of the connection comes before later statements.
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

/** The connection of a pool, from the first statement that uses it until all statements have completed. */
class Share {
  /** False after a statement failed, the connection ended, or all statements completed. */
  isOpen = true
  isConnected = false
  /** The statement that was running when the connection ended. */
  endedBy: Statement | undefined
  /** The statements that have not completed, in the order in which they were sent. Only the first is running. */
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
