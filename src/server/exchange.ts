import { randomUUID } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import type { Logger } from 'pino'
import type { Caller, CallerKey } from '../access/caller.ts'
import { withoutSecrets } from '../access/secret.ts'
import type { ExecutionContext } from '../execution/execute.ts'
import type { WholeResult } from './answers/whole-result.ts'
import type { Refusal } from './refusal.ts'

/** Maximum number of characters of a path or a name in the log. */
const LONGEST_LOGGED = 200

/** Receives each Exchange when its response is known: for metrics. */
export const exchangeFinished = channel('bilateral:exchange:finished')

/** What is left of a caller’s rate limit. */
export interface Quota {
  readonly remaining: number
  /** When the next window starts, in milliseconds since 1970. */
  readonly resetAt: number
}

/** One request and its response: who sent it, its id, its line in the log, and what metrics count. */
export class Exchange {
  /** Sent as `x-request-id`. */
  readonly id = randomUUID()
  /** The id of the trace that the request belongs to. */
  traceId: string | undefined
  /** The route, with the names of its parameters. Undefined if no route has the path. */
  route: string | undefined
  /** It has the key once the request was authenticated. */
  caller: Caller
  /**
   * The name of a group of clients that get the same response to the same request, if their keys have the same scope. A plugin that
   * shows clients different data sets another name. Default: `public`.
   */
  scope = 'public'
  /** Whether the response is for this request only. It is then not cached, neither here nor by others. */
  isPersonal = false
  /** The name of the GraphQL operation. */
  operation: string | undefined
  /** The codes of the errors in the GraphQL response. */
  errors: readonly string[] | undefined
  /** Cost of the operations that were admitted: of one, or of all that a page asks. Also if the response cache had the result. */
  cost = 0
  /** What is left of the caller’s rate limit. Undefined if there is none. */
  quota: Quota | undefined
  /** Why the key of the request is refused, if it is. Undefined until it is being looked up. */
  identified: Promise<Refusal | undefined> | undefined
  /** Whether a page of this service asks. */
  isPage = false
  /** Whether the request was charged to the rate limit, apart from the cost of its operations. */
  isCharged = false
  /** Whether the response cache had the result. */
  isCached = false
  /** Records which executor ran. */
  execution: Pick<ExecutionContext, 'executor'> | undefined
  /** The result, if it has no errors and is sent unchanged. */
  result: WholeResult | undefined
  /** The status of the response. 0 until it is known. */
  status = 0
  /** The time that the response took, in milliseconds. 0 until it is known. */
  ms = 0
  readonly #start = performance.now()

  constructor(caller: Caller) {
    this.caller = caller
  }

  /** Records the key of the request. */
  admitKey(key: CallerKey): void {
    this.caller = { ...this.caller, key }
  }

  /** Whether every client gets the same response. */
  get isForAll(): boolean {
    return this.scope === 'public' && !this.caller.key
  }

  /** The names of those who get the same response. Each has its own cached responses. */
  get audience(): readonly [place: string, scopeOfKey: string, scope: string] {
    const { isLocal, key } = this.caller
    return [isLocal ? 'here' : 'elsewhere', key?.scope ?? 'public', this.scope]
  }

  /** Whether the request has a key that may change data. */
  get mayEdit(): boolean {
    return this.caller.key?.scopes.includes('edit') ?? false
  }

  /** Logs the line. The method and the path are not known if the request could not be parsed. */
  finish(log: Logger, status: number, method?: string, path?: string): void {
    this.status = status
    this.ms = performance.now() - this.#start
    if (exchangeFinished.hasSubscribers) exchangeFinished.publish(this)
    if (!log.isLevelEnabled('info')) return
    const { id, traceId, caller, operation, executor, cost, errors } = this
    const ms = Math.ceil(this.ms * 10) / 10
    const line = { id, method, path: path && logged(path), status, ms }
    const name = operation && logged(operation)
    log.info(
      {
        ...line,
        ...(traceId && { trace: traceId }),
        ...(caller.key && { key: caller.key.id }),
        ...(name && { operation: name }),
        ...(executor && { executor }),
        ...(cost > 0 && { cost }),
        ...(errors && { errors }),
      },
      'request',
    )
  }

  /** What made the result of the GraphQL operation. */
  get executor(): 'cache' | ExecutionContext['executor'] {
    return this.isCached ? 'cache' : this.execution?.executor
  }
}

/** A text that the client chose, for the log and for traces. It may be long, and contain a key. */
export const logged = (text: string) => withoutSecrets(text).slice(0, LONGEST_LOGGED)

/** What handlers and Yoga plugins receive in addition to the request. */
export interface RequestContext {
  readonly exchange: Exchange
}
