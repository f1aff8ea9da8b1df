import { GraphQLError } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import type { PersistedDocuments } from '../persisted-documents.ts'

/** Yoga knows no `documentId`, and is told by this that it is none of its own. */
export const documentIdParameter = 'documentId'

/**
 * Lets documents be asked for by id: as `documentId`, as GraphQL over HTTP has it, or by the protocol of automatic persisted
 * queries. Whoever sends a document together with its hash can ask for it by the hash from then on.
 */
export function usePersistedDocuments(documents: PersistedDocuments): Plugin {
  return {
    onParams({ request, params, setParams }) {
      const automatic = hashIn(params)
      const id = automatic ?? documentIdIn(params, request)
      if (id === undefined) return
      if (typeof params.query === 'string') {
        if (!documents.keep(id, params.query)) throw refusal('the hash is not that of `query`', 'BAD_USER_INPUT', 400)
        return
      }
      const query = documents.get(id)
      if (query !== undefined) return setParams({ ...params, query })
      throw automatic
        ? refusal('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND', 404)
        : refusal('no document of this id is known here; send it as `query`', 'PERSISTED_DOCUMENT_NOT_FOUND', 404)
    },
  }
}

/** The status is for those who accept `application/graphql-response+json`; with `application/json` it is 200. */
const refusal = (message: string, code: string, status: number) =>
  new GraphQLError(message, { extensions: { code, http: { spec: true, status } } })

function hashIn({ extensions }: GraphQLParams): string | undefined {
  const { version, sha256Hash } = (extensions?.['persistedQuery'] ?? {}) as Record<string, unknown>
  return version === 1 && typeof sha256Hash === 'string' ? sha256Hash : undefined
}

function documentIdIn(params: GraphQLParams, request: Request): string | undefined {
  if (request.method === 'GET') return new URL(request.url).searchParams.get(documentIdParameter) ?? undefined
  const { [documentIdParameter]: id } = params as Record<string, unknown>
  return typeof id === 'string' ? id : undefined
}
