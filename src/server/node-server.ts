import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { sendNodeResponse } from '@whatwg-node/server'
import type { Logger } from 'pino'
import type { Identify } from '../access/caller.ts'
import type { Limits } from '../config/limits.ts'
import { Exchange } from './exchange.ts'
import { badRequest, bodyOf, JSON_TYPE, type Refusal, responseOf } from './refusal.ts'

interface NodeServerOptions {
  readonly log: Logger
  readonly identify: Identify
  /** Handles a request whose target is a path and whose host is valid. Does not throw. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, exchange: Exchange) => Promise<Response>
  /** The headers that every response has, unless it has others of the same name. */
  readonly headersOf: (exchange: Exchange) => Readonly<Record<string, string>>
  readonly limits: Limits
}

/** How often Node.js looks for requests that did not arrive in time, in milliseconds. */
const CHECK_MS = 1_000

interface Running {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly exchange: Exchange
}

/**
 * Creates a server that does not listen yet. It refuses data that Node.js cannot parse, and requests from which no URL can be
 * built: the adapters of Yoga and Hono would throw, and send the stack trace to the client.
 */
export function createNodeServer({ log, identify, handle, headersOf, limits }: NodeServerOptions): Server {
  const runningBySocket = new WeakMap<Duplex, Running>()

  async function listener(request: IncomingMessage, response: ServerResponse, given?: Refusal): Promise<void> {
    const { socket } = request
    const exchange = new Exchange(identify(socket.remoteAddress, request.headers))
    const running = { request, response, exchange }
    runningBySocket.set(socket, running)
    response.once('close', () => {
      if (runningBySocket.get(socket) === running) runningBySocket.delete(socket)
    })
    const refusal = given ?? refusalOf(request)
    const result = refusal ? responseOf(refusal) : await handle(request, response, exchange)
    exchange.finish(log, result.status, request.method, pathOf(request.url))
    if (response.destroyed) return
    try {
      const headers = headersOf(exchange)
      for (const name in headers) response.setHeader(name, headers[name] as string)
      await sendNodeResponse(result, response, request, true)
    } catch (error) {
      log.error({ id: exchange.id, err: error }, 'response not sent')
      response.destroy()
    }
  }

  /** Responds to data that is not a request, and closes the connection. */
  function refuse(socket: Duplex, refusal: Refusal, method?: string): void {
    const running = runningBySocket.get(socket)
    // The responses to earlier requests come first. Until then, this one has no socket.
    if (running && !running.response.socket && !running.response.writableFinished) {
      running.response.once('socket', () => refuse(socket, refusal, method))
      return
    }
    // The invalid data came after a complete request, whose response must be sent first.
    if (running?.request.complete) {
      running.response.once('close', () => refuse(socket, refusal, method))
      return
    }
    const exchange = running?.exchange ?? new Exchange(identify((socket as Socket).remoteAddress, {}))
    // A running request is logged when its handler notices that the connection is closed.
    if (!running) exchange.finish(log, refusal.status, method)
    if (!socket.writable || running?.response.headersSent) socket.destroy()
    else socket.end(textOf(refusal, headersOf(exchange)), () => socket.destroy())
  }

  const unreadable = refusalsOf(limits)
  let connections = 0
  const options = {
    // Otherwise Node.js itself responds to a request without a host, with no body and no line in the log.
    requireHostHeader: false,
    maxHeaderSize: limits.header,
    // Node.js refuses to wait longer for the headers than for the whole request.
    headersTimeout: Math.min(limits.headerMs, limits.arrivalMs),
    requestTimeout: limits.arrivalMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: CHECK_MS,
  }
  const server = createServer(options, (request, response) => void listener(request, response))
  server.on('connection', (socket) => {
    connections += 1
    socket.once('close', () => {
      connections -= 1
    })
    // `maxConnections` of Node.js would close it without a word.
    if (connections > limits.connections) refuse(socket, tooManyConnections(limits.connections))
  })
  server.on('checkExpectation', (request, response) => void listener(request, response, UNKNOWN_EXPECTATION))
  server.on('connect', ({ method }, socket) => {
    // Node.js has removed its own listener, and would end the process if the client resets the connection.
    socket.on('error', () => {})
    refuse(socket, NO_PROXY, method)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // The client closed the connection.
    if (error.code === 'ECONNRESET') socket.destroy()
    else refuse(socket, unreadable[error.code ?? ''] ?? MALFORMED)
  })
  return server
}

const MALFORMED = badRequest('malformed request: expected HTTP/1.1')
const refusalsOf = ({ header, headerMs, arrivalMs }: Limits): Readonly<Record<string, Refusal>> => ({
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'BAD_REQUEST',
    message: `URL and headers: expected at most ${header} bytes; send long queries by POST`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'BAD_REQUEST',
    message: `the request did not arrive in time: expected its headers within ${headerMs / 1_000} seconds, all of it within ${arrivalMs / 1_000} seconds`,
  },
})
const tooManyConnections = (limit: number): Refusal => ({
  status: 503,
  code: 'UNAVAILABLE',
  message: `too many connections; at most ${limit} can be open`,
  headers: { 'retry-after': '5' },
})
const UNKNOWN_EXPECTATION: Refusal = {
  status: 417,
  code: 'BAD_REQUEST',
  message: 'header expect: expected 100-continue',
}
const NO_PROXY: Refusal = {
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  message: 'method: this server is not a proxy; expected GET or POST',
  headers: { allow: 'GET, HEAD, POST, OPTIONS' },
}

/** Why a request is refused before it is handled. If its target is an absolute URL, replaces that by its path. */
function refusalOf(request: IncomingMessage): Refusal | undefined {
  const { url = '', method, headers, httpVersion } = request
  if (headers.authorization !== undefined && hasTwoAuthorizations(request)) return TWO_AUTHORIZATIONS
  if (url === '*' && method === 'OPTIONS') request.url = '/'
  else if (!url.startsWith('/')) {
    const target = /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url) : undefined
    if (!target) return badRequest('request target: expected a path, such as /graphql')
    request.url = target.pathname + target.search
    headers.host = target.host
  }
  // HTTP/1.0 clients need not send a host.
  if (headers.host === undefined && httpVersion === '1.0') return undefined
  return isHost(headers.host) ? undefined : badRequest('header host: expected a host name, with or without a port')
}

/** Node.js drops the second one. A proxy may have added the first, or have checked the other. */
const hasTwoAuthorizations = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'authorization').length > 1

const TWO_AUTHORIZATIONS = badRequest('header authorization: expected one, got several')

/** Allows only these characters. Others, such as `/`, would change the path of the URL that is built from the host. */
const isHost = (host: string | undefined) =>
  host === '' ||
  (host !== undefined && /^([\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(:\d*)?$/i.test(host) && URL.canParse(`http://${host}`))

export const pathOf = (url: string | undefined) => url?.split('?', 1)[0]

function textOf(refusal: Refusal, headers: Readonly<Record<string, string>>): string {
  const body = bodyOf(refusal)
  const lines = [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`]
  const all = {
    ...refusal.headers,
    ...headers,
    connection: 'close',
    'content-type': JSON_TYPE,
    'content-length': Buffer.byteLength(body),
  }
  for (const [name, value] of Object.entries(all)) lines.push(`${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
