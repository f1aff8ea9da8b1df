import { isIP } from 'node:net'
import { z } from 'zod'
import { list } from './values.ts'

export interface AccessConfig {
  /** Addresses and networks of the proxies whose headers say who the client is. Default: none. */
  readonly trustedProxies: readonly string[]
  /** Whether everyone may read, or only those who have a key. */
  readonly readAccess: 'open' | 'key'
}

/** Whether a text is an IP address, or a network as an address and the length of its prefix. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const family = isIP(address)
  if (!family || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
}

export const accessVariables = z.object({
  READ_ACCESS: z
    .enum(['open', 'key'], 'expected open or key')
    .default('open')
    .describe('key: reading needs a key, as `bilateral key create` prints it (default: open)'),
  TRUSTED_PROXIES: list()
    .refine(
      (networks) => networks.every(isNetwork),
      'expected addresses or networks such as 10.0.0.0/8, separated by commas',
    )
    .default([])
    .describe(
      'addresses or networks of the proxies whose X-Forwarded-For or Forwarded header names the client, separated by commas (default: none)',
    ),
})

export const accessConfig = (variables: z.infer<typeof accessVariables>): AccessConfig => ({
  trustedProxies: variables.TRUSTED_PROXIES,
  readAccess: variables.READ_ACCESS,
})
