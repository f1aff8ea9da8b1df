import { BilateralError, type ResponseError } from './error.ts'

/** A request, ready to be sent. */
export interface Outgoing {
  readonly url: string
  readonly body: { readonly query: string; readonly variables: unknown }
  readonly headers: Headers
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly fetch: typeof globalThis.fetch
}

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly ResponseError[]
}

/** Asks over HTTP. Returns `data` where nothing is missing from it, and otherwise throws a BilateralError. */
export async function send({ url, body, headers, timeoutMs, signal, fetch }: Outgoing): Promise<unknown> {
  const timeout = Number.isFinite(timeoutMs) ? AbortSignal.timeout(timeoutMs) : undefined
  let status: number | undefined
  let text: string
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, timeout].filter((given) => given !== undefined)),
    })
    status = response.status
    text = await response.text()
  } catch (cause) {
    // As with fetch, whoever aborts gets the reason back that they gave.
    if (signal?.aborted) throw signal.reason
    const details = { status, cause }
    if (timeout?.aborted)
      throw new BilateralError(`no answer from ${url} in ${timeoutMs} ms`, { ...details, codes: ['TIMEOUT'] })
    throw new BilateralError(`cannot reach ${url}: ${reasonOf(cause)}`, { ...details, codes: ['UNREACHABLE'] })
  }
  return dataOf(parse(text), url, status)
}

function dataOf(answer: Answer | undefined, url: string, status: number): unknown {
  if (!answer) {
    throw new BilateralError(`expected a GraphQL response from ${url}, got something else with the status ${status}`, {
      codes: ['BAD_RESPONSE'],
      status,
    })
  }
  const { data, errors = [] } = answer
  if (errors.length === 0) return data
  const codes = new Set(errors.map(({ extensions }) => extensions?.code ?? 'UNKNOWN'))
  throw new BilateralError(errors.map(({ message }) => message).join('\n'), { codes: [...codes], status, errors, data })
}

function parse(text: string): Answer | undefined {
  try {
    const answer = JSON.parse(text)
    return typeof answer === 'object' && answer !== null && ('data' in answer || Array.isArray(answer.errors))
      ? answer
      : undefined
  } catch {
    return undefined
  }
}

/** Node says only that fetch failed, and why in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? (cause as NodeJS.ErrnoException).code || cause.message : error.message
}
