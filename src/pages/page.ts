import type { Child } from 'hono/jsx'
import type { TypedDocumentString } from '../generated/pages/graphql.ts'

/** What a page may depend on: the parts of its path that a colon marks, the query of the URL, and where the site is. */
export interface PageRequest {
  /** The absolute URL of the site’s root, with a slash at its end. Example: `http://localhost:4000/`. */
  readonly site: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

/** Rows for the CSV file of a page, and for tables of data. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  /** Number of all rows if these are only the first ones. The name of the file then says so. */
  readonly total?: number
}

/** The value of a parameter of the URL. Null if it is not given or empty, as forms send it. */
export const given = (query: URLSearchParams, name: string): string | null => query.get(name)?.trim() || null

/** A parameter of the URL has a value that the page does not understand: the response is 400. The message says what is expected. */
export class BadParameter extends Error {
  constructor(name: string, expected: string, value: string) {
    super(`${name}: expected ${expected}, got “${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`)
  }
}

/** Sends another query. It throws if the query fails. */
export type AskMore = <Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
) => Promise<Result>

/**
 * A page: one query to the schema, and how its result is shown. The same path also gives the data of the query as JSON (`.json`)
 * and, if the page has them, its `table` as CSV (`.csv`) and its `image` as SVG (`.svg`). The sources in the data are a bibliography (`.ris`,
 * `.bib`, `.csl.json`), and a record is JSON-LD, too (`.jsonld`).
 */
export interface Page<Result, Variables> {
  /** Path in Hono’s syntax. A last part such as `:slug` takes any text without a slash. Example: `/meetings/:slug`. */
  readonly path: string
  /** If the page also takes a form by POST: its maximum number of bytes. The fields are then the query of the request. */
  readonly longestForm?: number
  /** The only query of the page. Name its operation, because the log shows the name. */
  readonly document: TypedDocumentString<Result, Variables>
  /** Variables of the query. Undefined if the path cannot be right: the response is then 404. */
  variables(request: PageRequest): Variables | undefined
  /**
   * The path at which the result belongs. If another path was requested, such as the slug of a person who was merged, the response
   * redirects. Undefined if there is no such record: the response is then 404. `params` are those of the request.
   */
  address(data: Result, request: PageRequest): string | null | undefined
  /** Title for tabs and links. The name of the site is added. */
  title(data: Result, request: PageRequest): string
  /** One sentence for search engines and previews of links. */
  description(data: Result, request: PageRequest): string
  /** Tags of the page’s head, as names and contents. */
  tags?(data: Result, request: PageRequest): readonly (readonly [name: string, content: string])[]
  /** What `main` contains. */
  render(data: Result, request: PageRequest): Child
  /** Adds the rows that the page does not show to the result, for its JSON and CSV. Default: they have what the page shows. */
  whole?(data: Result, request: PageRequest, ask: AskMore): Promise<Result>
  /** The rows of the CSV file. */
  table?(data: Result, request: PageRequest): Table
  /** The chart of the page as an SVG file. Null if there is nothing to draw: the response is then 404. */
  image?(data: Result, request: PageRequest): Child
}

/** Checks a page’s types. */
export const definePage = <Result, Variables>(page: Page<Result, Variables>): Page<Result, Variables> => page
