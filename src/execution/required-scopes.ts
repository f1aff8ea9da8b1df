import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { Caller } from '../access/caller.ts'
import type { Scope } from '../access/scopes.ts'

/** A field that needs a scope. */
export interface ScopedField {
  /** Its type and name. Example: `Query.keys`. */
  readonly name: string
  readonly scope: Scope
  /** A request from this machine needs no key. */
  readonly isFreeHere: boolean
}

/** The fields of an operation that need a scope, also if a variable may skip them. */
export function scopedFieldsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ScopedField[] {
  const found = new Map<string, ScopedField>()
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  )
  const seen = new Set<string>()
  const waiting: (OperationDefinitionNode | FragmentDefinitionNode)[] = [operation]
  const types = new TypeInfo(schema)
  const visitor = visitWithTypeInfo(types, {
    Field({ name: { value: name } }) {
      const parent = types.getParentType()
      if (!parent) return
      const all = isInterfaceType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent]
      for (const type of all) {
        const { requiredScope: scope, isFreeHere } = ('getFields' in type && type.getFields()[name]?.extensions) || {}
        if (!scope) continue
        const field = `${type.name}.${name}`
        found.set(field, { name: field, scope: scope as Scope, isFreeHere: isFreeHere === true })
      }
    },
    FragmentSpread({ name: { value: name } }) {
      const fragment = fragments.get(name)
      if (!fragment || seen.has(name)) return
      seen.add(name)
      waiting.push(fragment)
    },
  })
  for (let node = waiting.pop(); node; node = waiting.pop()) visit(node, visitor)
  return [...found.values()]
}

/** Why a caller may not execute an operation with these fields. Undefined if it may. */
export function scopeRefusal(fields: readonly ScopedField[], caller: Caller | undefined): ExecutionResult | undefined {
  const missing = fields.find(
    ({ scope, isFreeHere }) => !caller?.key?.scopes.includes(scope) && !(isFreeHere && caller?.isLocal),
  )
  if (!missing) return undefined
  const { name, scope } = missing
  const expected = `${name}: expected a key with the scope ${scope}`
  const error = caller?.key
    ? new GraphQLError(`${expected}, got one with ${caller.key.scope}`, {
        extensions: { code: 'FORBIDDEN', http: { status: 403 } },
      })
    : new GraphQLError(`${expected} in the header authorization`, {
        extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } },
      })
  return { errors: [error] }
}
