import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { fieldNamed, fragmentsIn } from './document.ts'

/**
 * How many fields the plan of an operation has, about: its selections, those of a fragment wherever it is spread, and those of what may be
 * of several types for each of them. Counted no further than to a bit above `enough`.
 */
export function sizeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  enough: number,
): number {
  const fragments = fragmentsIn(document)
  let size = 0

  function count(selections: SelectionSetNode | undefined, type: GraphQLNamedType | undefined, times: number): void {
    for (const selection of selections?.selections ?? []) {
      const each = selection.kind === Kind.FIELD && isAbstractType(type) ? schema.getPossibleTypes(type).length : 1
      // A spread counts as well: those that spread nothing but others double as quickly.
      size += times * each
      if (size > enough) return
      if (selection.kind === Kind.FIELD) {
        const field = fieldNamed(schema, type, selection.name.value)
        count(selection.selectionSet, field && getNamedType(field.type), times * each)
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value]
        const on = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value)
        count(fragment?.selectionSet, on ?? type, times)
      }
    }
  }

  count(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, 1)
  return size
}
