import type { ExecutionResult } from 'graphql'
import { type CORSOptions, createYoga, type Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { AccessConfig } from '../config/access.ts'
import { DEFAULT_LIMITS, type Limits } from '../config/limits.ts'
import type { ObservingConfig } from '../config/observing.ts'
import type { Database } from '../database/open.ts'
import { withCapacity } from '../execution/capacity.ts'
import { withDeadline } from '../execution/deadline.ts'
import { createExecute } from '../execution/execute.ts'
import { Operations } from '../execution/operations.ts'
import type { Context } from '../schema/context.ts'
import { schema } from '../schema/index.ts'
import { Loaders } from '../schema/loading/loaders.ts'
import type { Access } from './access.ts'
import { createCacheHeaders } from './answers/cache-control.ts'
import { ResponseCache } from './answers/response-cache.ts'
import type { RequestContext } from './exchange.ts'
import { useTracing } from './observing/tracing.ts'
import { type Manifest, PersistedDocuments } from './persisted-documents.ts'
import { maskError } from './plugins/mask-error.ts'
import { useAccess } from './plugins/use-access.ts'
import { useDataVersion } from './plugins/use-data-version.ts'
import { useErrorLimits } from './plugins/use-error-limits.ts'
import { useExecution } from './plugins/use-execution.ts'
import { useKnownOperations } from './plugins/use-known-operations.ts'
import { usePersistedDocuments } from './plugins/use-persisted-documents.ts'
import { useRateLimits } from './plugins/use-rate-limits.ts'
import { useRequestLimit } from './plugins/use-request-limit.ts'
import { useRequestLog } from './plugins/use-request-log.ts'
import { useRequestParser } from './plugins/use-request-parser.ts'
import { useResponseCache } from './plugins/use-response-cache.ts'
import { useResponseHeaders } from './plugins/use-response-headers.ts'
import type { RateLimits } from './rate-limits/rate-limits.ts'
import { errorOf } from './refusal.ts'
import { withReplicas } from './replicas.ts'
import { withAvailability } from './unavailable.ts'

/** Maximum memory for documents and cached data about their operations, in bytes. */
const OPERATIONS_BYTES = 32_000_000

const SECONDS_PER_DAY = 86_400

const NO_ERRORS_CACHED = { get: () => undefined, set() {} }

export interface GraphqlOptions {
  /** Maximum memory for cached results, in bytes. Default 0: nothing is cached, and every request runs all hooks. */
  readonly responseCacheBytes?: number
  /** Seconds for which CDNs may serve a response without revalidating. Default 0. */
  readonly sharedMaxAge?: number
  /** Origins whose pages may read responses; `*` for all. Default: none. */
  readonly corsOrigins?: readonly string[]
  /** Who may read, and which proxies are trusted. Default: everyone, and none. */
  readonly access?: Partial<AccessConfig>
  /** Time in milliseconds for which the service uses what it has read about a key. Default 5,000. */
  readonly keyLifeMs?: number
  /** Whether spans are recorded. Default: they are not. */
  readonly observing?: Pick<ObservingConfig, 'isTraced'>
  /** Documents that clients can request by id, in addition to those of the client package. */
  readonly persistedDocuments?: Manifest
  /** Whether clients can request no other documents. Default: false. */
  readonly persistedDocumentsOnly?: boolean
  /** Limits that are not the default. */
  readonly limits?: Partial<Limits>
  /** What each caller may use. Default: as much as it likes. */
  readonly rateLimits?: RateLimits
  /**
   * Plugins for Yoga and Envelop, for example for authentication. Their hooks run before ours, except the hooks for responses.
   * A plugin that shows clients different data sets `exchange.scope` of the context for each of them.
   */
  readonly plugins?: readonly Plugin[]
}

/** Creates the GraphQL endpoint for a database. */
export function createGraphql(database: Database, log: Logger, access: Access, options: GraphqlOptions = {}) {
  const { responseCacheBytes = 0, sharedMaxAge = 0, persistedDocuments } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const operations = new Operations(OPERATIONS_BYTES)
  const cache = responseCacheBytes > 0 ? new ResponseCache<ExecutionResult>(database, responseCacheBytes) : undefined
  const { corsOrigins = [], rateLimits } = options
  const hasCors = corsOrigins.length > 0
  /** Records the cost of an operation, and charges its caller. */
  const charge = (cost: number, context: unknown) => {
    const { exchange } = context as RequestContext
    exchange.cost += cost
    return (
      rateLimits && Promise.resolve(rateLimits.charge(exchange, cost)).then((refusal) => refusal && errorOf(refusal))
    )
  }
  return createYoga<RequestContext, Omit<Context, 'selections' | 'exchange'>>({
    schema,
    context: () => ({ database, loaders: new Loaders(database) }),
    parserAndValidationCache: { documentCache: operations, errorCache: NO_ERRORS_CACHED },
    plugins: [
      // First, so that the hooks of other plugins see the response as it is sent.
      useResponseHeaders(createCacheHeaders({ isClosed: access.isClosed, sharedMaxAge, hasCors }), hasCors),
      useRequestLimit(limits, access),
      useDataVersion(database),
      useRequestLog(),
      useRequestParser(),
      ...(options.plugins ?? []),
      // After the plugins, which thereby see each request before it is refused.
      useAccess(access),
      ...(rateLimits ? [useRateLimits(rateLimits)] : []),
      usePersistedDocuments(new PersistedDocuments(persistedDocuments), options.persistedDocumentsOnly ?? false),
      useKnownOperations(),
      useExecution(
        withAvailability(
          withDeadline(
            withCapacity(withReplicas(createExecute(operations, { limits, charge }), database), limits),
            limits.requestMs,
          ),
        ),
        limits,
      ),
      ...(options.observing?.isTraced ? [useTracing()] : []),
      // Last, because a cached result skips the execution hooks of the plugins after it.
      useResponseCache(cache, operations),
      useErrorLimits(),
    ],
    // Yoga responds to each URL that ends with this text, and the URL of a query could end with any text. No URL contains a
    // space.
    healthCheckEndpoint: ' ',
    maskedErrors: { maskError: maskError(log, limits.requestMs) },
    maxRequestBodySize: false,
    multipart: false,
    cors: hasCors && ((request) => corsFor(request, corsOrigins)),
    graphiql: false,
    landingPage: false,
    logging: false,
  })
}

/** The permission for a page to read the response. Yoga's own list would allow the origin `null` to every page it does not name. */
function corsFor(request: Request, origins: readonly string[]): CORSOptions {
  const origin = request.headers.get('origin') ?? ''
  if (!origins.includes('*') && !origins.includes(origin)) return false
  const exposedHeaders = ['etag', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id']
  return { origin, methods: ['GET', 'POST'], exposedHeaders, credentials: false, maxAge: SECONDS_PER_DAY }
}
