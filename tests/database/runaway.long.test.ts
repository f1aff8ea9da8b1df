import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { changeData } from '../../src/database/change.ts'
import { type Database, openDatabase } from '../../src/database/open.ts'
import { ask, problemsOf, serverOf } from '../api/ask.ts'
import { openEmbedded } from '../support.ts'

/** Statements that would take hours: of processor time alone, and of disk too. */
const ENDLESS = 'SELECT count(*) FROM generate_series(1, 1000) a, generate_series(1, 1000000000) b'
const ENDLESS_ON_DISK = 'SELECT count(*) FROM generate_series(1, 100000000000) a'
/** What PGlite does not survive. */
const DEADLY = `COPY (SELECT 1) TO PROGRAM 'true'`

const TOOK_TOO_LONG = expect.objectContaining({ code: '57014' })
const DIED = expect.objectContaining({ code: '57P02' })

let parent: string
let seeded: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'bilateral-runaway-'))
  seeded = join(parent, 'seeded')
  await (await openEmbedded('seeded', seeded)).close()
})
afterAll(() => rm(parent, { recursive: true, force: true }))

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(parent, 'data-'))
  await cp(seeded, join(folder, 'pglite'), { recursive: true })
  return folder
}

/** A folder of the test's own, with a table for notes. */
async function open(): Promise<{ folder: string; database: Database }> {
  const folder = await createFolder()
  const database = await openDatabase({ folder })
  onTestFailed(() => database.close().catch(() => {}))
  await database.pool.query('CREATE TABLE note (text text)')
  return { folder, database }
}

/** What sorts and temporary tables keep on the disk. */
async function temporaryFiles(folder: string): Promise<string[]> {
  const files = await readdir(join(folder, 'pglite', 'base'), { recursive: true })
  return files.filter((file) => /pgsql_tmp\W|\Wt\d/.test(file))
}

/** For the present session only: the next one, after a statement that took too long, has as much time as ever. */
const limitStatements = ({ pool }: Database, milliseconds = 200) =>
  pool.query(`SET statement_timeout = ${milliseconds}`)

/** Runs a script on a folder in another process. */
const runScript = (name: string, folder: string) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', fileURLToPath(new URL(name, import.meta.url)), folder])

const notes = async ({ pool }: Database) =>
  (await pool.query<{ text: string }>('SELECT text FROM note ORDER BY 1')).rows.map(({ text }) => text)

it('queries that take too long are cancelled again and again, waiting queries are answered, and acknowledged data is stored', async () => {
  const { folder, database } = await open()
  const acknowledged: string[] = []
  for (const [round, sql] of [ENDLESS, ENDLESS_ON_DISK, DEADLY, ENDLESS].entries()) {
    for (let i = 0; i < 50; i++) {
      const text = `${round} ${String(i).padStart(2, '0')}`
      await database.pool.query('INSERT INTO note VALUES ($1)', [text])
      acknowledged.push(text)
    }
    if (sql !== DEADLY) await limitStatements(database)
    const ended = expect(database.pool.query(sql)).rejects.toThrow(sql === DEADLY ? DIED : TOOK_TOO_LONG)
    const waiting = [database.prisma.person.count(), notes(database), database.prisma.person.count()]
    await ended
    expect(await Promise.all(waiting)).toEqual([5, acknowledged, 5])
  }
  expect(await temporaryFiles(folder)).toEqual([])
  await database.close()

  const reopened = await openDatabase({ folder })
  expect(await notes(reopened)).toEqual(acknowledged)
  await reopened.close()
})

it('queries answered before the restart are not repeated, and queries behind it run once', async () => {
  const { database } = await open()
  const { pool } = database
  const add = (text: string) => pool.query('INSERT INTO note VALUES ($1)', [text])
  const large = pool.query(`SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i`)
  const [read, before, died, after] = await Promise.allSettled([large, add('before'), pool.query(DEADLY), add('after')])
  expect(read).toMatchObject({ status: 'fulfilled', value: { rowCount: 20_000 } })
  expect([before.status, after.status]).toEqual(['fulfilled', 'fulfilled'])
  expect(died).toEqual({ status: 'rejected', reason: DIED })
  expect(await notes(database)).toEqual(['after', 'before'])
  await database.close()
})

