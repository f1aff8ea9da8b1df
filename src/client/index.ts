import { type Document, idOf, type Print, textOf } from './document.ts'
import { send, sendById } from './send.ts'

export type { Document, DocumentTypeDecoration, Print } from './document.ts'
export { BilateralError, type BilateralErrorDetails, type ResponseError } from './error.ts'
export * from './queries.ts'

/** Options for all requests of a client. */
export interface ClientOptions {
  /** Key of the service, as `bilateral key create` prints it. Sent as `authorization: Bearer …`. Pages that anyone can open must not contain one. */
  readonly key?: string
  /** Headers sent with each request, for example `{ 'accept-language': 'fr' }`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Maximum time to wait for a response, in milliseconds. Default 30,000; `Infinity` for no limit. */
  readonly timeoutMs?: number
  /** Replaces the global `fetch`, for example for a proxy, a cache, or a test without a socket. */
  readonly fetch?: typeof globalThis.fetch
  /** `print` of the package graphql. Needed for documents that are syntax trees, such as those of gql.tada. */
  readonly print?: Print
  /**
   * Sends GET requests with IDs instead of documents, so that browsers and CDNs can cache the responses. The documents of this
   * module have an ID, and so do those of GraphQL Code Generator with `persistedDocuments: { hashAlgorithm: 'sha256' }`. If the
   * service does not know an ID, the client sends the document. Default false.
   */
  readonly persisted?: boolean
}

/** Options for one request. */
export interface QueryOptions {
  /** Headers added to those of the client. They replace headers of the same name. */
  readonly headers?: Readonly<Record<string, string>>
  /** Replaces the `timeoutMs` of the client. */
  readonly timeoutMs?: number
  /** Cancels the request, which then rejects with the signal’s reason, as `fetch` does. */
  readonly signal?: AbortSignal
}

/** Variables and options. The variables can be omitted if all of them are optional. */
export type QueryArguments<Variables> =
  Record<string, never> extends Variables
    ? [variables?: Variables, options?: QueryOptions]
    : [variables: Variables, options?: QueryOptions]

/** A page of any connection, in a document that selects its `pageInfo`. */
export interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** A client of one service. */
export interface Client {
  /**
   * Runs a query and returns its result, with the types of the document. Throws a BilateralError if the response has errors.
   *
   * The document is one that this module exports, or your own from GraphQL Code Generator (`documentMode: 'string'`) or gql.tada
   * (see the option `print`), or plain text, for which you give the types.
   *
   * @example
   * ```ts
   * const { person } = await client.query(personBySlug, { slug: 's-jaishankar' })
   * console.log(person?.positions.map(({ title, tenure }) => `${title} ${tenure.label}`))
   *
   * const { about } = await client.query<{ about: { version: string } }>('{ about { version } }')
   * console.log(about.version)
   * ```
   */
  query<Result = unknown, Variables = Record<string, unknown>>(
    document: Document<Result, Variables>,
    ...args: QueryArguments<Variables>
  ): Promise<Result>

  /**
   * Reads a connection page by page, each page when the loop reaches it. The document must have the variable `$after` and select
   * `pageInfo { hasNextPage endCursor }`. `connectionOf` returns the connection from the result; if it returns null, the loop ends.
   *
   * @example
   * ```ts
   * for await (const { nodes } of client.pages(whoMetWhom, ({ meetings }) => meetings, { first: 50 })) {
   *   for (const { title, when } of nodes) console.log(when.label, title)
   * }
   * ```
   */
  pages<Result, Variables extends { after?: string | null | undefined }, Connection extends Page>(
    document: Document<Result, Variables>,
    connectionOf: (result: Result) => Connection | null | undefined,
    ...args: QueryArguments<Variables>
  ): AsyncGenerator<Connection, void, undefined>
}

const DEFAULT_TIMEOUT_MS = 30_000

/**
 * Creates a client of the service at `url`. It needs only `fetch`, so it runs in Node, Deno, Bun and browsers.
 *
 * @example
 * ```ts
 * import { createClient, whoMetWhom } from 'bilateral/client'
 *
 * const client = createClient('http://localhost:4000/graphql')
 * const { meetings } = await client.query(whoMetWhom, { first: 10 })
 * for (const { when, title, participations } of meetings.nodes) {
 *   console.log(when.label, title, participations.map(({ person }) => person.name))
 * }
 * ```
 */
export function createClient(url: string | URL, options: ClientOptions = {}): Client {
  const unknownIds = new Set<string>()

  async function request<Result>(
    document: Document<Result, never>,
    variables: unknown,
    own: QueryOptions = {},
  ): Promise<Result> {
    const outgoing = {
      url: String(url),
      query: textOf(document, options.print),
      variables,
      headers: headersOf(options.key ? { authorization: `Bearer ${options.key}` } : {}, options.headers, own.headers),
      timeoutMs: own.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: own.signal,
      fetch: options.fetch ?? globalThis.fetch,
    }
    const id = options.persisted ? idOf(document) : undefined
    const isKnown = id !== undefined && !unknownIds.has(id)
    const data = isKnown ? await sendById(outgoing, id, () => unknownIds.add(id)) : await send(outgoing)
    return data as Result
  }
  return {
    query: (document, ...[variables, own]) => request(document, variables, own),
    async *pages(document, connectionOf, ...[variables, own]) {
      let after = variables?.after
      for (;;) {
        const connection = connectionOf(await request(document, { ...variables, after }, own))
        if (!connection) return
        yield connection
        const { hasNextPage, endCursor } = connection.pageInfo
        if (!hasNextPage) return
        after = endCursor
      }
    },
  }
}

/** Merges headers. A later header replaces an earlier one of the same name in any case. */
function headersOf(...given: readonly (Readonly<Record<string, string>> | undefined)[]): Headers {
  const headers = new Headers({ accept: 'application/graphql-response+json, application/json' })
  for (const [name, value] of given.flatMap((some) => Object.entries(some ?? {}))) headers.set(name, value)
  headers.set('content-type', 'application/json')
  return headers
}
