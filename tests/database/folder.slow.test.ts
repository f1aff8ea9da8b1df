import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { bundleWith, load } from '../fixtures.ts'

let parent: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'bilateral-folder-'))
})
afterAll(() => rm(parent, { recursive: true, force: true }))

const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
})

/** Lets another process open a folder, and comes back when it has. */
async function holdFolder(folder: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('hold-folder.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [said] = await once(child.stdout, 'data')
  expect(String(said)).toBe('open\n')
  return child
}

const inUse = (folder: string, pid: number | undefined) =>
  expect.objectContaining({
    name: 'UserError',
    message:
      `${folder} is in use by process ${pid}; ` +
      'stop it, set BILATERAL_DATA to another folder, or use a PostgreSQL server by DATABASE_URL',
  })

it('a folder is created, stores its facts, and belongs to one process until that ends, even by kill -9', async () => {
  const folder = join(parent, 'new', 'data')
  const created = await openDatabase({ folder })
  expect(created.location).toBe(folder)
  await load(created, bundleWith())
  await expect(openDatabase({ folder })).rejects.toThrow(inUse(folder, process.pid))
  expect(await created.prisma.person.count()).toBe(2)
  await created.close()

  const child = await holdFolder(folder)
  await expect(openDatabase({ folder })).rejects.toThrow(inUse(folder, child.pid))
  child.kill('SIGKILL')
  await once(child, 'exit')

  const reopened = await openDatabase({ folder })
  expect(reopened.appliedMigrations).toEqual([])
  expect(await reopened.prisma.person.findMany({ select: { slug: true }, orderBy: { slug: 'asc' } })).toEqual([
    { slug: 'ada' },
    { slug: 'bo' },
  ])
  await reopened.close()
})
