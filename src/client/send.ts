import { BilateralError, type ResponseError } from './error.ts'

/** A request, ready to be sent. */
interface Outgoing {
  readonly url: string
  readonly query: string
  readonly variables: unknown
  readonly headers: Headers
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly fetch: typeof globalThis.fetch
}

interface GraphQLResponse {
  readonly data?: unknown
  readonly errors?: readonly ResponseError[]
}

interface Received {
  /** Undefined if the body is not a GraphQL response. */
  readonly response: GraphQLResponse | undefined
  readonly status: number
}

/** Maximum length of a URL. Proxies may reject longer ones. */
const MAX_URL = 4_000

/** Sends a document and returns the `data` of the response. Throws a BilateralError if there are errors. */
export async function send(outgoing: Outgoing): Promise<unknown> {
  return dataOf(await post(outgoing, timeoutOf(outgoing)), outgoing.url)
}

/**
 * Like `send`, but first sends a GET request with the document’s ID, which caches can answer. If that returns no data, it sends
 * the document. If the document returns data, the service does not know the ID, and `onUnknown` is called.
 */
export async function sendById(outgoing: Outgoing, id: string, onUnknown: () => void): Promise<unknown> {
  const timeout = timeoutOf(outgoing)
  const url = urlOf(outgoing, id)
  if (url.length > MAX_URL) return dataOf(await post(outgoing, timeout), outgoing.url)
  const headers = new Headers(outgoing.headers)
  headers.delete('content-type')
  const known = await exchange(outgoing, timeout, url, { headers })
  if (known.response && 'data' in known.response) return dataOf(known, outgoing.url)
  const sent = await post(outgoing, timeout)
  if (sent.response && 'data' in sent.response) onUnknown()
  return dataOf(sent, outgoing.url)
}

/** Adds the parameters to `url`, which can be relative and can have parameters. */
function urlOf({ url, variables }: Outgoing, id: string): string {
  const parameters = new URLSearchParams({ documentId: id })
  if (variables !== undefined) parameters.set('variables', JSON.stringify(variables))
  return `${url}${url.includes('?') ? '&' : '?'}${parameters}`
}

const post = (outgoing: Outgoing, timeout: AbortSignal | undefined): Promise<Received> => {
  const { url, query, variables, headers } = outgoing
  return exchange(outgoing, timeout, url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
}

const timeoutOf = ({ timeoutMs }: Outgoing) => (Number.isFinite(timeoutMs) ? AbortSignal.timeout(timeoutMs) : undefined)

/** Sends an HTTP request. Throws a BilateralError if there is no response. */
async function exchange(
  { url, timeoutMs, signal, fetch }: Outgoing,
  timeout: AbortSignal | undefined,
  target: string,
  init: RequestInit,
): Promise<Received> {
  let status: number | undefined
  try {
    const http = await fetch(target, {
      ...init,
      signal: AbortSignal.any([signal, timeout].filter((given) => given !== undefined)),
    })
    status = http.status
    return { response: parse(await http.text()), status }
  } catch (cause) {
    // As with `fetch`, the caller who aborts gets the reason of the signal.
    if (signal?.aborted) throw signal.reason
    const details = { status, cause }
    if (timeout?.aborted)
      throw new BilateralError(`no response from ${url} within ${timeoutMs} ms`, { ...details, codes: ['TIMEOUT'] })
    throw new BilateralError(`cannot reach ${url}: ${reasonOf(cause)}`, { ...details, codes: ['UNREACHABLE'] })
  }
}

function dataOf({ response, status }: Received, url: string): unknown {
  if (!response) {
    throw new BilateralError(
      `expected a GraphQL response from ${url}, got a different response with the status ${status}`,
      {
        codes: ['BAD_RESPONSE'],
        status,
      },
    )
  }
  const { data, errors = [] } = response
  if (errors.length === 0) return data
  const codes = new Set(errors.map(({ extensions }) => extensions?.code ?? 'UNKNOWN'))
  throw new BilateralError(errors.map(({ message }) => message).join('\n'), { codes: [...codes], status, errors, data })
}

function parse(text: string): GraphQLResponse | undefined {
  try {
    const response = JSON.parse(text)
    return typeof response === 'object' && response !== null && ('data' in response || Array.isArray(response.errors))
      ? response
      : undefined
  } catch {
    return undefined
  }
}

/** The reason of a failed fetch. Node gives it only in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? (cause as NodeJS.ErrnoException).code || cause.message : error.message
}
