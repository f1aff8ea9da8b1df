import { GraphQLError } from 'graphql'

/** Why a request is not handled. The message says what was expected. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

export const badRequest = (message: string): Refusal => ({ status: 400, code: 'BAD_REQUEST', message })

/** Only for the log, because the client has disconnected. */
export const INCOMPLETE = badRequest('request body: the connection was closed before its end')

export const JSON_TYPE = 'application/json; charset=utf-8'

/** Errors outside of GraphQL also have the format of a GraphQL response. */
export const bodyOf = ({ message, code }: Refusal): string =>
  JSON.stringify({ errors: [{ message, extensions: { code } }] })

export function responseOf(refusal: Refusal): Response {
  const body = bodyOf(refusal)
  const headers = {
    'content-type': JSON_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    ...refusal.headers,
  }
  return new Response(body, { status: refusal.status, headers })
}

/** For hooks of Yoga, which sends it as the media type that the client accepts. */
export const errorOf = ({ status, code, message, headers }: Refusal): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status, ...(headers && { headers }) } } })
