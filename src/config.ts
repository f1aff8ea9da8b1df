import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { UserError } from './errors.ts'

/** The folder of the embedded database, or the URL of a PostgreSQL server with the maximum number of connections. */
export type DatabaseConfig = { readonly folder: string } | ServerConfig

export interface ServerConfig {
  readonly url: string
  readonly connections?: number | undefined
  /** The URL of the server itself if `url` names PgBouncer, which passes on neither prepared statements nor announcements. */
  readonly directUrl?: string | undefined
}

/**
 * Default number of connections to a PostgreSQL server: enough for all its processors if it has as many as this machine.
 * More connections make few responses faster and slow ones much slower.
 */
export const CONNECTIONS = Math.max(4, Math.min(2 * availableParallelism(), 10))

export interface Config {
  readonly host: string
  readonly port: number
  readonly database: DatabaseConfig
  readonly logLevel: string
  /** Size of the response cache in bytes. */
  readonly responseCacheBytes: number
  /** Seconds for which CDNs may serve a response without revalidating it. */
  readonly sharedMaxAge: number
  /** Whether the service loads the seed into a database that does not have it. */
  readonly seed: boolean
  /** Origins whose pages may read responses; `*` for all. Default: none. */
  readonly corsOrigins: readonly string[]
  /** A JSON file that maps IDs to GraphQL documents. */
  readonly manifestFile: string | undefined
}

/** A variable whose value is a whole number. */
const wholeNumber = (pattern: RegExp, expected: string) => z.string().regex(pattern, expected).transform(Number)

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

const isPooled = (url: string | undefined): boolean =>
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

/** An origin as browsers send it, without a path, or `*`. */
const isOrigin = (text: string): boolean =>
  text === '*' || (!text.includes('*') && URL.canParse(text) && new URL(text).origin === text)

const environment = z.object({
  HOST: z.string().min(1, 'expected a host name or an address').default('127.0.0.1'),
  PORT: wholeNumber(/^\d{1,5}$/, 'expected a port from 0 to 65535')
    .refine((port) => port <= 65_535, 'expected a port from 0 to 65535')
    .default(4000),
  DATABASE_URL: serverUrl.optional(),
  DATABASE_DIRECT_URL: serverUrl
    .refine((url) => !isPooled(url), 'expected the URL of the server itself, without pgbouncer=true')
    .optional(),
  // The minimum is 2, because a pool of one marks the embedded database.
  DATABASE_POOL: wholeNumber(
    /^([2-9]|[1-9]\d{1,2}|1000)$/,
    'expected a number of connections from 2 to 1000',
  ).optional(),
  BILATERAL_DATA: z.string().min(1, 'expected the path of a folder').default('.data'),
  RESPONSE_CACHE: wholeNumber(/^\d{1,5}$/, 'expected megabytes from 0 to 99999').default(64),
  SHARED_MAX_AGE: wholeNumber(/^\d{1,8}$/, 'expected seconds from 0 to 99999999').default(0),
  SEED: z.enum(['on', 'off'], 'expected on or off').default('on'),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .refine(
      (origins) => origins.every(isOrigin),
      'expected origins such as https://example.org, separated by commas, or *',
    ),
  PERSISTED_DOCUMENTS: z.string().optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'expected fatal, error, warn, info, debug or silent')
    .default('info'),
})

/** Reads the configuration from environment variables. Throws a UserError that names the variable and the expected value. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { success, data, error } = environment.safeParse(set)
  if (!success) {
    const [issue] = error.issues
    throw new UserError(`environment variable ${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { DATABASE_URL: url, DATABASE_DIRECT_URL: directUrl } = data
  if (isPooled(url) && !directUrl) {
    throw new UserError(
      'environment variable DATABASE_DIRECT_URL: expected the URL of the server itself, because DATABASE_URL has pgbouncer=true',
    )
  }
  return {
    host: data.HOST,
    port: data.PORT,
    database: url
      ? { url, connections: data.DATABASE_POOL, directUrl: isPooled(url) ? directUrl : undefined }
      : { folder: data.BILATERAL_DATA },
    logLevel: data.LOG_LEVEL,
    responseCacheBytes: data.RESPONSE_CACHE * 1_000_000,
    sharedMaxAge: data.SHARED_MAX_AGE,
    seed: data.SEED === 'on',
    corsOrigins: data.CORS_ORIGINS,
    manifestFile: data.PERSISTED_DOCUMENTS,
  }
}
