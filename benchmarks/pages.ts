import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import pg from 'pg'
import { pino } from 'pino'
import { type Database, openDatabase } from '../src/database/open.ts'
import { createApp } from '../src/server/app.ts'
import { table } from './report/table.ts'

/** Most milliseconds until the HTML of a page has arrived, on an idle machine with the archive of the Office of the Historian. */
const MOST_MS = 100

/** Most bytes of the scripts that a page needs, compressed with Brotli. */
const MOST_SCRIPT = 60_000

/** Times that each page is requested. The least time counts. */
const TIMES = 20

const CACHE_BYTES = 64_000_000

/** Queries for the largest record of each kind. */
const LARGEST: Readonly<Record<string, string>> = {
  relations: `SELECT one || '-' || two AS key FROM pair_year GROUP BY one, two ORDER BY sum(count) DESC, 1 LIMIT 1`,
  countries: `SELECT code AS key FROM (SELECT one AS code, count FROM pair_year UNION ALL SELECT two, count FROM pair_year) pair
    GROUP BY 1 ORDER BY sum(count) DESC, 1 LIMIT 1`,
  people: `SELECT person_slug AS key FROM participation WHERE person_slug IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  meetings: `SELECT meeting_slug AS key FROM participation WHERE meeting_slug IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  visits: `SELECT visit_slug AS key FROM participation WHERE visit_slug IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  organizations: `SELECT publisher_slug AS key FROM source WHERE publisher_slug IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  topics: `SELECT topic_slug AS key FROM statement_topic GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  agreements: `SELECT agreement_slug AS key FROM agreement_event GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  statements: `SELECT statement_slug AS key FROM citation WHERE statement_slug IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  sources: `SELECT source_slug AS key FROM citation GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
}

const LISTS = ['/', '/relations', '/people', '/topics', '/sources']

const SEARCHES = [
  '/search?q=kissinger',
  '/search?q=minister+meeting',
  '/search?q=strong+momentum+in+trade',
  '/search?q=zzzqq',
]

/** The paths of one page of each kind: of the record with the most facts. */
async function paths({ pool }: Database): Promise<string[]> {
  const records: string[] = []
  for (const [folder, query] of Object.entries(LARGEST)) {
    const { rows } = await pool.query<{ key: string }>(query)
    if (rows[0]) records.push(`/${folder}/${rows[0].key}`)
  }
  return [...LISTS, ...records, ...SEARCHES]
}

interface Measured {
  readonly statements: number
  readonly ms: number
  readonly bytes: number
}

/**
 * Measures a page of each kind: SQL statements, and milliseconds without and with the response cache, and the size of the scripts.
 * Prints a table, and returns false if something is over budget.
 */
export async function measurePages(url: string): Promise<boolean> {
  const database = await openDatabase({ url })
  const counted = countStatements()
  const log = pino({ level: 'silent' })
  const plain = await listen(createApp(database, log))
  const caching = await listen(createApp(database, log, { responseCacheBytes: CACHE_BYTES }))
  const rows: string[][] = []
  for (const path of await paths(database)) {
    const slow = await measure(`${plain.url}${path}`, counted)
    const fast = await measure(`${caching.url}${path}`, counted)
    const sign = slow.ms > MOST_MS ? 'over' : ''
    rows.push([
      path,
      `${slow.statements}`,
      slow.ms.toFixed(1),
      fast.ms.toFixed(1),
      (slow.bytes / 1000).toFixed(0),
      sign,
    ])
  }
  const bytes = await scriptBytes(plain.url)
  plain.close()
  caching.close()
  await database.close()
  const isOver = bytes > MOST_SCRIPT
  process.stdout.write(`${table(['page', 'SQL', 'ms', 'cached, ms', 'kB', `> ${MOST_MS} ms`], rows)}\n\n`)
  process.stdout.write(`Scripts of the first view: ${bytes} bytes of at most ${MOST_SCRIPT}${isOver ? ', over' : ''}\n`)
  return !isOver && rows.every((row) => row.at(-1) === '')
}

/** The size of the scripts that the start page loads at once, compressed. */
async function scriptBytes(url: string): Promise<number> {
  const html = await (await fetch(url, { headers: HEADERS })).text()
  const names = [...html.matchAll(/src="assets\/([^"]+\.js)"/g)].map(([, name]) => name as string)
  let bytes = 0
  for (const name of names) {
    const text = await (await fetch(`${url}/assets/${name}`, { headers: HEADERS })).text()
    bytes += brotliCompressSync(text).byteLength
    // What it imports by `import()` is loaded when it is needed.
    for (const [, more] of text.matchAll(/(?:from|import) ?"\.\/([^"]+\.js)"/g)) {
      if (more && !names.includes(more)) names.push(more)
    }
  }
  return bytes
}

const HEADERS = { accept: 'text/html', 'accept-encoding': 'identity' }

async function measure(url: string, counted: () => number): Promise<Measured> {
  const once = async () => {
    const start = performance.now()
    const response = await fetch(url, { headers: HEADERS })
    const text = await response.text()
    const ms = performance.now() - start
    if (response.status !== 200)
      throw new Error(`${url}: expected status 200, got ${response.status}: ${text.slice(0, 500)}`)
    return { ms, bytes: Buffer.byteLength(text) }
  }
  await once()
  const before = counted()
  const { bytes } = await once()
  const statements = counted() - before
  let ms = Number.POSITIVE_INFINITY
  for (let i = 0; i < TIMES; i++) ms = Math.min(ms, (await once()).ms)
  return { statements, ms, bytes }
}

async function listen(app: ReturnType<typeof createApp>) {
  const server = app.createHttpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function countStatements(): () => number {
  const { query } = pg.Client.prototype
  let count = 0
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    count++
    return Reflect.apply(query, this, args)
  } as typeof query
  return () => count
}
