import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Execute } from './execute.ts'

/**
 * Answers what takes longer than so many milliseconds with an error. What is being asked of the database then ends by the
 * limits of the database: neither GraphQL nor Prisma can be told to stop.
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

const tooLate = () =>
  new GraphQLError('this took too long; narrow it: a filter, smaller pages, fewer lists', {
    extensions: { code: 'TIMEOUT', http: { status: 503 } },
  })
