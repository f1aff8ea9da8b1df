import { type ExecutionResult, GraphQLError } from 'graphql'
import { failureOf } from '../database/failure.ts'
import type { Execute } from '../execution/execute.ts'

/**
 * Replaces a result that has no data, because the database was not available, by one error for the whole request. The HTTP
 * status can then say so: GraphQL over HTTP demands status 200 for a response with data, even if every field is null.
 */
export const withAvailability =
  (execute: Execute): Execute =>
  (args) => {
    const result = execute(args)
    return 'then' in result ? result.then(checked) : checked(result)
  }

function checked(result: ExecutionResult): ExecutionResult {
  const cause = result.errors?.map(({ originalError }) => originalError).find(isUnavailable)
  const hasData = Object.values(result.data ?? {}).some((value) => value !== null)
  return cause && !hasData ? { errors: [new GraphQLError(cause.message, { originalError: cause })] } : result
}

const isUnavailable = (error: Error | undefined) => failureOf(error) === 'UNAVAILABLE'
