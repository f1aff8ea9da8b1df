/** An error in a GraphQL response, as the specification defines it. */
export interface ResponseError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
  readonly extensions?: { readonly code?: string; readonly [name: string]: unknown }
}

/** The details of a BilateralError in addition to its message. */
export interface BilateralErrorDetails {
  readonly codes: readonly string[]
  readonly status?: number | undefined
  readonly errors?: readonly ResponseError[]
  readonly data?: unknown
  readonly cause?: unknown
}

/**
 * A request that failed, or whose response has errors.
 *
 * @example
 * ```ts
 * import { BilateralError, createClient, whoMetWhom } from 'bilateral/client'
 *
 * const client = createClient('http://localhost:4000/graphql')
 * try {
 *   await client.query(whoMetWhom, { first: 101 })
 * } catch (error) {
 *   if (!(error instanceof BilateralError)) throw error
 *   console.log(error.code, error.message) // BAD_USER_INPUT `first`: expected 0 to 100, got 101
 * }
 * ```
 */
export class BilateralError extends Error {
  override readonly name = 'BilateralError'
  /**
   * The codes of `errors`, each once: `BAD_USER_INPUT`, `TOO_COMPLEX`, `INTERNAL_SERVER_ERROR`, … Without a GraphQL response:
   * `UNREACHABLE`, `TIMEOUT`, or `BAD_RESPONSE` (for example the error page of a proxy).
   */
  readonly codes: readonly string[]
  /** The status of the HTTP response, if there was one. */
  readonly status: number | undefined
  /** The errors of the GraphQL response. */
  readonly errors: readonly ResponseError[]
  /** The `data` of the response: null, or the result with null in place of each failed field. */
  readonly data: unknown

  constructor(message: string, { codes, status, errors = [], data = null, cause }: BilateralErrorDetails) {
    super(message, cause === undefined ? undefined : { cause })
    this.codes = codes
    this.status = status
    this.errors = errors
    this.data = data
  }

  /** The first of `codes`. */
  get code(): string | undefined {
    return this.codes[0]
  }
}
