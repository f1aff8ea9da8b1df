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

/** Maximum number of databases that execute a query, so that a query that crashes servers does not crash all. */
const MOST_TRIES = 3

/**
 * Executes each query over one replica that has the current data, or over the primary if there is none. If the database fails,
 * executes the whole query again over another one.
 */
export const withReplicas = (execute: Execute, { replicas }: Database): Execute => {
  if (!replicas) return execute
  return (args) => {
    if (getOperationAST(args.document, args.operationName)?.operation !== 'query') return execute(args)
    const context = args.contextValue as Reading
    let database = replicas.choose()
    context.database = database
    context.loaders = new Loaders(database)
    const result = execute(args)
    return 'then' in result ? result.then(checked) : checked(result)

    async function checked(first: ExecutionResult): Promise<ExecutionResult> {
      let result = first
      const failed = new Set<Database>()
      while (result.errors?.some(({ originalError }) => isOfServer(originalError))) {
        failed.add(database)
        if (result.errors.some(({ originalError }) => failureOf(originalError) === 'UNAVAILABLE')) {
          replicas?.suspect(database)
        }
        const next = failed.size < MOST_TRIES ? replicas?.chooseAfter(failed) : undefined
        if (!next) break
        database = next
        const contextValue = { ...context, database, loaders: new Loaders(database), isRepeated: true }
        result = await execute({ ...args, contextValue })
      }
      return result
    }
  }
}

/** SQLSTATEs of a query that conflicts with what a replica replays, of a failing disk, and of damaged data. */
const OF_SERVER = /^(40|58|XX)/

/** Whether another server might not fail. A query that takes too long probably does so everywhere. */
const isOfServer = (error: unknown): boolean =>
  failureOf(error) === 'UNAVAILABLE' || OF_SERVER.test((failureOf(error) === undefined && codeOf(error)) || '')
