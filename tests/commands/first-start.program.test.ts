import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { preparedFile } from '../../src/database/pglite/prepared.ts'
import { version } from '../../src/version.ts'
import { bundleWith } from '../fixtures.ts'
import { endAll, run, start } from '../program.ts'
import { contentOf, datasetOf, openSeeded } from '../support.ts'
import { useFiles } from './files.ts'
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

test('a first start creates the database if the prepared one is damaged', async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const program = join(parent, 'program')
  await mkdir(join(program, 'prepared'), { recursive: true })
  for (const name of ['dist', 'prisma', 'package.json']) {
    await cp(join(root, name), join(program, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(program, 'node_modules'))
  const file = await preparedFile()
  await writeFile(join(program, 'prepared', basename(file)), (await readFile(file)).subarray(0, 1_000))
  const env = { PATH: process.env['PATH'], BILATERAL_DATA: join(parent, 'created') }
  const migrating = promisify(execFile)(process.execPath, [join(program, 'dist/main.js'), 'migrate'], { env })
  expect(await migrating).toMatchObject({ stdout: expect.stringContaining('applied 0001_facts'), stderr: '' })
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

const { write } = useFiles()

test('a dry run checks a file without a database, and leaves nothing behind', async () => {
  const file = await write('checked.jsonl', bundleWith())
  const [folder, temporary] = [join(parent, 'dry'), join(parent, 'tmp')]
  await mkdir(temporary)
  const outcome = await run(['import', '--dry-run', file], { BILATERAL_DATA: folder, TMPDIR: temporary })
  expect(outcome).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('2 created') })
  expect([await isThere(folder), await readdir(temporary)]).toEqual([false, []])
})
