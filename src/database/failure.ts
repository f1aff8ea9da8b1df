/** What a failed read of the database means for the client: it should repeat the request later, or request less. */
export type Failure = 'UNAVAILABLE' | 'TIMEOUT'

/** SQLSTATEs, or classes of them, of a server that refuses or ends connections. */
const REFUSED = /^(08|28|3D|53[0-3]|57P0)/
/** SQLSTATE of a statement that `statement_timeout` ended. */
const CANCELED = '57014'

const UNREACHABLE = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/** Messages of errors without a code from `pg` and its pool, and kinds of errors that Prisma reports for socket errors. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error)/
const LOST_KINDS = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout', 'TlsConnectionError'])

/** The properties that this file reads from errors of Node, `pg` and Prisma, which wraps the others. */
interface DatabaseError {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly kind?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown }
}

/** The meaning of an error that the database caused. Undefined for a defect of the program. */
export function failureOf(error: unknown): Failure | undefined {
  for (const { code, kind, message } of causesOf(error)) {
    if (code === CANCELED) return 'TIMEOUT'
    const isLost = typeof code === 'string' ? isUnreachable(code) || REFUSED.test(code) : LOST.test(String(message))
    if (isLost || LOST_KINDS.has(String(kind))) return 'UNAVAILABLE'
  }
  return undefined
}

export const isUnreachable = (code: string): boolean => UNREACHABLE.has(code)

/** SQLSTATEs and errnos, without the codes of Node's own errors (ERR_…) and Prisma's (P2002). */
const SYSTEM_CODE = /^(?!P[1-6]\d{3}$)([0-9A-Z]{5}|E[A-Z0-9]+|EAI_[A-Z]+)$/

/** The SQLSTATE or errno of an error or of its causes. */
export function codeOf(error: unknown): string | undefined {
  for (const { code } of causesOf(error)) if (typeof code === 'string' && SYSTEM_CODE.test(code)) return code
  return undefined
}

/** An error and its causes, outermost first. */
function* causesOf(error: unknown): Generator<DatabaseError> {
  const seen = new Set<unknown>()
  let cause = error as DatabaseError | null | undefined
  while (typeof cause === 'object' && cause !== null && !seen.has(cause)) {
    seen.add(cause)
    yield { code: cause.originalCode ?? cause.code, kind: cause.kind, message: cause.message }
    cause = (cause.meta?.driverAdapterError ?? cause.cause) as DatabaseError | undefined
  }
}
