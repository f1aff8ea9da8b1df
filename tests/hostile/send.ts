import { once } from 'node:events'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { HostileRequest } from './requests.ts'

export interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends a request as it is, without the checks of an HTTP library, and returns the response. */
export async function send(port: number, { method, path, headers, body }: HostileRequest): Promise<Received> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  // The server may close the connection before it has read everything.
  socket.on('error', () => {})
  const fields = {
    host: 'localhost',
    ...headers,
    ...(body && { 'content-length': body.byteLength }),
    connection: 'close',
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  socket.write(Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'), 'latin1'))
  if (body) socket.write(body)
  await once(socket, 'close')
  return parsed(Buffer.concat(chunks), method)
}

function parsed(bytes: Buffer, method: string): Received {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0)
    throw new Error(`no response to ${method}, but ${JSON.stringify(bytes.toString('latin1').slice(0, 200))}`)
  const [line = '', ...fields] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
    }),
  )
  const rest = bytes.subarray(end + 4)
  const raw = headers['transfer-encoding'] === 'chunked' ? withoutChunks(rest) : rest
  return { status: Number(line.split(' ')[1]), headers, body: decoded(raw, headers['content-encoding']).toString() }
}

/** The bytes of a body that was sent in chunks. */
function withoutChunks(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.subarray(at, end).toString(), 16)
    if (!(size > 0)) break
    parts.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  return Buffer.concat(parts)
}

function decoded(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes
  if (encoding === 'br') return brotliDecompressSync(bytes)
  return encoding === 'gzip' ? gunzipSync(bytes) : bytes
}
