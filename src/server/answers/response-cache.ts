import { LRUCache } from 'lru-cache'
import type { Database } from '../../database/open.ts'
import { WaitingClients } from '../../database/waiting-clients.ts'
import { WholeResult } from './whole-result.ts'

/** What is being worked on, and who waits for it. */
interface Running<Result> {
  readonly result: Promise<Result | WholeResult>
  readonly clients: WaitingClients
}

/**
 * Caches results without errors until the data changes.
 *
 * No entry is older than its data version: `work` starts after the version is known, so it reads data of that version or newer,
 * and the result is cached only if no other version was reported in the meantime. While the version is not known, the cache is
 * bypassed.
 */
export class ResponseCache<Result extends object> {
  readonly #database: Pick<Database, 'dataVersion'>
  readonly #results: LRUCache<string, WholeResult>
  readonly #running = new Map<string, Running<Result>>()
  #version: ReturnType<Database['dataVersion']>

  /** Creates a cache whose results have at most `maxBytes` bytes in total. */
  constructor(database: Pick<Database, 'dataVersion'>, maxBytes: number) {
    this.#database = database
    const sizeCalculation = (result: WholeResult, key: string) => result.size + 2 * key.length
    this.#results = new LRUCache({ maxSize: maxBytes, sizeCalculation })
    // Listening starts with the first call.
    database.dataVersion()
  }

  /**
   * Returns the cached result for a key, or the result of `work`. If `isShared`, concurrent calls with the same key run `work`
   * only once, unless it returns a result that is not a WholeResult: such a result is only for the caller whose `work` returned
   * it. Only if `work` took too long, its result is for all: they would need as long again.
   *
   * Each caller waits until its `signal` is aborted. When no caller waits any more, the statements of `work` end.
   */
  async run(
    key: string,
    isShared: boolean,
    signal: AbortSignal,
    work: () => Promise<Result | WholeResult>,
  ): Promise<Result | WholeResult> {
    const version = this.#currentVersion()
    const known = version && this.#results.get(key)
    if (known) return known
    const running = version && isShared ? this.#running.get(key) : undefined
    if (running && !running.clients.haveLeft) {
      const result = await waitFor(running, signal).catch(() => undefined)
      if (result instanceof WholeResult || (result && running.clients.haveLeft)) return result
    }
    const clients = new WaitingClients()
    const started = { clients, result: clients.run(work) }
    if (version && isShared) this.#running.set(key, started)
    try {
      const result = await waitFor(started, signal)
      if (version && result instanceof WholeResult && this.#database.dataVersion() === version)
        this.#results.set(key, result)
      return result
    } finally {
      if (this.#running.get(key) === started) this.#running.delete(key)
    }
  }

  /** The version of the data, if it is known. Empties the cache if the version has changed. */
  #currentVersion(): ReturnType<Database['dataVersion']> {
    const version = this.#database.dataVersion()
    if (version && version !== this.#version) {
      this.#version = version
      this.#results.clear()
      this.#running.clear()
    }
    return version
  }
}

async function waitFor<Result>({ result, clients }: Running<Result>, signal: AbortSignal) {
  const isDone = clients.join(signal)
  try {
    return await result
  } finally {
    isDone()
  }
}
