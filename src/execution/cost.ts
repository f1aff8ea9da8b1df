import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql'
import { aStatement, type Weight } from '../schema/lists/weight.ts'
import { fieldNamed, fragmentsIn } from './document.ts'

type Values = Readonly<Record<string, unknown>>
type AnyField = GraphQLField<unknown, unknown>

/** How many elements a list is reckoned to have that neither has a page size nor tells (`schema/weight.ts`). */
const LIST = 5
const DEFAULT_PAGE = 20
/** A larger page is refused by its own list, with a better message. */
const LARGEST_PAGE = 100

/**
 * What an operation may cost at most: each field of its answer counts its weight (`schema/weight.ts`), times the sizes of
 * the pages and lists around it. Depends on variables, so it is reckoned at every execution.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Values,
): number {
  const root = schema.getRootType(operation.operation)
  const fragments = fragmentsIn(document)

  // Each fragment is reckoned once for a page size: fragments that spread others twice would double at each level.
  const known = new Map<string, number>()
  function ofFragment(name: string, page: number): number {
    const key = `${name} ${page}`
    const found = known.get(key)
    if (found !== undefined) return found
    const { selectionSet, typeCondition } = fragments[name] as FragmentDefinitionNode
    const cost = ofSelections(selectionSet, typeFromAST(schema, typeCondition) as GraphQLCompositeType, page)
    known.set(key, cost)
    return cost
  }

  function ofSelections({ selections }: SelectionSetNode, type: GraphQLCompositeType, page: number): number {
    let cost = 0
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        // What is asked of any of several types is planned for each.
        cost += ofField(selection, type, page) * (isAbstractType(type) ? schema.getPossibleTypes(type).length : 1)
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
    const field = fieldNamed(schema, type, node.name.value)
    const weight = weightOf(field)
    const named = field && getNamedType(field.type)
    if (!field || !node.selectionSet || !isCompositeType(named)) return weight
    const isPage = type.name.endsWith('Connection') && (field.name === 'nodes' || field.name === 'edges')
    const args = argumentsOf(node, variables)
    const times = isPage ? page : listSize(field, args)
    const own = weight + (searches(args) ? aStatement.weight : 0)
    return own + times * ofSelections(node.selectionSet, named, pageSize(args))
  }

  return root ? ofSelections(operation.selectionSet, root, DEFAULT_PAGE) : 0
}

const told = (field: AnyField | undefined) => (field?.extensions ?? {}) as Partial<Weight>

const weightOf = (field: AnyField | undefined) => told(field).weight ?? 1

/** A filter that searches asks the database first for what it finds. */
const searches = ({ filter }: Values) => typeof (filter as Values | null | undefined)?.['search'] === 'string'

function listSize(field: AnyField, args: Values): number {
  if (!isListType(getNullableType(field.type))) return 1
  if (field.args.some(({ name }) => name === 'first')) return pageSize(args)
  return told(field).listSize?.(args) ?? LIST
}

function pageSize({ first, last }: Values): number {
  const size = first ?? last
  // Of an empty page, too, all is planned.
  return typeof size === 'number' ? Math.min(Math.max(1, size), LARGEST_PAGE) : DEFAULT_PAGE
}

const argumentsOf = (node: FieldNode, variables: Values) =>
  Object.fromEntries(
    node.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]) ?? [],
  )
