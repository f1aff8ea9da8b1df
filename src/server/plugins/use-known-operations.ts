import { GraphQLError, type ValidationRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Refuses operations of a kind that the schema does not have; GraphQL's own rules pass over them. */
const knownOperations: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return
    const message = `there is no ${node.operation} here; expected a query`
    context.reportError(new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } }))
  },
})

/** Tells who sends a mutation or a subscription that there is none. */
export function useKnownOperations(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(knownOperations)
    },
  }
}
