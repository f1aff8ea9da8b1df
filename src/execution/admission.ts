import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import { costOf } from './cost.ts'

const DEAREST = 25_000

export type Values = Record<string, unknown>

/**
 * The variables of an operation, coerced; or why it is not executed: they are not what it expects, or it could answer with too
 * much.
 */
export function admit(
  { schema, document, variableValues }: ExecutionArgs,
  operation: OperationDefinitionNode,
): { variables: Values } | { refusal: ExecutionResult } {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {})
  if (errors) {
    const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } }
    const coded = errors.map(({ message, nodes, originalError }) => {
      return new GraphQLError(message, { nodes: nodes ?? null, originalError: originalError ?? null, extensions })
    })
    return { refusal: { errors: coded } }
  }
  const cost = costOf(schema, document, operation, coerced)
  if (cost <= DEAREST) return { variables: coerced }
  const message = `this query costs ${cost}, counted in fields and statements; expected at most ${DEAREST}: ask for smaller pages or fewer nested lists`
  return {
    refusal: { errors: [new GraphQLError(message, { extensions: { code: 'TOO_COMPLEX', http: { status: 400 } } })] },
  }
}
