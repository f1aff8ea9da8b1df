import type { CallerKey } from '../access/caller.ts'
import { KeyRing, type Rejection } from '../access/key-ring.ts'
import { looksLikeKey, type SecretKind } from '../access/secret.ts'
import type { AccessConfig } from '../config/access.ts'
import type { Database } from '../database/open.ts'
import type { Exchange } from './exchange.ts'
import type { RateLimits } from './rate-limits/rate-limits.ts'
import type { Refusal } from './refusal.ts'

/** The cookie of a browser that has signed in (`server/pages/sign-in.tsx`). */
export const COOKIE = 'bilateral_session'

const COOKIE_VALUE = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;\\s]*)`)

/** The secret in the cookie of a request. */
export function sessionIn({ headers }: Request): string | undefined {
  const cookie = headers.get('cookie')
  return cookie ? COOKIE_VALUE.exec(cookie)?.[1] : undefined
}

/** Finds the key of each request, and refuses requests that need one. */
export class Access {
  readonly keys: KeyRing
  readonly #rateLimits: RateLimits | undefined
  /** Whether reading needs a key. */
  readonly isClosed: boolean

  constructor(
    database: Pick<Database, 'pool'>,
    { readAccess = 'open' }: Partial<AccessConfig> = {},
    { keyLifeMs, rateLimits }: { readonly keyLifeMs?: number; readonly rateLimits?: RateLimits } = {},
  ) {
    this.keys = new KeyRing(database, keyLifeMs)
    this.#rateLimits = rateLimits
    this.isClosed = readAccess === 'key'
  }

  /** Finds the key of a request that reads, and returns why the request is refused, if it is. */
  admit(request: Request, exchange: Exchange): Promise<Refusal | undefined> | Refusal | undefined {
    const found = this.identify(request, exchange)
    return found instanceof Promise
      ? found.then((refusal) => refusal ?? this.#missing(exchange))
      : this.#missing(exchange)
  }

  /** Finds the key of a request, once, and puts it into its exchange. Returns why the key is refused, if it is. */
  identify(request: Request, exchange: Exchange): Promise<Refusal | undefined> | undefined {
    exchange.identified ??= this.#identify(request, exchange)
    return exchange.identified
  }

  #identify(request: Request, exchange: Exchange): Promise<Refusal | undefined> | undefined {
    const authorization = request.headers.get('authorization')
    const [, token] = authorization ? (/^bearer +(\S.*)$/i.exec(authorization) ?? []) : []
    // Other tokens, and other schemes, are for a plugin or for a proxy.
    if (token !== undefined && looksLikeKey(token)) return this.#byKey(token, exchange)
    const session = sessionIn(request)
    return session !== undefined && isSameOrigin(request) ? this.#bySession(session, exchange) : undefined
  }

  /**
   * Finds what a secret stands for, or returns why it is refused. An address that has sent many wrong secrets gets no more of them
   * looked up, except those that are known already.
   */
  async find(kind: SecretKind, text: string, exchange: Exchange): Promise<CallerKey | Refusal> {
    const refusal = this.keys.hasRead(kind, text) ? undefined : this.#rateLimits?.refusalOfKeys(exchange)
    if (refusal) return refusal
    const found = await this.keys.find(kind, text)
    if (typeof found !== 'string') return found
    await this.#rateLimits?.chargeWrongKey(exchange)
    return unauthenticated(REJECTIONS[found])
  }

  async #byKey(token: string, exchange: Exchange): Promise<Refusal | undefined> {
    const found = await this.find('key', token, exchange)
    if ('status' in found) return found
    exchange.admitKey(found)
    return undefined
  }

  /** A session that has ended counts as none, so that its cookie does not close what is open to everyone. */
  async #bySession(session: string, exchange: Exchange): Promise<Refusal | undefined> {
    const found = await this.find('session', session, exchange)
    if ('status' in found) return found.code === 'UNAUTHENTICATED' ? undefined : found
    exchange.admitKey(found)
    return undefined
  }

  #missing({ caller }: Exchange): Refusal | undefined {
    return this.isClosed && !caller.key ? NO_KEY : undefined
  }
}

const unauthenticated = (message: string): Refusal => ({
  status: 401,
  code: 'UNAUTHENTICATED',
  message,
  headers: { 'www-authenticate': 'Bearer' },
})

const REJECTIONS: Readonly<Record<Rejection, string>> = {
  malformed: 'the key is incomplete or has a typing error: expected bilateral_ and 49 letters and digits',
  unknown: 'the key is not known',
  revoked: 'the key was revoked',
  expired: 'the key has expired',
}

const NO_KEY = unauthenticated('this service needs a key; send it in the header authorization: Bearer bilateral_…')

/**
 * Whether a page of this site, or a person, made the browser send a request. Only then does its cookie count. A browser without
 * `Sec-Fetch-Site` sends `Origin` with everything that could change something.
 */
export function isSameOrigin({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  return origin === null || (URL.canParse(origin) && new URL(origin).host === new URL(url).host)
}
