import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { Selections } from '../schema/loading/selection.ts'
import { admit, type Values } from './admission.ts'
import { type OperationPlan, planOf, Unplanned } from './plan.ts'
import { Run } from './run.ts'
import { sizeOf } from './size.ts'

/** Executes an operation of a valid document, or tells why not. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/** An operation of more fields (`size.ts`) is not planned. */
const LARGEST = 1_000
/** An operation that skips and includes fields by its variables has several plans, of which so many are kept. */
const MOST_PLANS = 16
/** Room for plans, by their fields, which take some 500 bytes each; and for their documents, of which 5 characters take as much. */
const ROOM = 50_000
const CHARACTERS = 5

/**
 * Executes operations that come again by plans: this takes a fraction of what the reference implementation takes for each field.
 * To that is left what comes for the first time, what is not planned, and what no selection loads whole (`schema/selection.ts`):
 * most of the latter is found out the first time, since to execute it twice would ask the database twice.
 */
export function executing(): Execute {
  const planned = new LRUCache<OperationDefinitionNode, Planned>({
    maxSize: ROOM,
    sizeCalculation: ({ size }, { loc }) => size + Math.ceil((loc?.source.body.length ?? 0) / CHARACTERS),
  })
  const unplanned = new WeakSet<OperationDefinitionNode>()
  const came = new WeakSet<OperationDefinitionNode>()

  function plannedOf({ schema, document }: ExecutionArgs, operation: OperationDefinitionNode): Planned | undefined {
    const found = planned.get(operation)
    if (found || unplanned.has(operation)) return found
    const fields = sizeOf(schema, document, operation, LARGEST)
    if (fields > LARGEST) {
      unplanned.add(operation)
      return undefined
    }
    const conditions = conditionsIn(document)
    const most = Math.min(2 ** conditions.length, MOST_PLANS)
    const made = { size: fields * most, conditions, plans: new LRUCache<string, OperationPlan>({ max: most }) }
    planned.set(operation, made)
    return made
  }

  /** The plan of an operation with these variables; undefined where it is left to the reference implementation. */
  function planFor(
    args: ExecutionArgs,
    operation: OperationDefinitionNode,
    variables: Values,
  ): OperationPlan | undefined {
    const { conditions, plans } = plannedOf(args, operation) ?? {}
    if (!conditions || !plans) return undefined
    const key = conditions.map((name) => String(variables[name])).join(' ')
    const found = plans.get(key)
    if (found) return found
    try {
      const plan = planOf(args.schema, args.document, operation, variables)
      plans.set(key, plan)
      return plan
    } catch (error) {
      // A variable by which a field is included may be null: the reference implementation tells at which field.
      if (error instanceof GraphQLError) return undefined
      if (!(error instanceof Unplanned)) throw error
      leave(operation)
      return undefined
    }
  }

  /** From now on it is left to the reference implementation. */
  function leave(operation: OperationDefinitionNode): void {
    planned.delete(operation)
    unplanned.add(operation)
  }

  return (args) => {
    const { document, rootValue } = args
    const context = args.contextValue as { selections: Selections }
    const byReference = () => {
      context.selections = new Selections(document)
      return execute(args) as ExecutionResult | Promise<ExecutionResult>
    }
    const operation = getOperationAST(document, args.operationName)
    if (!operation) return byReference()
    const admitted = admit(args, operation)
    if ('refusal' in admitted) return admitted.refusal
    const { variables } = admitted
    if (!came.has(operation)) {
      came.add(operation)
      const result = byReference()
      return result instanceof Promise ? result.then(noted) : noted(result)
    }
    const plan = planFor(args, operation, variables)
    if (!plan) return byReference()
    const selections = new Selections(document, { mustBeWhole: true })
    context.selections = selections
    const result = new Run(plan, rootValue, context, variables).execute()
    return result instanceof Promise ? result.then(checked) : checked(result)

    function noted(result: ExecutionResult) {
      // It may be whole with other variables; but whoever asks so once does so again.
      if (!context.selections.areWhole) leave(operation as OperationDefinitionNode)
      return result
    }

    function checked(result: ExecutionResult) {
      noted(result)
      return selections.areWhole ? result : byReference()
    }
  }
}

interface Planned {
  /** How many fields all of its plans may have. */
  readonly size: number
  /** The variables by which fields are skipped and included. */
  readonly conditions: readonly string[]
  /** By the values of these. */
  readonly plans: LRUCache<string, OperationPlan>
}

function conditionsIn(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive: {
      enter(directive) {
        for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
      },
    },
  })
  return [...names]
}
