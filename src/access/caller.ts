import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP, SocketAddress } from 'node:net'
import type { Scope } from './scopes.ts'

/** The key that a request was sent with. */
export interface CallerKey {
  readonly id: string
  readonly name: string
  /** The highest of its scopes. */
  readonly scope: Scope
  readonly scopes: readonly Scope[]
}

/** Who sent a request. */
export interface Caller {
  /**
   * The client's address, in the shortest form: IPv4, also if the socket has it as `::ffff:192.0.2.1`, or IPv6. IN_PROCESS for
   * requests without a socket.
   */
  readonly address: string
  /** Whether the client certainly used https: a trusted proxy says so. */
  readonly isSecure: boolean
  /** Whether the request comes from this machine, and no proxy says that it forwarded it. */
  readonly isLocal: boolean
  /** Known once the request was authenticated. Undefined if it has no key. */
  readonly key?: CallerKey
}

/** The caller of a request that was sent in this process, without a socket, for example by a test or a program that embeds the service. */
export const IN_PROCESS: Caller = { address: 'in-process', isSecure: false, isLocal: true }

/** Returns the caller of a request, from the address of its socket and its headers. */
export type Identify = (socketAddress: string | undefined, headers: IncomingHttpHeaders) => Caller

/**
 * Creates a function that identifies callers. `trustedProxies` are addresses, or networks such as `10.0.0.0/8`. If the socket
 * belongs to one of them, the client's address is the right-most address in `X-Forwarded-For` or `Forwarded` that is not
 * trusted. All that stands to the left of it can be forged. From other sockets, these headers are ignored.
 */
export function createIdentify(trustedProxies: readonly string[]): Identify {
  const trusted = trustedProxies.length > 0 ? listOf(trustedProxies) : undefined
  const isTrusted = (address: string) => trusted?.check(address, familyOf(address)) ?? false

  /** The right-most address that is not trusted. Undefined if there is none. */
  function clientIn(addresses: readonly string[]): string | undefined {
    let client: string | undefined
    for (const text of addresses.toReversed()) {
      const address = addressIn(text)
      // A proxy may write `unknown` or a name. The proxy that wrote it is then the last known address.
      if (!address) return client
      client = address
      if (!isTrusted(address)) return client
    }
    return client
  }

  return (socketAddress, headers) => {
    const direct = plain(socketAddress ?? '')
    if (!isIP(direct) || !isTrusted(direct)) {
      return { address: direct || 'unknown', isSecure: false, isLocal: isLoopback(direct) && isSentHere(headers) }
    }
    const forwarded = forwardedIn(headers.forwarded)
    const clients = [clientIn(valuesIn(headers['x-forwarded-for'])), clientIn(forwarded.for)].filter(
      (client) => client !== undefined,
    )
    // A proxy that sets one header passes on the other as the client sent it. If they disagree, neither is believed.
    const [client = direct, other = client] = clients
    const protocols = [...valuesIn(headers['x-forwarded-proto']), ...forwarded.proto]
    return {
      address: client === other ? client : direct,
      isLocal: false,
      isSecure: protocols.length > 0 && protocols.every((protocol) => protocol.toLowerCase() === 'https'),
    }
  }
}

const isLoopback = (address: string) => address === '127.0.0.1' || address === '::1'

/** Headers that proxies add. */
const OF_PROXIES = ['forwarded', 'via', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip'] as const

/** Whether a program on this machine sent the headers to this machine: no proxy added one, and no other name was resolved to it. */
const isSentHere = (headers: IncomingHttpHeaders) =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '') &&
  !Object.keys(headers).some((name) => name.startsWith('x-forwarded-') || OF_PROXIES.some((one) => one === name))

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    if (prefix === undefined) list.addAddress(plain(address), familyOf(plain(address)))
    else list.addSubnet(address, Number(prefix), familyOf(address))
  }
  return list
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** An address in its shortest form, without a zone. Other text is returned unchanged. */
function plain(address: string): string {
  if (isIP(address) !== 6) return address
  const short = new SocketAddress({ address, family: 'ipv6' }).address
  return short.startsWith('::ffff:') && short.includes('.') ? short.slice('::ffff:'.length) : short
}

/** The address in an entry such as `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1` or `[2001:db8::1]:4711`. Undefined for others. */
function addressIn(entry: string): string | undefined {
  const address = /^\[([^\]]+)\](:\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry
  return isIP(address) ? plain(address) : undefined
}

/** The values of a header, which Node.js joins by commas if it was sent several times. */
function valuesIn(header: string | string[] | undefined): string[] {
  return header
    ? String(header)
        .split(',')
        .map((value) => value.trim())
    : []
}

/** The parameters `for` and `proto` of each entry of `Forwarded` (RFC 7239). */
function forwardedIn(header: string | undefined): { for: string[]; proto: string[] } {
  const found = { for: [] as string[], proto: [] as string[] }
  for (const entry of valuesIn(header)) {
    for (const pair of entry.split(';')) {
      const [, name, value = ''] = /^\s*(for|proto)\s*=\s*"?([^"]*)"?\s*$/i.exec(pair) ?? []
      if (name) found[name.toLowerCase() as 'for' | 'proto'].push(value)
    }
  }
  return found
}
