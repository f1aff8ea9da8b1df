import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'

/** A request of the mixed load. */
interface Sent {
  readonly path: string
  /** The body of a query. Undefined for a page. */
  readonly body?: string
}

/** A response, and how long it took from the time at which the request was due, in milliseconds. */
export interface Received {
  readonly status: number
  readonly hasRetryAfter: boolean
  readonly ms: number
}

/** Status of a request that got no whole response. */
export const LOST = 0

/** Records of each kind that requests name. */
const RECORDS = 500
/** A connection that gets no response for this time is given up. */
const PATIENCE_MS = 60_000

const PERSON = `query Person($slug: String!) { person(slug: $slug) {
  name positions { title } meetings(first: 10) { totalCount nodes { title when { edtf } attendees { person { name } } } } } }`
const MEETING = `query Meeting($slug: String!) { meeting(slug: $slug) {
  title when { edtf label } attendees { person { name } } citations { exact } } }`
const PAIR = `query Pair($between: [CountryCode!]!) { meetings(filter: { between: $between }, first: 20) {
  totalCount nodes { title when { edtf } attendees { person { name } } } } }`
const SEARCH = `query Search($query: String!) { search(query: $query, first: 10) { totalCount nodes { __typename } } }`

/**
 * Draws requests from the data of a database: of 20, 17 are queries for a person, a meeting, a pair of countries or words, and 3
 * are pages. Few are repeated, so most of them are executed.
 */
export async function drawRequests(pool: Pool): Promise<() => Sent> {
  const column = async (sql: string) =>
    (await pool.query<{ value: string }>(`${sql} LIMIT ${RECORDS}`)).rows.map(({ value }) => value)
  const people = await column(`SELECT slug AS value FROM person ORDER BY md5(slug)`)
  const meetings = await column(`SELECT slug AS value FROM meeting ORDER BY md5(slug)`)
  const pairs = await column(
    `SELECT one || '-' || two AS value FROM pair_total WHERE kind = 'MEETING' ORDER BY md5(one || two)`,
  )
  const words = await column(`SELECT DISTINCT lower(regexp_replace(name, '^.* ', '')) AS value FROM person`)
  let drawn = 0
  const from = (values: readonly string[]) => values[(drawn * 7_919 + (drawn >> 5)) % values.length] ?? ''
  const query = (text: string, variables: object): Sent => ({
    path: '/graphql',
    body: JSON.stringify({ query: text, variables }),
  })
  return () => {
    drawn++
    const place = drawn % 20
    if (place < 7) return query(PERSON, { slug: from(people) })
    if (place < 12) return query(MEETING, { slug: from(meetings) })
    if (place < 15) return query(PAIR, { between: from(pairs).split('-') })
    if (place < 17) return query(SEARCH, { query: from(words) })
    return { path: place === 17 ? `/meetings/${from(meetings)}` : `/people/${from(people)}` }
  }
}

/** Sends requests to a service over at most so many connections. */
export class Traffic {
  readonly #origin: URL
  readonly #draw: () => Sent
  readonly #agent: Agent

  constructor(origin: string, draw: () => Sent, connections: number) {
    this.#origin = new URL(origin)
    this.#draw = draw
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' })
  }

  /** Sends one request that is due now. Never fails: the status of a lost response is LOST. */
  send(): Promise<Received> {
    const { path, body } = this.#draw()
    const due = performance.now()
    return new Promise((resolve) => {
      const end = (status: number, hasRetryAfter = false) =>
        resolve({ status, hasRetryAfter, ms: performance.now() - due })
      const headers = body
        ? { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
        : { accept: 'text/html' }
      const sending = request(new URL(path, this.#origin), {
        agent: this.#agent,
        method: body ? 'POST' : 'GET',
        headers,
        timeout: PATIENCE_MS,
      })
      sending.on('timeout', () => sending.destroy())
      sending.on('error', ({ code }: NodeJS.ErrnoException) => {
        // The service closed an idle connection at the same moment. As any client does, this one sends the request again.
        if (sending.reusedSocket && code === 'ECONNRESET')
          this.send().then(({ status, hasRetryAfter }) => end(status, hasRetryAfter))
        else end(LOST)
      })
      sending.on('response', (response) => {
        response
          .on('error', () => end(LOST))
          .on('end', () => end(response.statusCode ?? LOST, 'retry-after' in response.headers))
        response.resume()
      })
      sending.end(body)
    })
  }

  /** Sends requests from each of so many clients, each after the response to the last. Returns all responses. */
  async sendInTurn(clients: number, seconds: number): Promise<Received[]> {
    const received: Received[] = []
    const until = performance.now() + seconds * 1_000
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (performance.now() < until) received.push(await this.send())
      }),
    )
    return received
  }

  /** Sends requests at a constant rate, whether earlier ones have a response or not, until all have. */
  async sendAtRate(perSecond: number, seconds: number, onResponse: (received: Received) => void): Promise<void> {
    const start = performance.now()
    const running = new Set<Promise<void>>()
    for (let sent = 0; ; ) {
      const passed = (performance.now() - start) / 1_000
      if (passed >= seconds) break
      for (; sent < passed * perSecond; sent++) {
        const one: Promise<void> = this.send().then((received) => {
          running.delete(one)
          onResponse(received)
        })
        running.add(one)
      }
      await sleep(5)
    }
    await Promise.all(running)
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** The smallest time that a share of the responses did not exceed, in milliseconds. */
export function quantile(received: readonly Received[], share: number): number {
  const sorted = received.map(({ ms }) => ms).sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
