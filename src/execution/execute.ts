import { trace } from '@opentelemetry/api'
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
} from 'graphql'
import type { Limits } from '../config/limits.ts'
import type { RequestState } from '../schema/context.ts'
import { Selections, SharedSelections } from '../schema/loading/selection.ts'
import { admit, type Values } from './admission.ts'
import { settleErrors } from './errors.ts'
import type { Operation, Operations } from './operations.ts'
import { planOf, Unplanned } from './plan.ts'
import { scopedFieldsOf, scopeRefusal } from './required-scopes.ts'
import { type OperationPlan, Run } from './run.ts'

/** Executes an operation of a valid document, or returns the errors that prevent this. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/** Properties that an execution adds to the context of its request. */
export interface ExecutionContext {
  selections: Selections
  readonly exchange?: Pick<RequestState, 'caller'>
  /** Whether the operation has been executed before, over another database. It is then not charged again. */
  readonly isRepeated?: boolean
  /** Which executor ran: for the log. */
  executor?: 'planned' | 'graphql-js'
}

export interface ExecuteOptions {
  readonly limits: Limits
  /** Called with the cost of an operation before it is executed. If it returns an error, that is the response. */
  readonly charge?: (cost: number, context: unknown) => Promise<GraphQLError | undefined> | undefined
}

/** Admits operations that are valid and not too costly, and returns their cost with their result, in `extensions.cost`. */
export function createExecute(operations: Operations, { limits, charge }: ExecuteOptions): Execute {
  return (args) => {
    const context = args.contextValue as ExecutionContext
    const operation = operations.of(args)
    if (!operation) {
      context.selections = new Selections(new SharedSelections(args.document))
      return execute(args) as ExecutionResult
    }
    const refusal = scopeRefusal(operation.scopedFields, context.exchange?.caller)
    if (refusal) return refusal
    const admitted = admit(args.schema, operation, args.variableValues, limits)
    if ('refusal' in admitted) return admitted.refusal
    const { variables, cost } = admitted
    // Not a copy, because the result belongs to this execution alone.
    const priced = (result: ExecutionResult) => Object.assign(result, { extensions: { cost } })
    const run = () => {
      const result = executeAdmitted(operation, args, variables)
      return result instanceof Promise ? result.then(priced) : priced(result)
    }
    const charged = context.isRepeated ? undefined : charge?.(cost, context)
    return charged ? charged.then((error) => (error ? { errors: [error] } : run())) : run()
  }
}

/**
 * Executes repeated queries by plans, which takes a fraction of the time that graphql-js takes for each field. graphql-js
 * executes everything else: an operation that is requested for the first time, one that cannot be planned, mutations, and
 * queries whose selections are not whole (`schema/loading/selection.ts`). Most of the latter are detected by the first
 * execution, because executing a query twice would query the database twice.
 */
function executeAdmitted(
  operation: Operation,
  args: ExecutionArgs,
  variables: Values,
): ExecutionResult | Promise<ExecutionResult> {
  const context = args.contextValue as ExecutionContext
  const plan = operation.wasExecuted ? planFor(operation, variables) : undefined
  operation.wasExecuted = true
  if (!plan) return byReference()
  context.executor = 'planned'
  context.selections = new Selections(operation.selections, { mustBeWhole: true })
  const result = new Run(plan, args.rootValue, context, variables).execute()
  return result instanceof Promise ? result.then(checked) : checked(result)

  function byReference() {
    context.executor = 'graphql-js'
    context.selections = new Selections(operation.selections)
    const result = execute(args) as ExecutionResult | Promise<ExecutionResult>
    return result instanceof Promise ? result.then(noted) : noted(result)
  }

  function noted(result: ExecutionResult) {
    // With other variables, the selections may be whole. But a client that has sent such variables once will probably send
    // them again.
    if (!context.selections.areWhole) operation.plans = undefined
    return settleErrors(result)
  }

  function checked(result: ExecutionResult) {
    return context.selections.areWhole ? settleErrors(result) : byReference()
  }
}

/** Executes each event of a subscription like a separate query. Each event, and the resolver that subscribes, has its own selections. */
export const createSubscribe =
  (execute: Execute) =>
  async (args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> => {
    const context = args.contextValue as ExecutionContext
    const node = getOperationAST(args.document, args.operationName)
    const scoped = node ? scopedFieldsOf(args.schema, args.document, node) : []
    const refusal = scopeRefusal(scoped, context.exchange?.caller)
    if (refusal) return refusal
    context.selections = new Selections(new SharedSelections(args.document))
    const events = await createSourceEventStream(args)
    if (!(Symbol.asyncIterator in events)) return events
    return (async function* () {
      for await (const rootValue of events) {
        yield await execute({ ...args, rootValue, contextValue: { ...context } })
      }
    })()
  }

/** The plan of an operation for these variables. Undefined if graphql-js must execute it. */
function planFor(operation: Operation, variables: Values): OperationPlan | undefined {
  const { plans, conditions } = operation
  if (!plans) return undefined
  const key = conditions.map((name) => String(variables[name])).join(' ')
  const found = plans.get(key)
  if (found) return found
  try {
    const span = trace.getTracer('bilateral').startSpan('plan')
    const plan = planOf(operation.schema, operation.document, operation.node, variables)
    span.end()
    plans.set(key, plan)
    return plan
  } catch (error) {
    // A variable of `@include` or `@skip` may be null. graphql-js reports for which field.
    if (error instanceof GraphQLError) return undefined
    if (!(error instanceof Unplanned)) throw error
    operation.plans = undefined
    return undefined
  }
}
