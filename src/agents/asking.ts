import type { TypedDocumentString } from '../generated/pages/graphql.ts'

/** How tools ask the schema: as a client does, so that limits and keys count. Both throw a QueryFailed. */
export interface Asking {
  /** The absolute URL of the site’s root, with a slash at its end. */
  readonly site: string
  ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result>
  /** Sends a query that the model wrote, and returns the whole result. */
  query(text: string, variables: object): Promise<unknown>
}

/** The schema refused or could not answer a query. The message says why. */
export class QueryFailed extends Error {}
