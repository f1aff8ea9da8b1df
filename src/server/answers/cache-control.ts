import type { Exchange } from '../exchange.ts'

interface CacheOptions {
  /** Whether reading needs a key. */
  readonly isClosed: boolean
  /** Seconds for which CDNs may serve a response without revalidating it. */
  readonly sharedMaxAge: number
  /** Whether pages of other origins may read responses. */
  readonly hasCors?: boolean
}

/** The headers that say who may cache a response. */
export interface CacheHeaders {
  readonly 'cache-control': string
  readonly vary: string
}

/**
 * Creates a function that returns the headers for the response of an exchange. Browsers may cache it, but must revalidate it. CDNs may
 * cache it too, unless reading needs a key or the request has one.
 */
export function createCacheHeaders(options: CacheOptions): (exchange: Pick<Exchange, 'isForAll'>) => CacheHeaders {
  const { isClosed, sharedMaxAge, hasCors = false } = options
  const shared = sharedMaxAge > 0 ? `s-maxage=${sharedMaxAge}, ` : ''
  const vary = [
    'accept',
    'accept-encoding',
    ...(hasCors ? ['origin'] : []),
    ...(isClosed ? ['authorization', 'cookie'] : []),
  ]
  const forAll = { 'cache-control': `public, max-age=0, ${shared}must-revalidate`, vary: vary.join(', ') }
  const forOne = { ...forAll, 'cache-control': 'private, max-age=0, must-revalidate' }
  return ({ isForAll }) => (isClosed || !isForAll ? forOne : forAll)
}
