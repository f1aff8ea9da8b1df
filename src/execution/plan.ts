import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
} from 'graphql'
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js'
import { fieldNamed, fragmentsIn } from './document.ts'
import {
  type Complete,
  type Container,
  type Field,
  type FieldPlan,
  type Key,
  type OperationPlan,
  Place,
  type Run,
} from './run.ts'

/** Thrown for an operation that cannot be planned. graphql-js executes it. */
export class Unplanned extends Error {}

/**
 * Plans an operation of a valid document. The plan is valid for all executions whose variables skip and include the same
 * fields. Throws Unplanned.
 */
export function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): OperationPlan {
  const root = schema.getRootType(operation.operation)
  if (operation.operation !== 'query' || !root) throw new Unplanned(operation.operation)
  const fragments = fragmentsIn(document)

  function fieldsOf(type: GraphQLObjectType, byKey: ReadonlyMap<string, readonly FieldNode[]>): FieldPlan[] {
    return [...byKey].map(([key, nodes]) => fieldOf(type, key, nodes))
  }

  function fieldOf(parentType: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): FieldPlan {
    const name = (nodes[0] as FieldNode).name.value
    const definition = fieldNamed(schema, parentType, name)
    // Assigning this key would change the prototype of the object.
    if (!definition || key === '__proto__') throw new Unplanned(key)
    const resolve = takesOwn(definition) ? undefined : (definition.resolve ?? defaultFieldResolver)
    const field = { key, parentType, definition, nodes, isNullable: !isNonNullType(definition.type), resolve }
    return { ...field, complete: completing(field, definition.type, true) }
  }

  function completing(field: Field, type: GraphQLOutputType, isNullable: boolean): Complete {
    if (isNonNullType(type)) return completing(field, type.ofType, false)
    if (isLeafType(type)) return leaf(field, type, isNullable)
    if (isListType(type)) {
      return list(field, isNullable, completing(field, type.ofType, true), !isNonNullType(type.ofType))
    }
    return isAbstractType(type) ? abstract(field, type, isNullable) : object(field, type, isNullable)
  }

  function object(field: Field, type: GraphQLObjectType, isNullable: boolean): Complete {
    if (type.isTypeOf) throw new Unplanned(type.name)
    const fields = fieldsOf(type, collectSubfields(schema, fragments, variables, type, field.nodes))
    return (run, value, into, key, prev) => {
      if (value === null || value === undefined) return run.none(field, into, key, prev, isNullable)
      const result: Container = {}
      into[key] = result
      run.fill(fields, value, result, placeOf(field, into, key, prev, isNullable))
    }
  }

  function abstract(field: Field, type: GraphQLAbstractType, isNullable: boolean): Complete {
    const { resolveType } = type
    if (!resolveType) throw new Unplanned(type.name)
    const completes = new Map(
      schema.getPossibleTypes(type).map((possible) => [possible.name, object(field, possible, isNullable)]),
    )
    return (run, value, into, key, prev) => {
      if (value === null || value === undefined) return run.none(field, into, key, prev, isNullable)
      const named = (run: Run, name: unknown) => {
        const complete = completes.get(name as string)
        if (complete) return complete(run, value, into, key, prev)
        run.fail(field, notPossible(type, name), into, key, prev, isNullable)
      }
      try {
        run.take(
          field,
          named,
          resolveType(value, run.context, run.infoOf(field, key, prev), type),
          into,
          key,
          prev,
          isNullable,
        )
      } catch (error) {
        run.fail(field, error, into, key, prev, isNullable)
      }
    }
  }

  const fields = fieldsOf(root, collectFields(schema, fragments, variables, root, operation.selectionSet))
  return { schema, operation, fragments, fields }
}

function leaf(field: Field, type: GraphQLLeafType, isNullable: boolean): Complete {
  return (run, value, into, key, prev) => {
    if (value === null || value === undefined) return run.none(field, into, key, prev, isNullable)
    try {
      const serialized = type.serialize(value)
      if (serialized === null || serialized === undefined) throw new Error(`${type.name} has no such value`)
      into[key] = serialized
    } catch (error) {
      run.fail(field, error, into, key, prev, isNullable)
    }
  }
}

function list(field: Field, isNullable: boolean, complete: Complete, isElementNullable: boolean): Complete {
  return (run, value, into, key, prev) => {
    if (value === null || value === undefined) return run.none(field, into, key, prev, isNullable)
    if (typeof value !== 'object' || !(Symbol.iterator in value)) {
      const { parentType, definition } = field
      const error = new GraphQLError(
        `Expected Iterable, but did not find one for field "${parentType.name}.${definition.name}".`,
      )
      return run.fail(field, error, into, key, prev, isNullable)
    }
    const result: unknown[] = []
    into[key] = result
    const place = placeOf(field, into, key, prev, isNullable)
    const errorsBefore = run.errorCount
    let i = 0
    for (const element of value as Iterable<unknown>) {
      run.take(field, complete, element, result as never, i, place, isElementNullable)
      if (run.errorCount > errorsBefore && run.isNulled(place)) return
      i += 1
    }
  }
}

const placeOf = ({ parentType }: Field, into: Container, key: Key, prev: Place | undefined, isNullable: boolean) =>
  new Place(prev, key, typeof key === 'string' ? parentType.name : undefined, into, isNullable)

const notPossible = (type: GraphQLAbstractType, name: unknown) =>
  new GraphQLError(`Runtime Object type "${name}" is not a possible type for "${type.name}".`)

/**
 * Whether the value of a field is the property of the record with the field's name. Its resolver only checks in addition
 * whether the property was loaded, which is not needed if all selections are whole.
 */
const takesOwn = ({ name, extensions }: GraphQLField<unknown, unknown>) => {
  const relation = extensions['pothosPrismaRelationField'] as { readonly name: string } | undefined
  return (relation?.name ?? extensions['pothosExposedField']) === name
}
