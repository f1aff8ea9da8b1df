import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { type Failure, failureOf } from '../../database/failure.ts'
import { Abandoned } from '../../database/waiting-clients.ts'
import { tooLate } from '../../execution/deadline.ts'

/** Seconds after which a client should repeat a request that failed because the database was not available. */
const RETRY_AFTER = 5

/**
 * Returns errors that are meant for the client unchanged, and reports if the database is not available or took too long. Any
 * other error is logged with an id, and the client gets only the id.
 */
export function maskError(log: Logger, requestMs: number) {
  const messages: Readonly<Record<Failure, string>> = {
    TIMEOUT: tooLate(requestMs),
    UNAVAILABLE: 'the database is not available or too busy; try again in a few seconds',
  }
  return (error: unknown): Error => {
    if (error instanceof GraphQLError && isForCaller(error)) return error
    const { path, nodes, source, positions } = error instanceof GraphQLError ? error : {}
    const place = { path: path ?? null, nodes: nodes ?? null, source: source ?? null, positions: positions ?? null }
    const err = error instanceof GraphQLError ? (error.originalError ?? error) : error
    const code = failureOf(err)
    if (code) {
      log[err instanceof Abandoned ? 'debug' : 'warn']({ path, err }, code)
      // An error without a path concerns the whole request, whose response then has no data: see unavailable.ts.
      const isWhole = code === 'UNAVAILABLE' && !path
      const http = { status: 503, headers: { 'retry-after': String(RETRY_AFTER) } }
      return new GraphQLError(messages[code], { ...place, extensions: { code, ...(isWhole && { http }) } })
    }
    const id = randomUUID()
    log.error({ errorId: id, path, err }, 'masked')
    return new GraphQLError(`internal error; the operator can find the cause in the log under ${id}`, {
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: id },
    })
  }
}

function isForCaller({ originalError }: GraphQLError): boolean {
  return originalError === undefined || (originalError instanceof GraphQLError && isForCaller(originalError))
}
