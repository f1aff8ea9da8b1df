import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { sendNodeResponse } from '@whatwg-node/server'
import { Exchange } from './exchange.ts'
import { badRequest, bodyOf, JSON_TYPE, type Refusal, responseOf } from './refusal.ts'

export interface NodeServerOptions {
  /** Handles a request whose target is a path and whose host is valid. Does not throw. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, exchange: Exchange) => Promise<Response>
  /** Called when a response is about to be sent. Returns the headers that every response carries. */
  readonly finish: (exchange: Exchange, status: number, method?: string, path?: string) => Record<string, string>
}

/**
 * Creates a server that does not listen yet. It refuses what the handlers cannot be given, because a URL cannot be made of it,
 * and what Node.js cannot parse.
 */
export function createNodeServer({ handle, finish }: NodeServerOptions): Server {
  /** Connections on which a response may be half sent. */
  const responding = new WeakSet<Duplex>()

  async function listener(request: IncomingMessage, response: ServerResponse, given?: Refusal): Promise<void> {
    const { socket } = request
    responding.add(socket)
    response.once('close', () => responding.delete(socket))
    const exchange = new Exchange()
    const refusal = given ?? refusalOf(request)
    const result = refusal ? responseOf(refusal) : await handle(request, response, exchange)
    const headers = finish(exchange, result.status, request.method, pathOf(request.url))
    if (response.destroyed) return
    for (const name in headers) response.setHeader(name, headers[name] as string)
    await sendNodeResponse(result, response, request, true)
  }

  /** Responds on a connection without a request that could be parsed, and closes it. */
  function refuse(socket: Duplex, refusal: Refusal, method?: string, path?: string): void {
    const headers = { ...finish(new Exchange(), refusal.status, method, path), ...refusal.headers }
    // Anything would be taken for a part of the response that is being sent.
    if (!socket.writable || responding.has(socket)) socket.destroy()
    else socket.end(textOf(refusal, headers), () => socket.destroy())
  }

  // Node.js responds to a missing Host header without a body, and without a line in our log.
  const server = createServer({ requireHostHeader: false }, (request, response) => void listener(request, response))
  server.on('checkExpectation', (request, response) => void listener(request, response, UNKNOWN_EXPECTATION))
  server.on('connect', ({ method }, socket) => refuse(socket, NO_PROXY, method))
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // The client has gone.
    if (error.code === 'ECONNRESET') socket.destroy()
    else refuse(socket, UNREADABLE[error.code ?? ''] ?? MALFORMED)
  })
  return server
}

const MALFORMED = badRequest('malformed request: expected HTTP/1.1')
const UNREADABLE: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'BAD_REQUEST',
    message: 'URL and headers: expected at most 16 KB; send long queries by POST',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'BAD_REQUEST',
    message: 'the request did not arrive in time',
  },
}
const UNKNOWN_EXPECTATION: Refusal = {
  status: 417,
  code: 'BAD_REQUEST',
  message: 'header expect: expected 100-continue',
}
const NO_PROXY: Refusal = {
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  message: 'method: this is no proxy; expected GET or POST',
  headers: { allow: 'GET, HEAD, POST, OPTIONS' },
}

/** Why no URL can be made of a request. Turns a target that is a whole URL into a path. */
function refusalOf(request: IncomingMessage): Refusal | undefined {
  const { url = '', headers, httpVersion } = request
  if (!url.startsWith('/') && !(url === '*' && request.method === 'OPTIONS')) {
    const target = /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url) : undefined
    if (!target) return badRequest('request target: expected a path, such as /graphql')
    request.url = target.pathname + target.search
    headers.host = target.host
  }
  // Clients of HTTP/1.0 need not name the host.
  if (headers.host === undefined && httpVersion === '1.0') return undefined
  return isHost(headers.host) ? undefined : badRequest('header host: expected a host name, with or without a port')
}

/** Only these characters: others, such as `/`, would move the path of the URL that is made of it. */
const isHost = (host: string | undefined) =>
  host === '' ||
  (host !== undefined && /^([\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(:\d*)?$/i.test(host) && URL.canParse(`http://${host}`))

export const pathOf = (url: string | undefined) => url?.split('?', 1)[0]

function textOf(refusal: Refusal, headers: Record<string, string>): string {
  const body = bodyOf(refusal)
  const lines = [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`]
  const all = { ...headers, connection: 'close', 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(body) }
  for (const [name, value] of Object.entries(all)) lines.push(`${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
