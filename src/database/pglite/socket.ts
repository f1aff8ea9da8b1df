import { Duplex } from 'node:stream'

/** Sends bytes to whoever is at the other end. */
type Send = (bytes: Uint8Array) => void

/** As much of a `net.Socket` as the `pg` driver uses, over functions. What the other end answers is pushed. */
export function socket(peer: { connect(): Promise<Send>; closed(): void }): Duplex {
  let send: Send
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
      stream.push(null)
      done()
    },
    destroy(error, done) {
      peer.closed()
      done(error)
    },
  })
  async function connect() {
    send = await peer.connect()
    stream.emit('connect')
  }
  return Object.assign(stream, { connect, setNoDelay() {}, setKeepAlive() {}, ref() {}, unref() {} })
}
