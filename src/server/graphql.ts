import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Database } from '../database/open.ts'
import { withDeadline } from '../execution/deadline.ts'
import { executing } from '../execution/executing.ts'
import type { Context } from '../schema/context.ts'
import { schema } from '../schema/index.ts'
import { sourceTexts } from '../schema/loading/source-texts.ts'
import { Answers } from './answers/answers.ts'
import { DirectWay } from './direct.ts'
import { type Manifest, PersistedDocuments } from './persisted-documents.ts'
import { maskError } from './plugins/mask-error.ts'
import { useAnswers } from './plugins/use-answers.ts'
import { useExecution } from './plugins/use-execution.ts'
import { useJsonOnly } from './plugins/use-json-only.ts'
import { useKnownOperations } from './plugins/use-known-operations.ts'
import { documentIdParameter, usePersistedDocuments } from './plugins/use-persisted-documents.ts'
import { usePlayground } from './plugins/use-playground.ts'
import { useReadiness } from './plugins/use-readiness.ts'
import { useRequestLimit } from './plugins/use-request-limit.ts'
import { useRequestLog } from './plugins/use-request-log.ts'

/** Of a statement of SQL, too: see LONGEST_QUERY_MS in database/open.ts. */
const DEADLINE_MS = 30_000

/** Bytes of the largest request that is read. */
const LARGEST_REQUEST = 1_000_000

export interface ServerOptions {
  /** Bytes of answers that are kept while the data does not change: none unless told. */
  readonly keptAnswers?: number
  /** For how many seconds CDNs may tell an answer without asking whether it has changed. */
  readonly sharedMaxAge?: number
  /** Documents that can be asked for by id, besides those of the client. */
  readonly persistedDocuments?: Manifest
  /** How many milliseconds an answer may take: 30,000 unless told. */
  readonly deadlineMs?: number
}

/** The service over a database: GraphQL at `/graphql`, `/health` and `/ready`. It does not listen. */
export function createServer(database: Database, log: Logger, options: ServerOptions = {}) {
  const { keptAnswers = 0, sharedMaxAge = 0, persistedDocuments, deadlineMs = DEADLINE_MS } = options
  const contextOf = () => ({ database, sourceTexts: sourceTexts(database.prisma) })
  const execute = withDeadline(executing(), deadlineMs)
  const direct = new DirectWay({ execute, argsOf: () => ({ schema, contextValue: contextOf() }) })
  const mask = maskError(log)
  return createYoga<object, Omit<Context, 'selections'>>({
    schema,
    context: contextOf,
    plugins: [
      useRequestLimit(LARGEST_REQUEST),
      useRequestLog(log),
      useReadiness(() => isReady(database, log)),
      usePlayground(),
      useJsonOnly(),
      useAnswers({ answers: new Answers(database, keptAnswers), direct, mask, sharedMaxAge }),
      usePersistedDocuments(new PersistedDocuments(persistedDocuments)),
      useKnownOperations(),
      useExecution(execute),
    ],
    extraParamNames: [documentIdParameter],
    healthCheckEndpoint: '/health',
    maskedErrors: { maskError: mask },
    maxRequestBodySize: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
  })
}

async function isReady(database: Database, log: Logger): Promise<boolean> {
  try {
    await database.readVersion()
    return true
  } catch (error) {
    log.warn({ err: error }, 'not ready')
    return false
  }
}
