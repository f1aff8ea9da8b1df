import { createYoga, useReadinessCheck } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Database } from './database/open.ts'
import { maskError } from './plugins/mask-error.ts'
import { useCompiledExecution } from './plugins/use-compiled-execution.ts'
import { useCostLimit } from './plugins/use-cost-limit.ts'
import { useJsonOnly } from './plugins/use-json-only.ts'
import { useKnownOperations } from './plugins/use-known-operations.ts'
import { usePlayground } from './plugins/use-playground.ts'
import { useRequestLog } from './plugins/use-request-log.ts'
import type { Context } from './schema/builder.ts'
import { schema } from './schema/index.ts'
import { Selections } from './schema/selection.ts'
import { sourceTexts } from './schema/source-texts.ts'

/** Bytes of the largest request that is read. */
const LARGEST_REQUEST = 1_000_000

/** The service over a database: GraphQL at `/graphql`, `/health` and `/ready`. It does not listen. */
export function createServer(database: Database, log: Logger) {
  return createYoga<object, Context>({
    schema,
    context: () => ({ database, sourceTexts: sourceTexts(database.prisma), selections: new Selections() }),
    plugins: [
      useCompiledExecution(),
      useRequestLog(log),
      useReadinessCheck({ endpoint: '/ready', check: () => isReady(database, log) }),
      usePlayground(),
      useJsonOnly(),
      useKnownOperations(),
      useCostLimit(),
    ],
    healthCheckEndpoint: '/health',
    maskedErrors: { maskError: maskError(log) },
    maxRequestBodySize: LARGEST_REQUEST,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
  })
}

async function isReady(database: Database, log: Logger): Promise<boolean> {
  try {
    await database.prisma.dataset.findFirstOrThrow()
    return true
  } catch (error) {
    log.warn({ err: error }, 'not ready')
    return false
  }
}
