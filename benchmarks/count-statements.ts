import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import type { Contestant } from './contestants/index.ts'
import type { QuestionName } from './options.ts'
import { ask, type Bodies } from './requests.ts'
import { startServer } from './servers.ts'

/** How many arguments of each question are asked; what a process does once, such as to look up what stays, is not counted. */
const COUNTED = 10
const BEFORE = 3

/** How many SQL statements a contestant sends for each question, the fewest and the most. */
export type StatementCounts = Readonly<Partial<Record<QuestionName, readonly [least: number, most: number]>>>

/** Counts statements between a contestant and the database, whatever either knows of the other. */
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

/** Passes on what goes to a PostgreSQL and comes from it, and counts the statements in it. */
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

/** Tells the type of each message that a client of PostgreSQL sends: Execute, Query and so on. The first has none. */
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
