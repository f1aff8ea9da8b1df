/** Files with more rows than their page that are made at once. Each has up to 5,000 entries in memory. */
const AT_ONCE = 4

/** Milliseconds for all queries of a file. Each query has the time limit of queries as well. */
const MOST_MS = 60_000

/** Why a file is not made. */
export class FileRefused extends Error {
  readonly code: 'UNAVAILABLE' | 'TIMEOUT'

  constructor(code: 'UNAVAILABLE' | 'TIMEOUT', message: string) {
    super(message)
    this.code = code
  }
}

/** The files with more rows than their page that this process is making. */
export class Files {
  #making = 0

  /**
   * Makes a file. `work` calls `beforeQuery` before each query for more rows. It throws a FileRefused if too many such files are being
   * made, if the client has left, or if the file has taken too long.
   */
  async make<Result>(signal: AbortSignal, work: (beforeQuery: () => void) => Promise<Result>): Promise<Result> {
    const end = performance.now() + MOST_MS
    let isCounted = false
    const beforeQuery = () => {
      if (!isCounted && this.#making >= AT_ONCE)
        throw new FileRefused('UNAVAILABLE', 'too many files are being made; try again in a few seconds')
      if (!isCounted) this.#making++
      isCounted = true
      if (signal.aborted) throw new FileRefused('UNAVAILABLE', 'the client has disconnected')
      if (performance.now() > end)
        throw new FileRefused('TIMEOUT', 'the file took too long; narrow it, for example to a shorter period')
    }
    try {
      return await work(beforeQuery)
    } finally {
      if (isCounted) this.#making--
    }
  }
}
