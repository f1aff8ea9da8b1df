import { expect } from 'vitest'

/** What a client received. */
export interface Received {
  readonly status: number
  readonly retryAfter: string | null
  readonly data: unknown
  readonly codes: readonly string[]
  /** When the request was sent, and how long the response took: milliseconds. */
  readonly sent: number
  readonly took: number
}

/** Questions that are answered in different ways: by one statement, by SQL written by hand, by Prisma. */
const QUESTIONS = [
  '{ person(slug: "marco-rubio") { name } }',
  '{ people { nodes { name } } }',
  '{ search(query: "trade") { nodes { __typename } } }',
  '{ meetings(first: 2) { totalCount nodes { title participations { person { name } } } } }',
  '{ about { dataVersion } }',
]

/** Sends a query. Fails if there is no response, or one that is not JSON. */
export async function send(url: string, query: string): Promise<Received> {
  const sent = performance.now()
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors = [] } = (await response.json()) as {
    data?: unknown
    errors?: { extensions: { code: string } }[]
  }
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    data,
    codes: errors.map(({ extensions }) => extensions.code),
    sent,
    took: performance.now() - sent,
  }
}

export const isGood = ({ status, codes }: Received) => status === 200 && codes.length === 0

/** Lets clients send requests to a service, each after the response to the last, until `stop` is called. */
export function putLoadOn(url: string, clients = 4) {
  const received: Received[] = []
  let isStopped = false
  const running = Array.from({ length: clients }, async (_, client) => {
    for (let i = client; !isStopped; i++) received.push(await send(url, QUESTIONS[i % QUESTIONS.length] as string))
  })
  return {
    received,
    /** Stops. Returns all responses. Fails if a request was not answered. */
    async stop(): Promise<readonly Received[]> {
      isStopped = true
      await Promise.all(running)
      return received
    },
  }
}

/** Checks that each response is complete, or says in the documented way that the database failed. */
export function expectDocumented(received: readonly Received[]): void {
  for (const one of received) {
    if (isGood(one)) continue
    expect(one).toMatchObject({ status: 503 })
    expect([['UNAVAILABLE'], ['TIMEOUT']]).toContainEqual(one.codes)
    if (one.codes[0] === 'UNAVAILABLE') expect(one.retryAfter).toBe('5')
  }
}
