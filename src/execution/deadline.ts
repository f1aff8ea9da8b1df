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
    const timer = setTimeout(() => resolve({ errors: [errorAfter(ms)] }), ms)
    result.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}

/** The message for a request, or one of its statements, that took longer than `ms` milliseconds. */
export const tooLate = (ms: number): string =>
  `the response took longer than ${ms / 1_000} seconds; narrow the query: add a filter, or request smaller pages or fewer lists`

const errorAfter = (ms: number) =>
  new GraphQLError(tooLate(ms), { extensions: { code: 'TIMEOUT', http: { status: 503 } } })
