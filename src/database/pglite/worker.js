// @ts-check
// Runs PGlite in its own thread, so that a slow query does not block the server. It speaks PostgreSQL's wire protocol over its
// message port. For each `[stream, bytes]` it sends any number of `[stream, bytes]` and finally `[stream, bytes, milliseconds that
// the next statement may take]`. It also accepts the commands `close` and `dump`.
// Plain JavaScript, because Node itself starts a worker thread, without the TypeScript loader of the main thread.

import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
const {
  dataDir,
  dump,
  tuning: { settings = [], ...tuning } = {},
} = /** @type {import('./thread.ts').Options} */ (workerData)
// If the event loop appeared empty while PGlite is compiled, Node would also wait for the optimizing compiler.
port.ref()
if (dataDir) removeTemporaryFiles(join(dataDir, 'base'))
const database = await PGlite.create({
  extensions: { pg_trgm },
  ...(dataDir ? { dataDir } : {}),
  ...(dump ? { loadDataDir: archiveOf(dump) } : {}),
  ...tuning,
  startParams: [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])],
})

const TERMINATE = 'X'.charCodeAt(0)
const READY_FOR_QUERY = 'Z'.charCodeAt(0)
/** The length of that message. */
const READY_BYTES = 6

/** As much of a Blob as PGlite reads: a real one would copy the dump. @param {Uint8Array<ArrayBuffer>} dump */
function archiveOf(dump) {
  return /** @type {Blob} */ (/** @type {unknown} */ ({ type: 'application/x-tar', arrayBuffer: async () => dump }))
}

/**
 * Removes the files of sorts and temporary tables that a killed statement left behind. In a PostgreSQL server, the postmaster
 * does this. @param {string} base
 */
function removeTemporaryFiles(base) {
  if (!existsSync(base)) return
  const files = readdirSync(base, { recursive: true, encoding: 'utf8' })
  for (const file of files)
    if (/^pgsql_tmp.|\Wt\d+_\d+/.test(file)) rmSync(join(base, file), { recursive: true, force: true })
}

/** A simple-query message of the wire protocol. @param {string} sql */
function simpleQuery(sql) {
  const message = Buffer.from(`Q\0\0\0\0${sql}\0`)
  message.writeInt32BE(message.length - 1, 1)
  return message
}

/**
 * Runs a message. `onAnswer` receives parts of PostgreSQL's memory, which are valid only during the call. Does not use
 * `execProtocolRaw`, which parses all responses of PostgreSQL and stores them.
 * @param {Uint8Array} message @param {(bytes: Uint8Array) => void} [onAnswer]
 */
const run = (message, onAnswer = () => {}) =>
  database.execProtocolRawStream(message, { syncToFs: false, onRawData: onAnswer })

let currentStream = 0

/** Resets what the previous session left behind. @param {Uint8Array} startup */
async function beginSession(startup) {
  await run(simpleQuery('ROLLBACK'))
  await run(simpleQuery('DISCARD ALL'))
  // Most data is in memory, where an index is as fast to read as a table.
  await run(simpleQuery('SET random_page_cost = 1.1'))
  // PGlite ignores the settings in a client's startup message.
  const [, timeout = '0'] = /\0statement_timeout\0([^\0]*)\0/.exec(Buffer.from(startup).toString()) ?? []
  await run(simpleQuery(`SET statement_timeout = '${timeout}'`))
}

/** @param {number} stream @param {Uint8Array} message */
async function answer(stream, message) {
  // The client of an older stream has disconnected, and Terminate would end the only session.
  if (stream < currentStream || message[0] === TERMINATE) return done(stream)
  if (stream > currentStream) {
    currentStream = stream
    await beginSession(message)
  }
  /** @type {Uint8Array<ArrayBuffer> | undefined} */
  let last
  let end = Buffer.alloc(0)
  await run(message, (bytes) => {
    if (last) port.postMessage([stream, last], [last.buffer])
    last = bytes.slice()
    // The last message may arrive in two parts.
    end = Buffer.concat([end, last.subarray(-READY_BYTES)]).subarray(-READY_BYTES)
  })
  // After a fatal error such as a stack overflow, PGlite sends only a part of the response, and does not respond any more.
  if (end.length < READY_BYTES || end[0] !== READY_FOR_QUERY) throw new Error('PGlite does not answer any more')
  done(stream, last)
}

/** @param {number} stream @param {Uint8Array<ArrayBuffer>} [last] */
const done = (stream, last) => port.postMessage([stream, last, statementTimeout()], last ? [last.buffer] : [])

const { _GetConfigOption, stringToNewUTF8, UTF8ToString } = /** @type {any} */ (database.Module)
const STATEMENT_TIMEOUT = stringToNewUTF8('statement_timeout')

/** PostgreSQL knows how long a statement may take, but in PGlite no clock interrupts it: the waiting thread must measure the time. */
const statementTimeout = () => Number(UTF8ToString(_GetConfigOption(STATEMENT_TIMEOUT, 0, 0)))

port.on('message', async (/** @type {[number, Uint8Array] | 'close' | 'dump'} */ message) => {
  if (message === 'close') {
    await database.close()
    process.exit()
  } else if (message === 'dump') {
    const archive = await database.dumpDataDir('none')
    port.postMessage(['dump', new Uint8Array(await archive.arrayBuffer())])
  } else {
    await answer(...message)
  }
})

port.postMessage('ready')
