import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/**
 * How many fields the plan of an operation has, about: its selections, those of a fragment wherever it is spread, and those of what may be
 * of several types for each of them. Counted no further than to a bit above `enough`.
 */
export function sizeOf(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
  enough: number,
): number {
  const fragments = new Map(
    definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  )
  let size = 0

  function count(selections: SelectionSetNode | undefined, type: GraphQLNamedType | undefined, times: number): void {
    for (const selection of selections?.selections ?? []) {
      const each = selection.kind === Kind.FIELD && isAbstractType(type) ? schema.getPossibleTypes(type).length : 1
      // A spread counts as well: those that spread nothing but others double as quickly.
      size += times * each
      if (size > enough) return
      if (selection.kind === Kind.FIELD) {
        const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined
        count(selection.selectionSet, field && getNamedType(field.type), times * each)
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
        const on = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value)
        count(fragment?.selectionSet, on ?? type, times)
      }
    }
  }

  count(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, 1)
  return size
}
