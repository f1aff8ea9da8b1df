import type { GraphQLParams, Plugin } from 'graphql-yoga'
import type { RequestContext } from '../exchange.ts'
import type { PersistedDocuments } from '../persisted-documents.ts'
import { badRequest, errorOf, type Refusal } from '../refusal.ts'

/**
 * Accepts the id of a document instead of its text: in `documentId`, a parameter of GraphQL over HTTP, or with the protocol of
 * automatic persisted queries. After a client has sent a document with its hash, it can send only the hash. If `isOnly`, all
 * documents that are not registered are refused, also those of GraphiQL.
 */
export function usePersistedDocuments(
  documents: PersistedDocuments,
  isOnly: boolean,
): Plugin<RequestContext, RequestContext> {
  return {
    onParams({ params, setParams, context: { exchange } }) {
      const { documentId, ...others } = params as GraphQLParams & { documentId?: string | null }
      const hash = hashIn(params)
      const id = hash ?? documentId ?? undefined
      if (typeof params.query === 'string') {
        // The documents of pages are those of the program.
        if (isOnly && !exchange.isPage && !documents.isRegistered(params.query)) throw errorOf(ONLY_PERSISTED)
        if (id !== undefined && !documents.add(id, params.query)) throw errorOf(OTHER_HASH)
        return setParams(others)
      }
      if (id === undefined) throw errorOf(NO_QUERY)
      const query = documents.get(id)
      if (query === undefined) throw notFound(hash === undefined ? UNKNOWN_ID : UNKNOWN_HASH)
      setParams({ ...others, query })
    },
  }
}

const NO_QUERY = badRequest('parameter query: expected a GraphQL document, or the id of one in documentId')
const ONLY_PERSISTED: Refusal = {
  status: 403,
  code: 'PERSISTED_DOCUMENT_REQUIRED',
  message: 'parameter query: expected one of the persisted documents of this service, which accepts no others',
}
const OTHER_HASH: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message: 'the id is not the SHA-256 hash of the document in query',
}
const UNKNOWN_ID: Refusal = {
  status: 404,
  code: 'PERSISTED_DOCUMENT_NOT_FOUND',
  message: 'documentId: there is no document with this id; send the document in query',
}
/** The protocol prescribes the message. */
const UNKNOWN_HASH: Refusal = { status: 404, code: 'PERSISTED_QUERY_NOT_FOUND', message: 'PersistedQueryNotFound' }

/** The status is for clients that accept `application/graphql-response+json`. Others get 200. */
function notFound(refusal: Refusal) {
  const error = errorOf(refusal)
  error.extensions['http'] = { spec: true, status: refusal.status }
  return error
}

function hashIn({ extensions }: GraphQLParams): string | undefined {
  const { version, sha256Hash } = (extensions?.['persistedQuery'] ?? {}) as Record<string, unknown>
  return version === 1 && typeof sha256Hash === 'string' ? sha256Hash : undefined
}
