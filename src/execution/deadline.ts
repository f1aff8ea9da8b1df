import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Execute } from './execute.ts'

/**
 * Responds with TIMEOUT if an execution takes longer than `ms` milliseconds. Neither GraphQL nor Prisma can cancel a statement;
 * the database cancels it because of its own time limit.
 */
export const withDeadline =
  (execute: Execute, ms: number): Execute =>
  (args) => {
    const result = execute(args)
    return 'then' in result ? inTime(result, ms) : result
  }

function inTime(result: Promise<ExecutionResult>, ms: number): Promise<ExecutionResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ errors: [tooLate()] }), ms)
    result.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}

export const TOO_LATE =
  'the response took too long; narrow the query: add a filter, or request smaller pages or fewer lists'

const tooLate = () => new GraphQLError(TOO_LATE, { extensions: { code: 'TIMEOUT', http: { status: 503 } } })
