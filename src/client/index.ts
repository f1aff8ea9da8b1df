import { type Document, idOf, type Print, textOf } from './document.ts'
import { send, sendById } from './send.ts'

export type { Document, DocumentTypeDecoration, Print } from './document.ts'
export { BilateralError, type BilateralErrorDetails, type ResponseError } from './error.ts'
export * from './queries.ts'

/** What holds for all questions of a client. */
export interface ClientOptions {
  /** Sent with each question, such as `{ authorization: 'Bearer …' }`. */
  readonly headers?: Readonly<Record<string, string>>
  /** How long to wait for an answer: 30,000 unless told, `Infinity` for as long as it takes. */
  readonly timeoutMs?: number
  /** Used in place of the global `fetch`: for a proxy, a cache, or a test that asks without a socket. */
  readonly fetch?: typeof globalThis.fetch
  /** `print` of the package graphql, for documents that are syntax trees, such as those of gql.tada. */
  readonly print?: Print
  /**
   * Asks by GET with the ids of documents that have one, so that browsers and CDNs can answer: those of this module, and
   * those of GraphQL Code Generator with `persistedDocuments: { hashAlgorithm: 'sha256' }`. The document is sent where the
   * service does not know its id.
   */
  readonly persisted?: boolean
}

/** What holds for one question. */
export interface QueryOptions {
  /** Sent besides the client's, and instead of those of the same name. */
  readonly headers?: Readonly<Record<string, string>>
  /** In place of the client's. */
  readonly timeoutMs?: number
  /** Ends the question early. It then rejects with the signal's reason, as `fetch` does. */
  readonly signal?: AbortSignal
}

/** Variables, which can be left out where all of them can, and options. */
export type QueryArguments<Variables> =
  Record<string, never> extends Variables
    ? [variables?: Variables, options?: QueryOptions]
    : [variables: Variables, options?: QueryOptions]

/** A page of any connection, in a document that asks whether there is more. */
export interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** Asks one service. */
export interface Client {
  /**
   * Asks, and gives the whole answer, typed as the document says. Throws a BilateralError where any part is missing.
   *
   * The document is one that this module exports; or one of your own, made with GraphQL Code Generator (`documentMode:
   * 'string'`) or gql.tada (see the option `print`); or plain text, for which you say the types.
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
   * Asks for page after page of one connection, each when you come to it. The document takes the variable `$after` and asks
   * for `pageInfo { hasNextPage endCursor }`; `connectionOf` finds the connection in its answer. Where that is null, it ends.
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

const PATIENCE_MS = 30_000

/**
 * A client of the service at `url`. It needs nothing but `fetch`, so it runs in Node, Deno, Bun and browsers.
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
  const unknown = new Set<string>()

  async function ask<Result>(
    document: Document<Result, never>,
    variables: unknown,
    own: QueryOptions = {},
  ): Promise<Result> {
    const outgoing = {
      url: String(url),
      query: textOf(document, options.print),
      variables,
      headers: headersOf(options.headers, own.headers),
      timeoutMs: own.timeoutMs ?? options.timeoutMs ?? PATIENCE_MS,
      signal: own.signal,
      fetch: options.fetch ?? globalThis.fetch,
    }
    const id = options.persisted ? idOf(document) : undefined
    const isKnown = id !== undefined && !unknown.has(id)
    const data = isKnown ? await sendById(outgoing, id, () => unknown.add(id)) : await send(outgoing)
    return data as Result
  }
  return {
    query: (document, ...[variables, own]) => ask(document, variables, own),
    async *pages(document, connectionOf, ...[variables, own]) {
      let after = variables?.after
      for (;;) {
        const connection = connectionOf(await ask(document, { ...variables, after }, own))
        if (!connection) return
        yield connection
        const { hasNextPage, endCursor } = connection.pageInfo
        if (!hasNextPage) return
        after = endCursor
      }
    },
  }
}

/** Whatever the case of their names, a later header replaces an earlier one. */
function headersOf(...given: readonly (Readonly<Record<string, string>> | undefined)[]): Headers {
  const headers = new Headers({ accept: 'application/graphql-response+json, application/json' })
  for (const [name, value] of given.flatMap((some) => Object.entries(some ?? {}))) headers.set(name, value)
  headers.set('content-type', 'application/json')
  return headers
}
