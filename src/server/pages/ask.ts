import type { TypedDocumentString } from '../../generated/pages/graphql.ts'
import type { RequestContext } from '../exchange.ts'

export interface ErrorInResult {
  readonly message: string
  readonly extensions?: { readonly code?: string }
}

/** The result of a page’s query. */
export interface Asked<Result> {
  /** Status of the GraphQL response. */
  readonly status: number
  /** The headers of the GraphQL response that say why a request was refused, and when to try again. */
  readonly headers: Readonly<Record<string, string>>
  readonly data?: Result | null
  readonly errors?: readonly ErrorInResult[]
}

/** Asks the schema as a client does, so that plugins, limits and the response cache see the query. */
export type Ask = <Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  request: Request,
  context: RequestContext,
) => Promise<Asked<Result>>

/** Headers of the page’s request that are not those of the query. */
const OWN_HEADERS = [
  'accept',
  'accept-encoding',
  'content-length',
  'content-type',
  'if-none-match',
  'if-modified-since',
]

/** Headers of a refusal, which a plugin may add. */
const OF_REFUSALS = /^(www-authenticate|retry-after|(x-)?ratelimit(-.+)?)$/

type Fetch = (request: Request, context: RequestContext) => Response | Promise<Response>

/** Creates `ask` for a GraphQL server in this process. */
export const createAsk =
  (fetch: Fetch, NewRequest: typeof Request): Ask =>
  async (document, variables, { url, headers: given, signal }, context) => {
    const headers = new Headers(given)
    for (const name of OWN_HEADERS) headers.delete(name)
    headers.set('accept', 'application/graphql-response+json')
    headers.set('content-type', 'application/json')
    const body = JSON.stringify({ query: document.toString(), variables })
    const response = await fetch(
      new NewRequest(new URL('/graphql', url), { method: 'POST', headers, body, signal }),
      context,
    )
    const { status } = response
    const headersOfRefusal = Object.fromEntries([...response.headers].filter(([name]) => OF_REFUSALS.test(name)))
    const text = await response.text()
    // A plugin may refuse the query in plain text.
    if (!/json/.test(response.headers.get('content-type') ?? '')) {
      return { status, headers: headersOfRefusal, errors: [{ message: text }] }
    }
    return { ...JSON.parse(text), status, headers: headersOfRefusal }
  }
