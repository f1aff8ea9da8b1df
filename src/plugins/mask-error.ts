import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'

/**
 * Lets through what the caller can mend, which we threw as a GraphQLError; everything else is logged with an id, and the
 * caller is told the id only.
 */
export function maskError(log: Logger) {
  return (error: unknown): Error => {
    if (error instanceof GraphQLError && isForCaller(error)) return error
    const id = randomUUID()
    const { path } = error instanceof GraphQLError ? error : {}
    log.error(
      { errorId: id, path, err: error instanceof GraphQLError ? (error.originalError ?? error) : error },
      'masked',
    )
    return new GraphQLError(`something went wrong here; the operator finds it in the log as ${id}`, {
      ...(error instanceof GraphQLError ? { nodes: error.nodes ?? null, path: error.path ?? null } : {}),
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: id },
    })
  }
}

function isForCaller({ originalError }: GraphQLError): boolean {
  return originalError === undefined || (originalError instanceof GraphQLError && isForCaller(originalError))
}
