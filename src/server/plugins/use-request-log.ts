import { type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ExecutionContext } from '../../execution/execute.ts'
import type { RequestContext } from '../exchange.ts'

/** Records for the log the name of the operation, which executor ran, and the codes of the errors. */
export function useRequestLog(): Plugin<RequestContext, RequestContext> {
  return {
    onExecute({ args, context: { exchange } }) {
      exchange.operation = getOperationAST(args.document, args.operationName)?.name?.value
      exchange.execution = args.contextValue as Pick<ExecutionContext, 'executor'>
    },
    onResultProcess({ result, serverContext }) {
      const { errors = [] } = result as ExecutionResult
      if (errors.length > 0) serverContext.exchange.errors = [...new Set(errors.map(codeOf))]
    },
  }
}

const codeOf = ({ extensions }: GraphQLError) => String(extensions['code'] ?? 'INVALID')