it('a transaction that takes too long leaves nothing behind', async () => {
  const { folder, database } = await open()
  const client = await database.pool.connect()
  await client.query('BEGIN')
  await client.query(`INSERT INTO note VALUES ('never committed')`)
  await client.query('CREATE TEMPORARY TABLE scratch AS SELECT i FROM generate_series(1, 10000) i')
  await client.query('SET LOCAL statement_timeout = 200')
  await expect(client.query(ENDLESS)).rejects.toThrow(TOOK_TOO_LONG)
  client.release(true)
  expect(await notes(database)).toEqual([])
  expect(await temporaryFiles(folder)).toEqual([])
  await database.close()
})

it('a client gets a timeout, the process stays alive, and the next query is answered', async () => {
  const { database } = await open()
  await database.pool.query('ALTER TABLE meeting RENAME TO held')
  await database.pool.query(`CREATE VIEW meeting AS SELECT held.* FROM held, (${ENDLESS}) endless`)
  const server = serverOf(database)
  await limitStatements(database)
  let isAnswered = false
  const answer = ask(server, '{ meetings { nodes { slug } } }').finally(() => {
    isAnswered = true
  })
  let alive = 0
  while (alive < 10) {
    expect((await server.fetch('http://localhost/health')).status).toBe(200)
    await turn()
    alive++
  }
  expect(isAnswered).toBe(false)
  expect(problemsOf(await answer)).toEqual([['TIMEOUT', expect.stringContaining('seconds; narrow the query')]])
  expect(await ask(server, '{ person(slug: "marco-rubio") { name } }')).toMatchObject({
    data: { person: { name: 'Marco Rubio' } },
  })
  expect((await server.fetch('http://localhost/ready')).status).toBe(200)
  await database.close()
})

it('a load has no time limit', async () => {
  const { database } = await open()
  await limitStatements(database, 1_000)
  const LONG = 'SELECT pg_sleep(2)'
  await changeData(database, async (client) => {
    await client.query(LONG)
    await client.query(`INSERT INTO note VALUES ('loaded')`)
  })
  await expect(database.pool.query(LONG)).rejects.toThrow(TOOK_TOO_LONG)
  expect(await notes(database)).toEqual(['loaded'])
  await database.close()
})

it('the folder stays locked while it is opened again', async () => {
  const { folder, database } = await open()
  let isRefused = false
  const refused = expect(runScript('hold-folder.ts', folder))
    .rejects.toThrow(`${folder} is in use by process ${process.pid}`)
    .finally(() => {
      isRefused = true
    })
  while (!isRefused) {
    await limitStatements(database)
    await expect(database.pool.query(ENDLESS)).rejects.toThrow(TOOK_TOO_LONG)
  }
  await refused
  expect(await notes(database)).toEqual([])
  await database.close()
})

it.each([
  ['while something takes too long', async () => {}],
  ['while it is opened again', async (ended: Promise<void>) => await ended],
])('the database can be closed %s', async (_when, before) => {
  const { folder, database } = await open()
  await database.pool.query(`INSERT INTO note VALUES ('kept')`)
  await limitStatements(database)
  const ended = expect(database.pool.query(ENDLESS)).rejects.toThrow(TOOK_TOO_LONG)
  await turn()
  await before(ended)
  await database.close()
  await ended

  const reopened = await openDatabase({ folder })
  expect(await notes(reopened)).toEqual(['kept'])
  await reopened.close()
})

it('a query nested too deeply is refused without further effect', async () => {
  const { database } = await open()
  const deep = `SELECT ${Array(10_000).fill('1').join(' + ')}`
  await expect(database.pool.query(deep)).rejects.toMatchObject({ code: '54001' })
  await database.close()
})

it('a process whose folder cannot be opened again says so and ends', async () => {
  const stderr = expect.stringMatching(/^bilateral: cannot open the embedded database again: /)
  await expect(runScript('lose-folder.ts', await createFolder())).rejects.toMatchObject({ code: 1, stderr })
})
