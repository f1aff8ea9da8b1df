// Measures the cost and the benefit of running the embedded database in its own thread.
// `npx tsx benchmarks/embedded.ts` prints the figures. They need neither a server nor another machine.

import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import type { PoolConfig } from 'pg'
import { pino } from 'pino'
import { loadRecords } from '../src/bundle/load/load.ts'
import { readRecords } from '../src/bundle/reading/files.ts'
import { seedFiles } from '../src/bundle/seed.ts'
import { connect, type Database, openDatabase } from '../src/database/open.ts'
import { socket } from '../src/database/pglite/socket.ts'
import { createApp } from '../src/server/app.ts'
import { contestantsNode } from './environment.ts'

const ROUNDS = 12
const ROUND_MS = 500
const CLIENTS = 16
const OPENINGS = 7

/** It uses processor time, because a sleeping query would not block anything. */
const ONE_SECOND = 'SELECT sum(sqrt(i)) FROM generate_series(1, 4000000) i'
const TWENTY_MEGABYTES = `SELECT i, repeat('x', 200) AS text FROM generate_series(1, 100000) i`

/** In milliseconds: how long something took, and how late the event loop was meanwhile. */
interface Delay {
  readonly took: number
  readonly max: number
  readonly p99: number
}

/** Queries a second, medians of rounds in turn. */
interface Throughput {
  readonly worker: number
  readonly sameThread: number
}

export interface EmbeddedFigures {
  readonly eventLoopDelay: {
    /** The delay that the machine itself causes in a process that waits for a second. */
    readonly idle: Delay
    readonly oneSecond: { readonly worker: Delay; readonly sameThread: Delay }
    readonly twentyMegabytes: { readonly worker: Delay; readonly sameThread: Delay }
  }
  /** The smallest statement there is, a list by Prisma, and a question to the service. */
  readonly throughput: { readonly byPool: Throughput; readonly byPrisma: Throughput; readonly byService: Throughput }
  /** Milliseconds from the call to the first answer, in a process that has loaded its modules: medians of processes. */
  readonly opening: { readonly ours: number; readonly pgliteAlone: number }
}

/** Measures on a folder of its own with the bundles of prisma/seed in it. */
export async function measureEmbedded(): Promise<EmbeddedFigures> {
  const parent = await mkdtemp(join(tmpdir(), 'bilateral-embedded-'))
  const folder = join(parent, 'data')
  const copy = join(parent, 'copy')
  try {
    const seeded = await openDatabase({ folder })
    for (const file of await seedFiles()) await loadRecords(seeded, readRecords(file))
    await seeded.close()
    await cp(join(folder, 'pglite'), copy, { recursive: true })

    const opening = await openingTimes(folder, copy)
    const worker = await openDatabase({ folder })
    const sameThread = await openInThisThread(copy)
    const both = async <Result>(measure: (database: Database) => Promise<Result>) => ({
      worker: await measure(worker),
      sameThread: await measure(sameThread),
    })
    const eventLoopDelay = {
      idle: await delayDuring(() => sleep(1_000)),
      oneSecond: await both(({ pool }) => delayDuring(() => pool.query(ONE_SECOND))),
      twentyMegabytes: await both(({ pool }) => delayDuring(() => pool.query(TWENTY_MEGABYTES))),
    }
    const throughput = {
      byPool: await throughputOf(askPool(worker), askPool(sameThread)),
      byPrisma: await throughputOf(askPrisma(worker), askPrisma(sameThread)),
      byService: await throughputOf(askService(worker), askService(sameThread)),
    }
    await worker.close()
    await sameThread.close()
    return { eventLoopDelay, throughput, opening }
  } finally {
    await rm(parent, { recursive: true, force: true })
  }
}

