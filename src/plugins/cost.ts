import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql'

type Variables = Readonly<Record<string, unknown>>

/** What a field weighs that takes a statement of SQL of its own: each at the root, and each count. */
const STATEMENT = 50
/** How many elements a list is reckoned to have that has no page size. */
const LIST = 5
const DEFAULT_PAGE = 20
/** A larger page is refused by its own list, with a better message. */
const LARGEST_PAGE = 100

/**
 * What an operation may cost at most: each field of its answer counts once, and one that takes a statement of SQL more, times the page sizes of the connections around it
 * and five for each plain list. Depends on variables, so it is reckoned at every execution.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const root = schema.getRootType(operation.operation)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }

  // Each fragment is reckoned once for a page size: fragments that spread others twice would double at each level.
  const known = new Map<string, number>()
  function ofFragment(name: string, page: number): number {
    const key = `${name} ${page}`
    const found = known.get(key)
    if (found !== undefined) return found
    const { selectionSet, typeCondition } = fragments.get(name) as FragmentDefinitionNode
    const cost = ofSelections(selectionSet, typeFromAST(schema, typeCondition) as GraphQLCompositeType, page)
    known.set(key, cost)
    return cost
  }

  function ofSelections({ selections }: SelectionSetNode, type: GraphQLCompositeType, page: number): number {
    let cost = 0
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        cost += ofField(selection, type, page)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition } = selection
        const on = typeCondition ? (typeFromAST(schema, typeCondition) as GraphQLCompositeType) : type
        cost += ofSelections(selection.selectionSet, on, page)
      } else {
        cost += ofFragment(selection.name.value, page)
      }
    }
    return cost
  }

  /** `page` is the size of the page that `type` is the connection of. */
  function ofField(node: FieldNode, type: GraphQLCompositeType, page: number): number {
    const field = fieldType(schema, type, node.name.value)
    const named = field && getNamedType(field)
    if (!field || !named || !node.selectionSet || !isCompositeType(named))
      return node.name.value === 'totalCount' ? STATEMENT : 1
    const isPage = type.name.endsWith('Connection') && (node.name.value === 'nodes' || node.name.value === 'edges')
    const times = isPage ? page : listSize(node, field, variables)
    const own = type === root && !named.name.startsWith('__') ? STATEMENT : 1
    return own + times * ofSelections(node.selectionSet, named, pageSize(node, variables))
  }

  return root ? ofSelections(operation.selectionSet, root, DEFAULT_PAGE) : 0
}

function fieldType(schema: GraphQLSchema, type: GraphQLCompositeType, name: string): GraphQLOutputType | undefined {
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef.type
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef.type
  }
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name]?.type : undefined
}

function listSize(node: FieldNode, field: GraphQLOutputType, variables: Variables): number {
  if (!isListType(getNullableType(field))) return 1
  const ids = argument(node, 'ids', variables)
  return Array.isArray(ids) ? ids.length : LIST
}

function pageSize(node: FieldNode, variables: Variables): number {
  const size = argument(node, 'first', variables) ?? argument(node, 'last', variables)
  return typeof size === 'number' ? Math.min(Math.max(0, size), LARGEST_PAGE) : DEFAULT_PAGE
}

function argument(node: FieldNode, name: string, variables: Variables): unknown {
  const given = node.arguments?.find((argument) => argument.name.value === name)
  return given && valueFromASTUntyped(given.value, variables)
}
