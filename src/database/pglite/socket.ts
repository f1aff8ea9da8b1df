import { Duplex } from 'node:stream'

/** The other end of a stream. Its responses are pushed to the stream. */
interface Peer {
  /** Connects, and returns a function that sends bytes to the peer: complete messages of the wire protocol. */
  connect(): Promise<(messages: Uint8Array) => void>
  /** Called when the stream has sent everything. */
  end?(): Promise<void>
  /** Called when the stream is no longer used. */
  closed(): void
}

/** A stream that the `pg` driver takes for a `net.Socket`. */
export type DatabaseStream = Duplex & { connect(): Promise<void> }

/** Implements the part of `net.Socket` that the `pg` driver uses. */
export function socket(peer: Peer): DatabaseStream {
  let send: (messages: Uint8Array) => void
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      send(chunk)
      done()
    },
    writev(chunks, done) {
      send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
      done()
    },
    final(done) {
      Promise.resolve(peer.end?.()).then(() => {
        stream.push(null)
        done()
      }, done)
    },
    destroy(error, done) {
      peer.closed()
      done(error)
    },
  })
  async function connect() {
    try {
      send = await peer.connect()
      stream.emit('connect')
    } catch (error) {
      stream.destroy(error as Error)
    }
  }
  return Object.assign(stream, { connect, setNoDelay() {}, setKeepAlive() {}, ref() {}, unref() {} })
}
