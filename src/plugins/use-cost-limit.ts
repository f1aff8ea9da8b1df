import { GraphQLError, getOperationAST, getVariableValues } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { costOf } from './cost.ts'

const DEAREST = 25_000
const LONGEST = 5_000

/** Refuses documents that are too long to parse and operations that could answer with too much. */
export function useCostLimit(): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => parseFn(source, { ...options, maxTokens: LONGEST }))
    },
    onExecute({ args, setResultAndStopExecution }) {
      const operation = getOperationAST(args.document, args.operationName)
      if (!operation) return
      const { coerced, errors } = getVariableValues(
        args.schema,
        operation.variableDefinitions ?? [],
        args.variableValues ?? {},
      )
      if (errors) {
        const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } }
        const coded = errors.map(({ message, nodes, originalError }) => {
          return new GraphQLError(message, { nodes: nodes ?? null, originalError: originalError ?? null, extensions })
        })
        return setResultAndStopExecution({ errors: coded })
      }
      const cost = costOf(args.schema, args.document, operation, coerced ?? {})
      if (cost <= DEAREST) return
      const message = `this query costs ${cost}, counted in fields and statements; expected at most ${DEAREST}: ask for smaller pages or fewer nested lists`
      const error = new GraphQLError(message, { extensions: { code: 'TOO_COMPLEX', http: { status: 400 } } })
      setResultAndStopExecution({ errors: [error] })
    },
  }
}
