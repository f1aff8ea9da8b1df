import { type ExecutionResult, GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql'
import type { Limits } from '../config/limits.ts'
import { costOf } from './cost.ts'
import type { Operation } from './operations.ts'

export type Values = Record<string, unknown>

/**
 * Returns the coerced variables of an operation and its cost, or the reason for refusing it: invalid variables, or a cost over
 * the limit.
 */
export function admit(
  schema: GraphQLSchema,
  operation: Operation,
  given: Readonly<Values> | null | undefined,
  limits: Limits,
): { variables: Values; cost: number } | { refusal: ExecutionResult } {
  const { coerced, errors } = getVariableValues(schema, operation.node.variableDefinitions ?? [], given ?? {}, {
    maxErrors: limits.errors,
  })
  if (errors) {
    const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } }
    const coded = errors.map(({ message, nodes, originalError }) => {
      return new GraphQLError(message, { nodes: nodes ?? null, originalError: originalError ?? null, extensions })
    })
    return { refusal: { errors: coded } }
  }
  const cost = operation.fixedCost ?? priced(schema, operation, coerced)
  if (cost <= limits.cost) return { variables: coerced, cost }
  const message = `this query costs ${cost}, counted in fields and statements; expected at most ${limits.cost}: request smaller pages or fewer nested lists`
  const extensions = { code: 'TOO_COMPLEX', http: { status: 400 } }
  return { refusal: { errors: [new GraphQLError(message, { extensions })], extensions: { cost } } }
}

function priced(schema: GraphQLSchema, operation: Operation, variables: Values): number {
  const { cost, isFixed } = costOf(schema, operation.document, operation.node, variables)
  if (isFixed) operation.fixedCost = cost
  return cost
}
