import { Agent, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runHere } from '../commands/in-process.ts'
import { type Haproxy, hasHaproxy, startHaproxy } from '../haproxy.ts'
import { freePort, hasPostgres, type OwnPostgres, startPostgres } from '../own-postgres.ts'
import { hasPgBouncer, type Pooler, startPgBouncer } from '../pooler.ts'
import { onServer } from '../postgres.ts'
import { endAll, type Launched, start } from '../program.ts'
import { until } from '../until.ts'

/** How often each process is killed before the primary is. The test takes minutes, so it runs only if this is set. */
const ROUNDS = Number(process.env['TOPOLOGY_ROUNDS'] ?? 0)

const CLIENTS = 6

/** HAProxy before the services: each request goes to one that is ready. The port is that of the test. */
const beforeServices = (ports: readonly number[]) => [
  'defaults',
  '  mode http',
  '  timeout connect 1s',
  '  timeout client 60s',
  '  timeout server 60s',
  '  option redispatch 1',
  '  retries 3',
  'listen bilateral',
  '  bind 127.0.0.1:PORT',
  '  balance leastconn',
  '  option httpchk GET /ready',
  '  default-server check inter 500ms fall 2 rise 1',
  ...ports.map((port, i) => `  server service${i + 1} 127.0.0.1:${port}`),
]

/** HAProxy before PostgreSQL: a connection goes to the server that is not in recovery. */
const beforePostgres = (ports: readonly number[]) => [
  'defaults',
  '  mode tcp',
  '  timeout connect 1s',
  '  timeout client 1h',
  '  timeout server 1h',
  'listen primary',
  '  bind 127.0.0.1:PORT',
  '  option tcp-check',
  '  tcp-check connect',
  `  tcp-check send-binary ${STARTUP}`,
  `  tcp-check send-binary ${QUERY}`,
  `  tcp-check expect binary ${FALSE}`,
  '  default-server check inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions',
  ...ports.map((port, i) => `  server postgres${i + 1} 127.0.0.1:${port}`),
]

/** Messages of the protocol of PostgreSQL in hexadecimal digits: the start of a session, a query, and a row with `f`. */
const STARTUP = message('', `\0\x03\0\0user\0postgres\0database\0postgres\0\0`)
const QUERY = message('Q', 'SELECT pg_is_in_recovery()\0')
const FALSE = message('D', '\0\x01\0\0\0\x01f')

function message(type: string, body: string): string {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body, 'latin1')]).toString('hex')
}

interface Lost {
  readonly start: number
  readonly why: string
}

/** Clients that ask the service through HAProxy again and again, each on a connection of its own. */
class Clients {
  readonly lost: Lost[] = []
  answered = 0
  readonly #port: number
  #isStopped = false
  #asked = 0
  readonly #asking: Promise<unknown>

  constructor(port: number) {
    this.#port = port
    this.#asking = Promise.all(Array.from({ length: CLIENTS }, () => this.#askOn()))
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#asking
  }

  async #askOn(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (!this.#isStopped) {
      const start = performance.now()
      // Every other one is in the response cache.
      const alias = this.#asked++ % 2 === 0 ? 'who' : `who${this.#asked}`
      try {
        const { status, text } = await this.#ask(agent, `{ ${alias}: people(first: 3) { nodes { name } } }`)
        if (status === 200 && text.startsWith(`{"data":{"${alias}":{"nodes":[{"name"`)) this.answered++
        else this.lost.push({ start, why: `${status} ${text}` })
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException
        // HAProxy itself was killed: the request was not sent.
        if (code !== 'ECONNREFUSED') this.lost.push({ start, why: message })
      }
    }
    agent.destroy()
  }

  #ask(agent: Agent, query: string): Promise<{ status: number | undefined; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
      const asking = request({ agent, port: this.#port, host: '127.0.0.1', path: '/graphql', method: 'POST', headers })
      asking.on('error', reject)
      asking.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('error', reject)
        response.on('data', (more: string) => {
          text += more
        })
        response.on('end', () => resolve({ status: response.statusCode, text }))
      })
      asking.end(JSON.stringify({ query }))
    })
  }
}

