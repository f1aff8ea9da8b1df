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
    const place: Place = error instanceof GraphQLError ? error : {}
    const { path } = place
    const err = error instanceof GraphQLError ? (error.originalError ?? error) : error
    const tooMuch = tooMuchFor(err)
    if (tooMuch) {
      const [code, message] = tooMuch
      log.warn({ path, err }, code)
      return told(message, place, { code })
    }
    const id = randomUUID()
    log.error({ errorId: id, path, err }, 'masked')
    const message = `something went wrong here; the operator finds it in the log as ${id}`
    return told(message, place, { code: 'INTERNAL_SERVER_ERROR', errorId: id })
  }
}

type Place = Partial<Pick<GraphQLError, 'path' | 'nodes' | 'locations'>>

function told(message: string, { path, nodes, locations }: Place, extensions: object): GraphQLError {
  const error = new GraphQLError(message, { path: path ?? null, nodes: nodes ?? null, extensions: { ...extensions } })
  // Errors of compiled operations have the locations of nodes, and no nodes.
  if (!nodes && locations) Object.defineProperty(error, 'locations', { value: locations, enumerable: true })
  return error
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
