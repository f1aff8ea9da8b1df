import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServerAdapter } from '@whatwg-node/server'
import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'
import { createIdentify, IN_PROCESS } from '../access/caller.ts'
import { bundleJsonSchemaText } from '../bundle/json-schema.ts'
import { DEFAULT_LIMITS } from '../config/limits.ts'
import type { Database } from '../database/open.ts'
import { Access } from './access.ts'
import { addAgents } from './agents.ts'
import { createCacheHeaders } from './answers/cache-control.ts'
import { Exchange, type RequestContext } from './exchange.ts'
import { createGraphql, type GraphqlOptions } from './graphql.ts'
import { createNodeServer, pathOf } from './node-server.ts'
import { inRequestSpan } from './observing/tracing.ts'
import { createAsk } from './pages/ask.ts'
import { assetResponse } from './pages/assets.ts'
import { addPageRoutes, notFound, refused } from './pages/routes.tsx'
import { addSignIn } from './pages/sign-in.tsx'
import { pageResponse, assetResponse as playgroundAsset } from './playground/responses.ts'
import { PAGE_COST, REQUEST_COST } from './rate-limits/rate-limits.ts'
import { readiness } from './readiness.ts'
import { type Refusal, responseOf } from './refusal.ts'
import { securityHeadersOf } from './security.ts'

export interface App {
  /** Handles a request in this process, without a connection. */
  fetch(input: string | Request, init?: RequestInit): Promise<Response>
  /** Creates a server that does not listen yet. */
  createHttpServer(): Server
  /** Makes `/ready` respond with 503, and each response close its connection. */
  drain(): void
}

type RouteContext = Context<{ Bindings: RequestContext }>

