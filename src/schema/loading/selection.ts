import { isThenable } from '@pothos/core'
import { type PathSegment, queryFromInfo } from '@pothos/plugin-prisma'
import { getLoaderMapping } from '@pothos/selection-mapper'
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
  /** By field, what it selects, and the values of the variables beneath it: see `keyOf`. */
  readonly #queries = new LRUCache<string, Query>({ max: MAX_QUERIES })
  /** The variables beneath a field, by where the field begins in the document. */
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

  get(key: string): Query | undefined {
    return this.#queries.get(key)
  }

  set(key: string, query: Query): void {
    this.#queries.set(key, query)
  }

  /** The variables that a document has beneath a field, in its fragments as well. */
  variablesBeneath(node: FieldNode, start: number, fragments: GraphQLResolveInfo['fragments']): ReadonlySet<string> {
    const found = this.#variables.get(start)
    if (found) return found
    const variables = variablesBeneath(node, fragments)
    this.#variables.set(start, variables)
    return variables
  }
}

/** Maximum number of queries to share per operation. */
const MAX_QUERIES = 100

/** Maximum length of a key. Longer ones, of large values of variables, are not worth the memory. */
const MAX_KEY_LENGTH = 1_000

/** What the selections of one execution load. */
export class Selections {
  /**
   * Whether each of them loaded all that the document asks of its records, so that no resolver beneath needs to check whether
   * its field was loaded. A relation that is asked for twice, with different arguments, is what a selection leaves out.
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

  /** Whether the document has a field of one of these names anywhere. If not, what only such fields need is not read. */
  askFor(...fields: string[]): boolean {
    return fields.some((field) => this.shared.fieldNames.has(field))
  }

  /** Records that a query of an earlier execution was used, and how to make it again. */
  add(again: () => unknown): void {
    this.#made.push(again)
  }

  /** From now on resolvers check what was loaded. What the selections so far loaded is made known to plugin-prisma. */
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
  /** The type of the records, where the field's own type does not say it. */
  readonly typeName?: string
  /** Where the records are below the field. */
  readonly paths?: PathSegment[][]
}

type Query = { readonly select: object }

/**
 * What to select for all that the document asks of the records under the field that is being resolved. It depends only on the
 * field, on `asked`, and on the values of the variables beneath the field, so later executions of the operation use it again.
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
  // One that waits for a search depends on the data, too.
  else if (key !== undefined && !isThenable(made)) selections.shared.set(key, query)
  return query
}

/**
 * Names what a selection depends on. The field is named by its position in the document's text, since some plugins execute copies
 * of the document. Undefined where a selection is not shared: for a field that stands twice, without a position, or with large values.
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

/** What a selection loads beneath a field: what of it is there is loaded. By `Type@path.from.the.field`. */
type Loaded = (field: string) => { readonly nested: object } | null | undefined

/** Whether the selection that was just made loads all that the document asks of the records under the field. */
function isWhole(context: Selecting, info: GraphQLResolveInfo, { typeName }: Asked): boolean {
  const loaded: Loaded = (field) => {
    const [type = '', path = ''] = field.split('@')
    const place = path.split('.').reduce((prev, key) => ({ prev, key, typename: undefined }), info.path)
    return getLoaderMapping(context, place, type, undefined)
  }
  return info.fieldNodes.every((node) => loadsAll(info, typesOf(info, info.returnType, typeName), node, loaded, ''))
}

/** The types that records of a field may be of; of those of a union, `only` one where one is named. */
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
      // Fragments that spread others twice would double at each level.
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
  // What is no column or relation is made of the record, as a page of its list.
  if (!select) return loadsAll(info, types, selection, loaded, `${path}.`, only, spread)
  const own = loaded(`${type.name}@${path}`)
  if (!own) return false
  // What is beneath a field that selects mere columns, the field's resolver finds by itself.
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
