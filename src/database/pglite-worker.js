// @ts-check
// Runs PGlite in a thread of its own, so that a slow query does not stall the server. It speaks PostgreSQL's wire protocol
// over its message port: `[stream id, bytes]` both ways, and the orders `close` and `dump`.
// Plain JavaScript, since a worker thread is started by Node itself, whatever runs the rest.

import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'

/** @typedef {{ dataDir?: string, dump?: Uint8Array<ArrayBuffer> }} Options */

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const { dataDir, dump } = /** @type {Options} */ (workerData)
const database = await PGlite.create({
  extensions: { pg_trgm },
  ...(dataDir ? { dataDir } : {}),
  ...(dump ? { loadDataDir: new Blob([dump]) } : {}),
})

const TERMINATE = 'X'.charCodeAt(0)

/** A simple-query message of the wire protocol. @param {string} sql */
function simpleQuery(sql) {
  const message = Buffer.from(`Q\0\0\0\0${sql}\0`)
  message.writeInt32BE(message.length - 1, 1)
  return message
}

/** What one session leaves behind must not reach the next. */
const resetSession = ['ROLLBACK', 'DEALLOCATE ALL', 'SELECT pg_advisory_unlock_all()', 'RESET ALL'].map(simpleQuery)

let currentStream = 0

/** @param {number} stream @param {Uint8Array} message */
async function answer(stream, message) {
  await database.runExclusive(async () => {
    // The client behind an older stream is gone; and Terminate would end the only session there is.
    if (stream < currentStream || message[0] === TERMINATE) return
    if (stream > currentStream) {
      currentStream = stream
      for (const query of resetSession) await database.execProtocolRaw(query)
    }
    port.postMessage([stream, await database.execProtocolRaw(message)])
  })
}

port.on('message', async (/** @type {[number, Uint8Array] | 'close' | 'dump'} */ message) => {
  if (message === 'close') {
    await database.close()
    port.close()
  } else if (message === 'dump') {
    const archive = await database.dumpDataDir('none')
    port.postMessage(['dump', new Uint8Array(await archive.arrayBuffer())])
  } else {
    await answer(...message)
  }
})

port.postMessage('ready')
