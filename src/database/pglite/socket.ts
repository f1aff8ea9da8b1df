import { Duplex } from 'node:stream'

/** The other end of a stream. What it answers is pushed to the stream. */
interface Peer {
  /** Connects, and returns what sends bytes to the peer: whole messages of the wire protocol. */
  connect(): Promise<(messages: Uint8Array) => void>
  /** Called when the stream has sent all. */
  end?(): Promise<void>
  /** Called when the stream is no longer used. */
  closed(): void
}

/** A stream that the `pg` driver takes for a `net.Socket`. */
export type DatabaseStream = Duplex & { connect(): Promise<void> }

/** As much of a `net.Socket` as the `pg` driver uses, over functions. */
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
