import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import type { Contestant } from './contestants/index.ts'
import type { QuestionName } from './options.ts'
import { ask, type Bodies } from './requests.ts'
import { startServer } from './servers.ts'

/** Number of variants of each question to count. Statements that a process sends only once are not counted. */
const COUNTED = 10
const BEFORE = 3

/** The lowest and the highest number of SQL statements per question. */
export type StatementCounts = Readonly<Partial<Record<QuestionName, readonly [least: number, most: number]>>>

/** Counts the statements between a contestant and the database. */
export async function countStatements(
  { program, env }: Contestant,
  databaseUrl: string,
  bodies: Bodies,
  questions: readonly QuestionName[],
): Promise<StatementCounts> {
  const proxy = await countingProxy(databaseUrl)
  const server = await startServer(program, { ...env, DATABASE_URL: proxy.url })
  const counts: Partial<Record<QuestionName, [number, number]>> = {}
  for (const question of questions) {
    const counted: number[] = []
    for (let i = 0; i < BEFORE + COUNTED; i++) {
      const before = proxy.count()
      await ask(server.url, bodies[question][i % bodies[question].length] as string)
      if (i >= BEFORE) counted.push(proxy.count() - before)
    }
    counts[question] = [Math.min(...counted), Math.max(...counted)]
  }
  await server.stop()
  proxy.close()
  return counts
}

/** A proxy in front of PostgreSQL that counts statements. */
async function countingProxy(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl)
  let count = 0
  const server = createServer((client) => {
    const database = connect(Number(port) || 5432, hostname)
    const reader = messageReader((type) => {
      if (type === 'E' || type === 'Q') count++
    })
    client.on('data', reader)
    client.pipe(database).pipe(client)
    client.on('error', () => database.destroy())
    database.on('error', () => client.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: url.href, count: () => count, close: () => server.close() }
}

/** Calls back with the type of each message from a PostgreSQL client: Execute, Query and so on. The first message has no type. */
function messageReader(onMessage: (type: string) => void): (chunk: Buffer) => void {
  let [pending, begun] = [Buffer.alloc(0), false]
  return (chunk) => {
    pending = Buffer.concat([pending, chunk])
    for (;;) {
      const header = begun ? 1 : 0
      if (pending.length < header + 4) return
      const length = header + pending.readInt32BE(header)
      if (pending.length < length) return
      if (begun) onMessage(String.fromCharCode(pending[0] as number))
      begun = true
      pending = pending.subarray(length)
    }
  }
}
