import { once } from 'node:events'
import { access, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { version } from '../../src/version.ts'
import { endAll, run, start } from '../program.ts'
import { contentOf, datasetOf, openSeeded } from '../support.ts'
import { refusal } from './in-process.ts'

let parent: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'bilateral-first-start-'))
})
afterAll(async () => {
  await endAll()
  await rm(parent, { recursive: true, force: true })
})

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

test('a first start unpacks the prepared database and seeds it, as if it had created it', async () => {
  const folder = join(parent, 'new', 'data')
  const service = await start({ BILATERAL_DATA: folder })
  expect(service.welcome).toMatch(new RegExp(`^bilateral ${version}: opening the database …\\n  data: `))
  service.kill('SIGTERM')
  expect(await service.ended).toMatchObject({ code: 0, stderr: '' })

  const opened = await openDatabase({ folder })
  const seeded = await openSeeded('PGlite')
  try {
    expect(opened.appliedMigrations).toEqual([])
    expect(await contentOf(opened)).toEqual(await contentOf(seeded))
    expect((await datasetOf(opened)).version).toBe((await datasetOf(seeded)).version)
    // Only the prepared database has small files of write-ahead log.
    expect((await opened.pool.query('SHOW wal_segment_size')).rows).toEqual([{ wal_segment_size: '1MB' }])
    expect((await readdir(folder)).sort()).toEqual(['owner', 'pglite'])
  } finally {
    await opened.close()
    await seeded.close()
  }
})

test('a port that is in use is reported before anything is created', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const folder = join(parent, 'never')
  const outcome = await run(['serve'], { BILATERAL_DATA: folder, PORT: `${port}` })
  other.close()
  expect(outcome).toEqual({
    ...refusal(`port ${port} is in use on 127.0.0.1; set PORT to another port`),
    stdout: `bilateral ${version}: opening the database …\n`,
  })
  expect(await isThere(folder)).toBe(false)
})
