import { randomUUID } from 'node:crypto'
import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'

interface Entry {
  id: string
  start: number
  operation?: string | undefined
  errors?: string[]
}

/** Logs one line a request, and gives each an id, which the answer carries as `x-request-id`. */
export function useRequestLog(log: Logger): Plugin {
  const entries = new WeakMap<Request, Entry>()
  return {
    onRequest({ request }) {
      entries.set(request, { id: randomUUID(), start: performance.now() })
    },
    onExecute({ args, context }) {
      const entry = entries.get((context as { request: Request }).request)
      if (entry) entry.operation = getOperationAST(args.document, args.operationName)?.name?.value
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
      const { operation, errors, start, id } = entry
      const took = Math.round((performance.now() - start) * 10) / 10
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
