import { type ExecutionResult, GraphQLError } from 'graphql'
import { failureOf } from '../database/failure.ts'
import type { Execute } from '../execution/execute.ts'

/**
 * If the database was not available and the result has no data, replaces the result by one error for the whole request. The
 * response can then have the status 503: GraphQL over HTTP requires status 200 for a response with data, even if every field is
 * null.
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
