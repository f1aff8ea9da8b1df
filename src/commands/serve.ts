import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer, isIPv6, Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { type Logger, pino } from 'pino'
import { concepts, kinds } from '../bundle/concepts.ts'
import { type LoadReport, loadRecords } from '../bundle/load/load.ts'
import { readRecords } from '../bundle/reading/files.ts'
import { missingSeedFiles } from '../bundle/seed.ts'
import type { RateLimit } from '../config/rate-limit.ts'
import { migrationWaiting } from '../database/migrate.ts'
import type { Database } from '../database/open.ts'
import type { ReplicaState } from '../database/replicas.ts'
import { readManifest } from '../server/persisted-documents.ts'
import { RateLimits } from '../server/rate-limits/rate-limits.ts'
import type { OpenStore } from '../server/rate-limits/stores.ts'
import type { Context } from './context.ts'
import { listen } from './listen.ts'
import { observe } from './observe.ts'

/** After SIGTERM, new connections are accepted for this time, so that load balancers can learn from `/ready` to use another process. */
const DRAIN_MS = 1_000

/** Time for running requests to finish after that. */
const GRACE_MS = 10_000

/** Serves until the process receives SIGTERM or SIGINT. */
export async function serve({ config, stdout, openDatabase }: Context): Promise<void> {
  const log = pino({ level: config.logLevel })
  surviveRejections(log)
  allocateYoung()
  await checkPort(config)
  if (config.observing.metrics) await checkPort(config.observing.metrics, 'METRICS_')
  const persistedDocuments = config.manifestFile ? await readManifest(config.manifestFile) : {}
  const tracing = config.observing.isTraced ? await import('../server/observing/tracing.ts') : undefined
  const stopTracing = await tracing?.startTracing(log)
  // The embedded database opens in its own thread while this thread builds the schema.
  const logWait = (reason: unknown) => log.info(reason)
  subscribe(migrationWaiting.name, logWait)
  const [database, { createApp }] = await Promise.all([
    openDatabase({ isService: true, onReplicaChange: (replica) => logReplica(log, replica) }),
    import('../server/app.ts'),
  ]).finally(() => unsubscribe(migrationWaiting.name, logWait))
  let stopObserving: (() => Promise<void>) | undefined
  const store = config.rateLimit && (await openRateLimitStore(config.rateLimit, log))
  try {
    stopObserving = await observe(config.observing, database, log, persistedDocuments)
    const seeded = config.seed ? await seed(database) : []
    const app = createApp(database, log, {
      ...config,
      persistedDocuments,
      ...(config.rateLimit && store && { rateLimits: new RateLimits(config.rateLimit, store) }),
    })
    const server = app.createHttpServer()
    await listen(server, config)
    const stopped = stopSignal()
    stdout.write(welcome(server, config, database, seeded))
    const signal = await stopped
    app.drain()
    if (signal === 'SIGTERM') {
      log.info('draining: /ready responds with 503, and each response closes its connection')
      await sleep(DRAIN_MS)
    }
    log.info('stopping: no new connections are accepted')
    await close(server, signal)
  } finally {
    await stopObserving?.()
    await stopTracing?.()
    await store?.close()
    await database.close()
  }
}

/** Loads the libraries for the stores only if they are needed. */
async function openRateLimitStore(limit: RateLimit, log: Logger): Promise<OpenStore> {
  const { openStore } = await import('../server/rate-limits/stores.ts')
  return await openStore(limit, log)
}

/**
 * If an element of a list fails synchronously, graphql-js abandons the promises of the other elements. Their errors are not
 * handled, and Node.js would end the process. Another error has already been reported to the client.
 */
function surviveRejections(log: Logger): void {
  process.on('unhandledRejection', (error) => {
    const level = error instanceof Error && error.name === 'GraphQLError' ? 'debug' : 'error'
    log[level]({ err: error }, 'unhandled rejection')
  })
}

/**
 * V8 allocates objects in the old generation if many of their kind were in use when the young one was collected, as those of results
 * are. But they are garbage soon after. Without this, a page of 20 people took 0.67 instead of 0.48 ms of CPU time.
 */
const allocateYoung = () => setFlagsFromString('--no-allocation-site-pretenuring')

function logReplica(log: Logger, { location, isUsed, problem }: ReplicaState): void {
  if (isUsed) log.info({ replica: location }, 'replica is used')
  else log.warn({ replica: location, problem }, 'replica is not used')
}

/** Loads the seed, unless the database has it. */
async function seed(database: Database): Promise<LoadReport[]> {
  const reports: LoadReport[] = []
  for (const file of await missingSeedFiles(database)) reports.push(await loadRecords(database, readRecords(file)))
  return reports
}

/** Reports immediately that a port is in use, because opening the database may take seconds. */
async function checkPort(address: Parameters<typeof listen>[1], prefix?: string): Promise<void> {
  const probe = createServer((socket) => socket.destroy())
  await listen(probe, address, prefix)
  await new Promise((resolve) => probe.close(resolve))
}

function welcome(
  server: Server,
  { host }: Context['config'],
  database: Database,
  seeded: readonly LoadReport[],
): string {
  const { port } = server.address() as AddressInfo
  const name = ['127.0.0.1', '0.0.0.0', '::1', '::'].includes(host) ? 'localhost' : isIPv6(host) ? `[${host}]` : host
  const lines = [`  data:       ${database.location}`]
  if (seeded.length > 0) lines.push(`  seeded:     ${seeded.map(counts).join('; ')}`)
  lines.push(`  pages:      http://${name}:${port}/`, `  playground: http://${name}:${port}/graphql`)
  return `${lines.join('\n')}\n`
}

const counts = (report: LoadReport) =>
  kinds
    .map((kind) => ({ kind, created: report[kind]?.created ?? 0 }))
    .filter(({ created }) => created > 0)
    .map(({ kind, created }) => `${created} ${created === 1 ? concepts[kind].one : kind}`)
    .join(', ')

const stopSignal = () =>
  new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
  })

/** Closes the server after the running requests have finished, or after GRACE_MS. */
async function close(server: HttpServer, signal: NodeJS.Signals): Promise<void> {
  const forceClose = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await new Promise((resolve) => {
    // Idle connections end by their time limit. A request may be on its way on them, and would be lost if they were closed now,
    // as `close` of an HTTP server does. After SIGINT, they are closed, because a person waits.
    if (signal === 'SIGTERM') Server.prototype.close.call(server, resolve)
    else server.close(resolve)
  })
  clearTimeout(forceClose)
}
