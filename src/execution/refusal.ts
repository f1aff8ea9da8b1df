import { type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST, getVariableValues } from 'graphql'
import { costOf } from './cost.ts'

const DEAREST = 25_000

/** Why an operation is not executed: its variables are not what it expects, or it could answer with too much. */
export function refusalOf(args: ExecutionArgs): ExecutionResult | undefined {
  const { schema, document, operationName, variableValues } = args
  const operation = getOperationAST(document, operationName)
  if (!operation) return undefined
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {})
  if (errors) {
    const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } }
    const coded = errors.map(({ message, nodes, originalError }) => {
      return new GraphQLError(message, { nodes: nodes ?? null, originalError: originalError ?? null, extensions })
    })
    return { errors: coded }
  }
  const cost = costOf(schema, document, operation, coerced ?? {})
  if (cost <= DEAREST) return undefined
  const message = `this query costs ${cost}, counted in fields and statements; expected at most ${DEAREST}: ask for smaller pages or fewer nested lists`
  return { errors: [new GraphQLError(message, { extensions: { code: 'TOO_COMPLEX', http: { status: 400 } } })] }
}
