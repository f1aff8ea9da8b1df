import { GraphQLError, type ValidationRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Refuses operations of a type that the schema does not have. The rules of graphql-js do not check this. */
const knownOperations: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return
    const message = `the schema has no ${node.operation}; expected a query`
    context.reportError(new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } }))
  },
})

/** Refuses mutations or subscriptions while the schema has none. */
export function useKnownOperations(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(knownOperations)
    },
  }
}
