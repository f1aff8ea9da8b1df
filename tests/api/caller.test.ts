import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Plugin } from 'graphql-yoga'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller } from '../../src/access/caller.ts'
import type { Database } from '../../src/database/open.ts'
import type { RequestContext } from '../../src/server/exchange.ts'
import { openSeeded } from '../support.ts'
import { post, serverOf } from './ask.ts'

const LOCAL = '127.0.0.1'

let database: Database
const running = new Map<string, { callers: Caller[]; http: Server; url: string }>()

beforeAll(async () => {
  database = await openSeeded('PGlite')
})
afterAll(async () => {
  for (const { http } of running.values()) {
    http.closeAllConnections()
    http.close()
  }
  await database.close()
})

/** The service, and the callers of its requests. */
function appWithCallers(trustedProxies: readonly string[]) {
  const callers: Caller[] = []
  const plugin: Plugin<RequestContext, RequestContext> = {
    onRequest: ({ serverContext }) => void callers.push(serverContext.exchange.caller),
  }
  return { callers, app: serverOf(database, { access: { trustedProxies }, plugins: [plugin as unknown as Plugin] }) }
}

/** A server with these proxies, shared by the tests of this file. */
async function serverAt(trustedProxies: readonly string[], host: string) {
  const name = `${host} ${trustedProxies}`
  const found = running.get(name)
  if (found) return found
  const { callers, app } = appWithCallers(trustedProxies)
  const http = app.createHttpServer().listen(0, host)
  await once(http, 'listening')
  const server = {
    callers,
    http,
    url: `http://${LOCAL}:${(http.address() as AddressInfo).port}/graphql?query={__typename}`,
  }
  running.set(name, server)
  return server
}

/** Sends a request over a socket, and returns who the server thinks has sent it. */
async function callerOf(trustedProxies: readonly string[], headers: Record<string, string>, host = LOCAL) {
  const { callers, url } = await serverAt(trustedProxies, host)
  const response = await fetch(url, { headers: { accept: 'application/json', ...headers } })
  await response.arrayBuffer()
  return callers.pop()
}

test.each([
  ['X-Forwarded-For', { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }],
  ['Forwarded', { forwarded: 'for=203.0.113.9;proto=https' }],
])('%s is ignored if no proxy is trusted, or another one', async (_name, headers) => {
  for (const proxies of [[], ['127.0.0.2', '10.0.0.0/8', '::1']])
    expect(await callerOf(proxies, headers)).toMatchObject({ address: LOCAL, isSecure: false })
})

test.each<[string, Record<string, string>, string]>([
  ['the only address', { 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9'],
  [
    'the right-most address, as a client can forge the others',
    { 'x-forwarded-for': '1.1.1.1, 203.0.113.9' },
    '203.0.113.9',
  ],
  ['the right-most that is no proxy', { 'x-forwarded-for': '1.1.1.1,203.0.113.9, 10.1.2.3,10.9.9.9' }, '203.0.113.9'],
  ['the left-most if all are proxies', { 'x-forwarded-for': '10.0.0.1, 10.0.0.2' }, '10.0.0.1'],
  ['an address with a port', { 'x-forwarded-for': '203.0.113.9:4711' }, '203.0.113.9'],
  ['an IPv6 address in its shortest form', { 'x-forwarded-for': '2001:DB8:0:0::1' }, '2001:db8::1'],
  ['an IPv6 address with a port', { 'x-forwarded-for': '[2001:db8::1]:443' }, '2001:db8::1'],
  ['an IPv4 address that is written as IPv6', { 'x-forwarded-for': '::ffff:203.0.113.9' }, '203.0.113.9'],
  ['a proxy that is written as IPv6', { 'x-forwarded-for': '203.0.113.9, ::ffff:10.0.0.1' }, '203.0.113.9'],
  ['an address in Forwarded', { forwarded: 'for=1.1.1.1, For="[2001:db8::1]:80";by=10.0.0.1' }, '2001:db8::1'],
  ['both headers, which agree', { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' }, '203.0.113.9'],
  ['not one of two that disagree', { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=1.1.1.1' }, LOCAL],
  ['the proxy if there is no header', {}, LOCAL],
  ['the proxy if the header is empty', { 'x-forwarded-for': '' }, LOCAL],
  ['the proxy if it does not know', { 'x-forwarded-for': '1.1.1.1, unknown' }, LOCAL],
  [
    'the last known proxy if the entry before is no address',
    { 'x-forwarded-for': "' OR 1=1 --, 10.0.0.7" },
    '10.0.0.7',
  ],
  ['the proxy if it hides the client', { forwarded: 'for=_hidden' }, LOCAL],
  ['nothing odd in a long list', { 'x-forwarded-for': `${'1.1.1.1,'.repeat(1_500)}203.0.113.9` }, '203.0.113.9'],
])('behind trusted proxies, the caller has %s', async (_what, headers, address) => {
  expect(await callerOf(['127.0.0.0/8', '10.0.0.0/8'], headers)).toMatchObject({ address, isSecure: false })
})

test.each<[Record<string, string>, boolean]>([
  [{ 'x-forwarded-proto': 'https' }, true],
  [{ 'x-forwarded-proto': 'HTTPS' }, true],
  [{ 'x-forwarded-proto': 'http' }, false],
  [{ 'x-forwarded-proto': 'https, http' }, false],
  [{ forwarded: 'for=203.0.113.9;proto=https' }, true],
  [{ forwarded: 'for=203.0.113.9;proto=http', 'x-forwarded-proto': 'https' }, false],
])('a trusted proxy that sends %o says whether the client used https', async (headers, isSecure) => {
  expect(await callerOf([LOCAL], headers)).toMatchObject({ isSecure })
})

test('on a socket for IPv4 and IPv6, an IPv4 client has its IPv4 address', async () => {
  expect(await callerOf([], {}, '::')).toMatchObject({ address: LOCAL, isSecure: false })
})

test('a request in this process has no socket, and no header can give it an address', async () => {
  const { callers, app } = appWithCallers(['127.0.0.0/8'])
  await post(app, { query: '{ __typename }' }, { 'x-forwarded-for': '203.0.113.9' })
  expect(callers).toEqual([{ address: 'in-process', isSecure: false, isLocal: true }])
})
