import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { useFiles } from '../commands/files.ts'
import { bundleWith, person } from '../fixtures.ts'
import { endAll, run, start } from '../program.ts'
import { databaseKinds } from '../support.ts'
import { send } from './load.ts'

/** Whether this machine lets tests mount file systems: as root, outside of most containers. */
const mayMount = tryMount()

function tryMount(): boolean {
  const folder = join(tmpdir(), `bilateral-mount-${process.pid}`)
  try {
    execFileSync('mkdir', [folder])
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    if (existsSync(folder)) execFileSync('rmdir', [folder])
  }
}

const closing: (() => unknown)[] = []
afterEach(async () => {
  await endAll()
  for (const close of closing.splice(0).reverse()) await close()
})

/** A file system in memory, with so many megabytes. */
async function mount(megabytes: number) {
  const folder = await mkdtemp(join(tmpdir(), 'bilateral-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  closing.push(async () => {
    execFileSync('umount', ['-l', folder])
    await rm(folder, { recursive: true })
  })
  await chmod(folder, 0o777)
  const filler = join(folder, 'filler')
  return {
    folder,
    /** Leaves so many bytes free. */
    async fill(left: number) {
      const { bavail, bsize } = await statfs(folder)
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - left)))
    },
    free: () => rm(filler),
    makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', folder]),
  }
}

const { write } = useFiles()
/** Some megabytes. */
const large = () =>
  bundleWith({
    people: Array.from({ length: 6_000 }, (_, i) => person(`person-${i}`, { names: [`Number ${i}. `.repeat(20)] })),
  })

const PEOPLE = '{ people { totalCount } }'
const FULL = /^bilateral: .*No space left on device.*\n$/

describe.runIf(mayMount && databaseKinds.includes('PGlite'))(
  'a full disk of the embedded database (needs a machine that lets tests mount file systems)',
  () => {
    test('fails an import in one line; what was there is served, and when there is space again, an import succeeds', async () => {
      const file = await write('large.jsonl', large())
      const disk = await mount(150)
      const env = { BILATERAL_DATA: join(disk.folder, 'data') }
      const service = await start({ ...env, RESPONSE_CACHE: '0' })
      const before = await send(service.url, PEOPLE)
      expect(before).toMatchObject({ status: 200, data: { people: { totalCount: 5 } } })
      await disk.fill(2_000_000)
      expect(await run(['import', file], env)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(FULL),
      })
      expect(await send(service.url, PEOPLE)).toMatchObject({ data: before.data })
      await disk.free()
      expect(await run(['import', file], env)).toMatchObject({ code: 0, stderr: '' })
      expect(await send(service.url, PEOPLE)).toMatchObject({ data: { people: { totalCount: 6_005 } } })
      service.kill('SIGTERM')
      expect(await service.ended).toMatchObject({ code: 0, stderr: '' })
    })

    test('is reported by a first start, which succeeds when there is space', async () => {
      const disk = await mount(100)
      await disk.fill(10_000_000)
      const env = { BILATERAL_DATA: join(disk.folder, 'data') }
      expect(await run(['migrate'], env)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^bilateral: cannot write to the data folder .*; free some space, or set BILATERAL_DATA to one you own\n$/,
        ),
      })
      await disk.free()
      expect(await run(['migrate'], env)).toMatchObject({ code: 0, stderr: '' })
    })
  },
)

describe.runIf(mayMount)('a read-only disk (needs a machine that lets tests mount file systems)', () => {
  test('of the embedded database is reported in one line', async () => {
    const disk = await mount(10)
    const folder = join(disk.folder, 'data')
    await mkdir(folder)
    disk.makeReadOnly()
    expect(await run(['serve'], { BILATERAL_DATA: folder, PORT: '0' })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^bilateral: cannot write to the data folder .* \(EROFS: read-only file system.*\); set BILATERAL_DATA to one you own\n$/,
      ),
    })
  })
})
