import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { claimFolder } from '../../src/database/pglite/owner.ts'
import { isOwned, own, useFolders } from './folders.ts'

const createFolder = useFolders()

it('of many that claim a folder at once, one owns it, however the last owner left it', async () => {
  const folder = await createFolder()
  for (let round = 0; round < 20; round++) {
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimFolder(folder)))
    const owners = claims.filter((claim) => 'server' in claim)
    expect(owners).toHaveLength(1)
    for (const claim of claims) if (!('server' in claim)) expect(claim).toEqual(isOwned(process.pid))
    const [owner] = owners
    // Closed without a word, the socket stays as that of a process that was killed.
    if (round % 2) owner?.release()
    else owner?.server.close()
  }
})

it('a claim with a number that no owner can have is ignored', async () => {
  const folder = await createFolder()
  await mkdir(join(folder, 'owner'))
  await symlink('nobody.sock', join(folder, 'owner', `${10n ** 20n}`))
  await own(folder)
  expect(await claimFolder(folder)).toEqual(isOwned(process.pid))
})

it('a folder may be as deep as the system allows', async () => {
  const folder = join(await createFolder(), ...Array(15).fill('a-folder-with-a-long-name-and-a-ä-in-it'))
  await mkdir(folder, { recursive: true })
  const { release } = await own(folder)
  expect(await claimFolder(folder)).toEqual(isOwned(process.pid))
  release()
  await own(folder)
})

it.each([
  ['by cp', (from: string, to: string) => promisify(execFile)('cp', ['-a', from, to])],
  [
    'by Node, which makes links absolute',
    (from: string, to: string) => cp(from, to, { recursive: true, filter: (path) => !path.endsWith('.sock') }),
  ],
])('a copy of a folder that is in use, made %s, has no owner', async (_how, copy) => {
  const folder = await createFolder()
  await own(folder)
  await copy(folder, `${folder}-copy`)
  await own(`${folder}-copy`)
})

it('a process that was killed and comes back with the same process id, as in a container, owns its folder again', async () => {
  const folder = await createFolder()
  const { server } = await own(folder)
  server.close()
  await own(folder)

  const other = await createFolder()
  await mkdir(join(other, 'owner'))
  await symlink(`${process.pid}-0123456789abcdef.sock`, join(other, 'owner', '7'))
  await own(other)
  expect((await readdir(join(other, 'owner'))).filter((name) => !name.endsWith('.sock'))).toEqual(['8'])
})

it('no other user can connect to the owner', async () => {
  const folder = await createFolder()
  await own(folder)
  const place = join(folder, 'owner')
  const [socket = ''] = (await readdir(place)).filter((name) => name.endsWith('.sock'))
  expect((await stat(place)).mode & 0o777).toBe(0o700)
  expect((await stat(join(place, socket))).mode & 0o777).toBe(0o600)
})
