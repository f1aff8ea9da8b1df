import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { UserError } from './errors.ts'

/** Where the data is: a folder of the embedded database; or a PostgreSQL server, and how many connections to it to have at most. */
export type DatabaseConfig =
  | { readonly folder: string }
  | { readonly url: string; readonly connections?: number | undefined }

/**
 * Connections to a server, where none are said: as many as keep its processors busy, if it has as many as this machine, and
 * some for when it has more. With too many, few answers come sooner, and those that take long take much longer.
 */
export const CONNECTIONS = Math.max(4, Math.min(2 * availableParallelism(), 10))

export interface Config {
  readonly host: string
  readonly port: number
  readonly database: DatabaseConfig
  readonly logLevel: string
  /** Bytes of answers that are kept while the data does not change. */
  readonly keptAnswers: number
  /** For how many seconds CDNs may tell an answer without asking whether it has changed. */
  readonly sharedMaxAge: number
  /** A file of documents that can be asked for by id. */
  readonly manifestFile: string | undefined
}

/** A variable that is a whole number. */
const wholeNumber = (pattern: RegExp, expected: string) => z.string().regex(pattern, expected).transform(Number)

const environment = z.object({
  HOST: z.string().min(1, 'expected a host name or an address').default('127.0.0.1'),
  PORT: wholeNumber(/^\d{1,5}$/, 'expected a port from 0 to 65535')
    .refine((port) => port <= 65_535, 'expected a port from 0 to 65535')
    .default(4000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE', abort: true })
    .refine(
      URL.canParse,
      'expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with # / ? @ and the like percent-encoded',
    )
    .optional(),
  // A pool of one is taken for that of the embedded database.
  DATABASE_POOL: wholeNumber(
    /^([2-9]|[1-9]\d{1,2}|1000)$/,
    'expected a number of connections from 2 to 1000',
  ).optional(),
  BILATERAL_DATA: z.string().min(1, 'expected the path of a folder').default('.data'),
  RESPONSE_CACHE: wholeNumber(/^\d{1,5}$/, 'expected megabytes, at most 99999, or 0 for none').default(64),
  SHARED_MAX_AGE: wholeNumber(/^\d{1,8}$/, 'expected seconds, or 0').default(0),
  PERSISTED_DOCUMENTS: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

/** Reads the environment. Throws a UserError that names the variable and what was expected of it. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { success, data, error } = environment.safeParse(set)
  if (!success) {
    const [issue] = error.issues
    throw new UserError(`${issue?.path.join('.')} in the environment: ${issue?.message}`)
  }
  return {
    host: data.HOST,
    port: data.PORT,
    database: data.DATABASE_URL
      ? { url: data.DATABASE_URL, connections: data.DATABASE_POOL }
      : { folder: data.BILATERAL_DATA },
    logLevel: data.LOG_LEVEL,
    keptAnswers: data.RESPONSE_CACHE * 1_000_000,
    sharedMaxAge: data.SHARED_MAX_AGE,
    manifestFile: data.PERSISTED_DOCUMENTS,
  }
}
