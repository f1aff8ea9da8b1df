import { z } from 'zod'
import { list, wholeNumber } from './values.ts'

export interface HttpConfig {
  readonly host: string
  readonly port: number
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
  /** Whether clients may only request documents of that file and of the client package. Default: any document. */
  readonly persistedDocumentsOnly: boolean
}

/** An origin as browsers send it, without a path, or `*`. */
const isOrigin = (text: string): boolean =>
  text === '*' || (!text.includes('*') && URL.canParse(text) && new URL(text).origin === text)

export const httpVariables = z.object({
  HOST: z
    .string()
    .min(1, 'expected a host name or an address')
    .default('127.0.0.1')
    .describe('address to listen on (default: 127.0.0.1)'),
  PORT: wholeNumber(/^\d{1,5}$/, 'expected a port from 0 to 65535')
    .refine((port) => port <= 65_535, 'expected a port from 0 to 65535')
    .default(4000)
    .describe('port to listen on (default: 4000)'),
  RESPONSE_CACHE: wholeNumber(/^\d{1,5}$/, 'expected megabytes from 0 to 99999')
    .default(64)
    .describe('size of the response cache in megabytes, 0 to switch it off (default: 64)'),
  SHARED_MAX_AGE: wholeNumber(/^\d{1,8}$/, 'expected seconds from 0 to 99999999')
    .default(0)
    .describe('seconds for which CDNs may serve a response without revalidating it (default: 0)'),
  SEED: z
    .enum(['on', 'off'], 'expected on or off')
    .default('on')
    .describe('off: do not load the example facts at the first start (default: on)'),
  CORS_ORIGINS: list()
    .refine(
      (origins) => origins.every(isOrigin),
      'expected origins such as https://example.org, separated by commas, or *',
    )
    .default([])
    .describe('origins whose pages may read responses, separated by commas, or * (default: none)'),
  PERSISTED_DOCUMENTS: z
    .string()
    .optional()
    .describe('JSON file that maps IDs to GraphQL documents; clients can send the ID instead of the document'),
  PERSISTED_DOCUMENTS_ONLY: z
    .enum(['on', 'off'], 'expected on or off')
    .default('off')
    .describe('on: clients can request only these documents and those of the client package (default: off)'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'expected fatal, error, warn, info, debug or silent')
    .default('info')
    .describe('fatal, error, warn, info, debug or silent (default: info)'),
})

export const httpConfig = (variables: z.infer<typeof httpVariables>): HttpConfig => ({
  host: variables.HOST,
  port: variables.PORT,
  logLevel: variables.LOG_LEVEL,
  responseCacheBytes: variables.RESPONSE_CACHE * 1_000_000,
  sharedMaxAge: variables.SHARED_MAX_AGE,
  seed: variables.SEED === 'on',
  corsOrigins: variables.CORS_ORIGINS,
  manifestFile: variables.PERSISTED_DOCUMENTS,
  persistedDocumentsOnly: variables.PERSISTED_DOCUMENTS_ONLY === 'on',
})
