import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import * as databases from './databases.ts'
import { root, service } from './environment.ts'
import { table } from './report/table.ts'
import { type Server, startServer } from './servers.ts'
import { inTemporaryFolder } from './temporary.ts'
import { drawRequests, LOST, quantile, type Received, Traffic } from './traffic.ts'

const COPY = 'bilateral_bench_soak'

/** Clients that measure the capacity, each with a request at a time. */
const CLIENTS = 16
const WARM_S = 10
const MEASURE_S = 10

/** Connections of the load. The service accepts 2,000. */
const CONNECTIONS = 1_500

const LOAD = 0.8
const OVERLOAD = 3
/** Least share of the peak that must be left under overload. */
const LEAST_LEFT = 0.8
const MOST_RECOVERY_S = 5

/** Growth of memory, in MB per minute in the second half, that is not called flat. */
const MOST_GROWTH = 1
/** How much higher the p99 of the last third of the minutes may be than that of the first third. */
const MOST_SLOWER = 2

/** Memory of a process, in MB. */
const memoryOf = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024

const isGood = ({ status }: Received) => status === 200

/** Starts the service on a copy of a database, and measures how many requests it responds to in a second. */
async function withService(
  url: string,
  cacheMegabytes: number,
  run: (service: Server & { readonly databaseUrl: string }, traffic: Traffic, capacity: number) => Promise<boolean>,
): Promise<boolean> {
  const name = new URL(url).pathname.slice(1)
  const databaseUrl = await databases.createDatabase(databases.databaseUrl(url, 'postgres'), COPY, name)
  const env = { DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent', RESPONSE_CACHE: `${cacheMegabytes}` }
  const server = await startServer([service, 'serve'], env, process.execPath)
  const traffic = new Traffic(server.url, await databases.withPool(databaseUrl, drawRequests), CONNECTIONS)
  try {
    await traffic.sendInTurn(CLIENTS, WARM_S)
    const measured = await traffic.sendInTurn(CLIENTS, MEASURE_S)
    const bad = measured.filter((one) => !isGood(one))
    if (bad.length > 0)
      throw new Error(`${bad.length} of ${measured.length} responses had the status ${bad[0]?.status}`)
    const capacity = measured.length / MEASURE_S
    process.stdout.write(
      `capacity: ${capacity.toFixed(0)} requests per second, p99 ${quantile(measured, 0.99).toFixed(0)} ms\n`,
    )
    return await run({ ...server, databaseUrl }, traffic, capacity)
  } finally {
    traffic.close()
    await server.stop()
    await databases.dropDatabase(databases.databaseUrl(url, 'postgres'), COPY)
  }
}

interface Minute {
  readonly received: Received[]
  memory: number
  imports: number
}

/**
 * Puts a mixed load of 80% of the capacity on the service, with an import now and then. Prints each minute (or each tenth of a shorter
 * time), and returns false if there was an error, the memory grew, or responses became slower.
 */
export const soak = (url: string, seconds: number): Promise<boolean> =>
  withService(url, 16, async ({ pid, databaseUrl }, traffic, capacity) => {
    const length = Math.min(60, seconds / 10)
    const minutes: Minute[] = []
    const memory: (readonly [minute: number, megabytes: number])[] = []
    const start = performance.now()
    const current = (): Minute => {
      const i = Math.floor((performance.now() - start) / 1_000 / length)
      while (minutes.length <= i) minutes.push({ received: [], memory: 0, imports: 0 })
      return minutes[i] as Minute
    }
    const watching = setInterval(() => {
      const megabytes = memoryOf(pid)
      memory.push([(performance.now() - start) / 60_000, megabytes])
      current().memory = Math.max(current().memory, megabytes)
    }, 1_000)
    const stop = new AbortController()
    const importing = importAgainAndAgain(databaseUrl, length, stop.signal, () => {
      current().imports++
    })
    await traffic.sendAtRate(LOAD * capacity, seconds, (received) => void current().received.push(received))
    clearInterval(watching)
    stop.abort()
    await importing

    const rows = minutes.map(({ received, memory, imports }, i) => [
      `${((i * length) / 60).toFixed(1)}`,
      `${received.length}`,
      `${received.filter((one) => !isGood(one)).length}`,
      quantile(received, 0.5).toFixed(1),
      quantile(received, 0.99).toFixed(1),
      memory.toFixed(0),
      `${imports}`,
    ])
    process.stdout.write(`${table(['minute', 'requests', 'errors', 'p50, ms', 'p99, ms', 'MB', 'imports'], rows)}\n\n`)
    const errors = minutes.flatMap(({ received }) => received).filter((one) => !isGood(one)).length
    const growth = slopeOf(memory.slice(memory.length / 2))
    const third = Math.max(1, Math.floor(minutes.length / 3))
    const p99 = (part: readonly Minute[]) => median(part.map(({ received }) => quantile(received, 0.99)))
    const slower = p99(minutes.slice(-third)) / p99(minutes.slice(0, third))
    process.stdout.write(
      `errors: ${errors}\nmemory: ${growth.toFixed(2)} MB per minute in the second half, at most ${MOST_GROWTH}\np99 of the last third: ${slower.toFixed(2)} times that of the first, at most ${MOST_SLOWER}\n`,
    )
    return errors === 0 && growth <= MOST_GROWTH && slower <= MOST_SLOWER
  })

/** Imports a small bundle that differs each time, which empties the response cache. */
async function importAgainAndAgain(
  databaseUrl: string,
  seconds: number,
  stop: AbortSignal,
  onImport: () => void,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'soak.json')
    for (let i = 1; !stop.aborted; i++) {
      await sleep(seconds * 1_000, undefined, { signal: stop }).catch(() => {})
      if (stop.aborted) break
      const people = [{ slug: 'visitor-of-the-soak', name: `Visitor ${i}` }]
      await writeFile(file, JSON.stringify({ format: 'bilateral-bundle', version: 1, people }))
      await promisify(execFile)(process.execPath, [service, 'import', file], {
        cwd: root,
        env: { ...process.env, DATABASE_URL: databaseUrl },
      })
      onImport()
    }
  })
}

