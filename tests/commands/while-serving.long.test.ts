import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { claimFolder } from '../../src/database/pglite/owner.ts'
import { version } from '../../src/version.ts'
import { ask, serverOf } from '../api/ask.ts'
import { bundleWith, person } from '../fixtures.ts'
import type { Launched } from '../program.ts'
import { refusal } from './in-process.ts'
import { type Place, usePrograms } from './place.ts'

const COUNT = '{ people { totalCount } }'
const counted = (totalCount: number) => ({ data: { people: { totalCount } } })

const folderOf = ({ env }: Place) => env['BILATERAL_DATA'] as string

/** Opens the data as a service does. */
async function serve(place: Place, use: { maxSilenceMs?: number } = {}) {
  const database = await openDatabase({ folder: folderOf(place) }, { isService: true, ...use })
  onTestFinished(() => database.close().catch(() => {}))
  return database
}

/** Starts an import and waits until it has the session of the database, in a transaction that does not end by itself. */
async function startImport(place: Place, hasSession: () => Promise<void>): Promise<Launched> {
  const importing = place.launch(['import', '-'])
  const lines = ['{"format":"bilateral-bundle","version":1}', '{"people":{"slug":"late","name":"Late"}}', '']
  importing.stdin.write(lines.join('\n'))
  await hasSession()
  return importing
}

/** Waits until a command uses the one connection of a pool for the second time: the first time, it looks for migrations. */
const untilLent = (pool: Pool) =>
  new Promise<void>((resolve) => {
    let times = 0
    pool.on('acquire', () => {
      if (++times === 2) resolve()
    })
  })

const SERVICE_ENDED = (folder: string, pid: number | undefined) =>
  `process ${pid}, which served ${folder}, has ended; changes that were not reported as done are not stored`

describe('while a service has the embedded database open,', () => {
  const { write, empty } = usePrograms('PGlite')

  test('commands at the same time use it one after the other', async () => {
    const place = await empty()
    const file = await write('two-people.jsonl', bundleWith())
    await serve(place)
    const [imported, exported] = await Promise.all([place.command(['import', file]), place.command(['export'])])
    expect(imported).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('people         2 created') })
    expect(exported).toMatchObject({ code: 0, stderr: '' })
    expect(await place.command(['migrate'])).toMatchObject({ code: 0, stderr: '' })
    expect((await place.command(['export'])).stdout).toContain('{"people":{"slug":"ada"')
  })

  test('a file is imported whose statements arrive in many parts', async () => {
    const place = await empty()
    const names = Array.from({ length: 2_000 }, (_, i) => `${'Name '.repeat(80)}${i}`)
    const file = await write('large.jsonl', bundleWith({ people: [person('ada', { names })] }))
    const database = await serve(place)
    expect(await place.command(['import', file])).toMatchObject({ code: 0, stderr: '' })
    expect(await database.prisma.person.findUnique({ where: { slug: 'ada' } })).toMatchObject({ names })
  })

  test('an import delays queries, but not cached responses, and changes nothing if it is killed', async () => {
    const place = await empty()
    const database = await serve(place)
    const { pool } = database
    const server = serverOf(database, { responseCacheBytes: 1_000_000 })
    for (let i = 0; i < 3; i++) expect(await ask(server, COUNT)).toMatchObject(counted(0))
    const importing = await startImport(place, () => untilLent(pool))
    expect(await ask(server, COUNT)).toMatchObject(counted(0))
    const count = database.prisma.person.count()
    await vi.waitFor(() => expect(pool.waitingCount).toBe(1), 240_000)
    importing.kill('SIGKILL')
    expect(await count).toBe(0)
    expect((await importing.ended).code).toBe('SIGKILL')

    const again = await place.command(['import', await write('more.jsonl', bundleWith({ people: [person('bo')] }))])
    expect(again).toMatchObject({ code: 0, stderr: '' })
    expect(await database.prisma.person.findMany({ select: { slug: true } })).toEqual([{ slug: 'bo' }])
  })

  test('an import that does nothing for too long loses the database, and changes nothing', async () => {
    const place = await empty()
    const database = await serve(place, { maxSilenceMs: 1_500 })
    const importing = await startImport(place, () => untilLent(database.pool))
    expect(await database.prisma.person.count()).toBe(0)
    importing.stdin.end('{"people":{"slug":"later","name":"Later"}}\n')
    expect(await importing.ended).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^bilateral: [^\n]*the session of this command, because it did nothing for 1.5 s; nothing of its transaction is stored[^\n]*\n$/,
      ),
    })
    expect(await database.prisma.person.count()).toBe(0)
  })

  test('a command says in one line that the service ended before it', async () => {
    const place = await empty()
    const database = await serve(place)
    const importing = await startImport(place, () => untilLent(database.pool))
    await database.close()
    importing.stdin.end('{"people":{"slug":"later","name":"Later"}}\n')
    expect(await importing.ended).toEqual(refusal(SERVICE_ENDED(folderOf(place), process.pid)))
    const after = await place.open()
    expect(await after.prisma.person.count()).toBe(0)
    await after.close()
  })

  test('a command says in one line that the service was killed', async () => {
    const place = await empty()
    const script = fileURLToPath(new URL('lend-database.ts', import.meta.url))
    const service = spawn(process.execPath, ['--import', 'tsx', script, folderOf(place)])
    onTestFinished(() => void service.kill('SIGKILL'))
    await once(service.stdout, 'data')
    const importing = await startImport(place, async () => {
      await once(service.stdout, 'data')
    })
    service.kill('SIGKILL')
    await once(service, 'exit')
    importing.stdin.end('{"people":{"slug":"later","name":"Later"}}\n')
    expect(await importing.ended).toEqual(refusal(SERVICE_ENDED(folderOf(place), service.pid)))
  })

  test('a command of another version is refused, and so is a second service', async () => {
    const place = await empty()
    const folder = folderOf(place)
    const owner = await claimFolder(folder)
    if (!('server' in owner)) throw new Error('expected to own a new folder')
    onTestFinished(owner.release)
    owner.server.on('connection', (socket) => {
      socket.on('error', () => {})
      socket.write('{"version":"0.0.1","lends":true}\n')
    })
    expect(await place.command(['conflicts'])).toEqual(
      refusal(
        `${folder} is served by process ${process.pid}, which is bilateral 0.0.1; this is ${version}: use the same version, or stop the service`,
      ),
    )
    expect(await place.command(['serve'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${folder} is in use by process ${process.pid}; stop it`),
    })
  })
})
