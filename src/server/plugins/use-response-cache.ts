import { hash } from 'node:crypto'
import type { ExecutionResult } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import type { Operations } from '../../execution/operations.ts'
import type { ResponseCache } from '../answers/response-cache.ts'
import { CachedResult, isCostOnly, SentResult, WholeResult } from '../answers/whole-result.ts'
import type { Exchange, RequestContext } from '../exchange.ts'

/**
 * Responds to queries from the response cache. A cached response skips parsing, validation, context and execution, but runs the
 * hooks for requests, parameters, results and responses. Only queries in known documents are cached or share one execution.
 * Without a cache, every request is executed.
 */
export function useResponseCache(
  cache: ResponseCache<ExecutionResult> | undefined,
  operations: Pick<Operations, 'find'>,
): Plugin<RequestContext, RequestContext> {
  return {
    onParams({ request, params, context, paramsHandler, setParamsHandler }) {
      if (!cache || typeof params.query !== 'string') return
      const { exchange } = context
      const key = keyOf(exchange.audience, params)
      if (key === undefined) return
      const { query, operationName } = params
      setParamsHandler(async (payload) => {
        const known = operations.find(query as string, operationName)
        if (known && known.operation !== 'query') return await paramsHandler(payload)
        exchange.isCached = true
        if (known?.name) exchange.operation = known.name.value
        // An unknown document could contain a mutation, which must run for each request. A document is known after it was
        // parsed.
        let executed: ExecutionResult | undefined
        const result = await cache.run(key, known !== undefined, request.signal, async () => {
          exchange.isCached = false
          executed = (await paramsHandler(payload)) as ExecutionResult
          const isQuery = operations.find(query as string, operationName)?.operation === 'query'
          return (isQuery && !exchange.isPersonal && wholeOf(executed)) || executed
        })
        if (!(result instanceof WholeResult)) return result
        return executed && isWhole(executed) ? sent(executed, result, exchange) : cached(result, exchange)
      })
    },
    onExecutionResult({ result, setResult, context: { exchange } }) {
      if (!result || exchange.isPersonal || 'stringify' in result || Symbol.asyncIterator in result) return
      if (isWhole(result)) setResult(sent(result, undefined, exchange))
    },
  }
}

/** A result without errors, and with the cost as its only extension. */
interface Whole extends ExecutionResult {
  readonly data: Record<string, unknown>
  readonly extensions: { readonly cost: number }
}

const isWhole = (result: ExecutionResult): result is Whole =>
  Boolean(result.data) && !result.errors && isCostOnly(result.extensions)

/** A result as the text of its response, if it is whole. */
function wholeOf(result: ExecutionResult): WholeResult | undefined {
  if (!isWhole(result)) return undefined
  const { data, extensions } = result
  return new WholeResult(JSON.stringify({ data, extensions }), extensions.cost)
}

function sent(
  { data, extensions: { cost } }: Whole,
  known: WholeResult | undefined,
  exchange: Exchange,
): ExecutionResult {
  return new SentResult(data, cost, known, (whole) => {
    exchange.result = whole
  })
}

function cached(whole: WholeResult, exchange: Exchange): ExecutionResult {
  exchange.cost += whole.cost
  return new CachedResult(whole, () => {
    exchange.result = whole
  })
}

/**
 * Everything that a response depends on except the data. Undefined if it may depend on more: the response is then not cached.
 */
function keyOf(
  audience: Exchange['audience'],
  { query, operationName, variables, extensions }: GraphQLParams,
): string | undefined {
  const { persistedQuery: _, ...others } = extensions ?? {}
  if (Object.keys(others).length > 0) return undefined
  try {
    return hash(
      'sha256',
      JSON.stringify([...audience, query, operationName ?? null, variables ?? null], finite),
      'base64url',
    )
  } catch (error) {
    if (error instanceof NotFinite) return undefined
    throw error
  }
}

class NotFinite extends Error {}

/** JSON writes `null` for numbers such as 1e400, which a request may have. */
function finite(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new NotFinite()
  return value
}