/**
 * Puts three times as much load on the service as it can bear. Returns false if it responds to less than 80% of its peak, refuses
 * requests otherwise than by 503 with `Retry-After`, or needs more than a few seconds afterwards.
 */
export const overload = (url: string, seconds: number): Promise<boolean> =>
  // Cached responses would not be a load.
  withService(url, 0, async ({ pid }, traffic, capacity) => {
    const received: Received[] = []
    const start = performance.now()
    let during = 0
    let peakMemory = 0
    const watching = setInterval(() => {
      peakMemory = Math.max(peakMemory, memoryOf(pid))
    }, 500)
    await traffic.sendAtRate(OVERLOAD * capacity, seconds, (one) => {
      received.push(one)
      if (isGood(one) && performance.now() - start < seconds * 1_000) during++
    })
    clearInterval(watching)
    const ended = start + seconds * 1_000
    await untilFast(traffic)
    const recovery = (performance.now() - ended) / 1_000

    const good = received.filter(isGood)
    const refused = received.filter(({ status }) => status === 503)
    const honest = refused.filter(({ hasRetryAfter }) => hasRetryAfter)
    const others = received.filter((one) => !isGood(one) && one.status !== 503)
    const lost = others.filter(({ status }) => status === LOST)
    const left = during / seconds / capacity
    const rows = [
      ['sent', `${received.length}`, `${(received.length / seconds).toFixed(0)} per second`],
      [
        '200',
        `${good.length}`,
        `${(during / seconds).toFixed(0)} per second, ${left.toFixed(2)} of the peak, at least ${LEAST_LEFT}`,
      ],
      ['503 with Retry-After', `${honest.length}`, `p99 ${quantile(refused, 0.99).toFixed(0)} ms`],
      ['503 without', `${refused.length - honest.length}`, 'must be 0'],
      ['other', `${others.length}`, `must be 0; ${lost.length} without a response`],
      ['p50 and p99 of 200', '', `${quantile(good, 0.5).toFixed(0)} and ${quantile(good, 0.99).toFixed(0)} ms`],
      ['memory', '', `${peakMemory.toFixed(0)} MB at most`],
      ['recovery', '', `${recovery.toFixed(1)} s, at most ${MOST_RECOVERY_S}`],
    ]
    process.stdout.write(`${table(['under overload', 'responses', ''], rows)}\n`)
    return left >= LEAST_LEFT && honest.length === refused.length && others.length === 0 && recovery <= MOST_RECOVERY_S
  })

/** Waits until every request of a second is answered well. */
async function untilFast(traffic: Traffic): Promise<void> {
  while (!(await traffic.sendInTurn(1, 1)).every(isGood));
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN

/** The slope of the line that fits the points best. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middle, height] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
  const above = points.reduce((sum, [x, y]) => sum + (x - middle) * (y - height), 0)
  return above / points.reduce((sum, [x]) => sum + (x - middle) ** 2, 0)
}
