import { LRUCache } from 'lru-cache'
import type { Database } from '../../database/open.ts'
import { WholeResult } from './whole-result.ts'

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
  readonly #running = new Map<string, Promise<Result | WholeResult>>()
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
   * it.
   */
  async run(key: string, isShared: boolean, work: () => Promise<Result | WholeResult>): Promise<Result | WholeResult> {
    const version = this.#currentVersion()
    if (!version) return await work()
    const running = isShared ? this.#running.get(key) : undefined
    const known = this.#results.get(key) ?? (running && (await running.catch(() => undefined)))
    if (known instanceof WholeResult) return known
    const run = work()
    if (isShared) this.#running.set(key, run)
    try {
      const result = await run
      if (result instanceof WholeResult && this.#database.dataVersion() === version) this.#results.set(key, result)
      return result
    } finally {
      if (this.#running.get(key) === run) this.#running.delete(key)
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
