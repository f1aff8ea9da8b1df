import { type ExecutionResult, getOperationAST } from 'graphql'
import { codeOf, failureOf } from '../database/failure.ts'
import type { Database } from '../database/open.ts'
import type { Execute } from '../execution/execute.ts'
import { Loaders } from '../schema/loading/loaders.ts'

/** What an execution reads from. */
interface Reading {
  database: Database
  loaders: Loaders
}

/**
 * Executes each query over one replica that has the current data, or over the primary if there is none. If the database fails,
 * executes the query once more over another one.
 */
export const withReplicas = (execute: Execute, { replicas }: Database): Execute => {
  if (!replicas) return execute
  return (args) => {
    if (getOperationAST(args.document, args.operationName)?.operation !== 'query') return execute(args)
    const context = args.contextValue as Reading
    const first = replicas.choose()
    context.database = first
    context.loaders = new Loaders(first)
    const result = execute(args)
    return 'then' in result ? result.then(checked) : checked(result)

    function checked(result: ExecutionResult): ExecutionResult | Promise<ExecutionResult> {
      if (!result.errors?.some(({ originalError }) => isOfDatabase(originalError))) return result
      if (result.errors.some(({ originalError }) => failureOf(originalError) === 'UNAVAILABLE'))
        replicas?.suspect(first)
      const second = replicas?.chooseAfter(first)
      if (!second) return result
      return execute({ ...args, contextValue: { ...context, database: second, loaders: new Loaders(second) } })
    }
  }
}

/** Whether another server might not fail. A query that takes too long probably does so everywhere. */
const isOfDatabase = (error: unknown): boolean =>
  failureOf(error) === 'UNAVAILABLE' || (failureOf(error) === undefined && codeOf(error) !== undefined)
