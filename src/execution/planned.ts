import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { Selections } from '../schema/selection.ts'
import { type OperationPlan, planOf, Unplanned } from './plan.ts'
import { Run } from './run.ts'
import { sizeOf } from './size.ts'

/** Executes an operation of a valid document. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/** Plans take memory by the size of their operations (`size.ts`): larger ones are not planned, and there is room for so much. */
const LARGEST = 1_000
const ROOM = 50_000
/** Of an operation that skips and includes fields by its variables, so many plans are kept. */
const MOST_PLANS = 16

/**
 * Executes operations by plans, which are kept for the next time: this takes a fraction of what the reference implementation
 * takes for each field. To that is left what is not planned, and what no selection loads whole (`schema/selection.ts`).
 */
export function executing(): Execute {
  const planned = new LRUCache<OperationDefinitionNode, Planned>({
    maxSize: ROOM,
    sizeCalculation: ({ size }) => size,
  })

  function plannedOf({ schema, document }: ExecutionArgs, operation: OperationDefinitionNode): Planned {
    const found = planned.get(operation)
    if (found) return found
    const size = loadsById(operation) ? LARGEST + 1 : sizeOf(schema, document, operation, LARGEST)
    const made: Planned =
      size > LARGEST ? LEFT : { size, conditions: conditionsIn(document), plans: new Map<string, OperationPlan>() }
    planned.set(operation, made)
    return made
  }

  /** The plan of an operation with these variables; undefined where it is left to the reference implementation. */
  function planFor(
    args: ExecutionArgs,
    operation: OperationDefinitionNode,
    variables: Values,
  ): OperationPlan | undefined {
    const { conditions, plans } = plannedOf(args, operation)
    if (!plans) return undefined
    const key = conditions.map((name) => String(variables[name])).join(' ')
    const found = plans.get(key)
    if (found) return found
    try {
      const plan = planOf(args.schema, args.document, operation, variables)
      if (plans.size >= MOST_PLANS) plans.clear()
      plans.set(key, plan)
      return plan
    } catch (error) {
      // A variable by which a field is included may be null: the reference implementation tells at which field.
      if (error instanceof GraphQLError) return undefined
      if (!(error instanceof Unplanned)) throw error
      planned.set(operation, LEFT)
      return undefined
    }
  }

  return (args) => {
    const { schema, document, rootValue } = args
    const context = args.contextValue as { selections: Selections }
    const byReference = () => {
      context.selections = new Selections(document)
      return execute(args) as ExecutionResult | Promise<ExecutionResult>
    }
    const operation = getOperationAST(document, args.operationName)
    if (!operation) return byReference()
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], args.variableValues ?? {})
    const plan = coerced && planFor(args, operation, coerced)
    if (!plan) return byReference()
    const selections = new Selections(document, { mustBeWhole: true })
    context.selections = selections
    const result = new Run(plan, rootValue, context, coerced).execute()
    return result instanceof Promise ? result.then(checked) : checked(result)

    function checked(result: ExecutionResult) {
      if (selections.areWhole) return result
      // It may be whole with other variables; but whoever asks so once does so again.
      planned.set(operation as OperationDefinitionNode, LEFT)
      return byReference()
    }
  }
}

type Values = Record<string, unknown>

interface Planned {
  readonly size: number
  /** The variables by which fields are skipped and included. */
  readonly conditions: readonly string[]
  /** By the values of these. Undefined where it is left to the reference implementation. */
  readonly plans?: Map<string, OperationPlan>
}

const LEFT: Planned = { size: 1, conditions: [] }

/** What loads records by their ids, of any type, is never whole (`schema/builder.ts`). */
const BY_ID = new Set(['node', 'nodes'])

const loadsById = ({ selectionSet }: OperationDefinitionNode) =>
  selectionSet.selections.some((one) => one.kind === Kind.FIELD && BY_ID.has(one.name.value))

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
