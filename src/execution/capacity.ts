import { AsyncResource } from 'node:async_hooks'
import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Limits } from '../config/limits.ts'
import { Abandoned, WaitingClients } from '../database/waiting-clients.ts'
import type { Execute } from './execute.ts'

/** Seconds after which a client should repeat a request that found no place. */
const RETRY_AFTER = 2

/**
 * Runs a limited number of operations at the same time, because each has its records in memory. A few more wait, the first
 * to come first, until their clients leave. All others are refused with UNAVAILABLE at once, so that those that are accepted still
 * end in time.
 */
export function withCapacity(execute: Execute, { running, waiting, waitMs }: Limits): Execute {
  let active = 0
  const queue = new Set<() => void>()

  function end(): void {
    active -= 1
    const [next] = queue
    next?.()
  }

  function run(args: Parameters<Execute>[0]): ReturnType<Execute> {
    active += 1
    let result: ReturnType<Execute>
    try {
      result = execute(args)
    } catch (error) {
      end()
      throw error
    }
    if ('then' in result) return result.finally(end)
    end()
    return result
  }

  return (args) => {
    if (active < running) return run(args)
    if (queue.size >= waiting) return { errors: [tooBusy(running, waiting)] }
    return new Promise<ExecutionResult>((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer)
        forget?.()
        queue.delete(start)
      }
      // In the context of this operation, not of the one that ended: whose clients wait depends on it.
      const start = AsyncResource.bind(() => {
        leave()
        // In a promise, so that an error of the executor is the result's.
        resolve(Promise.resolve().then(() => run(args)))
      })
      const timer = setTimeout(() => {
        leave()
        resolve({ errors: [tooBusy(running, waiting)] })
      }, waitMs)
      const forget = WaitingClients.current?.onLeft(() => {
        leave()
        reject(new Abandoned())
      })
      queue.add(start)
    })
  }
}

function tooBusy(running: number, waiting: number): GraphQLError {
  const http = { status: 503, headers: { 'retry-after': String(RETRY_AFTER) } }
  return new GraphQLError(
    `too many requests: ${running} are running, and at most ${waiting} may wait; try again in ${RETRY_AFTER} seconds`,
    { extensions: { code: 'UNAVAILABLE', http } },
  )
}
