import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net'

/** A TCP proxy before a PostgreSQL server. */
export interface Network {
  /** The server's URL, through the network. */
  readonly url: string
  /** From now on, nothing passes through the connections that are open, and they stay open. */
  silenceOpen(): void
  /** From now on, nothing passes at all, and connections stay open. */
  silence(): void
  /**
   * Nothing passes from the moment when a client has sent these words: not even they, or only their response does not come back.
   * Resolves in that moment.
   */
  silenceAt(words: string, how: 'before' | 'after'): Promise<void>
  /** Ends what is open and refuses new connections. */
  refuse(): Promise<void>
  /** Ends what was silenced and passes everything else. */
  recover(): Promise<void>
  /** Ends what is open. From now on, connections go to another server. */
  moveTo(server: string): void
  close(): Promise<void>
}

/** A network that may replace words by others of the same length. */
export async function openNetwork(server: string, replaced: Readonly<Record<string, string>> = {}): Promise<Network> {
  let to = new URL(server)
  const silent = new Set<Socket>()
  const sockets = new Set<Socket>()
  let isSilent = false
  let trap: { words: string; how: 'before' | 'after'; reached(): void } | undefined
  const network = createServer((near) => {
    const far = createConnection(Number(to.port || 5432), to.hostname)
    for (const [from, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      const passes = () => !isSilent && !silent.has(from)
      from.on('data', (bytes) => {
        const isWaitedFor = from === near && trap !== undefined && bytes.includes(trap.words)
        if (isWaitedFor && trap?.how === 'before') isSilent = true
        if (passes()) other.write(replace(bytes))
        if (!isWaitedFor) return
        isSilent = true
        trap?.reached()
      })
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        if (passes()) other.destroy()
      })
    }
  })
  const port = await listen(network, 0)
  const through = new URL(server)
  through.hostname = '127.0.0.1'
  through.port = String(port)

  function replace(bytes: Buffer): Buffer {
    let text = bytes.toString('latin1')
    for (const [word, other] of Object.entries(replaced)) text = text.replaceAll(word, other)
    return Buffer.from(text, 'latin1')
  }

  function endAll() {
    isSilent = false
    trap = undefined
    silent.clear()
    for (const socket of sockets) socket.destroy()
  }

  return {
    url: through.href,
    silenceOpen() {
      for (const socket of sockets) silent.add(socket)
    },
    silence() {
      isSilent = true
    },
    silenceAt: (words, how) =>
      new Promise((reached) => {
        trap = { words, how, reached }
      }),
    async refuse() {
      const closed = once(network, 'close')
      network.close()
      endAll()
      await closed
    },
    async recover() {
      endAll()
      if (!network.listening) await listen(network, port)
    },
    moveTo(server) {
      to = new URL(server)
      endAll()
    },
    async close() {
      network.close()
      endAll()
    },
  }
}

/** A server that refuses every connection, as PostgreSQL or a pooler before it would. */
export async function openRefusingServer(code: string, message: string): Promise<{ url: string; close(): void }> {
  const fields = `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`
  const response = Buffer.from(`E\0\0\0\0${fields}`)
  response.writeInt32BE(response.length - 1, 1)
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(response))
  })
  const port = await listen(server, 0)
  return { url: `postgresql://ada:secret@127.0.0.1:${port}/facts`, close: () => void server.close() }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
