import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'

/** How many fields a document has, those of a fragment wherever it is spread; counted no further than a bit above `enough`. */
export function sizeOf({ definitions }: DocumentNode, enough: number): number {
  const fragments = new Map(
    definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  )
  let size = 0
  function count(set: SelectionSetNode | undefined): void {
    for (const selection of set?.selections ?? []) {
      // A spread counts as well: those that spread nothing but others double as quickly.
      size += 1
      if (size > enough) return
      count(selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection.selectionSet)
    }
  }
  for (const definition of definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) count(definition.selectionSet)
  return size
}
