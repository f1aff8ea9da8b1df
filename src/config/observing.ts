import { z } from 'zod'
import { wholeNumber } from './values.ts'

export interface ObservingConfig {
  /** Where `/metrics` is served. Default: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined
  /** Whether spans are sent to an OpenTelemetry collector. */
  readonly isTraced: boolean
  /** SQL statements that take at least this number of milliseconds are logged as warnings. Undefined: none are. */
  readonly slowMs: number | undefined
}

const url = z.url({ protocol: /^https?$/, error: 'expected a URL such as http://localhost:4318' }).optional()

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
  OTEL_EXPORTER_OTLP_ENDPOINT: url.describe('OpenTelemetry collector that receives traces (default: none)'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url.describe('the same, as the whole URL of its traces (default: none)'),
  OTEL_TRACES_EXPORTER: z
    .string()
    .optional()
    .describe('exporter of traces: otlp, console, zipkin or none (default: otlp if there is a collector)'),
  OTEL_SDK_DISABLED: z.string().optional().describe('true: no traces (default: false)'),
})

export function observingConfig(variables: z.infer<typeof observingVariables>): ObservingConfig {
  const {
    METRICS_PORT: port,
    METRICS_HOST: host,
    SLOW_STATEMENT_MS: slowMs,
    OTEL_TRACES_EXPORTER: exporter,
  } = variables
  const collector = variables.OTEL_EXPORTER_OTLP_ENDPOINT ?? variables.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
  const isOff = exporter === 'none' || variables.OTEL_SDK_DISABLED?.toLowerCase() === 'true'
  return {
    metrics: port === undefined ? undefined : { host, port },
    isTraced: !isOff && (exporter ?? collector) !== undefined,
    slowMs: slowMs || undefined,
  }
}
