import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, GraphQLError } from 'graphql'
import { Selections, SharedSelections } from '../schema/loading/selection.ts'
import { admit, type Values } from './admission.ts'
import { settleErrors } from './errors.ts'
import type { Operation, Operations } from './operations.ts'
import { planOf, Unplanned } from './plan.ts'
import { type OperationPlan, Run } from './run.ts'

/** Executes an operation of a valid document, or answers why not. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/** What an execution adds to the context of its request. */
export interface ExecutionContext {
  selections: Selections
  /** Which executor ran: for the log. */
  executor?: 'planned' | 'graphql-js'
}

/**
 * Executes queries that come again by plans: this takes a fraction of the time that graphql-js takes for each field. graphql-js
 * executes what comes for the first time, what is not planned, mutations, and what no selection loads whole (`schema/loading/selection.ts`):
 * most of the latter is found out the first time, since executing it twice would query the database twice.
 */
export function createExecute(operations: Operations): Execute {
  return (args) => {
    const context = args.contextValue as ExecutionContext
    const operation = operations.of(args)
    if (!operation) {
      context.selections = new Selections(new SharedSelections(args.document))
      return execute(args) as ExecutionResult
    }
    const admitted = admit(args.schema, operation, args.variableValues)
    if ('refusal' in admitted) return admitted.refusal
    const { variables } = admitted
    const plan = operation.wasExecuted ? planFor(operation, variables) : undefined
    operation.wasExecuted = true
    if (!plan) return byReference()
    context.executor = 'planned'
    context.selections = new Selections(operation.selections, { mustBeWhole: true })
    const result = new Run(plan, args.rootValue, context, variables).execute()
    return result instanceof Promise ? result.then(checked) : checked(result)

    function byReference() {
      context.executor = 'graphql-js'
      context.selections = new Selections(operation?.selections as SharedSelections)
      const result = execute(args) as ExecutionResult | Promise<ExecutionResult>
      return result instanceof Promise ? result.then(noted) : noted(result)
    }

    function noted(result: ExecutionResult) {
      // It may be whole with other variables; but a client that sends it so once does so again.
      if (!context.selections.areWhole) (operation as Operation).plans = undefined
      return settleErrors(result)
    }

    function checked(result: ExecutionResult) {
      const { areWhole } = context.selections
      return areWhole ? settleErrors(result) : byReference()
    }
  }
}

/** Executes each event of a subscription as a query of its own, with selections of its own. So has the resolver that subscribes. */
export const createSubscribe =
  (execute: Execute) =>
  async (args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> => {
    const context = args.contextValue as ExecutionContext
    context.selections = new Selections(new SharedSelections(args.document))
    const events = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in events)) return events
    return (async function* () {
      for await (const rootValue of events) {
        yield await execute({ ...args, rootValue, contextValue: { ...context } })
      }
    })()
  }

/** The plan of an operation for these variables; undefined where graphql-js is to execute it. */
function planFor(operation: Operation, variables: Values): OperationPlan | undefined {
  const { plans, conditions } = operation
  if (!plans) return undefined
  const key = conditions.map((name) => String(variables[name])).join(' ')
  const found = plans.get(key)
  if (found) return found
  try {
    const plan = planOf(operation.schema, operation.document, operation.node, variables)
    plans.set(key, plan)
    return plan
  } catch (error) {
    // A variable by which a field is included may be null: graphql-js reports at which field.
    if (error instanceof GraphQLError) return undefined
    if (!(error instanceof Unplanned)) throw error
    operation.plans = undefined
    return undefined
  }
}
