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
 * Approximate number of fields in the plan of an operation: its selections, those of a fragment once for each spread, and those
 * on an interface or union once for each of its types. Stops counting soon after `enough`.
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
      // A spread counts too, because fragments that consist only of spreads can double at each level.
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