/** Creates the service for a database. All routes are declared here. */
export function createApp(database: Database, log: Logger, options?: GraphqlOptions): App {
  let isDraining = false
  const limits = { ...DEFAULT_LIMITS, ...options?.limits }
  const access = new Access(database, options?.access, options)
  const yoga = createGraphql(database, log, access, options)
  const isReady = readiness(database, log)
  const identify = createIdentify(options?.access?.trustedProxies ?? [])
  /** Hono passes a HEAD request to the handler of GET, and drops the body of the response. Yoga refuses HEAD. */
  const graphql = async ({ req: { raw }, env }: RouteContext) => {
    const { method, url, headers, signal } = raw
    return await yoga.fetch(method === 'HEAD' ? new yoga.fetchAPI.Request(url, { headers, signal }) : raw, env)
  }

  const routes = new Hono<{ Bindings: RequestContext }>()
  routes.use(async (c, next) => {
    const path = routePath(c, -1)
    if (path !== EVERY_PATH) c.env.exchange.route = path
    await next()
  })
  const { rateLimits } = options ?? {}
  if (rateLimits) {
    routes.use(async (c, next) => {
      const { path } = c.req
      if (UNLIMITED.has(path)) return await next()
      const isPage = !/^\/(assets|graphql|mcp)(\/|$)/.test(path)
      c.env.exchange.isCharged = true
      // The query of a page reports what is wrong with a key, or that keys cannot be read.
      const wrongKey = await access.identify(c.req.raw, c.env.exchange)?.catch(() => undefined)
      const refusal =
        wrongKey?.code === 'RATE_LIMITED'
          ? wrongKey
          : await rateLimits.charge(c.env.exchange, isPage ? PAGE_COST : REQUEST_COST)
      if (!refusal) return await next()
      return isPage ? await refused(c, refusal) : responseOf(refusal)
    })
  }
  routes.use(methodNotAllowed({ app: routes, onMethodNotAllowed }))
  // Redirects are relative, like the URLs in the pages, because a proxy may serve the service under a path.
  routes.get('/graphql', async (c) =>
    isForBrowser(c.req.header('accept')) ? await pageResponse(c.req.raw) : await graphql(c),
  )
  routes.get('/graphql/', async (c) =>
    isForBrowser(c.req.header('accept')) ? c.redirect('../graphql') : await graphql(c),
  )
  routes.on('POST', ['/graphql', '/graphql/'], graphql)
  // A browser asks by OPTIONS whether a page of another origin may send a request.
  if (options?.corsOrigins?.length) routes.on('OPTIONS', ['/graphql', '/graphql/'], graphql)
  routes.get(
    '/graphql/assets/:name',
    async ({ req }) => (await playgroundAsset(req.param('name'), req.raw)) ?? responseOf(NOT_FOUND),
  )
  const ask = createAsk(async (request, context) => await yoga.fetch(request, context), yoga.fetchAPI.Request)
  addAgents(routes, { ask, access, longest: limits.body, log })
  addPageRoutes(routes, {
    ask,
    cacheHeadersOf: createCacheHeaders({ isClosed: access.isClosed, sharedMaxAge: options?.sharedMaxAge ?? 0 }),
  })
  addSignIn(routes, database, access)
  routes.get(
    '/assets/:name',
    async ({ req }) => (await assetResponse(req.param('name'), req.raw)) ?? responseOf(NOT_FOUND),
  )
  // The address in `Bundle @specifiedBy`, relative to /graphql.
  routes.get('/bundle.schema.json', (c) =>
    c.body(bundleJsonSchemaText(), 200, {
      'content-type': 'application/schema+json',
      'cache-control': 'public, max-age=3600',
    }),
  )
  routes.get('/health', (c) => c.body(null, 200, UNCACHED))
  routes.get('/ready', async (c) =>
    !isDraining && (await isReady()) ? c.body(null, 200, UNCACHED) : responseOf(NOT_READY),
  )
  routes.notFound(async (c) => (isForBrowser(c.req.header('accept')) ? await notFound(c) : responseOf(NOT_FOUND)))
  routes.onError((error, { req }) => {
    // Nobody receives the response. The status is for the log: nginx uses it too.
    if (req.raw.signal.aborted) return new Response(null, { status: 499 })
    throw error
  })

  const { handleNodeRequestAndResponse: toRoutes } = createServerAdapter<RequestContext>(
    async (request, context) => await routes.fetch(request, context),
  )
  const { handleNodeRequestAndResponse: toYoga } = yoga

  /** Returns the response of a handler, or an error response if the handler fails. */
  async function respond(exchange: Exchange, work: () => Response | Promise<Response>): Promise<Response> {
    try {
      return await work()
    } catch (error) {
      log.error({ id: exchange.id, err: error }, 'request failed')
      return responseOf({
        status: 500,
        code: 'INTERNAL_SERVER_ERROR',
        message: `internal error; the operator can find the cause in the log under ${exchange.id}`,
      })
    }
  }

  const headersOf = (exchange: Exchange): Record<string, string> => ({
    ...securityHeadersOf(exchange),
    'x-request-id': exchange.id,
    ...(isDraining && { connection: 'close' }),
    ...rateLimits?.headersOf(exchange),
  })

  let isWarned = (options?.access?.trustedProxies?.length ?? 0) > 0
  /** Behind a proxy that is not known, all clients have its address, and share one rate limit. */
  function warnOfProxy({ headers }: IncomingMessage): void {
    if (isWarned || !headers['x-forwarded-for']) return
    isWarned = true
    log.warn('a request came through a proxy that is not in TRUSTED_PROXIES; all its clients share one rate limit')
  }

  return {
    async fetch(input, init) {
      const request = input instanceof Request ? input : new yoga.fetchAPI.Request(input, init)
      const exchange = new Exchange(IN_PROCESS)
      exchange.traceId = traceIdIn(request.headers.get('traceparent'))
      const response = await respond(exchange, () => routes.fetch(request, { exchange }))
      exchange.finish(log, response.status, request.method, new URL(request.url).pathname)
      for (const [name, value] of Object.entries(headersOf(exchange))) {
        if (!response.headers.has(name)) response.headers.set(name, value)
      }
      return response
    },
    createHttpServer() {
      // Straight to Yoga, since each layer around it costs: the CPU of a trivial request, cached, is 35 µs for Yoga alone,
      // 71 µs behind another adapter, 74 µs behind Hono in that adapter, 84 µs behind Hono in @hono/node-server, and 20 µs for
      // node:http without any of them (graphql-yoga 5.24, Hono 4.13, Node.js 20; median of three runs of 20,000 requests). What
      // this server adds to Yoga could not be measured, but for the line in the log, which takes 15 µs.
      const handle = (request: IncomingMessage, response: ServerResponse, exchange: Exchange) => {
        exchange.traceId = traceIdIn(request.headers['traceparent'])
        if (rateLimits) warnOfProxy(request)
        const isForYoga = isGraphql(request)
        if (isForYoga) exchange.route = '/graphql'
        const handler = isForYoga ? toYoga : toRoutes
        const work = () => respond(exchange, () => handler(request, response, { exchange }))
        return options?.observing?.isTraced ? inRequestSpan(exchange, request, work) : work()
      }
      return createNodeServer({ log, identify, handle, headersOf, limits })
    },
    drain() {
      isDraining = true
    },
  }
}

const isForBrowser = (accept: string | null | undefined) => accept?.toLowerCase().includes('text/html') ?? false

const isGraphql = ({ method, url, headers }: IncomingMessage) =>
  (method === 'POST' || (method === 'GET' && !isForBrowser(headers.accept))) && pathOf(url) === '/graphql'

/** The id of the trace in a `traceparent` header (W3C Trace Context). Undefined if the header is not valid. */
const traceIdIn = (header: string | string[] | null | undefined): string | undefined =>
  typeof header === 'string' ? /^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(header)?.[1] : undefined

/** The path of middleware that runs for every request. */
const EVERY_PATH = '/*'

/** Monitoring must not depend on how much others use. */
const UNLIMITED = new Set(['/health', '/ready'])

const UNCACHED = { 'cache-control': 'no-store' }

const NOT_FOUND: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'nothing at this path; the GraphQL API is at /graphql',
}

const NOT_READY: Refusal = { status: 503, code: 'UNAVAILABLE', message: 'not ready' }

function onMethodNotAllowed({ req }: Context, methods: string[]): Response {
  const allow = { allow: [...methods, 'OPTIONS'].join(', ') }
  if (req.method === 'OPTIONS') return new Response(null, { status: 204, headers: allow })
  return responseOf({
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: `method: expected ${methods.join(' or ')}`,
    headers: allow,
  })
}
