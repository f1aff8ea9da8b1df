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
import type { Context } from '../context.ts'

/** What the selections of a request load. */
export class Selections {
  /**
   * Whether each of them loaded all that the document asks of its records, so that no resolver beneath has to look whether
   * its field was loaded. One relation asked for twice, with different arguments, is what a selection leaves out.
   */
  areWhole = true
  readonly #fields: ReadonlySet<string>
  readonly #mustBeWhole: boolean
  readonly #made: (() => unknown)[] = []

  /** Where they `mustBeWhole`, what leaves something out throws. */
  constructor(document: DocumentNode, { mustBeWhole = false } = {}) {
    this.#fields = fieldsOf(document)
    this.#mustBeWhole = mustBeWhole
  }

  /** Whether the document has a field of one of these names anywhere: what is only for such fields need not be read for others. */
  askFor(...fields: string[]): boolean {
    return fields.some((field) => this.#fields.has(field))
  }

  /** Told of one that was taken from an earlier request, and of how to make it anew. */
  add(again: () => unknown): void {
    this.#made.push(again)
  }

  /** From now on resolvers look, and find what the selections made so far load. */
  leaveOut(): void {
    if (!this.areWhole) return
    this.areWhole = false
    if (this.#mustBeWhole) throw new Error('a selection leaves something out')
    for (const again of this.#made) again()
  }
}

const fieldsOfDocuments = new WeakMap<DocumentNode, ReadonlySet<string>>()

function fieldsOf(document: DocumentNode): ReadonlySet<string> {
  const found = fieldsOfDocuments.get(document)
  if (found) return found
  const fields = new Set<string>()
  visit(document, {
    Field({ name }) {
      fields.add(name.value)
    },
  })
  fieldsOfDocuments.set(document, fields)
  return fields
}

interface Asked {
  /** The columns to select besides. */
  readonly select: Readonly<Record<string, boolean>>
  /** Of which type the records are, where the field's own does not say it. */
  readonly typeName?: string
  /** Where below the field the records are. */
  readonly paths?: PathSegment[][]
}

type Query = { readonly select: object }

/**
 * What to select for all that the document asks of the records under the field that is being resolved. Selections are kept
 * with the document for further requests: they depend on nothing but what is asked besides, and the values of the variables
 * beneath the field.
 */
export async function selectionOf(context: Context, info: GraphQLResolveInfo, asked: Asked): Promise<Query> {
  const { selections } = context
  const make = () => queryFromInfo({ context, info, ...asked, awaitSelections: true }) as Query | PromiseLike<Query>
  const kept = keptOf(info)
  const key = kept && keyOf(info, asked)
  const known = key === undefined ? undefined : kept?.get(key)
  if (known && selections.areWhole) {
    selections.add(make)
    return known
  }
  const made = make()
  const query = isThenable(made) ? await made : made
  if (!isWhole(context, info, asked)) selections.leaveOut()
  // One that waits for a search depends on the data, too.
  else if (key !== undefined && !isThenable(made)) keep(kept as Kept, key, query)
  return query
}

type Kept = Map<string, Query>

const MOST_FIELDS = 1_000
const MOST_KEPT = 20
const LONGEST_KEY = 1_000
const keptByField = new LRUCache<FieldNode, Kept>({ max: MOST_FIELDS })

function keptOf({ fieldNodes }: GraphQLResolveInfo): Kept | undefined {
  const [node, other] = fieldNodes
  if (!node || other) return undefined
  const found = keptByField.get(node)
  if (found) return found
  const kept: Kept = new Map()
  keptByField.set(node, kept)
  return kept
}

function keep(kept: Kept, key: string, query: Query): void {
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, query)
}

function keyOf(
  { fieldNodes, fragments, parentType, variableValues }: GraphQLResolveInfo,
  asked: Asked,
): string | undefined {
  const variables = variablesBeneath(fieldNodes[0] as FieldNode, fragments)
  const values =
    variables.size > 0
      ? JSON.stringify([...variables].map((name) => (name in variableValues ? [variableValues[name]] : [])))
      : ''
  const key = `${parentType.name} ${JSON.stringify(asked)} ${values}`
  return key.length <= LONGEST_KEY ? key : undefined
}

const variablesOfFields = new WeakMap<FieldNode, ReadonlySet<string>>()

/** The variables that a document has beneath a field, in its fragments as well. */
function variablesBeneath(node: FieldNode, fragments: GraphQLResolveInfo['fragments']): ReadonlySet<string> {
  const found = variablesOfFields.get(node)
  if (found) return found
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
  variablesOfFields.set(node, variables)
  return variables
}

/** What a selection loads beneath a field: what of it is there is loaded. By `Type@path.from.the.field`. */
type Loaded = (field: string) => { readonly nested: object } | null | undefined

/** Whether the selection that was just made loads all that the document asks of the records under the field. */
function isWhole(context: Context, info: GraphQLResolveInfo, { typeName }: Asked): boolean {
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
