import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'

let parent: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'bilateral-folder-'))
})
afterAll(() => rm(parent, { recursive: true, force: true }))

it.each([
  ['in whose place a file is', 'file', 'EEXIST: file already exists, mkdir'],
  ['that would have to be in a file', 'file/data', 'ENOTDIR: not a directory, mkdir'],
])('a folder %s is refused', async (_sentence, path, why) => {
  await writeFile(join(parent, 'file'), '')
  const folder = join(parent, path)
  const message = `cannot write to the data folder ${folder} (${why} '${folder}'); set BILATERAL_DATA to one you own`
  await expect(openDatabase({ folder })).rejects.toThrow(expect.objectContaining({ name: 'UserError', message }))
})

it('a folder whose database cannot be opened is refused in words', async () => {
  const folder = join(parent, 'broken')
  await mkdir(folder)
  await writeFile(join(folder, 'pglite'), '')
  const message = expect.stringMatching(/^cannot open the embedded database in .*pglite \(ErrnoError\); check that/)
  await expect(openDatabase({ folder })).rejects.toThrow(expect.objectContaining({ name: 'UserError', message }))
})
