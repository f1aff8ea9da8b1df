/** An error of a response, as the GraphQL specification has it. */
export interface ResponseError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
  readonly extensions?: { readonly code?: string; readonly [name: string]: unknown }
}

/** What a BilateralError knows besides its message. */
export interface BilateralErrorDetails {
  readonly codes: readonly string[]
  readonly status?: number | undefined
  readonly errors?: readonly ResponseError[]
  readonly data?: unknown
  readonly cause?: unknown
}

/**
 * A question that was not answered, or not wholly.
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
 *   console.log(error.code, error.message) // BAD_USER_INPUT `first` is 101; expected 0 to 100
 * }
 * ```
 */
export class BilateralError extends Error {
  override readonly name = 'BilateralError'
  /**
   * The codes of `errors`, each once: `BAD_USER_INPUT`, `TOO_COMPLEX`, `INTERNAL_SERVER_ERROR`, … Where no GraphQL response
   * came: `UNREACHABLE`, `TIMEOUT`, or `BAD_RESPONSE`, such as a proxy's page.
   */
  readonly codes: readonly string[]
  /** The status of the HTTP response, where one came. */
  readonly status: number | undefined
  /** The errors of the GraphQL response. */
  readonly errors: readonly ResponseError[]
  /** What was answered in spite of the errors: null, or the result with null where something is missing. */
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
