import { isThenable } from '@pothos/core'
import {
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql'

export type Key = string | number

/** An object or a list of a result. */
export type Container = Record<Key, unknown>

type Path = GraphQLResolveInfo['path']

/** Puts the value of a field, or of an element of its list, into the result. */
export type Complete = (run: Run, value: unknown, into: Container, key: Key, prev: Place | undefined) => void

/** A field of a selection set, for records of one type. */
export interface Field {
  readonly key: string
  readonly parentType: GraphQLObjectType
  readonly definition: GraphQLField<unknown, unknown>
  readonly nodes: readonly FieldNode[]
  readonly isNullable: boolean
  /** Undefined if the value is the property of the record with the field's name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined
}

export interface FieldPlan extends Field {
  readonly complete: Complete
}

/**
 * An operation with everything that depends only on the document and the schema: its fields, their types, and how each is
 * resolved and completed.
 */
export interface OperationPlan {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  readonly fields: readonly FieldPlan[]
}

/**
 * The place of an object or a list in the result: its path, as resolvers receive it, and its container. The container has null
 * in this place if something below it failed, and undefined if the value is still awaited.
 */
export class Place {
  readonly prev: Place | undefined
  readonly key: Key
  readonly typename: string | undefined
  readonly into: Container
  readonly isNullable: boolean

  constructor(prev: Place | undefined, key: Key, typename: string | undefined, into: Container, isNullable: boolean) {
    this.prev = prev
    this.key = key
    this.typename = typename
    this.into = into
    this.isNullable = isNullable
  }
}

/** The `info` argument of a resolver. A property is computed when it is read. */
class Info implements GraphQLResolveInfo {
  readonly #run: Run
  readonly #field: Field
  readonly #prev: Place | undefined
  #path: Path | undefined

  constructor(run: Run, field: Field, prev: Place | undefined) {
    this.#run = run
    this.#field = field
    this.#prev = prev
  }

  get fieldName() {
    return this.#field.definition.name
  }

  get fieldNodes() {
    return this.#field.nodes
  }

  get returnType() {
    return this.#field.definition.type
  }

  get parentType() {
    return this.#field.parentType
  }

  get path() {
    this.#path ??= { prev: this.#prev, key: this.#field.key, typename: this.#field.parentType.name }
    return this.#path
  }

  get schema() {
    return this.#run.plan.schema
  }

  get fragments() {
    return this.#run.plan.fragments
  }

  get operation() {
    return this.#run.plan.operation
  }

  get rootValue() {
    return this.#run.rootValue
  }

  get variableValues() {
    return this.#run.variables
  }
}

const NO_ARGS = Object.freeze({})

/**
 * One execution of a planned operation. If a resolver returns a promise, its value is put in its place when the promise
 * settles. The rest of the result does not wait for it.
 */
export class Run {
  readonly plan: OperationPlan
  readonly rootValue: unknown
  readonly context: unknown
  readonly variables: Record<string, unknown>
  readonly #errors: GraphQLError[] = []
  readonly #response: Container = { data: {} }
  readonly #args = new Map<FieldPlan, Record<string, unknown>>()
  #waiting = 0
  #done: ((result: ExecutionResult) => void) | undefined

  constructor(plan: OperationPlan, rootValue: unknown, context: unknown, variables: Record<string, unknown>) {
    this.plan = plan
    this.rootValue = rootValue
    this.context = context
    this.variables = variables
  }

  execute(): ExecutionResult | Promise<ExecutionResult> {
    this.fill(this.plan.fields, this.rootValue, this.#response['data'] as Container, undefined)
    if (this.#waiting === 0) return this.#finish()
    return new Promise((resolve) => {
      this.#done = resolve
    })
  }

  #finish(): ExecutionResult {
    const data = this.#response['data'] as Record<string, unknown> | null
    return this.#errors.length > 0 ? { errors: this.#errors, data } : { data }
  }

  /** Puts the fields of a record into its object in the result. */
  fill(fields: readonly FieldPlan[], record: unknown, into: Container, place: Place | undefined): void {
    const errorsBefore = this.errorCount
    // A loop by index, because this runs for each record of each response.
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as FieldPlan
      const { key, resolve, isNullable } = field
      try {
        const value = resolve
          ? resolve(record, this.#argsOf(field), this.context, new Info(this, field, place))
          : (record as Container)[field.definition.name]
        this.take(field, field.complete, value, into, key, place, isNullable)
      } catch (error) {
        this.fail(field, error, into, key, place, isNullable)
      }
      if (this.errorCount > errorsBefore && this.isNulled(place)) return
    }
  }

  get errorCount(): number {
    return this.#errors.length
  }

  /** Whether the object or list at a place, or one that contains it, became null. */
  isNulled(place: Place | undefined): boolean {
    for (let around = place; around; around = around.prev) if (around.into[around.key] === null) return true
    return this.#response['data'] === null
  }

  /** The `info` of a field whose value, or an element of whose list, is at a place. */
  infoOf(field: Field, key: Key, prev: Place | undefined): GraphQLResolveInfo {
    let around = prev
    for (let at = key; typeof at === 'number' && around; at = around.key, around = around.prev);
    return new Info(this, field, around)
  }

  #argsOf(field: FieldPlan): Record<string, unknown> {
    if (field.definition.args.length === 0) return NO_ARGS
    const found = this.#args.get(field)
    if (found) return found
    const args = getArgumentValues(field.definition, field.nodes[0] as FieldNode, this.variables)
    this.#args.set(field, args)
    return args
  }

  /** Completes a value, which may be a promise or an error. */
  take(
    field: Field,
    complete: Complete,
    value: unknown,
    into: Container,
    key: Key,
    prev: Place | undefined,
    isNullable: boolean,
  ): void {
    if (typeof value !== 'object' || value === null) complete(this, value, into, key, prev)
    else if (value instanceof Error) this.fail(field, value, into, key, prev, isNullable)
    else if (isThenable(value)) {
      // Reserves the key now, so that the keys of the result are in the order of the document.
      into[key] = undefined
      this.#waiting += 1
      Promise.resolve(value)
        .then((settled) => this.take(field, complete, settled, into, key, prev, isNullable))
        .catch((error: unknown) => this.fail(field, error, into, key, prev, isNullable))
        .then(() => {
          this.#waiting -= 1
          if (this.#waiting === 0) this.#done?.(this.#finish())
        })
    } else complete(this, value, into, key, prev)
  }

  /** Puts null in a place, or reports an error if it must not be null. */
  none(field: Field, into: Container, key: Key, prev: Place | undefined, isNullable: boolean): void {
    if (isNullable) {
      into[key] = null
      return
    }
    const { parentType, definition } = field
    const message = `Cannot return null for non-nullable field ${parentType.name}.${definition.name}.`
    this.fail(field, new Error(message), into, key, prev, isNullable)
  }

  /**
   * Reports an error, and sets the nearest nullable place around it to null. If that place is already inside something that is
   * null, an error was reported for that, and this one is not reported, as in graphql-js.
   */
  fail(field: Field, error: unknown, into: Container, key: Key, prev: Place | undefined, isNullable: boolean): void {
    if (this.isNulled(prev)) return
    let place = prev
    while (place && !place.isNullable) place = place.prev
    const path = [key]
    for (let around = prev; around; around = around.prev) path.unshift(around.key)
    this.#errors.push(locatedError(error, field.nodes, path))
    if (isNullable) into[key] = null
    else if (place) place.into[place.key] = null
    else this.#response['data'] = null
  }
}
