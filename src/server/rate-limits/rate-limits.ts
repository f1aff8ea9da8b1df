import { LRUCache } from 'lru-cache'
import type { Caller } from '../../access/caller.ts'
import type { RateLimit } from '../../config/rate-limit.ts'
import type { Exchange } from '../exchange.ts'
import type { Refusal } from '../refusal.ts'

/** What a caller has used in the present window. */
export interface Used {
  readonly cost: number
  readonly msUntilReset: number
}

/** Counts what callers use. Processes that share a store share the limits. */
export interface RateLimitStore {
  /** Adds a cost to what a caller has used, and returns the sum. Does not fail. */
  add(key: string, cost: number): Promise<Used>
  /**
   * The part of a limit that a process may count by itself before it asks the store. 0 if the store is in the memory of this
   * process.
   */
  readonly share: number
}

/** What a request costs in addition to its operations. A unit of cost takes about 5 µs: see `execution/cost.ts`. */
export const REQUEST_COST = 20
/** The HTML of a page was measured to take 3 to 55 ms. */
export const PAGE_COST = 4_000
/** To parse and validate a document was measured to take up to 17 ms. */
export const REFUSED_COST = 2_000
/** What the address of a request is charged for a key that is not valid. To look it up takes a statement. */
const WRONG_KEY_COST = 2_000

/** Maximum number of callers of whom a process remembers what they have used. */
const MOST_CALLERS = 100_000

/** What this process knows about a caller. */
interface Tally {
  /** Used in all processes, when the store was last asked. */
  used: number
  /** Used since then in this process. */
  pending: number
  resetAt: number
}

/** Limits what each caller may use in a window of time, counted by cost. */
export class RateLimits {
  /** The value of `RateLimit-Policy`. */
  readonly policy: string
  readonly #limit: RateLimit
  readonly #store: RateLimitStore
  readonly #tallies = new LRUCache<string, Tally>({ max: MOST_CALLERS })

  constructor(limit: RateLimit, store: RateLimitStore) {
    this.#limit = limit
    this.#store = store
    this.policy = `"cost";q=${limit.cost};w=${limit.seconds}`
  }

  /** Charges the caller of a request. Returns why the request is refused, if the caller has used the whole limit. */
  charge(exchange: Exchange, cost: number): Promise<Refusal | undefined> | Refusal | undefined {
    return this.#charge(keyOf(exchange.caller), exchange, cost)
  }

  /** Charges the address of a request for a wrong key. It counts apart from the requests, which others at the address may send. */
  async chargeWrongKey(exchange: Exchange): Promise<void> {
    await this.#charge(wrongKeysOf(exchange.caller), exchange, WRONG_KEY_COST)
  }

  /** Why no key of a request is looked up: wrong keys from its address have used the whole limit. */
  refusalOfKeys(exchange: Exchange): Refusal | undefined {
    const tally = this.#tallies.get(wrongKeysOf(exchange.caller))
    return tally && tally.resetAt > Date.now() ? this.#decide(exchange, tally) : undefined
  }

  #charge(key: string, exchange: Exchange, cost: number): Promise<Refusal | undefined> | Refusal | undefined {
    const now = Date.now()
    let tally = this.#tallies.get(key)
    if (!tally || tally.resetAt <= now) {
      tally = { used: 0, pending: 0, resetAt: 0 }
      this.#tallies.set(key, tally)
    }
    // Who has used the limit is refused without asking the store.
    if (tally.used > this.#limit.cost) return this.#decide(exchange, tally)
    tally.pending += cost
    if (tally.resetAt > 0 && tally.pending < this.#store.share * this.#limit.cost) return this.#decide(exchange, tally)
    return this.#ask(key, exchange, tally)
  }

  async #ask(key: string, exchange: Exchange, tally: Tally): Promise<Refusal | undefined> {
    const { pending } = tally
    tally.pending = 0
    const { cost, msUntilReset } = await this.#store.add(key, pending)
    tally.used = cost
    tally.resetAt = Date.now() + msUntilReset
    return this.#decide(exchange, tally)
  }

  #decide(exchange: Exchange, { used, pending, resetAt }: Tally): Refusal | undefined {
    const { cost: limit, seconds } = this.#limit
    const remaining = limit - used - pending
    exchange.quota = { remaining: Math.max(0, remaining), resetAt }
    if (remaining >= 0) return undefined
    const wait = secondsUntil(resetAt)
    return {
      status: 429,
      code: 'RATE_LIMITED',
      message: `rate limit: expected at most a cost of ${limit} in ${seconds} seconds; try again in ${wait} seconds`,
      headers: { 'retry-after': String(wait) },
    }
  }

  /** The headers of draft-ietf-httpapi-ratelimit-headers-10, for a request that was charged. */
  headersOf({ quota }: Exchange): Readonly<Record<string, string>> | undefined {
    if (!quota) return undefined
    return {
      'ratelimit-policy': this.policy,
      ratelimit: `"cost";r=${quota.remaining};t=${secondsUntil(quota.resetAt)}`,
    }
  }
}

const secondsUntil = (time: number) => Math.max(1, Math.ceil((time - Date.now()) / 1_000))

/** Whose limit a request counts against. A client can have all addresses of an IPv6 network of /64. */
function keyOf({ address, key }: Caller): string {
  return key ? `key ${key.id}` : siteOf(address)
}

const wrongKeysOf = ({ address }: Caller) => `wrong keys ${siteOf(address)}`

const siteOf = (address: string) => (address.includes(':') ? networkOf(address) : address)

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const first = head.split(':').filter(Boolean)
  if (tail !== undefined) {
    const last = tail.split(':').filter(Boolean)
    while (first.length + last.length < 8) first.push('0')
    first.push(...last)
  }
  return `${first.slice(0, 4).join(':')}::/64`
}
