import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import { list, wholeNumber } from './values.ts'

/** The folder of the embedded database, or the URL of a PostgreSQL server with the maximum number of connections. */
export type DatabaseConfig = { readonly folder: string } | ServerConfig

export interface ServerConfig {
  readonly url: string
  readonly connections?: number | undefined
  /** The URL of the server itself if `url` names PgBouncer, which passes on neither prepared statements nor announcements. */
  readonly directUrl?: string | undefined
  /** URLs of servers that follow the one of `url` by streaming replication, or of PgBouncers before them. */
  readonly replicaUrls?: readonly string[] | undefined
}

/**
 * Default number of connections to a PostgreSQL server: enough for all its processors if it has as many as this machine.
 * More connections make few responses faster and slow ones much slower.
 */
export const CONNECTIONS = Math.max(4, Math.min(2 * availableParallelism(), 10))

/** The modes that `pg` knows. It uses TLS for any other value, without an error. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

/** The parameters that `pg` knows, and `pgbouncer`. It ignores any other, without an error. */
const PARAMETERS = [
  'application_name',
  'host',
  'options',
  'password',
  'pgbouncer',
  'port',
  'sslcert',
  'sslkey',
  'sslmode',
  'sslrootcert',
  'user',
]

/** Reports what is wrong with the parameters of a URL. */
function checkParameters(url: string, context: z.RefinementCtx): void {
  const { searchParams } = new URL(url)
  const report = (message: string) => context.addIssue({ code: 'custom', message })
  const mode = searchParams.get('sslmode')
  if (mode && !SSL_MODES.includes(mode)) report(`sslmode: expected one of ${SSL_MODES.join(', ')}`)
  if (!['true', null].includes(searchParams.get('pgbouncer'))) report('pgbouncer: expected true')
  if (searchParams.has('schema'))
    report('schema: not supported; remove it, and give bilateral a database of its own (CREATE DATABASE …)')
  for (const name of searchParams.keys()) {
    if (!PARAMETERS.includes(name) && name !== 'schema')
      report(`unknown parameter ${name}; expected one of ${PARAMETERS.join(', ')}`)
  }
  if (isPooled(url) && searchParams.has('options'))
    report('options: not possible with pgbouncer=true; set them for the database (ALTER DATABASE … SET …)')
}

/** Whether a URL names PgBouncer. */
export const isPooled = (url: string | undefined): boolean =>
  url !== undefined && new URL(url).searchParams.get('pgbouncer') === 'true'

const serverUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, { error: 'expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE', abort: true })
  .refine(URL.canParse, {
    error:
      'expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with special characters such as # / ? @ percent-encoded',
    abort: true,
  })
  .superRefine(checkParameters)

export const databaseVariables = z.object({
  DATABASE_URL: serverUrl
    .optional()
    .describe(
      'PostgreSQL server, as postgresql://USER:PASSWORD@HOST:PORT/DATABASE (default: an embedded database in the folder BILATERAL_DATA)',
    ),
  DATABASE_DIRECT_URL: serverUrl
    .refine((url) => !isPooled(url), 'expected the URL of the server itself, without pgbouncer=true')
    .optional()
    .describe('the same server without PgBouncer, if DATABASE_URL has the parameter pgbouncer=true'),
  DATABASE_REPLICA_URLS: list()
    .pipe(z.array(serverUrl))
    .default([])
    .describe(
      'replicas of that server, separated by commas, which the service reads from while their data is current (default: none)',
    ),
  // The minimum is 2, because a pool of one marks the embedded database.
  DATABASE_POOL: wholeNumber(/^([2-9]|[1-9]\d{1,2}|1000)$/, 'expected a number of connections from 2 to 1000')
    .optional()
    .describe(
      'maximum number of connections to that server, 2 to 1000 (default: two per processor of this machine, at least 4, at most 10)',
    ),
  BILATERAL_DATA: z
    .string()
    .min(1, 'expected the path of a folder')
    .default('.data')
    .describe('folder of the embedded database (default: .data)'),
})

/** The database that the variables name. Throws a UserError if they contradict each other. */
export function databaseConfig(variables: z.infer<typeof databaseVariables>): DatabaseConfig {
  const { DATABASE_URL: url, DATABASE_DIRECT_URL: directUrl, DATABASE_REPLICA_URLS: replicaUrls } = variables
  if (!url && replicaUrls.length > 0) {
    throw new UserError(
      'environment variable DATABASE_REPLICA_URLS: expected DATABASE_URL to be the server that the replicas follow',
    )
  }
  if (!url) return { folder: variables.BILATERAL_DATA }
  if (isPooled(url) && !directUrl) {
    throw new UserError(
      'environment variable DATABASE_DIRECT_URL: expected the URL of the server itself, because DATABASE_URL has pgbouncer=true',
    )
  }
  return {
    url,
    connections: variables.DATABASE_POOL,
    directUrl: isPooled(url) ? directUrl : undefined,
    replicaUrls: replicaUrls.length > 0 ? replicaUrls : undefined,
  }
}
