import { randomUUID } from 'node:crypto'
import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'

interface Entry {
  readonly id: string
  readonly start: number
  errors?: string[]
}

/** The names of the operations that requests ask for. Who answers before one is looked at tells the name here. */
export const operations = new WeakMap<Request, string>()

/** Logs one line a request, and gives each an id, which the answer carries as `x-request-id`. */
export function useRequestLog(log: Logger): Plugin {
  const entries = new WeakMap<Request, Entry>()
  return {
    onRequest({ request }) {
      entries.set(request, { id: randomUUID(), start: performance.now() })
    },
    onExecute({ args, context }) {
      const name = getOperationAST(args.document, args.operationName)?.name?.value
      if (name) operations.set((context as { request: Request }).request, name)
    },
    onExecutionResult({ request, result }) {
      const entry = entries.get(request)
      if (!entry || !result || !('errors' in result) || !result.errors?.length) return
      entry.errors = result.errors.map(({ extensions }) => String(extensions?.['code'] ?? 'INVALID'))
    },
    onResponse({ request, response }) {
      // Yoga answers some requests, such as those for /health, before any plugin hears of them.
      const entry: Entry = entries.get(request) ?? { id: randomUUID(), start: performance.now() }
      response.headers.set('x-request-id', entry.id)
      if (!log.isLevelEnabled('info')) return
      const { errors, start, id } = entry
      const operation = operations.get(request)
      const took = Math.ceil((performance.now() - start) * 10) / 10
      const line = {
        id,
        method: request.method,
        path: new URL(request.url).pathname,
        status: response.status,
        ms: took,
      }
      log.info({ ...line, ...(operation ? { operation } : {}), ...(errors ? { errors } : {}) }, 'request')
    },
  }
}
