import { execFile } from 'node:child_process'
import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { preparedFile } from '../../src/database/pglite/prepared.ts'
import { bundleWith } from '../fixtures.ts'
import { run } from '../program.ts'
import { useFiles } from './files.ts'

let parent: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'bilateral-first-start-'))
})
afterAll(() => rm(parent, { recursive: true, force: true }))

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

const { write } = useFiles()

test('a dry run checks a file without a database, and leaves nothing behind', async () => {
  const file = await write('checked.jsonl', bundleWith())
  const [folder, temporary] = [join(parent, 'dry'), join(parent, 'tmp')]
  await mkdir(temporary)
  const outcome = await run(['import', '--dry-run', file], { BILATERAL_DATA: folder, TMPDIR: temporary })
  expect(outcome).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('2 created') })
  await expect(access(folder)).rejects.toThrow('ENOENT')
  expect(await readdir(temporary)).toEqual([])
})
