import type { Server } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { pino } from 'pino'
import { concepts, kinds } from '../bundle/concepts.ts'
import { readRecords, seedFiles } from '../bundle/files.ts'
import { type LoadReport, loadRecords } from '../bundle/load.ts'
import { type Database, openDatabase } from '../database/open.ts'
import { UserError } from '../errors.ts'
import { readManifest } from '../server/persisted-documents.ts'
import { version } from '../version.ts'
import type { Context } from './context.ts'

/** Time for running requests to finish after SIGTERM or SIGINT. */
const GRACE_MS = 10_000

/** Serves until the process receives SIGTERM or SIGINT. */
export async function serve({ config, stdout }: Context): Promise<void> {
  const log = pino({ level: config.logLevel })
  const persistedDocuments = config.manifestFile ? await readManifest(config.manifestFile) : {}
  // The embedded database opens in its own thread while this thread builds the schema.
  const [database, { createApp }] = await Promise.all([
    openDatabase(config.database, { isService: true }),
    import('../server/app.ts'),
  ])
  try {
    const seeded = await seed(database)
    const app = createApp(database, log, { ...config, persistedDocuments })
    const server = app.createHttpServer()
    await listen(server, config)
    stdout.write(welcome(server, config, database, seeded))
    await stopSignal()
    app.drain()
    log.info('stopping: no new requests are accepted')
    await close(server)
  } finally {
    await database.close()
  }
}

/** Loads the seed into a database that has never had any data. */
async function seed(database: Database): Promise<LoadReport[]> {
  if ((await database.readVersion()) > 0n) return []
  const reports: LoadReport[] = []
  for (const file of await seedFiles()) reports.push(await loadRecords(database, readRecords(file)))
  return reports
}

async function listen(server: Server, { host, port }: Context['config']): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen(port, host, resolve)
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new UserError(`port ${port} is in use on ${host}; set PORT to another port`)
  if (error.code === 'EACCES')
    return new UserError(`no permission to listen on port ${port}; set PORT to a port above 1023`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError(`cannot listen on ${host} (${error.code}); set HOST to an address of this machine`)
  }
  return error
}

function welcome(
  server: Server,
  { host }: Context['config'],
  database: Database,
  seeded: readonly LoadReport[],
): string {
  const { port } = server.address() as AddressInfo
  const name = ['127.0.0.1', '0.0.0.0', '::1', '::'].includes(host) ? 'localhost' : isIPv6(host) ? `[${host}]` : host
  const lines = [`bilateral ${version}`, `  data:       ${database.location}`]
  if (seeded.length > 0) lines.push(`  seeded:     ${seeded.map(counts).join('; ')}`)
  lines.push(`  playground: http://${name}:${port}/graphql`)
  return `${lines.join('\n')}\n`
}

const counts = (report: LoadReport) =>
  kinds
    .map((kind) => ({ kind, created: report[kind]?.created ?? 0 }))
    .filter(({ created }) => created > 0)
    .map(({ kind, created }) => `${created} ${created === 1 ? concepts[kind].one : kind}`)
    .join(', ')

async function stopSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

/** Closes the server after the running requests have finished, or after GRACE_MS. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  // A keep-alive connection is idle once its request has finished.
  const idle = setInterval(() => server.closeIdleConnections(), 100)
  const forceClose = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await closed
  clearTimeout(forceClose)
  clearInterval(idle)
}
