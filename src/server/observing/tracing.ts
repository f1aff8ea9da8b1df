import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import {
  context,
  DiagLogLevel,
  diag,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { type ExecutionResult, getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import pg from 'pg'
import type { Logger } from 'pino'
import { type Statement, statementEnded, statementStarted } from '../../database/connection.ts'
import { codeOf } from '../../database/failure.ts'
import { UserError } from '../../errors.ts'
import type { ExecutionContext } from '../../execution/execute.ts'
import { version } from '../../version.ts'
import { type Exchange, logged } from '../exchange.ts'
import { pathOf } from '../node-server.ts'

/** Maximum number of characters of a statement in a span. */
const LONGEST_STATEMENT = 2_000

/** Other methods are recorded as `_OTHER`, because clients can send any. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT'])

/** Load balancers poll these paths all the time. */
const UNTRACED = new Set(['/health', '/ready'])

const PACKAGE = '@opentelemetry/sdk-node'

const tracer = () => trace.getTracer('bilateral', version)

/**
 * Starts the OpenTelemetry SDK, which reads the variables OTEL_…, and records the SQL statements of traced requests. Returns a
 * function that sends the last spans and ends this. Throws a UserError if the SDK is not installed: most services do not need
 * it, and it has 34 MB.
 */
export async function startTracing(log: Logger): Promise<() => Promise<void>> {
  const { NodeSDK, resources } = await import(PACKAGE).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new UserError(
      `the variables OTEL_… switch on traces, which need a package that is not installed: npm install "${PACKAGE}@<0.300"`,
    )
  })
  const resource = resources.resourceFromAttributes({ 'service.name': 'bilateral', 'service.version': version })
  // Only traces. Metrics are for Prometheus, and the log is on standard output.
  const sdk = new NodeSDK({ resource, metricReaders: [], logRecordProcessors: [] })
  if (!process.env['OTEL_LOG_LEVEL']) diag.setLogger(loggerOf(log), DiagLogLevel.WARN)
  sdk.start()
  const { connect } = pg.Pool.prototype
  pg.Pool.prototype.connect = connectInContext(connect as Connect) as typeof connect
  subscribe(statementStarted.name, startStatement)
  subscribe(statementEnded.name, endStatement)
  return async () => {
    unsubscribe(statementStarted.name, startStatement)
    unsubscribe(statementEnded.name, endStatement)
    pg.Pool.prototype.connect = connect
    await sdk.shutdown().catch((error: unknown) => log.warn({ err: error }, 'the last traces were not sent'))
  }
}

function loggerOf(log: Logger) {
  const at = (level: 'warn' | 'debug') => (message: string) => log[level]({ problem: message }, 'OpenTelemetry')
  return { error: at('warn'), warn: at('warn'), info: at('debug'), debug: at('debug'), verbose: at('debug') }
}

type Connect = (this: pg.Pool, callback?: (...results: unknown[]) => void) => unknown

/**
 * A pool calls those who wait for a connection when another request returns it, so their statements would belong to that
 * request.
 */
const connectInContext = (connect: Connect): Connect =>
  function (callback) {
    return connect.call(this, callback && context.bind(context.active(), callback))
  }

const statements = new WeakMap<Statement, Span>()

/** Statements outside of requests, such as the heartbeat of a connection, have no span. */
const startStatement = (message: unknown) => {
  if (!trace.getActiveSpan()?.isRecording()) return
  const statement = message as Statement
  const operation = /\w+/.exec(statement.text)?.[0].toUpperCase() ?? 'SQL'
  const attributes = {
    'db.system.name': 'postgresql',
    'db.operation.name': operation,
    'db.query.text': statement.text.slice(0, LONGEST_STATEMENT),
  }
  statements.set(statement, tracer().startSpan(operation, { kind: SpanKind.CLIENT, attributes }))
}

const endStatement = (message: unknown) => {
  const statement = message as Statement
  const span = statements.get(statement)
  if (!span) return
  if (statement.error) {
    const type = codeOf(statement.error) ?? '_OTHER'
    span
      .setStatus({ code: SpanStatusCode.ERROR })
      .setAttributes({ 'error.type': type, 'db.response.status_code': type })
  }
  span.end()
}

/** Returns the response of `work`, in a span that continues the trace of the header `traceparent`. */
export async function inRequestSpan(
  exchange: Exchange,
  { method = '', url, headers }: IncomingMessage,
  work: () => Promise<Response>,
): Promise<Response> {
  const path = pathOf(url) ?? ''
  if (UNTRACED.has(path)) return await work()
  const parent = propagation.extract(ROOT_CONTEXT, headers)
  const name = METHODS.has(method) ? method : '_OTHER'
  const attributes = {
    'http.request.method': name,
    'url.scheme': 'http',
    'url.path': logged(path),
    'bilateral.request.id': exchange.id,
  }
  const span = tracer().startSpan(name, { kind: SpanKind.SERVER, attributes }, parent)
  exchange.traceId = span.spanContext().traceId
  try {
    const response = await context.with(trace.setSpan(parent, span), work)
    const { status } = response
    span.setAttribute('http.response.status_code', status)
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(status))
    return response
  } finally {
    if (exchange.route) span.updateName(`${name} ${exchange.route}`).setAttribute('http.route', exchange.route)
    span.end()
  }
}

/**
 * Executes each operation in a span. Its text and its variables are not recorded, because people may write names into them. It
 * must come after the plugin that executes, and is in use only if traces are on.
 */
export const useTracing = (): Plugin => ({
  onExecute({ executeFn, setExecuteFn, args }) {
    const operation = getOperationAST(args.document, args.operationName)
    const type = operation?.operation ?? 'query'
    const name = operation?.name && logged(operation.name.value)
    const attributes = { 'graphql.operation.type': type, ...(name && { 'graphql.operation.name': name }) }
    setExecuteFn((args) => {
      const span = tracer().startSpan(type, { attributes })
      return context.with(trace.setSpan(context.active(), span), async () => {
        try {
          const result: ExecutionResult = await executeFn(args)
          if (result.errors?.length) span.setStatus({ code: SpanStatusCode.ERROR })
          return result
        } finally {
          const { executor } = args.contextValue as ExecutionContext
          if (executor) span.setAttribute('bilateral.executor', executor)
          span.end()
        }
      })
    })
  },
})
