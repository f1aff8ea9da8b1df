import { createServer, type Server } from 'node:http'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'

/** Creates a server for `/metrics`, which does not listen yet. It has a port of its own because its numbers are not for everyone. */
export function createMetricsServer(metrics: Pick<Metrics, 'text' | 'contentType'>, log: Logger): Server {
  return createServer(async ({ method, url }, response) => {
    if (url?.split('?', 1)[0] !== '/metrics') return response.writeHead(404).end()
    if (method !== 'GET' && method !== 'HEAD') return response.writeHead(405, { allow: 'GET, HEAD' }).end()
    try {
      const text = await metrics.text()
      response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text)
    } catch (error) {
      log.error({ err: error }, 'no metrics')
      response.writeHead(500).end()
    }
  })
}
