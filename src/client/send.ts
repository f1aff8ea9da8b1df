import { BilateralError, type ResponseError } from './error.ts'

/** A question, ready to be asked. */
export interface Outgoing {
  readonly url: string
  readonly query: string
  readonly variables: unknown
  readonly headers: Headers
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly fetch: typeof globalThis.fetch
}

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly ResponseError[]
}

interface Answered {
  readonly answer: Answer | undefined
  readonly status: number
}

/** A longer URL may be refused on its way. */
const LONGEST_URL = 4_000

/** Asks over HTTP. Returns `data` where nothing is missing from it, and otherwise throws a BilateralError. */
export async function send(outgoing: Outgoing): Promise<unknown> {
  return dataOf(await post(outgoing, patienceOf(outgoing)), outgoing.url)
}

/**
 * As `send`, but asks by GET with the document's id first, so that caches on the way can answer. Where that gives no data, it
 * sends the document, and where that does, it calls `onUnknown`: whoever answers does not know the id.
 */
export async function sendById(outgoing: Outgoing, id: string, onUnknown: () => void): Promise<unknown> {
  const patience = patienceOf(outgoing)
  const url = urlOf(outgoing, id)
  if (url.length > LONGEST_URL) return dataOf(await post(outgoing, patience), outgoing.url)
  const headers = new Headers(outgoing.headers)
  headers.delete('content-type')
  const known = await exchange(outgoing, patience, url, { headers })
  if (known.answer && 'data' in known.answer) return dataOf(known, outgoing.url)
  const sent = await post(outgoing, patience)
  if (sent.answer && 'data' in sent.answer) onUnknown()
  return dataOf(sent, outgoing.url)
}

/** `url` may be relative, and have parameters of its own. */
function urlOf({ url, variables }: Outgoing, id: string): string {
  const parameters = new URLSearchParams({ documentId: id })
  if (variables !== undefined) parameters.set('variables', JSON.stringify(variables))
  return `${url}${url.includes('?') ? '&' : '?'}${parameters}`
}

const post = (outgoing: Outgoing, patience: AbortSignal | undefined): Promise<Answered> => {
  const { url, query, variables, headers } = outgoing
  return exchange(outgoing, patience, url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
}

const patienceOf = ({ timeoutMs }: Outgoing) =>
  Number.isFinite(timeoutMs) ? AbortSignal.timeout(timeoutMs) : undefined

/** Throws a BilateralError where no response comes. */
async function exchange(
  { url, timeoutMs, signal, fetch }: Outgoing,
  patience: AbortSignal | undefined,
  target: string,
  init: RequestInit,
): Promise<Answered> {
  let status: number | undefined
  try {
    const response = await fetch(target, {
      ...init,
      signal: AbortSignal.any([signal, patience].filter((given) => given !== undefined)),
    })
    status = response.status
    return { answer: parse(await response.text()), status }
  } catch (cause) {
    // As with fetch, whoever aborts gets the reason back that they gave.
    if (signal?.aborted) throw signal.reason
    const details = { status, cause }
    if (patience?.aborted)
      throw new BilateralError(`no answer from ${url} in ${timeoutMs} ms`, { ...details, codes: ['TIMEOUT'] })
    throw new BilateralError(`cannot reach ${url}: ${reasonOf(cause)}`, { ...details, codes: ['UNREACHABLE'] })
  }
}

function dataOf({ answer, status }: Answered, url: string): unknown {
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
