import { type ExecutionResult, GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql'
import { costOf } from './cost.ts'
import type { Operation } from './operations.ts'

/** Maximum cost of a query, counted in fields and statements: see `cost.ts`. */
const MAX_COST = 25_000

/** Maximum number of errors about variables. Each has about 200 bytes. */
const MAX_ERRORS = 20

export type Values = Record<string, unknown>

/**
 * Returns the coerced variables of an operation, or the reason for refusing it: invalid variables, or a cost over the limit.
 */
export function admit(
  schema: GraphQLSchema,
  operation: Operation,
  given: Readonly<Values> | null | undefined,
): { variables: Values } | { refusal: ExecutionResult } {
  const { coerced, errors } = getVariableValues(schema, operation.node.variableDefinitions ?? [], given ?? {}, {
    maxErrors: MAX_ERRORS,
  })
  if (errors) {
    const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } }
    const coded = errors.map(({ message, nodes, originalError }) => {
      return new GraphQLError(message, { nodes: nodes ?? null, originalError: originalError ?? null, extensions })
    })
    return { refusal: { errors: coded } }
  }
  const cost = operation.fixedCost ?? priced(schema, operation, coerced)
  if (cost <= MAX_COST) return { variables: coerced }
  const message = `this query costs ${cost}, counted in fields and statements; expected at most ${MAX_COST}: request smaller pages or fewer nested lists`
  const extensions = { code: 'TOO_COMPLEX', http: { status: 400 } }
  return { refusal: { errors: [new GraphQLError(message, { extensions })] } }
}

function priced(schema: GraphQLSchema, operation: Operation, variables: Values): number {
  const { cost, isFixed } = costOf(schema, operation.document, operation.node, variables)
  if (isFixed) operation.fixedCost = cost
  return cost
}
