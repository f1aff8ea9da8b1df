import { z } from 'zod'
import { between } from './values.ts'

/** The most that a client may send or use. docs/operating.md has a table of them. */
export interface Limits {
  /** Cost of an operation: see `execution/cost.ts`. */
  readonly cost: number
  /** Levels of fields in an operation. */
  readonly depth: number
  /** Aliases in the operations of a document. Those in a fragment count once for each spread. */
  readonly aliases: number
  /** Directives in the operations of a document. Those in a fragment count once for each spread. */
  readonly directives: number
  /** Tokens of a document, without comments. */
  readonly tokens: number
  readonly fragments: number
  /** Fields of a document with the same name in the response. Validation compares each two of them. */
  readonly sameFields: number
  /** Values in the variables of a request. */
  readonly variables: number
  /** Levels of lists and objects in the variables. */
  readonly variableDepth: number
  /** Errors reported about a document, and about its variables. */
  readonly errors: number
  /** Bytes of a request’s body. */
  readonly body: number
  /** Bytes of the body if the request’s key may edit: a bundle can be larger than a query. */
  readonly editBody: number
  /** Bytes of a request’s URL and headers together. */
  readonly header: number
  /** Milliseconds in which the URL and the headers of a request must arrive. */
  readonly headerMs: number
  /** Milliseconds in which a whole request must arrive. */
  readonly arrivalMs: number
  /** Milliseconds in which a request is answered. An SQL statement may take as long. */
  readonly requestMs: number
  /** Operations that run at the same time. */
  readonly running: number
  /** Operations that wait for one of them to end. */
  readonly waiting: number
  /** Milliseconds for which an operation waits. */
  readonly waitMs: number
  /** Connections that are open at the same time. */
  readonly connections: number
  /** Milliseconds for which a connection stays open without a request. */
  readonly keepAliveMs: number
}

const SECOND = 1_000

export const limitVariables = z.object({
  MAX_COST: between(1, 1_000_000_000, 100_000).describe('maximum cost of a query (default: 100000)'),
  MAX_DEPTH: between(1, 1_000, 20).describe('maximum number of levels of fields in a query (default: 20)'),
  MAX_ALIASES: between(0, 100_000, 300).describe('maximum number of aliases in a document (default: 300)'),
  MAX_DIRECTIVES: between(0, 100_000, 100).describe('maximum number of directives in a document (default: 100)'),
  MAX_TOKENS: between(1, 100_000, 2_000).describe('maximum number of tokens in a document (default: 2000)'),
  MAX_FRAGMENTS: between(0, 100_000, 100).describe('maximum number of fragments in a document (default: 100)'),
  MAX_SAME_FIELDS: between(1, 100_000, 300).describe(
    'maximum number of fields with one name in a document (default: 300)',
  ),
  MAX_VARIABLES: between(0, 10_000_000, 10_000).describe(
    'maximum number of values in the variables of a request (default: 10000)',
  ),
  MAX_VARIABLE_DEPTH: between(1, 1_000, 20).describe(
    'maximum number of levels of lists and objects in the variables (default: 20)',
  ),
  MAX_ERRORS: between(1, 1_000, 20).describe(
    'maximum number of errors reported about a document or its variables (default: 20)',
  ),
  MAX_BODY: between(1_000, 100_000_000, 100_000).describe('maximum size of a request body in bytes (default: 100000)'),
  MAX_EDIT_BODY: between(1_000, 100_000_000, 5_000_000).describe(
    'maximum size of a request body in bytes if its key has the scope edit (default: 5000000)',
  ),
  MAX_HEADER: between(1_000, 1_000_000, 16_384).describe(
    'maximum size of the URL and headers of a request in bytes (default: 16384)',
  ),
  HEADER_TIMEOUT: between(1, 3_600, 10).describe(
    'seconds in which the URL and headers of a request must arrive (default: 10)',
  ),
  ARRIVAL_TIMEOUT: between(1, 3_600, 30).describe('seconds in which a whole request must arrive (default: 30)'),
  REQUEST_TIMEOUT: between(1, 3_600, 30).describe(
    'seconds in which a request is answered, and in which an SQL statement must end (default: 30)',
  ),
  MAX_RUNNING: between(1, 100_000, 64).describe('maximum number of queries that run at the same time (default: 64)'),
  MAX_WAITING: between(0, 100_000, 256).describe('maximum number of queries that wait for their turn (default: 256)'),
  WAIT_TIMEOUT: between(1, 3_600, 5).describe('seconds for which a query waits for its turn (default: 5)'),
  MAX_CONNECTIONS: between(1, 1_000_000, 2_000).describe('maximum number of open connections (default: 2000)'),
  KEEP_ALIVE_TIMEOUT: between(1, 3_600, 5).describe(
    'seconds for which a connection stays open without a request (default: 5)',
  ),
})

export const limitsOf = (variables: z.infer<typeof limitVariables>): Limits => ({
  cost: variables.MAX_COST,
  depth: variables.MAX_DEPTH,
  aliases: variables.MAX_ALIASES,
  directives: variables.MAX_DIRECTIVES,
  tokens: variables.MAX_TOKENS,
  fragments: variables.MAX_FRAGMENTS,
  sameFields: variables.MAX_SAME_FIELDS,
  variables: variables.MAX_VARIABLES,
  variableDepth: variables.MAX_VARIABLE_DEPTH,
  errors: variables.MAX_ERRORS,
  body: variables.MAX_BODY,
  editBody: variables.MAX_EDIT_BODY,
  header: variables.MAX_HEADER,
  headerMs: variables.HEADER_TIMEOUT * SECOND,
  arrivalMs: variables.ARRIVAL_TIMEOUT * SECOND,
  requestMs: variables.REQUEST_TIMEOUT * SECOND,
  running: variables.MAX_RUNNING,
  waiting: variables.MAX_WAITING,
  waitMs: variables.WAIT_TIMEOUT * SECOND,
  connections: variables.MAX_CONNECTIONS,
  keepAliveMs: variables.KEEP_ALIVE_TIMEOUT * SECOND,
})

export const DEFAULT_LIMITS: Limits = limitsOf(limitVariables.parse({}))
