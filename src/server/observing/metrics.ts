import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Statement, statementEnded } from '../../database/connection.ts'
import type { Database } from '../../database/open.ts'
import { version } from '../../version.ts'
import { type Exchange, exchangeFinished } from '../exchange.ts'
import { Labels } from './labels.ts'

/** Upper bounds of durations, in seconds. A cached response takes less than the first, and the time limit is the last. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Upper bounds of costs. Pages cost up to 50,000, and the limit of a query is 100,000 by default. */
const COSTS = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]

/** Maximum number of values of the label `operation` for names that clients choose, beside those of registered documents. */
const MOST_OTHER_OPERATIONS = 20
/** Maximum number of values of the label `code`. Plugins can add codes of their own. */
const MOST_CODES = 50

/** Numbers about this process for Prometheus. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #operations: Labels
  readonly #codes = new Labels([], MOST_CODES)
  readonly #requests: Counter<'route' | 'status'>
  readonly #durations: Histogram<'operation'>
  readonly #costs: Histogram<'operation'>
  readonly #executions: Counter<'executor'>
  readonly #errors: Counter<'code'>
  readonly #statements: Histogram
  readonly #failedStatements: Counter

  /** `operations` are the names that get a value of the label `operation` in any case. */
  constructor(database: Database, operations: Iterable<string>) {
    this.#operations = new Labels(operations, MOST_OTHER_OPERATIONS)
    const registers = [this.#registry]
    collectDefaultMetrics({ register: this.#registry })
    new Gauge({
      name: 'bilateral_build_info',
      help: 'The version of the program, as a label.',
      labelNames: ['version'],
      registers,
    }).set({ version }, 1)
    this.#requests = new Counter({
      name: 'bilateral_http_requests_total',
      help: 'Requests by route and status of the response.',
      labelNames: ['route', 'status'],
      registers,
    })
    this.#durations = new Histogram({
      name: 'bilateral_operation_duration_seconds',
      help: 'Time from the request to the response, by GraphQL operation. Pages run operations, too.',
      labelNames: ['operation'],
      buckets: SECONDS,
      registers,
    })
    this.#costs = new Histogram({
      name: 'bilateral_operation_cost',
      help: 'Cost of GraphQL operations, or of all that a page asks, by operation. Also if the response cache had the result.',
      labelNames: ['operation'],
      buckets: COSTS,
      registers,
    })
    this.#executions = new Counter({
      name: 'bilateral_operations_total',
      help: 'GraphQL operations by what made their result: cache, planned or graphql-js.',
      labelNames: ['executor'],
      registers,
    })
    this.#errors = new Counter({
      name: 'bilateral_errors_total',
      help: 'Responses with an error of GraphQL, by the code of the error.',
      labelNames: ['code'],
      registers,
    })
    this.#statements = new Histogram({
      name: 'bilateral_statement_duration_seconds',
      help: 'Time from giving an SQL statement to a connection to its result.',
      buckets: SECONDS,
      registers,
    })
    this.#failedStatements = new Counter({
      name: 'bilateral_statement_errors_total',
      help: 'SQL statements that failed.',
      registers,
    })
    addDatabase(this.#registry, database)
    subscribe(exchangeFinished.name, this.#count)
    subscribe(statementEnded.name, this.#countStatement)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** All numbers, in the text format of Prometheus. */
  async text(): Promise<string> {
    return await this.#registry.metrics()
  }

  close(): void {
    unsubscribe(exchangeFinished.name, this.#count)
    unsubscribe(statementEnded.name, this.#countStatement)
    this.#registry.clear()
  }

  readonly #count = (message: unknown) => {
    const { route = 'none', status, operation: name, executor, cost, errors, ms } = message as Exchange
    this.#requests.inc({ route, status })
    if (executor) {
      const operation = this.#operations.of(name)
      this.#durations.observe({ operation }, ms / 1_000)
      if (cost > 0) this.#costs.observe({ operation }, cost)
      this.#executions.inc({ executor })
    }
    if (errors) for (const code of errors) this.#errors.inc({ code: this.#codes.of(code) })
  }

  readonly #countStatement = (message: unknown) => {
    const { start, error } = message as Statement
    this.#statements.observe((performance.now() - start) / 1_000)
    if (error) this.#failedStatements.inc()
  }
}

/** Adds gauges that are read from the database's pool when Prometheus asks. */
function addDatabase(registry: Registry, database: Database): void {
  const registers = [registry]
  const { pool } = database
  new Gauge({
    name: 'bilateral_database_connections',
    help: 'Connections to the database, by whether they are busy or idle.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'idle' }, pool.idleCount)
    },
  })
  new Gauge({
    name: 'bilateral_database_connections_max',
    help: 'Maximum number of connections to the database.',
    registers,
  }).set(pool.options.max)
  new Gauge({
    name: 'bilateral_database_waiting',
    help: 'Reads and changes that wait for a connection to the database.',
    registers,
    collect() {
      this.set(pool.waitingCount)
    },
  })
  new Gauge({
    name: 'bilateral_replica_lag_seconds',
    help: 'Time for which a replica has not had the current data, or could not be reached. 0 while requests read from it.',
    labelNames: ['replica'],
    registers,
    collect() {
      for (const { location, unusedMs } of database.replicas?.states ?? []) {
        this.set({ replica: location }, unusedMs / 1_000)
      }
    },
  })
  new Gauge({
    name: 'bilateral_data_version',
    help: 'Version of the data: how often it has changed. Missing while it is not known, and nothing is cached.',
    registers,
    collect() {
      const known = database.dataVersion()
      if (known) this.set(Number(known.number))
      else this.remove()
    },
  })
}
