import { type ExecutionResult, GraphQLError } from 'graphql'
import { WaitingClients } from '../database/waiting-clients.ts'
import type { Execute } from './execute.ts'

/**
 * Responds with TIMEOUT if an execution takes longer than `ms` milliseconds. Its statements then end, as they do when the client
 * has left. On the embedded database they go on, until their own time limit.
 */
export const withDeadline =
  (execute: Execute, ms: number): Execute =>
  (args) => {
    // Several requests may wait for one execution: see ResponseCache.
    const shared = WaitingClients.current
    if (shared) return inTime(execute(args), ms, shared)
    const clients = new WaitingClients()
    const { request } = args.contextValue as { request: Request }
    const isDone = clients.join(request.signal)
    const result = inTime(
      clients.run(() => execute(args)),
      ms,
      clients,
    )
    if ('then' in result) return result.finally(isDone)
    isDone()
    return result
  }

function inTime(
  result: ExecutionResult | Promise<ExecutionResult>,
  ms: number,
  clients: WaitingClients,
): ExecutionResult | Promise<ExecutionResult> {
  if (!('then' in result)) return result
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve({ errors: [errorAfter(ms)] })
      clients.dismiss()
    }, ms)
    result.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}

/** The message for a request, or one of its statements, that took longer than `ms` milliseconds. */
export const tooLate = (ms: number): string =>
  `the response took longer than ${ms / 1_000} seconds; narrow the query: add a filter, or request smaller pages or fewer lists`

const errorAfter = (ms: number) =>
  new GraphQLError(tooLate(ms), { extensions: { code: 'TIMEOUT', http: { status: 503 } } })
