import { LRUCache } from 'lru-cache'
import type { Database } from '../../database/open.ts'
import { Answer } from './answer.ts'

/**
 * Answers that are kept while the data is what it was.
 *
 * None is older than the version that it is kept for: work begins after that version was heard of, so all that it reads is of
 * that version or newer; and it is kept only where no other version was heard of meanwhile. One that read newer data is
 * dropped with the others once that is heard of. While no version is known, nothing is kept, and nothing kept is told.
 */
export class Answers {
  readonly #database: Pick<Database, 'dataVersion'>
  readonly #kept: LRUCache<string, Answer> | undefined
  readonly #running = new Map<string, Promise<Answer | Response>>()
  #version: ReturnType<Database['dataVersion']>

  /** Keeps as many as fit into so many bytes: none for 0. */
  constructor(database: Pick<Database, 'dataVersion'>, bytes: number) {
    this.#database = database
    const sizeCalculation = (answer: Answer, question: string) => answer.size + 2 * question.length
    this.#kept = bytes > 0 ? new LRUCache({ maxSize: bytes, sizeCalculation }) : undefined
    // It is listened for from when somebody first asks.
    if (this.#kept) database.dataVersion()
  }

  /**
   * The kept answer to a question, or that which `work` gives: once for all who ask the same at a time. What it gives that is
   * no whole answer is for its own asker alone.
   */
  async to(question: string, work: () => Promise<Answer | Response>): Promise<Answer | Response> {
    const version = this.#kept && this.#database.dataVersion()
    if (!this.#kept || !version) return await work()
    if (version !== this.#version) {
      this.#version = version
      this.#kept.clear()
      this.#running.clear()
    }
    const running = this.#running.get(question)
    const known = this.#kept.get(question) ?? (running && (await running.catch(() => undefined)))
    if (known instanceof Answer) return known
    const run = work()
    this.#running.set(question, run)
    try {
      const answer = await run
      if (answer instanceof Answer && this.#database.dataVersion() === version) this.#kept.set(question, answer)
      return answer
    } finally {
      if (this.#running.get(question) === run) this.#running.delete(question)
    }
  }
}