/** The same driver, pool and client with PGlite in the main thread. */
async function openInThisThread(dataDir: string): Promise<Database> {
  const pglite = await PGlite.create({ dataDir, extensions: { pg_trgm } })
  const stream: PoolConfig['stream'] = () => {
    const duplex = socket({
      connect: async () => async (bytes) => {
        const answers: Buffer[] = []
        await pglite.execProtocolRawStream(bytes, { onRawData: (answer) => answers.push(Buffer.from(answer)) })
        duplex.push(Buffer.concat(answers))
      },
      closed() {},
    })
    return duplex
  }
  const config = { stream, max: 1, idleTimeoutMillis: 0, user: 'postgres', database: 'postgres' }
  return await connect(config, 'this thread', () => pglite.close())
}

async function delayDuring(work: () => Promise<unknown>): Promise<Delay> {
  await work()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await sleep(20)
  const begun = performance.now()
  await work()
  const took = performance.now() - begun
  // A delay is visible only at the next turn of the event loop.
  await sleep(20)
  delay.disable()
  return { took: rounded(took), max: rounded(delay.max / 1e6), p99: rounded(delay.percentile(99) / 1e6) }
}

type Ask = () => Promise<unknown>

const askPool = ({ pool }: Database) => {
  const person = { name: 'person', text: 'SELECT slug, name FROM person WHERE slug = $1', values: ['marco-rubio'] }
  return () => pool.query(person)
}

const askPrisma =
  ({ prisma }: Database): Ask =>
  () =>
    prisma.meeting.findMany({ include: { participations: { include: { person: true } } }, take: 20 })

function askService(database: Database): Ask {
  const server = createApp(database, pino({ level: 'silent' }))
  const query = '{ meetings(filter: { between: ["IN", "US"] }) { nodes { title participations { person { name } } } } }'
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  }
  return async () => await (await server.fetch('http://localhost/graphql', request)).text()
}

async function throughputOf(worker: Ask, sameThread: Ask): Promise<Throughput> {
  const rates = { worker: [] as number[], sameThread: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    rates.worker.push(await rateOf(worker))
    rates.sameThread.push(await rateOf(sameThread))
  }
  return { worker: rounded(median(rates.worker)), sameThread: rounded(median(rates.sameThread)) }
}

/** Responses per second, with as many concurrent requests as a busy service has. */
async function rateOf(ask: Ask): Promise<number> {
  const begun = performance.now()
  let answers = 0
  const client = async () => {
    while (performance.now() - begun < ROUND_MS) {
      await ask()
      answers++
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return (answers * 1_000) / (performance.now() - begun)
}

async function openingTimes(folder: string, dataDir: string): Promise<EmbeddedFigures['opening']> {
  const times = { ours: [] as number[], pgliteAlone: [] as number[] }
  for (let round = 0; round < OPENINGS; round++) {
    times.ours.push(await inFreshProcess('ours', folder))
    times.pgliteAlone.push(await inFreshProcess('pglite', dataDir))
  }
  return { ours: rounded(median(times.ours)), pgliteAlone: rounded(median(times.pgliteAlone)) }
}

async function inFreshProcess(who: 'ours' | 'pglite', folder: string): Promise<number> {
  // Without tsx, which every thread would have to load first.
  const script = fileURLToPath(import.meta.url)
  const { stdout } = await promisify(execFile)(contestantsNode(), [script, who, folder])
  return Number(stdout)
}

/** Opens an existing folder and returns the time to the first response. */
async function openOnce(who: string, folder: string): Promise<void> {
  const begun = performance.now()
  const sql = 'SELECT count(*) FROM person'
  if (who === 'ours') await (await openDatabase({ folder })).pool.query(sql)
  else await (await PGlite.create({ dataDir: folder, extensions: { pg_trgm } })).query(sql)
  process.stdout.write(String(performance.now() - begun), () => process.exit())
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number

const rounded = (value: number) => Math.round(value * 10) / 10

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [who, folder] = process.argv.slice(2)
  if (who && folder) await openOnce(who, folder)
  else process.stdout.write(`${JSON.stringify(await measureEmbedded(), null, 2)}\n`)
}
