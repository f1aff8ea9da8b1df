import { LRUCache } from 'lru-cache'
import type { Database } from '../../database/open.ts'
import { WholeResult } from './whole-result.ts'

/**
 * Results without errors, cached while the data does not change.
 *
 * No entry is older than its data version: work starts after the version is known, so it reads data of that version or newer, and it is
 * cached only if no other version was reported meanwhile. While the version is not known, nothing is cached and nothing cached is sent.
 */
export class ResponseCache<Result extends object> {
  readonly #database: Pick<Database, 'dataVersion'>
  readonly #results: LRUCache<string, WholeResult>
  readonly #running = new Map<string, Promise<Result | WholeResult>>()
  #version: ReturnType<Database['dataVersion']>

  /** Caches results of at most so many bytes together. */
  constructor(database: Pick<Database, 'dataVersion'>, maxBytes: number) {
    this.#database = database
    const sizeCalculation = (result: WholeResult, key: string) => result.size + 2 * key.length
    this.#results = new LRUCache({ maxSize: maxBytes, sizeCalculation })
    // Listening starts with the first call.
    database.dataVersion()
  }

  /**
   * The cached result for a key, or what `work` returns. Where `isShared`, it runs once for all that ask at the same time; what it returns that is
   * not a whole result is for its own caller only.
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

  /** The version of the data, if it is known. Where it is another one than before, the cache is empty from now on. */
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
