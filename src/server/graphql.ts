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
import type { RequestContext } from './exchange.ts'
import { type Manifest, PersistedDocuments } from './persisted-documents.ts'
import { maskError } from './plugins/mask-error.ts'
import { useAnswers } from './plugins/use-answers.ts'
import { useExecution } from './plugins/use-execution.ts'
import { useJsonOnly } from './plugins/use-json-only.ts'
import { useKnownOperations } from './plugins/use-known-operations.ts'
import { documentIdParameter, usePersistedDocuments } from './plugins/use-persisted-documents.ts'
import { useRequestLimit } from './plugins/use-request-limit.ts'
import { useRequestLog } from './plugins/use-request-log.ts'

/** Of a statement of SQL, too: see LONGEST_QUERY_MS in database/open.ts. */
const DEADLINE_MS = 30_000

/** Bytes of the largest request that is read. */
const LARGEST_REQUEST = 1_000_000

export interface GraphqlOptions {
  /** Bytes of answers that are kept while the data does not change: none unless told. */
  readonly keptAnswers?: number
  /** For how many seconds CDNs may tell an answer without asking whether it has changed. */
  readonly sharedMaxAge?: number
  /** Documents that can be asked for by id, besides those of the client. */
  readonly persistedDocuments?: Manifest
  /** How many milliseconds an answer may take: 30,000 unless told. */
  readonly deadlineMs?: number
}

/** The GraphQL endpoint over a database. */
export function createGraphql(database: Database, log: Logger, options: GraphqlOptions = {}) {
  const { keptAnswers = 0, sharedMaxAge = 0, persistedDocuments, deadlineMs = DEADLINE_MS } = options
  const contextOf = () => ({ database, sourceTexts: sourceTexts(database.prisma) })
  const execute = withDeadline(executing(), deadlineMs)
  const direct = new DirectWay({ execute, argsOf: () => ({ schema, contextValue: contextOf() }) })
  const mask = maskError(log)
  return createYoga<RequestContext, Omit<Context, 'selections'>>({
    schema,
    context: contextOf,
    plugins: [
      useRequestLimit(LARGEST_REQUEST),
      useRequestLog(),
      useJsonOnly(),
      useAnswers({ answers: new Answers(database, keptAnswers), direct, mask, sharedMaxAge }),
      usePersistedDocuments(new PersistedDocuments(persistedDocuments)),
      useKnownOperations(),
      useExecution(execute),
    ],
    extraParamNames: [documentIdParameter],
    // Yoga responds to each URL that ends with this, as that of a query may. No URL holds a space.
    healthCheckEndpoint: ' ',
    maskedErrors: { maskError: mask },
    maxRequestBodySize: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
  })
}