const canStart = hasPostgres && hasPgBouncer && hasHaproxy
describe.runIf(canStart && ROUNDS > 0)('HAProxy, three services, PgBouncer, a primary and two replicas', () => {
  let servers: OwnPostgres[]
  let router: Haproxy
  let pooler: Pooler
  let services: Launched[]
  let balancer: Haproxy
  let clients: Clients | undefined
  let env: Record<string, string>
  const ports: number[] = []
  const metricsPorts: number[] = []

  beforeAll(async () => {
    const primary = await startPostgres()
    expect(await runHere(['seed'], { env: { DATABASE_URL: primary.url } })).toMatchObject({ code: 0 })
    const replicas = await Promise.all([1, 2].map(() => startPostgres({ replicaOf: primary })))
    servers = [primary, ...replicas]
    router = await startHaproxy(beforePostgres(servers.map(({ port }) => port)))
    // Each replica follows the primary, whichever server that is.
    for (const { url } of replicas) {
      await onServer(url, `ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=${router.port} user=postgres'`)
      await onServer(url, 'SELECT pg_reload_conf()')
    }
    const direct = `postgresql://postgres@127.0.0.1:${router.port}/postgres`
    const [, first, second] = servers as [OwnPostgres, OwnPostgres, OwnPostgres]
    pooler = await startPgBouncer(
      { bilateral: direct, replica: second.url },
      { pool_mode: 'transaction', default_pool_size: 4, server_login_retry: 1 },
    )
    env = {
      DATABASE_URL: `${pooler.urlOf('bilateral')}?pgbouncer=true`,
      DATABASE_DIRECT_URL: direct,
      DATABASE_REPLICA_URLS: `${first.url},${pooler.urlOf('replica')}?pgbouncer=true`,
    }
    for (let i = 0; i < 3; i++) {
      ports.push(await freePort())
      metricsPorts.push(await freePort())
    }
    services = await Promise.all(ports.map((_port, i) => startService(i)))
    balancer = await startHaproxy(beforeServices(ports))
  })
  afterAll(async () => {
    await clients?.stop()
    await balancer?.close()
    await endAll()
    await pooler?.close()
    await router?.close()
    for (const server of servers ?? []) await server.close()
  })

  const startService = async (i: number) =>
    await start({ ...env, PORT: String(ports[i]), METRICS_PORT: String(metricsPorts[i]), LOG_LEVEL: 'warn' })

  /** Waits until each service reads from this number of servers. */
  const untilUsed = async (count: number) =>
    await until(async () => {
      const all = await Promise.all(
        metricsPorts.map(async (port) => await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
      )
      return all.every((metrics) => metrics.match(/^bilateral_replica_lag_seconds\{.*\} 0$/gm)?.length === count)
    })

  test('lose at most the requests that a killed process was handling, and go on after a replica was promoted', async () => {
    const [primary, first, second] = servers as [OwnPostgres, OwnPostgres, OwnPostgres]
    const asking = new Clients(balancer.port)
    clients = asking
    const answers = async (count: number) => {
      const before = asking.answered
      await until(() => asking.answered >= before + count)
    }
    /** Ends something while clients ask. Returns the number of lost requests, none of which began afterwards. */
    const lostBy = async (kill: () => unknown): Promise<number> => {
      await answers(50)
      const before = asking.lost.length
      await kill()
      const end = performance.now()
      await answers(100)
      const lost = asking.lost.slice(before)
      expect(lost.filter(({ start }) => start > end)).toEqual([])
      return lost.length
    }

    await untilUsed(2)
    for (let round = 0; round < ROUNDS; round++) {
      const service = services[round % services.length] as Launched
      expect(await lostBy(() => service.kill('SIGKILL'))).toBeLessThanOrEqual(CLIENTS)
      await service.ended
      services[round % services.length] = await startService(round % services.length)
      for (const replica of [first, second]) {
        expect(await lostBy(() => replica.stop('immediate'))).toBe(0)
        await replica.start()
        await untilUsed(2)
        expect(await lostBy(() => replica.freeze())).toBe(0)
        replica.thaw()
        await untilUsed(2)
      }
      for (const process of [router, pooler]) {
        expect(await lostBy(() => process.kill())).toBe(0)
        await process.start()
        await untilUsed(2)
      }
      // Nothing is answered until it is back.
      expect(await lostBy(() => balancer.kill().then(balancer.start))).toBeLessThanOrEqual(CLIENTS)
    }

    expect(await lostBy(() => primary.stop('immediate'))).toBe(0)
    expect(await lostBy(() => first.promote())).toBe(0)
    // The other replica follows the new primary, and all services see a change that is made there.
    await untilUsed(2)
    const command = ['withdraw', 'jaishankar-strong-momentum', '--reason', 'a test']
    await until(async () => (await runHere(command, { env })).code === 0)
    const { rows } = await onServer(first.url, 'SELECT version FROM dataset')
    await untilUsed(2)
    for (const port of ports) {
      const response = await fetch(`http://127.0.0.1:${port}/graphql?query={about{dataVersion}}`)
      expect(await response.json()).toEqual({ data: { about: { dataVersion: rows[0].version } } })
    }
  }, 900_000)
})
