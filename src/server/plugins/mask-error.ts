import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'

/**
 * Lets through what the caller can mend, which we threw as a GraphQLError, and says what the database found too much;
 * everything else is logged with an id, and the caller is told the id only.
 */
export function maskError(log: Logger) {
  return (error: unknown): Error => {
    if (error instanceof GraphQLError && isForCaller(error)) return error
    const { path, nodes, source, positions } = error instanceof GraphQLError ? error : {}
    const place = { path: path ?? null, nodes: nodes ?? null, source: source ?? null, positions: positions ?? null }
    const err = error instanceof GraphQLError ? (error.originalError ?? error) : error
    const tooMuch = tooMuchFor(err)
    if (tooMuch) {
      const [code, message] = tooMuch
      log.warn({ path, err }, code)
      return new GraphQLError(message, { ...place, extensions: { code } })
    }
    const id = randomUUID()
    log.error({ errorId: id, path, err }, 'masked')
    return new GraphQLError(`something went wrong here; the operator finds it in the log as ${id}`, {
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: id },
    })
  }
}

function isForCaller({ originalError }: GraphQLError): boolean {
  return originalError === undefined || (originalError instanceof GraphQLError && isForCaller(originalError))
}

/** What of an error of `pg`, of its pool, or of Prisma, which wraps the former and hands on the latter, tells what it is. */
interface DatabaseError {
  readonly code?: string
  readonly message?: string
  readonly meta?: { readonly driverAdapterError?: { readonly cause?: { readonly originalCode?: string } } }
}

/** The code and the message for the caller, where a question asked too much of the database or came at a busy time. */
function tooMuchFor(error: unknown): [code: string, message: string] | undefined {
  const { code, message, meta } = (error ?? {}) as DatabaseError
  const sqlState = meta?.driverAdapterError?.cause?.originalCode ?? code
  // The server ended the statement, as it was told to: see LONGEST_QUERY_MS in database/open.ts.
  if (sqlState === '57014') return ['TIMEOUT', 'this took too long; narrow it: a filter, smaller pages, fewer lists']
  if (message === 'timeout exceeded when trying to connect')
    return ['UNAVAILABLE', 'the database is busy with other questions; ask again in a while']
  return undefined
}
