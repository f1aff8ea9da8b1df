import { type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestContext } from '../exchange.ts'

/** The name of the operation by its request, from plugins that respond without execution. */
export const operations = new WeakMap<Request, string>()

/** Notes for the log the name of the operation and the codes of the errors. */
export function useRequestLog(): Plugin<RequestContext, RequestContext> {
  return {
    onExecute({ args, context }) {
      const name = getOperationAST(args.document, args.operationName)?.name?.value
      if (name) operations.set(context.request, name)
    },
    onResultProcess({ result, serverContext }) {
      const { errors = [] } = result as ExecutionResult
      if (errors.length > 0) serverContext.exchange.errors = errors.map(codeOf)
    },
    onResponse({ request, serverContext }) {
      serverContext.exchange.operation = operations.get(request)
    },
  }
}

const codeOf = ({ extensions }: GraphQLError) => String(extensions['code'] ?? 'INVALID')
