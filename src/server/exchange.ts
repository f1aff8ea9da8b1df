import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Caller } from '../access/caller.ts'
import type { ExecutionContext } from '../execution/execute.ts'
import type { WholeResult } from './answers/whole-result.ts'

/** Maximum number of characters of a path or a name in the log. Clients choose both, and can send very long ones. */
const LONGEST_LOGGED = 200

/** One request and its response: who sent it, its id, and its line in the log. */
export class Exchange {
  /** Sent as `x-request-id`. */
  readonly id = randomUUID()
  readonly caller: Caller
  /** The name of the GraphQL operation. */
  operation: string | undefined
  /** The codes of the errors in the GraphQL response. */
  errors: readonly string[] | undefined
  /** Whether the response cache had the result. */
  isCached = false
  /** Records which executor ran. */
  execution: Pick<ExecutionContext, 'executor'> | undefined
  /** The result, if it has no errors and is sent unchanged. */
  result: WholeResult | undefined
  readonly #start = performance.now()

  constructor(caller: Caller) {
    this.caller = caller
  }

  /** Logs the line. The method and the path are not known if the request could not be parsed. */
  finish(log: Logger, status: number, method?: string, path?: string): void {
    if (!log.isLevelEnabled('info')) return
    const { id, operation, errors } = this
    const executor = this.isCached ? 'cache' : this.execution?.executor
    const ms = Math.ceil((performance.now() - this.#start) * 10) / 10
    const line = { id, method, path: path?.slice(0, LONGEST_LOGGED), status, ms }
    const name = operation?.slice(0, LONGEST_LOGGED)
    log.info(
      { ...line, ...(name && { operation: name }), ...(executor && { executor }), ...(errors && { errors }) },
      'request',
    )
  }
}

/** What handlers and Yoga plugins receive in addition to the request. */
export interface RequestContext {
  readonly exchange: Exchange
}
