import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
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
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'
import { aSecond, aSurvey, type Weight } from '../schema/lists/weight.ts'
import { fieldNamed, fragmentsIn } from './document.ts'

type Values = Readonly<Record<string, unknown>>
type AnyField = GraphQLField<unknown, unknown>

/** Assumed length of a list with neither page size nor `listSize` (`schema/lists/weight.ts`). */
const DEFAULT_LIST = 5
const DEFAULT_PAGE = 20
/** The list itself refuses larger pages, with a better error message. */
const MAX_PAGE = 100

interface Cost {
  readonly cost: number
  /** Whether the cost is the same with all values of the variables. */
  readonly isFixed: boolean
}

/**
 * The maximum cost of an operation: the sum of the weights of its fields (`schema/lists/weight.ts`), each multiplied by the
 * sizes of the pages and lists that contain it. It can depend on the variables.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Values,
): Cost {
  let isFixed = true
  const root = schema.getRootType(operation.operation)
  const fragments = fragmentsIn(document)

  // The cost of each fragment is computed once per page size and types: fragments that spread others twice would double it at each
  // level.
  const known = new Map<string, number>()
  function ofFragment(name: string, types: readonly GraphQLObjectType[], page: number): number {
    const key = `${name} ${page} ${types.join()}`
    const found = known.get(key)
    if (found !== undefined) return found
    const { selectionSet, typeCondition } = fragments[name] as FragmentDefinitionNode
    const cost = ofPart(selectionSet, typeFromAST(schema, typeCondition) as GraphQLCompositeType, types, page)
    known.set(key, cost)
    return cost
  }

  /** The cost of a fragment on `type`, which counts only for those of `types` that it can have. */
  function ofPart(
    selectionSet: SelectionSetNode,
    type: GraphQLCompositeType,
    types: readonly GraphQLObjectType[],
    page: number,
  ): number {
    const possible = possibleTypes(type)
    return ofSelections(
      selectionSet,
      type,
      types.filter((one) => possible.includes(one)),
      page,
    )
  }

  const possibleTypes = (type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type]

  /** The selections are on `type`, but the object can have only one of `types`. */
  function ofSelections(
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType,
    types: readonly GraphQLObjectType[],
    page: number,
  ): number {
    let cost = 0
    if (types.length === 0) return cost
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        // A field on an interface or union is planned for each of its types.
        cost += ofField(selection, type, page) * types.length
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition } = selection
        const on = typeCondition ? (typeFromAST(schema, typeCondition) as GraphQLCompositeType) : type
        cost += ofPart(selection.selectionSet, on, types, page)
      } else {
        cost += ofFragment(selection.name.value, types, page)
      }
    }
    return cost
  }

  /** If `type` is a connection, `page` is its page size. */
  function ofField(node: FieldNode, type: GraphQLCompositeType, page: number): number {
    const field = fieldNamed(schema, type, node.name.value)
    const weight = weightOf(field)
    const named = field && getNamedType(field.type)
    if (!field || !node.selectionSet || !isCompositeType(named)) return weight
    const isPage = type.name.endsWith('Connection') && ['nodes', 'edges', 'entries'].includes(field.name)
    const args = argumentsOf(node, variables)
    if (node.arguments?.some((argument) => canChangeCost(argument, field))) isFixed = false
    const times = isPage ? page : listSize(field, args)
    const own =
      weight + (surveys(args) ? aSurvey.weight : 0) + (node.alias && field.args.length > 0 ? aSecond.weight : 0)
    return own + times * ofSelections(node.selectionSet, named, possibleTypes(named), pageSize(args))
  }

  const cost = root ? ofSelections(operation.selectionSet, root, [root], DEFAULT_PAGE) : 0
  return { cost, isFixed }
}

const weightsOf = (field: AnyField | undefined) => (field?.extensions ?? {}) as Partial<Weight>

const weightOf = (field: AnyField | undefined) => weightsOf(field).weight ?? 1

/** Conditions of filters that need a statement of their own, which reads all facts. */
const SURVEYS = ['search', 'inFacts']

const surveys = ({ filter }: Values) =>
  SURVEYS.some((name) => ((filter as Values | null | undefined)?.[name] ?? undefined) !== undefined)

function listSize(field: AnyField, args: Values): number {
  if (!isListType(getNullableType(field.type))) return 1
  if (field.args.some(({ name }) => name === 'first')) return pageSize(args)
  return weightsOf(field).listSize?.(args) ?? DEFAULT_LIST
}

function pageSize({ first, last }: Values): number {
  const size = first ?? last
  // The fields under an empty page count too, because they are also planned.
  return typeof size === 'number' ? Math.min(Math.max(1, size), MAX_PAGE) : DEFAULT_PAGE
}

/** Whether a variable in an argument can change the cost of its field. */
function canChangeCost({ name, value }: ArgumentNode, field: AnyField): boolean {
  if (weightsOf(field).listSize || name.value === 'first' || name.value === 'last') return hasVariable(value)
  if (name.value !== 'filter') return false
  return value.kind === Kind.OBJECT
    ? value.fields.some((part) => SURVEYS.includes(part.name.value) && hasVariable(part.value))
    : hasVariable(value)
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariable)
  if (value.kind === Kind.OBJECT) return value.fields.some((part) => hasVariable(part.value))
  return value.kind === Kind.VARIABLE
}

const argumentsOf = (node: FieldNode, variables: Values) =>
  Object.fromEntries(
    node.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]) ?? [],
  )
