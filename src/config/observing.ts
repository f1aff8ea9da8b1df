import { z } from 'zod'
import { wholeNumber } from './values.ts'

export interface ObservingConfig {
  /** Where `/metrics` is served. Default: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined
  /** SQL statements that take at least this number of milliseconds are logged as warnings. Undefined: none are. */
  readonly slowMs: number | undefined
}

export const observingVariables = z.object({
  METRICS_PORT: wholeNumber(/^\d{1,5}$/, 'expected a port from 0 to 65535')
    .refine((port) => port <= 65_535, 'expected a port from 0 to 65535')
    .optional()
    .describe('port on which /metrics is served for Prometheus (default: none)'),
  METRICS_HOST: z
    .string()
    .min(1, 'expected a host name or an address')
    .default('127.0.0.1')
    .describe('address on which /metrics is served (default: 127.0.0.1)'),
  SLOW_STATEMENT_MS: wholeNumber(/^\d{1,6}$/, 'expected milliseconds from 0 to 999999')
    .default(1_000)
    .describe(
      'SQL statements that take at least this number of milliseconds are logged as warnings, without parameters; 0 for none (default: 1000)',
    ),
})

export function observingConfig(variables: z.infer<typeof observingVariables>): ObservingConfig {
  const { METRICS_PORT: port, METRICS_HOST: host, SLOW_STATEMENT_MS: slowMs } = variables
  return { metrics: port === undefined ? undefined : { host, port }, slowMs: slowMs || undefined }
}
