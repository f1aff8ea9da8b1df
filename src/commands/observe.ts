import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import type { ObservingConfig } from '../config/observing.ts'
import type { Database } from '../database/open.ts'
import { persistedDocuments } from '../generated/client/persisted-documents.ts'
import { logSlowStatements } from '../server/observing/slow-statements.ts'
import type { Manifest } from '../server/persisted-documents.ts'
import { listen } from './listen.ts'

/** Starts the log of slow statements, and metrics if they have a port. Returns a function that ends them. */
export async function observe(
  { metrics, slowMs }: ObservingConfig,
  database: Database,
  log: Logger,
  manifest: Manifest,
): Promise<() => Promise<void>> {
  const stopLogging = slowMs ? logSlowStatements(log, slowMs) : () => {}
  const stopMetrics = metrics ? await serveMetrics(metrics, database, log, manifest) : () => {}
  return async () => {
    stopLogging()
    await stopMetrics()
  }
}

async function serveMetrics(
  address: NonNullable<ObservingConfig['metrics']>,
  database: Database,
  log: Logger,
  manifest: Manifest,
): Promise<() => Promise<void>> {
  const [{ Metrics }, { createMetricsServer }, { operationNames }] = await Promise.all([
    import('../server/observing/metrics.ts'),
    import('../server/observing/metrics-server.ts'),
    import('../server/observing/operation-names.ts'),
  ])
  const documents = [persistedDocuments, manifest].flatMap((documents) => Object.values(documents))
  const metrics = new Metrics(database, operationNames(documents))
  const server = createMetricsServer(metrics, log)
  await listen(server, address, 'METRICS_')
  log.info({ host: address.host, port: (server.address() as AddressInfo).port }, 'metrics')
  return async () => {
    metrics.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
