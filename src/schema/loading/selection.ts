import { isThenable } from '@pothos/core'
import { type PathSegment, queryFromInfo } from '@pothos/plugin-prisma'
import { getLoaderMapping, selectedFieldNames } from '@pothos/selection-mapper'
import {
  type DocumentNode,
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'

/** What all executions of one operation share. `execution/operations.ts` has one for each operation that it knows. */
export class SharedSelections {
  /** The names of all fields of the document. */
  readonly fieldNames: ReadonlySet<string>
  /** The Prisma queries by field, selected columns and values of variables: see `keyOf`. */
  readonly #queries = new LRUCache<string, Query>({ maxSize: MAX_BYTES, sizeCalculation: bytesOf })
  /** The names of the fields directly below a field, by the same key. */
  readonly #names = new LRUCache<string, ReadonlySet<string>>({ max: MOST_NAMED })
  /** The variables below a field, by the position of the field in the document. */
  readonly #variables = new Map<number, ReadonlySet<string>>()

  constructor(document: DocumentNode) {
    const names = new Set<string>()
    visit(document, {
      Field({ name }) {
        names.add(name.value)
      },
    })
    this.fieldNames = names
  }

  /** Estimated memory of the queries, in bytes. */
  get bytes(): number {
    return this.#queries.calculatedSize
  }

  get(key: string): Query | undefined {
    return this.#queries.get(key)
  }

  set(key: string, query: Query): void {
    this.#queries.set(key, query)
  }

  /** The names of the fields directly below a field; `read` finds them. */
  namesBeneath(key: string, read: () => ReadonlySet<string>): ReadonlySet<string> {
    const found = this.#names.get(key)
    if (found) return found
    const names = read()
    this.#names.set(key, names)
    return names
  }

  /** The variables below a field, including those in fragments. */
  variablesBeneath(node: FieldNode, start: number, fragments: GraphQLResolveInfo['fragments']): ReadonlySet<string> {
    const found = this.#variables.get(start)
    if (found) return found
    const variables = variablesBeneath(node, fragments)
    this.#variables.set(start, variables)
    return variables
  }
}

/** Maximum number of fields for which an operation has the names of the fields below. */
const MOST_NAMED = 50

/** Maximum memory for the queries of one operation, in bytes. */
const MAX_BYTES = 4_000_000

/** The SQL of a query stays in memory with it (`database/read/select.ts`): some 30 bytes for each character of the query as JSON. */
const bytesOf = (query: Query, key: string) => 1_000 + 2 * key.length + 30 * JSON.stringify(query).length

/** Maximum length of a key. Longer ones, of large values of variables, are not worth the memory. */
const MAX_KEY_LENGTH = 1_000

/** What the selections of one execution load. */
export class Selections {
  /**
   * True while every selection loads all fields that the document selects from its records. Then no resolver has to check whether
   * its field was loaded. A selection leaves out, for example, a relation that is selected twice with different arguments.
   */
  areWhole = true
  readonly shared: SharedSelections
  readonly #mustBeWhole: boolean
  readonly #made: (() => unknown)[] = []

  /** With `mustBeWhole`, a selection that leaves something out throws. */
  constructor(shared: SharedSelections, { mustBeWhole = false } = {}) {
    this.shared = shared
    this.#mustBeWhole = mustBeWhole
  }

  /** True if the document has a field with one of these names anywhere. If not, columns for such fields need not be read. */
  askFor(...fields: string[]): boolean {
    return fields.some((field) => this.shared.fieldNames.has(field))
  }

  /** Records that a query of an earlier execution was used, and how to make it again. */
  add(again: () => unknown): void {
    this.#made.push(again)
  }

  /** Makes resolvers check what was loaded from now on, and reports to plugin-prisma what earlier selections loaded. */
  leaveOut(): void {
    if (!this.areWhole) return
    this.areWhole = false
    if (this.#mustBeWhole) throw new Error('a selection leaves something out')
    for (const again of this.#made) again()
  }
}

/** The part of the context that a selection needs. */
interface Selecting {
  readonly selections: Selections
}

interface Asked {
  /** Columns to select in addition. */
  readonly select: Readonly<Record<string, boolean>>
  /** The type of the records, if the type of the field does not determine it. */
  readonly typeName?: string
  /** Where the records are below the field. */
  readonly paths?: PathSegment[][]
}

type Query = { readonly select: object }

/**
 * The Prisma query for all fields that the document selects from the records of the current field. It depends only on the field, on
 * `asked`, and on the values of the variables below the field, so later executions of the operation reuse it.
 */
export async function selectionOf(context: Selecting, info: GraphQLResolveInfo, asked: Asked): Promise<Query> {
  const { selections } = context
  const make = () => queryFromInfo({ context, info, ...asked, awaitSelections: true }) as Query | PromiseLike<Query>
  const key = keyOf(selections.shared, info, asked)
  const known = key === undefined ? undefined : selections.shared.get(key)
  if (known && selections.areWhole) {
    selections.add(make)
    return known
  }
  const made = make()
  const query = isThenable(made) ? await made : made
  if (!isWhole(context, info, asked)) selections.leaveOut()
  // A selection that depends on a search also depends on the data.
  else if (key !== undefined && !isThenable(made)) selections.shared.set(key, query)
  return query
}

/** The names of the fields that the document selects directly below the current field. */
export function namesBeneath(context: Selecting, info: GraphQLResolveInfo): ReadonlySet<string> {
  const { shared } = context.selections
  const read = () => selectedFieldNames(context, info)
  const key = keyOf(shared, info, NOTHING)
  return key === undefined ? read() : shared.namesBeneath(key, read)
}

const NOTHING: Asked = { select: {} }

/**
 * The key of everything that a selection depends on. It has the position of the field, because some plugins execute copies of the
 * document. Undefined if the selection is not shared: for a field that occurs twice, has no position, or has large values.
 */
function keyOf(
  shared: SharedSelections,
  { fieldNodes, fragments, parentType, variableValues }: GraphQLResolveInfo,
  asked: Asked,
): string | undefined {
  const [node, other] = fieldNodes
  if (!node?.loc || other) return undefined
  const { start } = node.loc
  const variables = shared.variablesBeneath(node, start, fragments)
  const values =
    variables.size > 0
      ? JSON.stringify([...variables].map((name) => (name in variableValues ? [variableValues[name]] : [])))
      : ''
  const key = `${start} ${parentType.name} ${JSON.stringify(asked)} ${values}`
  return key.length <= MAX_KEY_LENGTH ? key : undefined
}

function variablesBeneath(node: FieldNode, fragments: GraphQLResolveInfo['fragments']): ReadonlySet<string> {
  const variables = new Set<string>()
  const spread = new Set<string>()
  function read(selections: FieldNode['selectionSet']): void {
    if (!selections) return
    visit(selections, {
      Variable({ name }) {
        variables.add(name.value)
      },
      FragmentSpread({ name }) {
        if (spread.has(name.value)) return
        spread.add(name.value)
        read(fragments[name.value]?.selectionSet)
      },
    })
  }
  read(node.selectionSet)
  return variables
}

/** What a selection loads below a field, by `Type@path.from.the.field`. An entry means that it is loaded. */
type Loaded = (field: string) => { readonly nested: object } | null | undefined

/** True if the selection just made loads all fields that the document selects from the records of the field. */
function isWhole(context: Selecting, info: GraphQLResolveInfo, { typeName }: Asked): boolean {
  const loaded: Loaded = (field) => {
    const [type = '', path = ''] = field.split('@')
    const place = path.split('.').reduce((prev, key) => ({ prev, key, typename: undefined }), info.path)
    return getLoaderMapping(context, place, type, undefined)
  }
  return info.fieldNodes.every((node) => loadsAll(info, typesOf(info, info.returnType, typeName), node, loaded, ''))
}

/** The possible types of the records of a field. For an abstract type, `only` limits them to one. */
function typesOf({ schema }: GraphQLResolveInfo, type: unknown, only?: string): readonly GraphQLObjectType[] {
  const named = getNamedType(type as GraphQLObjectType)
  if (!isAbstractType(named)) return isObjectType(named) ? [named] : []
  return schema.getPossibleTypes(named).filter(({ name }) => only === undefined || name === only)
}

function loadsAll(
  info: GraphQLResolveInfo,
  types: readonly GraphQLObjectType[],
  { selectionSet }: { readonly selectionSet?: FieldNode['selectionSet'] },
  loaded: Loaded,
  prefix: string,
  only?: string,
  spread = new Set<string>(),
): boolean {
  const selections = selectionSet?.selections ?? []
  return types.every((type) =>
    selections.every((one) => isSkipped(info, one) || loads(info, type, one, loaded, prefix, only, spread)),
  )
}

function loads(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  selection: SelectionNode,
  loaded: Loaded,
  prefix: string,
  only: string | undefined,
  spread: Set<string>,
): boolean {
  if (selection.kind !== Kind.FIELD) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      // Without this, fragments that spread others twice would double the work at each level.
      const place = `${type.name} ${prefix} ${selection.name.value}`
      if (spread.has(place)) return true
      spread.add(place)
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value]
    const on = fragment?.typeCondition && info.schema.getType(fragment.typeCondition.name.value)
    const applies = !on || on === type || (isAbstractType(on) && info.schema.isSubType(on, type))
    return !applies || !fragment || loadsAll(info, [type], fragment, loaded, prefix, only, spread)
  }
  const field = type.getFields()[selection.name.value]
  if (!field) return true
  const path = `${prefix}${selection.alias?.value ?? field.name}`
  const select = field.extensions['pothosPrismaSelect']
  const types = typesOf(info, field.type, only)
  // A field that is neither a column nor a relation is computed from the record, such as a page of a list.
  if (!select) return loadsAll(info, types, selection, loaded, `${path}.`, only, spread)
  const own = loaded(`${type.name}@${path}`)
  if (!own) return false
  // The resolver of a field that selects only columns finds the fields below it by itself.
  if (typeof select !== 'function') return true
  return loadsAll(info, types, selection, (nested) => (own.nested as Record<string, never>)[nested], '')
}

function isSkipped({ variableValues }: GraphQLResolveInfo, selection: SelectionNode): boolean {
  if (!selection.directives?.length) return false
  return (
    getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.['if'] === true ||
    getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.['if'] === false
  )
}
